"""What a person reads in the officers' plans; written by hand before the reader saw them.

Events: start, end (or month), title, place, country, description, role, confirmed. A text that
ends in "…" is compared up to there. `signature` lists words that may stand in no other part.
"""

from typing import Any

O, P, T = "organises", "promotes", "takes_part"
EXPECTED: dict[str, dict[str, Any]] = {}

EXPECTED["es-eje-estrategico.txt"] = {
    "language": "es",
    "year": 2025,
    "unit": "UNIDAD TEMÁTICA DE SEGURIDAD CIUDADANA",
    "presented_by": "Quilmes",
    "axes": [
        ("1", "Prevención social del delito"),
        ("2", "Datos para decidir"),
        ("3", "Espacio público seguro"),
    ],
    "work_axes": [],
    "activities": [
        ("1.1", "Relevar los programas de prevención de las ciudades miembros."),
        ("1.2", "Publicar una guía de buenas prácticas."),
        ("2.1", "Acordar diez indicadores comunes con los observatorios locales."),
        ("2.2", "Realizar dos talleres virtuales para los equipos técnicos."),
        ("3.1", "Diseñar una caja de herramientas de iluminación y uso nocturno."),
    ],
    "joined": [0, 0, 1, 1, 2],
    "events": [
        (
            "2025-03-20",
            "2025-03-20",
            "Reunión de planificación de la UT",
            "virtual",
            None,
            None,
            O,
            True,
        ),
        (
            "2025-06-03",
            "2025-06-05",
            "Seminario regional de policía de proximidad",
            "Quilmes",
            "AR",
            None,
            O,
            True,
        ),
        ("2025-06-24", "2025-06-24", "Foro Ciudades sin Miedo", "Montevideo", "UY", None, T, True),
        (
            None,
            "2025-08",
            "Taller de indicadores de convivencia",
            "Canelones",
            "UY",
            None,
            P,
            False,
        ),
        ("2025-11-28", "2025-12-02", "Cumbre de la Red", "Asunción", "PY", None, T, True),
    ],
    "objectives": 3,
    "signature": ["cooperacion@quilmes", "4350-3000", "Directora de Cooperación"],
    "not_understood": [],
}

EXPECTED["pt-lista-de-maio.md"] = {
    "language": "pt",
    "year": 2026,
    "unit": "Unidade Temática de Economia Solidária",
    "presented_by": "Osasco",
    "axes": [
        ("1", "Compras públicas abertas a cooperativas"),
        ("2", "Finanças de proximidade"),
        ("3", "Formação de gestoras e gestores"),
    ],
    "work_axes": [],
    "activities": [
        (None, "Levantar as leis municipais de compras das cidades membros"),
        (None, "Criar um banco de modelos de edital"),
        (None, "Oferecer um curso à distância de 40 horas."),
    ],
    "events": [
        ("2026-03-12", "2026-03-14", "Feira da Economia Solidária", "Osasco", "BR", None, O, True),
        (
            "2026-03-27",
            "2026-03-27",
            "Diálogo com bancos comunitários",
            "on-line",
            None,
            None,
            P,
            True,
        ),
        (
            "2026-04-28",
            "2026-05-02",
            "Semana do Trabalho Decente",
            "Santo André",
            "BR",
            None,
            T,
            True,
        ),
        (None, "2026-05", "Oficina de editais", "Rosário", "AR", None, P, False),
        (None, None, "Encontro Anual da UT", "São Paulo", "BR", None, O, False),
    ],
    "signature": ["economia@osasco"],
    "not_understood": [],
}

EXPECTED["es-sin-acentos.txt"] = {
    "language": "es",
    "year": 2024,
    "unit": "UNIDAD TEMATICA DE DISCAPACIDAD",
    "presented_by": "Tandil",
    "axes": [
        ("1", "Accesibilidad urbana"),
        ("2", "Empleo inclusivo"),
        ("3", "Comunicacion accesible"),
    ],
    "work_axes": [],
    "activities": [
        ("1", "Mapa de veredas accesibles con participacion de vecinos"),
        ("2", "Ciclo de charlas virtuales sobre empleo (4 encuentros)"),
        ("3", "Guia de comunicacion accesible para gobiernos locales"),
    ],
    "events": [
        (
            "2024-11-15",
            "2024-11-15",
            "Lanzamiento del mapa de veredas",
            "virtual",
            None,
            None,
            O,
            True,
        ),
        (
            "2024-12-03",
            "2024-12-03",
            "Dia de las personas con discapacidad",
            "Tandil",
            "AR",
            None,
            O,
            True,
        ),
        (None, "2025-02", "Reunion de coordinacion", "Cordoba", "AR", None, None, False),
        (
            "2025-06-05",
            "2025-06-05",
            "Congreso Iberoamericano de Accesibilidad",
            "Bogota",
            "CO",
            None,
            T,
            True,
        ),
        (None, None, "Encuentro de deporte adaptado", None, None, None, None, False),
    ],
    "objectives": 2,
    "signature": ["tandil.example", "4422-1111"],
    "not_understood": [],
}

