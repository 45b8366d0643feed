"""Plans as municipal officers write them in Word and Writer; the texts lie in `officers/`.

Parts as in `makers`; a PLAN is (ending, parts). Nobody looked at the reader while writing these.
"""

from .makers import Parts

CALENDAR_FIRST_DATE: Parts = [
    ("p", "Intendencia de Canelones · Dirección de Gestión Ambiental"),
    ("p", "Tomás Berreta 370, Canelones, Uruguay"),
    ("b", "UNIDAD TEMÁTICA AMBIENTE Y DESARROLLO SOSTENIBLE"),
    ("b", "PLAN DE TRABAJO 2025"),
    ("p", "Ciudad coordinadora: Canelones"),
    (
        "table",
        [
            ["Cargo", "Ciudad", "País"],
            ["Coordinación", "Canelones", "Uruguay"],
            ["Subcoordinación de residuos", "Esteban Echeverría", "Argentina"],
            ["Subcoordinación de agua", "Cuenca", "Ecuador"],
        ],
    ),
    ("b", "Presentación"),
    ("p", "Las ciudades son parte del problema y de la solución ambiental."),
    ("b", "Objetivo general"),
    ("p", "Impulsar políticas locales que reduzcan emisiones y cuiden el agua."),
    ("b", "Objetivos específicos"),
    ("ul", ["Intercambiar técnicas.", "Acceder a financiamiento."]),
    ("b", "Ejes temáticos"),
    ("roman", ["Residuos y economía circular", "Agua y cuencas", "Educación ambiental"]),
    ("b", "Líneas de acción"),
    (
        "letter",
        [
            "Inventario de plantas de compostaje comunitario.",
            "Mesa técnica de cuencas urbanas.",
            "Concurso de escuelas sostenibles.",
        ],
    ),
    ("b", "Cronograma 2025"),
    (
        "table",
        [
            ["Fecha", "Actividad", "Lugar", "Participación"],
            [
                "12 al 14 de marzo",
                "Seminario de compostaje",
                "Canelones (Uruguay)",
                "Organiza la UT",
            ],
            ["28 de abril al 2 de mayo", "Semana del Suelo", "Brasília, Brasil", "Participa la UT"],
            [
                "Jueves 5 de junio",
                "Día Mundial del Ambiente",
                "Modalidad virtual",
                "Promueve la UT",
            ],
            [
                "Agosto (fecha a confirmar)",
                "Foro de cuencas",
                "Cuenca – Ecuador",
                "Co-organiza la UT",
            ],
            ["Por definir", "Encuentro de cierre", "A definir", ""],
            ["2do semestre", "Concurso de escuelas", "", "Organiza la UT"],
        ],
    ),
    ("p", "Por consultas: ambiente@canelones.example, tel. (+598) 4332 0000"),
]

MERGED_MONTHS: Parts = [
    ("title", "Plan de trabajo bienal 2025–2026"),
    ("h1", "Unidad Temática de Desarrollo Social"),
    ("p", "Presenta: Municipalidad de Rosario (Argentina)"),
    ("h2", "Introducción"),
    ("p", "La desigualdad se ve primero en los barrios."),
    ("h2", "Ejes"),
    ("ol", ["Hábitat y barrio", "Cuidados", "Seguridad alimentaria"]),
    ("h2", "Actividades"),
    (
        "table",
        [
            ["Eje", "Actividad", "Responsable", "Plazo"],
            ["Hábitat y barrio", "Atlas de barrios populares", "Rosario", "Junio 2025"],
            [None, "Pasantías entre equipos técnicos", "Rosario y Cuenca", "2026"],
            ["Cuidados", "Mapa de servicios de cuidado", "Montevideo", "Diciembre 2025"],
            ["Seguridad alimentaria", "Red de ferias de productores", "Santa Fe", "2026"],
        ],
    ),
    ("h2", "Calendario de eventos"),
    (
        "table",
        [
            ["Mes", "Día", "Evento", "Ciudad/País", "Rol"],
            ["Noviembre", "6 y 7", "Asamblea de la UT", "Rosario/Argentina", "Organiza"],
            [None, "20", "Cumbre Social", "Brasilia/Brasil", "Participa"],
            ["Diciembre", "3", "Taller de cuidados", "Montevideo/Uruguay", "Promueve"],
            ["Febrero", "a confirmar", "Encuentro de ferias", "Santa Fe/Argentina", "Organiza"],
            [None, "18 al 20", "Congreso de hábitat", "Lima/Perú", "Participa"],
        ],
    ),
]

