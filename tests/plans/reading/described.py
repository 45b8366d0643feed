"""Plans described part by part, to be written as .docx, .odt and .pdf (see makers.py)."""

from .makers import Parts

PLANS: dict[str, Parts] = {
    "ambiente_es": [
        ("title", "Plan de Trabajo 2025"),
        ("p", "Unidad Temática de Ambiente y Desarrollo Sostenible"),
        (
            "table",
            [
                ["Unidad Temática", "Ambiente y Desarrollo Sostenible"],
                ["Ciudad coordinadora", "Rosario, Argentina"],
                ["Ciudades subcoordinadoras", "Cuenca (Ecuador) y Canelones (Uruguay)"],
                ["Período", "2025 - 2026"],
            ],
        ),
        ("h1", "Introducción"),
        ("p", "La crisis climática exige respuestas coordinadas entre ciudades."),
        ("h1", "Objetivo general"),
        ("p", "Contribuir a la acción climática local."),
        ("h1", "Objetivos específicos"),
        ("ul", ["Medir emisiones con un método común.", "Compartir planes de adaptación."]),
        ("h1", "Ejes estratégicos"),
        ("roman", ["Mitigación", "Adaptación basada en la naturaleza", "Gestión de residuos"]),
        ("h1", "Actividades"),
        (
            "table",
            [
                ["N°", "Actividad", "Responsable", "Plazo"],
                ["1", "Taller de inventarios de emisiones", "Rosario", "Primer trimestre"],
                ["2", "Guía de infraestructura verde", "Cuenca", "Junio"],
                ["3", "Red de compostaje comunitario", "Canelones", "Todo el año"],
            ],
        ),
        ("h1", "Calendario 2025"),
        (
            "table",
            [
                ["Mes", "Fecha", "Actividad", "Lugar", "Rol de la UT"],
                [
                    "Marzo",
                    "12 al 14",
                    "Taller de inventarios de emisiones",
                    "Rosario (Argentina)",
                    "Organiza",
                ],
                [None, "22", "Día Mundial del Agua", "Virtual", "Promueve"],
                [
                    "Abril",
                    "28 de abril al 2 de mayo",
                    "Semana del clima",
                    "Cuenca, Ecuador",
                    "Participa",
                ],
                [
                    "Agosto",
                    "A confirmar",
                    "Encuentro de compostaje",
                    "Canelones, Uruguay",
                    "Organiza",
                ],
                [
                    "Noviembre",
                    "10 al 21",
                    "Conferencia de las Partes (COP30)",
                    "Belém, Brasil",
                    "Participa",
                ],
            ],
        ),
        ("p", "Dirección General de Ambiente"),
        ("p", "Correo: ambiente@ejemplo.gob.ar"),
    ],
    "alimentar_pt": [
        ("b", "REDE MERCOCIDADES"),
        ("b", "PLANO DE TRABALHO 2026 – UNIDADE TEMÁTICA DE SEGURANÇA ALIMENTAR"),
        ("p", "Cidade coordenadora: Belo Horizonte, Minas Gerais, Brasil"),
        ("b", "1. Apresentação"),
        ("p", "A alimentação é um direito e as cidades têm instrumentos para garanti-lo."),
        ("b", "2. Eixos e atividades"),
        ("b", "Eixo 1 – Compras públicas da agricultura familiar"),
        ("p", "Ampliar a participação de pequenos produtores."),
        ("ul", ["Mapear legislação das cidades", "Realizar seminário técnico anual"]),
        ("b", "Eixo 2 – Combate ao desperdício"),
        ("ul", ["Implantar bancos de alimentos", "Campanha conjunta de reaproveitamento"]),
        ("b", "3. Resultados esperados"),
        ("p", "Dez cidades com metas de redução do desperdício."),
        ("b", "4. Cronograma de eventos"),
        ("p", "Os eventos abaixo serão confirmados pela coordenação."),
        (
            "p",
            "• 05/05/2026: Seminário técnico de compras públicas (Belo Horizonte – "
            "Brasil) – organização da UT",
        ),
        (
            "p",
            "• 16 de outubro de 2026: Dia Mundial da Alimentação, em todas as cidades – "
            "promoção da UT",
        ),
        ("p", "• 2ª quinzena de novembro: Visita técnica, Rosário, Argentina"),
        ("p", "Belo Horizonte, 20 de janeiro de 2026"),
        ("p", "Secretaria Municipal de Segurança Alimentar"),
    ],
    "cooperacion_es": [
        ("h1", "PLAN OPERATIVO ANUAL 2024"),
        ("p", "Comisión de Cooperación Descentralizada"),
        ("p", "Ciudad responsable: Quito – Ecuador"),
        ("h2", "Líneas estratégicas"),
        ("letter", ["Formación", "Proyectos conjuntos", "Comunicación"]),
        ("h2", "Actividades"),
        (
            "letter",
            [
                "Curso de formulación de proyectos",
                "Convocatoria de cooperación sur-sur",
                "Boletín trimestral",
            ],
        ),
        ("h2", "Cronograma"),
        (
            "table",
            [
                ["Actividad", "Ene", "Feb", "Mar", "Abr", "May", "Jun"],
                ["Curso de formulación de proyectos", "", "X", "X", "", "", ""],
                ["Convocatoria de cooperación sur-sur", "", "", "X", "", "", ""],
                ["Boletín trimestral", "X", "", "X", "", "X", ""],
                ["Seminario de cooperación (Quito, Ecuador)", "", "", "", "", "X", ""],
                ["Relevamiento de necesidades", "X", "X", "", "", "", ""],
            ],
        ),
    ],
    "cultura_es": [
        ("p", "Plan de acción de la Unidad Temática de Cultura – 2025/2026"),
        ("p", "Coordina: Ciudad de Córdoba (Argentina)"),
        ("b", "Matriz de planificación"),
        (
            "table",
            [
                ["Eje", "Actividad", "Responsable", "Fecha"],
                [
                    "1. Derechos culturales",
                    "Relevamiento de políticas culturales",
                    "Córdoba",
                    "Marzo - junio",
                ],
                [None, "Encuentro de gestores", "Montevideo", "Agosto"],
                [
                    "2. Patrimonio",
                    "Catálogo digital de patrimonio barrial",
                    "Valparaíso",
                    "Todo el año",
                ],
            ],
        ),
        ("b", "Agenda"),
        (
            "table",
            [
                ["Fecha", "Evento", "Ciudad", "País", "Participación"],
                [
                    "10/04/2025",
                    "Foro de gestores culturales",
                    "Córdoba",
                    "Argentina",
                    "Organiza la UT",
                ],
                ["15 y 16 de mayo", "Noche de los museos", "Montevideo", "Uruguay", "Difusión"],
                ["30/02/2026", "Festival de teatro", "Lima", "Perú", "Participa"],
                ["Octubre 2025", "Jornadas de patrimonio", "Valparaíso", "Chile", "Participa"],
            ],
        ),
    ],
    "financas_pt": [
        (
            "table",
            [
                ["PLANO DE TRABALHO"],
                ["Unidade Temática de Autonomia, Gestão e Financiamento Municipal"],
                ["Período: 2025"],
                ["Coordenação: Guarulhos – São Paulo – Brasil"],
            ],
        ),
        ("p", "Linhas de trabalho\n1. Finanças locais\n2. Gestão por resultados"),
        ("p", "Atividades\na) Ciclo de oficinas\nb) Publicação anual"),
        (
            "p",
            "Calendário\n"
            "Maio\n"
            "6 – Oficina de finanças (Guarulhos – Brasil) – Organiza a UT\n"
            "20 – Assembleia (online)\n"
            "Junho\n"
            "9 a 11: Congresso de municípios (Brasília – Brasil): financiamento climático "
            "– Participa a UT",
        ),
    ],
    "relaciones_es": [
        ("b", "VICEPRESIDENCIA DE RELACIONES INTERNACIONALES"),
        ("b", "PLAN DE TRABAJO"),
        ("p", "Período: diciembre 2024 – diciembre 2025"),
        ("p", "Presenta: Municipalidad de Asunción"),
        ("b", "OBJETIVOS / EJES DE ACCIÓN"),
        ("p", "1.- Posicionar a la red en foros globales."),
        ("p", "2.- Ampliar las alianzas con bancos de desarrollo."),
        ("p", "3.- Articular las agencias locales de desarrollo."),
        ("b", "ACTIVIDADES PREVISTAS"),
        (
            "table",
            [
                ["ACTIVIDAD", "DESCRIPCIÓN", "CIUDADES INVOLUCRADAS", "FECHA ESTIMADA"],
                [
                    "Ronda de bancos",
                    "Encuentro con CAF, BID y FONPLATA",
                    "Asunción, Montevideo",
                    "Abril",
                ],
                ["Agenda común", "Documento de posición de la red", "Todas", "Julio"],
            ],
        ),
        ("b", "CALENDARIO DE EVENTOS 2025"),
        (
            "table",
            [
                ["MES", "EVENTO", "CIUDAD – PAÍS", "ORGANIZA / PARTICIPA / PROMUEVE"],
                ["ENERO"],
                ["15 al 18", "Foro Económico Local", "Davos – Suiza", "Participa"],
                ["30", "Taller de agencias", "Asunción – Paraguay", "Organiza"],
                ["MARZO"],
                ["Sin fecha definida", "Ronda de bancos", "Montevideo – Uruguay", "Organiza"],
                ["21", "Día del agua", "Virtual", "Promueve"],
            ],
        ),
    ],
    "economia_pt": [
        ("p", "Proposta de Plano de Trabalho – Vice-Presidência de Economia Urbana (2020)"),
        ("p", "Município proponente: Guarulhos (Brasil)"),
        ("p", "A. INTRODUÇÃO"),
        ("p", "O ano de 2020 exige respostas rápidas das cidades."),
        ("p", "B. EIXOS"),
        ("p", "B.1 Emprego"),
        ("p", "B.2 Abastecimento"),
        ("p", "C. AÇÕES"),
        ("p", "C.1 Criar rede de compras solidárias"),
        ("p", "C.2 Publicar boletim mensal de preços"),
        ("p", "D. AGENDA"),
        (
            "table",
            [
                [
                    "15/04/2020",
                    "Seminário Emprego e Cidade",
                    "Guarulhos, Brasil",
                    "Organização da VP",
                ],
                ["02 a 04/06/2020", "Fórum de Abastecimento", "Rosário, Argentina", "Participação"],
                ["Outubro", "Feira de Economia Solidária", "Santa Maria, Brasil", "Apoio"],
            ],
        ),
    ],
    "deportes_es": [
        ("p", "Unidad Temática de Deportes"),
        ("p", "Plan anual de actividades 2026"),
        ("p", "Coordinación general: Municipio de Quilmes, Argentina"),
        ("h1", "Agenda del año"),
        (
            "ul",
            [
                "7 de abril: Día de la Actividad Física (todas las ciudades). Promueve la UT.",
                "Del 20 al 22 de mayo: Juegos de Ciudades, en Quilmes, Argentina. Organiza la UT.",
                "Fines de agosto: Congreso de gestión deportiva (Paysandú, Uruguay).",
                "29 de noviembre al 1 de diciembre: Cumbre de la red – Niterói, Brasil – "
                "participación de la coordinación",
            ],
        ),
        ("h1", "Qué nos proponemos"),
        ("p", "Que el deporte sea una política de salud."),
        ("h1", "Líneas de trabajo"),
        ("p", "Deporte comunitario"),
        ("p", "Espacios deportivos abiertos"),
        ("h1", "Qué vamos a hacer"),
        ("p", "Relevar espacios deportivos municipales."),
        ("p", "Intercambiar programas para personas mayores."),
        ("h1", "Contactos"),
        ("p", "Subsecretaría de Deportes, tel. 011 4253-0000"),
    ],
    "innovacion_es": [
        ("title", "PLAN DE TRABAJO"),
        ("title", "UNIDAD TEMÁTICA DE INNOVACIÓN SOCIAL"),
        ("p", "PERIODO 2025-2026"),
        ("p", "Ciudad que coordina: Cuenca (Ecuador)"),
        ("h1", "1. Contexto"),
        ("p", "Las ciudades medianas concentran la innovación social."),
        ("h1", "2. Ejes de acción"),
        ("h2", "Eje 1. Laboratorios ciudadanos"),
        ("p", "Espacios donde vecinas y vecinos prueban soluciones con el municipio."),
        ("p", "Actividades:"),
        ("ul", ["Guía de laboratorios", "Encuentro anual de laboratorios"]),
        ("h2", "Eje 2. Datos para el cuidado"),
        ("p", "Usar datos para planificar los cuidados."),
        ("p", "Actividades:"),
        ("ul", ["Mapa de cuidados"]),
        ("h1", "3. Calendario de actividades"),
        (
            "table",
            [
                ["Mes", "Fecha", "Evento", "Ciudad", "País", "Tema", "Rol"],
                [
                    "Mayo 2025",
                    "14 y 15",
                    "Encuentro de laboratorios",
                    "Cuenca",
                    "Ecuador",
                    "Vecindad e innovación",
                    "Organizador",
                ],
                [
                    None,
                    "28",
                    "Seminario de cuidados",
                    "—",
                    "Virtual",
                    "Tiempo y cuidados",
                    "Coorganizador",
                ],
                [
                    "Octubre 2025",
                    "",
                    "Foro Mundial de Economía Social",
                    "Bilbao",
                    "España",
                    "Alianzas",
                    "Participante",
                ],
                [
                    "Febrero 2026",
                    "30",
                    "Taller de datos",
                    "Bogotá",
                    "Colombia",
                    "Datos abiertos",
                    "Promotor",
                ],
            ],
        ),
        ("h1", "4. Presupuesto"),
        ("table", [["Rubro", "Monto"], ["Traslados", "USD 3.000"], ["Publicaciones", "USD 1.200"]]),
        ("p", "Ing. Nombre Apellido"),
        ("p", "Alcalde de Cuenca"),
    ],
    "saude_pt": [
        ("b", "MERCOCIDADES – UNIDADE TEMÁTICA DE SAÚDE"),
        ("b", "PLANO DE TRABALHO – GESTÃO 2024/2025"),
        ("p", "Coordenação: Prefeitura Municipal de Campinas (SP), Brasil"),
        ("p", "Subcoordenação: Intendência de Paysandú (Uruguai)"),
        ("b", "Apresentação:"),
        ("p", "A saúde urbana depende de muitas políticas ao mesmo tempo."),
        ("b", "Objetivo Geral: integrar a vigilância em saúde das cidades de fronteira."),
        ("b", "Linhas estratégicas:"),
        ("p", "Linha 1 – Vigilância integrada"),
        ("p", "Linha 2 – Saúde mental comunitária"),
        ("p", "Linha 3 – Alimentação saudável"),
        ("b", "Plano de ação:"),
        (
            "table",
            [
                ["Linha estratégica", "Ações", "Responsáveis", "Prazo"],
                [
                    "Linha 1 – Vigilância integrada",
                    "Protocolo de alerta\nPainel de indicadores",
                    "Campinas",
                    "dez/2024",
                ],
                [
                    "Linha 2 – Saúde mental comunitária",
                    "1) Curso para agentes\n2) Rede de acolhimento",
                    "Paysandú",
                    "jun/2025",
                ],
            ],
        ),
        ("b", "Eventos previstos:"),
        ("p", "14/10/2024 – Lançamento da Linha 1 (online) – Coordenação"),
        ("p", "19 a 21/03/2025 – Congresso de Saúde Urbana – Campinas/SP – Brasil – Organização"),
        ("p", "Abr/2025 – Missão técnica – Paysandú – Uruguai – Participação"),
        ("p", "Junho de 2025: encerramento, em local e data a definir"),
        ("p", "Campinas, 5 de agosto de 2024."),
    ],
    "fronteras_es": [
        ("p", "PLAN DE TRABAJO AÑO 2022"),
        ("p", "VICEPRESIDENCIA DE INTEGRACIÓN REGIONAL Y FRONTERAS"),
        (
            "p",
            "Presentado por la Intendencia Departamental de Salto, República Oriental del Uruguay",
        ),
        ("p", "I.- FUNDAMENTOS"),
        ("p", "Las fronteras son lugares de encuentro. Los municipios las administran a diario."),
        ("p", "II.- PROPÓSITO"),
        ("p", "Consolidar una agenda de ciudades de frontera."),
        ("p", "III.- EJES DE TRABAJO"),
        ("p", "i. Movilidad transfronteriza"),
        ("p", "ii. Ambiente compartido"),
        ("p", "iii. Cultura de frontera"),
        ("p", "IV.- PROPUESTA DE ACTIVIDADES"),
        (
            "p",
            "i. Mesa de intendentes de frontera. Reunirá cada semestre a las máximas autoridades.",
        ),
        ("p", "ii. Censo de pasos vecinales."),
        ("p", "iii. Festival itinerante."),
        ("p", "V.- AGENDA PREVISTA"),
        (
            "p",
            "1) Mesa de intendentes – 24 de marzo – Salto (Uruguay) – a cargo de la "
            "Vicepresidencia",
        ),
        (
            "p",
            "2) Cumbre de ciudades de frontera – 6 y 7 de junio – Foz do Iguaçu (Brasil) "
            "– participación de la Vicepresidencia",
        ),
        (
            "p",
            "3) Festival itinerante – septiembre, fecha a confirmar – Concordia "
            "(Argentina) – auspicia la Vicepresidencia",
        ),
        ("p", "VI.- COMUNICACIÓN"),
        ("p", "Boletín mensual."),
        ("p", "Salto, febrero de 2022"),
    ],
    "ficha_es": [
        ("b", "FICHA DE PLAN DE TRABAJO"),
        (
            "table",
            [
                ["Unidad Temática", "Turismo"],
                ["Período", "2026"],
                ["Ciudad coordinadora", "Valparaíso, Chile"],
                ["Contacto", "turismo@ejemplo.cl"],
                ["Objetivo general", "Posicionar destinos emergentes de la red."],
                ["Ejes de acción", "1. Turismo cultural\n2. Turismo de naturaleza"],
                ["Actividades", "1. Guía de rutas\n2. Campaña común\n3. Taller de accesibilidad"],
                [
                    "Calendario",
                    "15 de abril: Taller de accesibilidad (virtual) – Organiza la UT\n"
                    "27 de septiembre: Día Mundial del Turismo – Valparaíso, Chile – Promueve la "
                    "UT",
                ],
            ],
        ),
    ],
    "gobernanza_es": [
        ("p", "Plan de Trabajo 2024 – UT Gobernanza"),
        ("p", "A cargo de: Ciudad de Medellín, Colombia"),
        ("h1", "Ejes"),
        ("p", "Gobierno abierto. Impulsar portales de datos y presupuestos legibles."),
        ("p", "Participación. Fortalecer los consejos barriales."),
        ("h1", "Acciones y agenda"),
        (
            "table",
            [
                ["Fecha", "Lugar", "Actividad / Objetivo", "Participación de la UT"],
                ["20/02/2024", "Virtual", "Reunión inicial / acordar metodología", "Organiza"],
                [
                    "Mayo",
                    "Medellín - Colombia",
                    "Semana del gobierno abierto / mostrar avances",
                    "Organiza",
                ],
                ["2 al 4 de octubre", "Brasilia - Brasil", "Cumbre OGP / intercambio", "Asiste"],
            ],
        ),
    ],
    "educacion_es": [
        ("title", "PLAN DE TRABAJO 2023"),
        ("p", "Unidad Temática de Educación – Ciudad coordinadora: Sucre, Bolivia"),
        ("h2", "Antecedentes"),
        (
            "p",
            "La educación en las ciudades no termina en la escuela: museos, bibliotecas, "
            "plazas y clubes educan todos los días, y los gobiernos locales pueden "
            "coordinarlos con pocos recursos si comparten metodologías y materiales.",
        ),
        ("h2", "Ejes de acción"),
        (
            "roman",
            [
                "Ciudades educadoras, con énfasis en los primeros años de vida y en la "
                "articulación de los servicios municipales que acompañan a las familias",
                "Alfabetización digital",
            ],
        ),
        ("h2", "Actividades"),
        (
            "ol",
            [
                "Curso virtual de gestión de bibliotecas",
                "Concurso de materiales didácticos en lenguas originarias, abierto a "
                "docentes de todas las ciudades de la red durante el segundo semestre",
            ],
        ),
        ("h2", "Cronograma"),
        (
            "ul",
            [
                "3 al 5 de mayo: Encuentro de ciudades educadoras (Sucre, Bolivia). Organiza la UT",
                "8 de septiembre: Día de la Alfabetización. Promueve la UT",
                "Octubre: Congreso internacional (Curitiba, Brasil). Participa la UT",
            ],
        ),
    ],
}