EXPECTED["pt-sem-titulos.txt"] = {
    "language": "pt",
    "year": 2025,
    "unit": "Vice-Presidência de Desenvolvimento Urbano e Mudança do Clima",
    "presented_by": "Porto Alegre",
    "axes": [
        ("a", "Cidades que bebem e respiram melhor"),
        ("b", "Moradia em área segura"),
        ("c", "Financiamento climático."),
    ],
    "work_axes": [],
    "activities": [
        ("a", "Mapear os planos de adaptação das cidades da rede"),
        ("b", "Reunir as defesas civis uma vez por bimestre"),
        ("c", "Preparar três projetos-piloto para fundos internacionais."),
    ],
    "events": [
        ("2025-03-10", "2025-03-10", "Urban Resilience Forum", "Lisboa", "PT", None, T, True),
        (
            "2025-04-22",
            "2025-04-22",
            "Dia da Terra: mutirão de plantio",
            "Porto Alegre",
            "BR",
            None,
            O,
            True,
        ),
        (
            "2025-06-16",
            "2025-06-18",
            "Daring Cities",
            "Bonn",
            "DE",
            "mesa sobre enchentes",
            P,
            True,
        ),
        (None, "2025-09", "Encontro de Defesas Civis", "Assunção", "PY", None, O, False),
        ("2025-11-10", "2025-11-21", "COP30", "Belém", "BR", "pavilhão das cidades", T, True),
    ],
    "signature": ["3289-0000", "Secretário Municipal do Meio Ambiente"],
    "not_understood": [],
}

EXPECTED["es-romanos.txt"] = {
    "language": "es",
    "year": 2025,
    "unit": "Comisión de Género y Municipio",
    "presented_by": "Montevideo",
    "axes": [],
    "work_axes": [
        ("1", "Sistemas locales de cuidados"),
        ("2", "Ciudades libres de violencia"),
        ("3", "Autonomía económica"),
    ],
    "activities": [
        ("1", "Relevamiento de ordenanzas sobre cuidados."),
        ("2", "Escuela de gestión con perspectiva de género:…"),
        ("3", "Campaña regional del 25 de noviembre."),
    ],
    "events": [
        (
            "2025-11-25",
            "2025-11-25",
            "Lanzamiento de la campaña regional",
            "virtual",
            None,
            None,
            O,
            True,
        ),
        ("2025-12-04", "2025-12-05", "Asamblea de la Comisión", "Montevideo", "UY", None, O, True),
        (
            None,
            "2026-01",
            "Escuela de gestión, primera cohorte",
            "virtual",
            None,
            None,
            None,
            False,
        ),
        ("2026-02-28", "2026-03-02", "Cumbre de Alcaldesas", "Quito", "EC", None, T, True),
    ],
    "objectives": 1,
    "signature": ["genero@montevideo", "1950"],
    "not_understood": [],
}

EXPECTED["pt-dois-pontos.txt"] = {
    "language": "pt",
    "year": 2025,
    "unit": "UNIDADE TEMÁTICA DE TURISMO",
    "presented_by": "SANTOS",
    "axes": [
        ("3.1", "Turismo de cruzeiros com retorno local"),
        ("3.2", "Patrimônio e memória dos portos"),
        ("3.3", "Acessibilidade"),
    ],
    "work_axes": [],
    "activities": [
        ("4.1", "Criar o calendário comum de escalas."),
        ("4.1.1", "Reunir as autoridades portuárias."),
        ("4.1.2", "Publicar o calendário."),
        ("4.2", "Formar guias locais em três idiomas."),
        ("4.3", 'Lançar o selo "Porto Acolhedor".'),
    ],
    "events": [
        (
            "2025-02-18",
            "2025-02-18",
            "Reunião da coordenação",
            "videoconferência",
            None,
            None,
            None,
            True,
        ),
        ("2025-03-25", "2025-03-27", "WTM Latin America", "São Paulo", "BR", None, T, True),
        (
            "2025-08-07",
            "2025-08-08",
            "Seminário Portos e Cidades",
            "Mar del Plata",
            "AR",
            None,
            O,
            True,
        ),
        (None, "2025-11", "Encontro anual da UT", "Santos", "BR", None, O, False),
    ],
    "objectives": 2,
    "signature": ["turismo@santos", "3201-0000", "Coordenador da UT"],
    "not_understood": [],
}