NESTED_PT: Parts = [
    ("p", "Rede Mercocidades"),
    ("h1", "Plano de Trabalho da Unidade Temática de Educação – gestão 2025/2026"),
    ("p", "Cidade que apresenta: Belo Horizonte – Minas Gerais – Brasil"),
    ("h2", "1. Justificativa"),
    ("p", "Cidade educadora é a que aprende com quem mora nela."),
    ("h2", "2. Objetivos"),
    ("p", "2.1. Aproximar as secretarias de educação."),
    ("p", "2.2. Dar voz às crianças."),
    ("h2", "3. Linhas de ação"),
    ("p", "3.1. Escola e território"),
    ("p", "3.2. Educação digital"),
    ("h2", "4. Ações"),
    ("p", "4.1. Rodas de conversa mensais entre redes de ensino."),
    ("p", "4.2. Mostra virtual de projetos estudantis."),
    ("p", "4.3. Publicação de um caderno de experiências em português e espanhol."),
    ("h2", "5. Cronograma"),
    ("p", "05.06.2025 – Roda de conversa: escola e rua – virtual – Organizada pela UT"),
    ("p", "8/8 – Mostra de projetos (Belo Horizonte – Brasil) – Promovida pela UT"),
    (
        "p",
        "Outubro de 2025 (a confirmar) – Congresso de Cidades Educadoras (Curitiba – Brasil) "
        "– Participação da UT",
    ),
    ("p", "9 a 11 de fevereiro de 2026 – Encontro da UT (Morón – Argentina) – Apoio da UT"),
    ("h2", "6. Contato"),
    ("p", "Secretaria Municipal de Educação – (31) 3277-0000 – educacao@pbh.example"),
]

TYPST_ES: Parts = [
    ("title", "PLAN DE TRABAJO 2026"),
    ("b", "Unidad Temática de Integración Fronteriza"),
    ("p", "Ciudad coordinadora: Tacna (Perú)"),
    ("h2", "Antecedentes"),
    (
        "p",
        "Las ciudades de frontera comparten hospitales, escuelas y mercados aunque los "
        "separe una línea. Este plan recoge lo conversado con las ciudades miembros y "
        "propone pocas cosas que se puedan cumplir en un año de gestión.",
    ),
    ("h2", "Objetivo"),
    ("p", "Acordar servicios compartidos entre ciudades vecinas."),
    ("h2", "Ejes de acción"),
    ("ol", ["Salud en frontera", "Movilidad cotidiana", "Comercio de cercanía"]),
    ("h2", "Acciones"),
    (
        "letter",
        [
            "Relevar los acuerdos de atención de salud que ya existen entre ciudades vecinas y "
            "publicarlos en un mapa abierto.",
            "Proponer una credencial vecinal fronteriza.",
        ],
    ),
    ("h2", "Agenda"),
    (
        "table",
        [
            ["Actividad", "Fecha", "Lugar", "Rol de la UT"],
            ["Mesa de salud", "5 de marzo", "Tacna, Perú", "Organiza"],
            ["Feria binacional", "17 al 19 de julio", "Rivera, Uruguay", "Participa"],
            [
                "Encuentro de intendentes",
                "Octubre, a confirmar",
                "Concordia, Argentina",
                "Promueve",
            ],
        ],
    ),
    ("p", "Contacto: frontera@tacna.example"),
]

LETTERHEAD_PDF: Parts = [
    ("p", "Municipalidad de Asunción"),
    ("p", "Dirección General de Relaciones Internacionales"),
    ("title", "Plan de Trabajo 2025"),
    ("p", "Unidad Temática de Juventud"),
    ("p", "Ciudad coordinadora: Asunción (Paraguay)"),
    ("h1", "1. Presentación"),
    (
        "p",
        "Las juventudes de la región piden participar, no solo ser escuchadas. La unidad "
        "quiere que cada ciudad miembro tenga, al cierre del año, un consejo de juventudes "
        "con presupuesto propio.",
    ),
    ("h1", "2. Ejes"),
    ("p", "Eje 1: Participación"),
    ("p", "Eje 2: Primer empleo"),
    ("h1", "3. Actividades"),
    ("p", "1. Escuela virtual de liderazgo juvenil, en cuatro módulos."),
    ("p", "2. Concurso de presupuesto joven."),
    ("p", "3. Bolsa de pasantías entre municipios."),
    ("h1", "4. Calendario"),
    ("p", "Mayo"),
    ("p", "Jueves 15: Apertura de la Escuela virtual. Modalidad virtual. Organiza la UT."),
    ("p", "Agosto"),
    ("p", "12: Día de la Juventud. Asunción (Paraguay). Organiza la UT."),
    ("p", "Octubre"),
    ("p", "2 al 4: Foro de Juventudes. São Paulo (Brasil). Participa la UT."),
    ("p", "Asunción, 28 de febrero de 2025"),
    ("p", "Dirección de Juventud"),
    ("p", "juventud@asuncion.example – (595 21) 600 000"),
]

