"""The sample plan in Spanish: our own words for a unit of the demonstration network."""

TITLE = "PLAN DE ACCIÓN 2025 – 2026"
UNIT = "Unidad Temática de Ambiente y Desarrollo Sostenible"
FACTS = [
    ["Ciudad coordinadora", "Santa Fe, Argentina"],
    ["Subcoordinación", "Curitiba (Brasil)"],
    ["Período", "2025 – 2026"],
]
BACKGROUND = [
    "Las olas de calor, las inundaciones y la sequía ya ocupan la agenda diaria de los municipios. "
    "Cada ciudad responde con lo que tiene; juntas pueden responder con lo que saben.",
    "El plan reúne lo que las ciudades pidieron en la reunión de cierre del período anterior: "
    "medir con "
    "el mismo método, "
    "financiar obras pequeñas y aprender de quien ya pasó por la misma emergencia.",
]
GENERAL = (
    "Acelerar la acción climática de los gobiernos locales mediante el aprendizaje entre pares."
)
AXES = [
    "Inventarios y planes locales de acción climática",
    "Soluciones basadas en la naturaleza",
    "Economía circular y gestión de residuos",
]
WORK_AXES = [
    "Formación de equipos técnicos municipales",
    "Acceso al financiamiento climático",
]
ACTIVITIES = [
    "Acompañar a doce ciudades en su primer inventario de emisiones, "
    "con tutoría de ciudades que ya lo "
    "hicieron.",
    "Publicar un catálogo de obras verdes de bajo costo, con planos y presupuestos de referencia.",
    "Crear una mesa de ayuda para presentar proyectos a fondos climáticos internacionales.",
    "Organizar pasantías entre plantas de compostaje de la red.",
    "Difundir una campaña común sobre el calor extremo y el cuidado de las personas mayores.",
]
CALENDAR = [
    ["Fecha", "Actividad", "Lugar", "Tema", "Rol de la unidad"],
    [
        "18 al 20 de marzo de 2025",
        "Taller de inventarios de emisiones",
        "Santa Fe, Argentina",
        "Método común de medición",
        "Organiza",
    ],
    [
        "22 de abril de 2025",
        "Día de la Tierra en las ciudades",
        "Virtual",
        "Campaña contra el calor extremo",
        "Promueve",
    ],
    [
        "30 de junio al 3 de julio de 2025",
        "Escuela de infraestructura verde",
        "Cuenca, Ecuador",
        "Obras de bajo costo",
        "Organiza",
    ],
    [
        "Agosto de 2025 (fecha a confirmar)",
        "Pasantía en plantas de compostaje",
        "Paysandú, Uruguay",
        "Gestión de residuos orgánicos",
        "Organiza",
    ],
    [
        "10 al 21 de noviembre de 2025",
        "Conferencia de las Naciones Unidas sobre Cambio Climático (COP30)",
        "Belém, Brasil",
        "Voz de las ciudades del sur",
        "Participa",
    ],
    [
        "12 de marzo de 2026",
        "Ronda con fondos climáticos",
        "Montevideo, Uruguay",
        "Cartera de proyectos locales",
        "Promueve",
    ],
    [
        "Segundo trimestre de 2026",
        "Reunión de cierre y balance",
        "Asunción, Paraguay",
        "Resultados del período",
        "Organiza",
    ],
]
SIGNATURE = [
    "Secretaría de Ambiente y Espacio Público",
    "Coordinación de la Unidad Temática",
    "Santa Fe, 14 de febrero de 2025",
]