EXPECTED["calendar_first_date"] = {
    "language": "es",
    "year": 2025,
    "unit": "UNIDAD TEMÁTICA AMBIENTE Y DESARROLLO SOSTENIBLE",
    "presented_by": "Canelones",
    "axes": [
        ("I", "Residuos y economía circular"),
        ("II", "Agua y cuencas"),
        ("III", "Educación ambiental"),
    ],
    "work_axes": [],
    "activities": [
        ("a", "Inventario de plantas de compostaje comunitario."),
        ("b", "Mesa técnica de cuencas urbanas."),
        ("c", "Concurso de escuelas sostenibles."),
    ],
    "events": [
        ("2025-03-12", "2025-03-14", "Seminario de compostaje", "Canelones", "UY", None, O, True),
        ("2025-04-28", "2025-05-02", "Semana del Suelo", "Brasília", "BR", None, T, True),
        ("2025-06-05", "2025-06-05", "Día Mundial del Ambiente", "virtual", None, None, P, True),
        (None, "2025-08", "Foro de cuencas", "Cuenca", "EC", None, O, False),
        (None, None, "Encuentro de cierre", None, None, None, None, False),
        (None, None, "Concurso de escuelas", None, None, None, O, False),
    ],
    "objectives": 3,
    "signature": ["ambiente@canelones", "4332 0000"],
    "not_understood": [],
}

EXPECTED["merged_months"] = {
    "language": "es",
    "year": 2025,
    "unit": "Unidad Temática de Desarrollo Social",
    "presented_by": "Rosario",
    "axes": [("1", "Hábitat y barrio"), ("2", "Cuidados"), ("3", "Seguridad alimentaria")],
    "work_axes": [],
    "activities": [
        (None, "Atlas de barrios populares…"),
        (None, "Pasantías entre equipos técnicos…"),
        (None, "Mapa de servicios de cuidado…"),
        (None, "Red de ferias de productores…"),
    ],
    "joined": [0, 0, 1, 2],
    "events": [
        ("2025-11-06", "2025-11-07", "Asamblea de la UT", "Rosario", "AR", None, O, True),
        ("2025-11-20", "2025-11-20", "Cumbre Social", "Brasilia", "BR", None, T, True),
        ("2025-12-03", "2025-12-03", "Taller de cuidados", "Montevideo", "UY", None, P, True),
        (None, "2026-02", "Encuentro de ferias", "Santa Fe", "AR", None, O, False),
        ("2026-02-18", "2026-02-20", "Congreso de hábitat", "Lima", "PE", None, T, True),
    ],
    "not_understood": [],
}

EXPECTED["nested_pt"] = {
    "language": "pt",
    "year": 2025,
    "unit": "Unidade Temática de Educação",
    "presented_by": "Belo Horizonte",
    "axes": [("3.1", "Escola e território"), ("3.2", "Educação digital")],
    "work_axes": [],
    "activities": [
        ("4.1", "Rodas de conversa mensais entre redes de ensino."),
        ("4.2", "Mostra virtual de projetos estudantis."),
        ("4.3", "Publicação de um caderno de experiências em português e espanhol."),
    ],
    "events": [
        (
            "2025-06-05",
            "2025-06-05",
            "Roda de conversa: escola e rua",
            "virtual",
            None,
            None,
            O,
            True,
        ),
        ("2025-08-08", "2025-08-08", "Mostra de projetos", "Belo Horizonte", "BR", None, P, True),
        (None, "2025-10", "Congresso de Cidades Educadoras", "Curitiba", "BR", None, T, False),
        ("2026-02-09", "2026-02-11", "Encontro da UT", "Morón", "AR", None, P, True),
    ],
    "objectives": 2,
    "signature": ["educacao@pbh", "3277-0000"],
    "not_understood": [],
}

EXPECTED["typst_es"] = {
    "language": "es",
    "year": 2026,
    "unit": "Unidad Temática de Integración Fronteriza",
    "presented_by": "Tacna",
    "axes": [
        ("1", "Salud en frontera"),
        ("2", "Movilidad cotidiana"),
        ("3", "Comercio de cercanía"),
    ],
    "work_axes": [],
    "activities": [
        (
            "a",
            "Relevar los acuerdos de atención de salud que ya existen entre ciudades vecinas y "
            "publicarlos en un mapa abierto.",
        ),
        ("b", "Proponer una credencial vecinal fronteriza."),
    ],
    "events": [
        ("2026-03-05", "2026-03-05", "Mesa de salud", "Tacna", "PE", None, O, True),
        ("2026-07-17", "2026-07-19", "Feria binacional", "Rivera", "UY", None, T, True),
        (None, "2026-10", "Encuentro de intendentes", "Concordia", "AR", None, P, False),
    ],
    "objectives": 1,
    "signature": ["frontera@tacna"],
    "not_understood": [],
}