LAYOUT_TABLE_EMPTY_CALENDAR: Parts = [
    ("table", [["[ESCUDO]", "GOBIERNO DE LA CIUDAD DE SANTA FE"]]),
    (
        "table",
        [
            ["Unidad", "Unidad Temática de Cultura"],
            ["Período", "2025"],
            ["Ciudad coordinadora", "Santa Fe, Argentina"],
            ["Documento", "Plan de trabajo"],
        ],
    ),
    ("b", "FUNDAMENTOS"),
    ("p", "La cultura hace ciudad todos los días."),
    ("b", "EJES"),
    ("p", "A) Derechos culturales"),
    ("p", "B) Patrimonio vivo"),
    ("b", "ACCIONES"),
    ("ul", ["Mapa de espacios culturales independientes.", "Residencias cruzadas de artistas."]),
    ("b", "CRONOGRAMA"),
    ("table", [["Fecha", "Actividad", "Lugar"], ["", "", ""], ["", "", ""]]),
    ("b", "FIRMA"),
    ("p", "[NOMBRE Y APELLIDO]"),
    ("p", "Secretaria de Educación y Cultura"),
]

TWO_CALENDARS_PT: Parts = [
    ("h1", "Plano de trabalho 2025-2026"),
    ("p", "Unidade Temática de Ciência, Tecnologia e Capacitação"),
    ("p", "Cidade coordenadora: Barueri (Brasil)"),
    ("h2", "Apresentação"),
    ("p", "Dados abertos e software livre servem a quem governa e a quem é governado."),
    ("h2", "Eixos temáticos"),
    ("roman", ["Dados abertos", "Inclusão digital"]),
    ("h2", "Atividades"),
    (
        "table",
        [
            ["Nº", "Atividade", "Eixo", "Cidade responsável"],
            ["1", "Catálogo comum de dados abertos", "I", "Barueri"],
            ["2", "Laboratório de gestão de dados", "I e II", "Rafaela"],
            ["3", "Curso para pessoas idosas", "II", "Santa Fe"],
        ],
    ),
    ("h2", "Calendário"),
    ("p", "2025"),
    (
        "table",
        [
            ["Evento", "Data", "Local", "Papel da rede"],
            ["Smart City Expo Curitiba", "25 a 27 de março", "Curitiba, Brasil", "Participa"],
            ["Semana de Dados Abertos", "2 a 6 de junho", "Virtual", "Organiza"],
        ],
    ),
    ("p", "2026"),
    (
        "table",
        [
            ["Evento", "Data", "Local", "Papel da rede"],
            ["Open Data Day", "7 de março", "Rafaela, Argentina", "Promove"],
            ["Cúpula da Rede", "a definir", "a definir", "Participa"],
        ],
    ),
]

PARAGRAPH_MONTHS: Parts = [
    ("b", "MERCOCIUDADES – UNIDAD TEMÁTICA DE PLANIFICACIÓN ESTRATÉGICA Y ÁREAS METROPOLITANAS"),
    ("b", "Plan de Trabajo 2025"),
    ("p", "Coordinación: Córdoba, Argentina"),
    ("b", "Ejes de trabajo propuestos:"),
    ("ol", ["Gobernanza metropolitana", "Suelo y vivienda"]),
    ("b", "Actividades propuestas:"),
    ("ol", ["Banco de ordenanzas metropolitanas", "Clínica de proyectos", "Glosario común"]),
    ("b", "Eventos previstos:"),
    ("b", "ABRIL"),
    ("p", "9 – Clínica de proyectos I (virtual) – Organiza la UT"),
    ("b", "MAYO"),
    (
        "p",
        "21 al 23 – World Urban Planning Congress (Córdoba, Argentina) – suelo y clima – "
        "Organizado por la Red",
    ),
    ("b", "SEPTIEMBRE"),
    (
        "p",
        "3ª semana – Clínica de proyectos II (Asunción – Paraguay) – Participación de la "
        "Coordinación",
    ),
    ("p", "26/9 – Smart Metropolis Summit (Gdansk – Polonia) – Participa"),
    ("b", "Firma"),
    ("p", "[NOMBRE]"),
    ("p", "Subsecretario de Planificación, Municipalidad de Córdoba"),
    ("p", "planificacion@cordoba.example"),
    ("p", "+54 351 428 5600"),
]

OBJECTIVES_WITH_ACTIVITIES_ODT: Parts = [
    ("h1", "PLAN ANUAL DE ACTIVIDADES 2025"),
    ("p", "VICEPRESIDENCIA DE RELACIONES INTERNACIONALES Y COOPERACIÓN"),
    ("p", "Ciudad: Cuenca – Ecuador"),
    ("h2", "Objetivo general"),
    ("p", "Ampliar la cooperación descentralizada de las ciudades de la Red."),
    ("h2", "Eje 1: Cooperación Sur-Sur"),
    ("ul", ["Convocatoria de pequeños proyectos.", "Tutorías entre pares."]),
    ("h2", "Eje 2: Representación"),
    ("ul", ["Vocería común en foros globales."]),
    ("h2", "Cronograma"),
    (
        "table",
        [
            ["Actividad", "Mes", "Ciudad", "País", "Modalidad", "Participación de la VP"],
            ["Convocatoria de pequeños proyectos", "Marzo", "", "", "Virtual", "Organiza"],
            [
                "Urban Future Forum",
                "7 al 9 de mayo",
                "Medellín",
                "Colombia",
                "Presencial",
                "Participa",
            ],
            ["Asamblea General", "Octubre", "Niterói", "Brasil", "Presencial", "Participa"],
        ],
    ),
    ("p", "Firmado: [NOMBRE], Director de Relaciones Externas, Cuenca."),
]