EXPECTED["letterhead_pdf"] = {
    "language": "es",
    "year": 2025,
    "unit": "Unidad Temática de Juventud",
    "presented_by": "Asunción",
    "axes": [("1", "Participación"), ("2", "Primer empleo")],
    "work_axes": [],
    "activities": [
        ("1", "Escuela virtual de liderazgo juvenil, en cuatro módulos."),
        ("2", "Concurso de presupuesto joven."),
        ("3", "Bolsa de pasantías entre municipios."),
    ],
    "events": [
        (
            "2025-05-15",
            "2025-05-15",
            "Apertura de la Escuela virtual",
            "virtual",
            None,
            None,
            O,
            True,
        ),
        ("2025-08-12", "2025-08-12", "Día de la Juventud", "Asunción", "PY", None, O, True),
        ("2025-10-02", "2025-10-04", "Foro de Juventudes", "São Paulo", "BR", None, T, True),
    ],
    "signature": ["juventud@asuncion", "600 000"],
    "not_understood": [],
}

EXPECTED["layout_table"] = {
    "language": "es",
    "year": 2025,
    "unit": "Unidad Temática de Cultura",
    "presented_by": "Santa Fe",
    "axes": [("A", "Derechos culturales"), ("B", "Patrimonio vivo")],
    "work_axes": [],
    "activities": [
        (None, "Mapa de espacios culturales independientes."),
        (None, "Residencias cruzadas de artistas."),
    ],
    "events": [],
    "signature": ["Secretaria de Educación y Cultura"],
    "not_understood": [],
}

EXPECTED["two_calendars_pt"] = {
    "language": "pt",
    "year": 2025,
    "unit": "Unidade Temática de Ciência, Tecnologia e Capacitação",
    "presented_by": "Barueri",
    "axes": [("I", "Dados abertos"), ("II", "Inclusão digital")],
    "work_axes": [],
    "activities": [
        ("1", "Catálogo comum de dados abertos…"),
        ("2", "Laboratório de gestão de dados…"),
        ("3", "Curso para pessoas idosas…"),
    ],
    "joined": [0, None, 1],
    "events": [
        ("2025-03-25", "2025-03-27", "Smart City Expo Curitiba", "Curitiba", "BR", None, T, True),
        ("2025-06-02", "2025-06-06", "Semana de Dados Abertos", "Virtual", None, None, O, True),
        ("2026-03-07", "2026-03-07", "Open Data Day", "Rafaela", "AR", None, P, True),
        (None, None, "Cúpula da Rede", None, None, None, T, False),
    ],
    "not_understood": [],
}

EXPECTED["paragraph_months"] = {
    "language": "es",
    "year": 2025,
    "unit": "UNIDAD TEMÁTICA DE PLANIFICACIÓN ESTRATÉGICA Y ÁREAS METROPOLITANAS",
    "presented_by": "Córdoba",
    "axes": [],
    "work_axes": [("1", "Gobernanza metropolitana"), ("2", "Suelo y vivienda")],
    "activities": [
        ("1", "Banco de ordenanzas metropolitanas"),
        ("2", "Clínica de proyectos"),
        ("3", "Glosario común"),
    ],
    "events": [
        ("2025-04-09", "2025-04-09", "Clínica de proyectos I", "virtual", None, None, O, True),
        (
            "2025-05-21",
            "2025-05-23",
            "World Urban Planning Congress",
            "Córdoba",
            "AR",
            "suelo y clima",
            O,
            True,
        ),
        (None, "2025-09", "Clínica de proyectos II", "Asunción", "PY", None, T, False),
        ("2025-09-26", "2025-09-26", "Smart Metropolis Summit", "Gdansk", "PL", None, T, True),
    ],
    "signature": ["planificacion@cordoba", "428 5600", "Subsecretario"],
    "not_understood": [],
}

EXPECTED["vice_es"] = {
    "language": "es",
    "year": 2025,
    "unit": "VICEPRESIDENCIA DE RELACIONES INTERNACIONALES Y COOPERACIÓN",
    "presented_by": "Cuenca",
    "axes": [("1", "Cooperación Sur-Sur"), ("2", "Representación")],
    "work_axes": [],
    "activities": [
        (None, "Convocatoria de pequeños proyectos."),
        (None, "Tutorías entre pares."),
        (None, "Vocería común en foros globales."),
    ],
    "joined": [0, 0, 1],
    "events": [
        (None, "2025-03", "Convocatoria de pequeños proyectos", "Virtual", None, None, O, False),
        (
            "2025-05-07",
            "2025-05-09",
            "Urban Future Forum",
            "Medellín",
            "CO",
            "Modalidad: Presencial",
            T,
            True,
        ),
        (None, "2025-10", "Asamblea General", "Niterói", "BR", "Modalidad: Presencial", T, False),
    ],
    "objectives": 1,
    "signature": ["Director de Relaciones Externas"],
    "not_understood": [],
}