MATRIX: Parts = [
    ("p", "Alcaldía de Quito"),
    ("title", "PLAN DE TRABAJO 2025 – 2026"),
    ("b", "VICEPRESIDENCIA DE DESARROLLO SOSTENIBLE Y CLIMA"),
    ("h1", "Objetivo general"),
    ("p", "Acompañar la acción climática local."),
    ("h1", "Matriz de planificación"),
    (
        "table",
        [
            ["Eje estratégico", "Actividades", "Responsables", "Indicador", "Fecha"],
            [
                "1. Mitigación",
                "1.1 Inventarios de emisiones\n1.2 Compras verdes",
                "Quito",
                "10 ciudades",
                "Junio 2025",
            ],
            ["2. Adaptación", "2.1 Planes de riesgo", "Recife", "5 planes", "Marzo 2026"],
        ],
    ),
    ("h1", "Cronograma de eventos"),
    (
        "table",
        [
            ["N°", "Evento", "Fecha", "Lugar", "Tipo de participación"],
            [
                "1",
                "Semana del Clima LAC",
                "19 - 23 de mayo de 2025",
                "Ciudad de Panamá, Panamá",
                "Participación de la VP",
            ],
            ["2", "Bonn Climate Talks", "16 al 26 de junio 2025", "Bonn, Alemania", "Participa"],
            ["3", "Asamblea de la VP", "Nov. 2025 (por confirmar)", "Quito, Ecuador", "Organiza"],
            ["4", "Foro de resiliencia", "12/02/2026 al 13/02/2026", "Virtual", "Co-organiza"],
        ],
    ),
    ("p", "Quito, 10 de abril de 2025"),
    ("p", "[FIRMA]"),
    ("p", "Secretario de Ambiente"),
    ("p", "ambiente@quito.example"),
]
AXES_AS_CAPTIONS: Parts = [
    ("h1", "Plano de Trabalho 2025"),
    ("p", "Vice-Presidência de Inclusão Social e Direitos"),
    ("p", "Cidade responsável: Bogotá – Colômbia"),
    ("h2", "Eixos de atuação"),
    ("letter", ["Renda e cuidado", "Migração", "Antirracismo"]),
    ("h2", "Atividades por eixo"),
    ("b", "Renda e cuidado"),
    ("ul", ["Mapa de políticas de cuidado", "Seminário de renda básica"]),
    ("b", "Migração"),
    ("ul", ["Guia de acolhida"]),
    ("b", "Antirracismo"),
    ("ul", ["Rede de gestoras negras", "Premiação de boas práticas"]),
    ("h2", "Calendário preliminar"),
    (
        "table",
        [
            ["Mês", "Evento", "Local", "Realização"],
            ["Março", "8 – Marcha das Mulheres", "Bogotá (Colômbia)", "Participação da VP"],
            [
                "Maio",
                "13 e 14 – Seminário de renda básica",
                "São Paulo – SP – Brasil",
                "Realizado pela VP",
            ],
            ["Julho", "Data a definir – Encontro de gestoras", "on-line", "Promovido pela VP"],
            ["Novembro", "20 – Dia da Consciência Negra", "Salvador/BA", "Apoio da VP"],
        ],
    ),
    ("h2", "Assinatura"),
    ("p", "______________________"),
    ("p", "[NOME]"),
    ("p", "Secretária Distrital"),
]
MONTH_BANNERS: Parts = [
    ("b", "Unidad Temática de Educación"),
    ("b", "PLAN DE TRABAJO AÑO 2025"),
    ("p", "Coordinador: Municipio de Cali (Colombia)"),
    ("b", "I. INTRODUCCIÓN"),
    ("p", "Educar es tarea de toda la ciudad."),
    ("b", "II. EJES DE TRABAJO"),
    ("p", "Eje N° 1 – Ciudades educadoras"),
    ("p", "Eje N° 2 – Alfabetización digital"),
    ("b", "III. ACTIVIDADES"),
    ("p", "Actividad 1: Banco de experiencias."),
    ("p", "Actividad 2: Pasantías docentes."),
    ("b", "IV. CRONOGRAMA DE EVENTOS"),
    (
        "table",
        [
            ["FEBRERO"],
            ["26", "Reunión virtual de planificación", "Virtual", "Organiza"],
            ["ABRIL"],
            ["2 al 4", "Foro de Ciudades Educadoras", "Rosario – Argentina", "Participa"],
            ["30", "Día del Niño y la Niña", "Cali – Colombia", "Organiza"],
            ["SETIEMBRE"],
            ["A confirmar", "Feria del Libro Infantil", "Montevideo – Uruguay", "Promueve"],
        ],
    ),
    ("b", "V. DATOS DE CONTACTO"),
    (
        "table",
        [
            ["Nombre", "Cargo", "Correo", "Teléfono"],
            ["[NOMBRE]", "Directora", "educacion@cali.example", "602 555 0000"],
        ],
    ),
]
QUESTIONS: Parts = [
    ("p", "Mercociudades"),
    ("p", "Unidad Temática de Autonomía, Gestión y Financiamiento Municipal"),
    ("p", "Lima, Perú"),
    ("h1", "Plan 2026"),
    ("h2", "Qué queremos"),
    ("p", "Que las ciudades administren mejor lo que recaudan."),
    ("h2", "En qué trabajaremos"),
    ("ul", ["Catastro", "Crédito municipal"]),
    ("h2", "Qué haremos"),
    ("ol", ["Clínica de catastro en cuatro ciudades.", "Guía de crédito para ciudades medianas."]),
    ("h2", "Dónde nos encontramos"),
    (
        "ul",
        [
            "Miércoles 4 de marzo de 2026, Lima (Perú): apertura de la clínica. Organiza la UT.",
            "Jueves 21 y viernes 22 de mayo de 2026, Santo André (Brasil): Encuentro de "
            "secretarios de hacienda. Promueve la UT.",
            "Septiembre de 2026, lugar a definir: Cumbre de finanzas locales. Participa la UT.",
        ],
    ),
]

PLANS: dict[str, tuple[str, Parts]] = {
    "calendar_first_date": (".docx", CALENDAR_FIRST_DATE),
    "merged_months": (".docx", MERGED_MONTHS),
    "nested_pt": (".odt", NESTED_PT),
    "typst_es": (".pdf", TYPST_ES),
    "letterhead_pdf": (".pdf", LETTERHEAD_PDF),
    "layout_table": (".docx", LAYOUT_TABLE_EMPTY_CALENDAR),
    "two_calendars_pt": (".docx", TWO_CALENDARS_PT),
    "paragraph_months": (".docx", PARAGRAPH_MONTHS),
    "vice_es": (".odt", OBJECTIVES_WITH_ACTIVITIES_ODT),
    "matrix": (".docx", MATRIX),
    "matrix_pdf": (".pdf", MATRIX),
    "axes_as_captions": (".odt", AXES_AS_CAPTIONS),
    "month_banners": (".docx", MONTH_BANNERS),
    "questions": (".docx", QUESTIONS),
}
