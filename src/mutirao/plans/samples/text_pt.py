"""The sample plan in Portuguese: our own words for a unit of the demonstration network."""

TITLE = "Plano de Trabalho 2026"
UNIT = "Vice-Presidência de Inovação e Governança"
FRONT = [
    "Rede Mercocidades",
    "Apresentado pela cidade de: Recife – Pernambuco – Brasil",
    "Período: 2026",
]
SECTIONS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "1. Apresentação",
        [
            (
                "p",
                "As prefeituras da rede guardam soluções que as vizinhas ainda procuram: um "
                "aplicativo "
                "de zeladoria, um painel de ônibus, "
                "um edital que deu certo. Este plano organiza a troca "
                "dessas soluções e dá a cada cidade um caminho para adotá-las com apoio de "
                "quem já as usa.",
            ),
            (
                "p",
                "O trabalho parte de três perguntas feitas às cidades na última assembleia: "
                "que dados "
                "temos, com quem inovamos e quem fica de fora. As respostas orientam os eixos e as "
                "atividades que seguem.",
            ),
        ],
    ),
    (
        "2. Objetivos",
        [
            (
                "p",
                "2.1 Reduzir o tempo entre conhecer uma solução pública e colocá-la em uso em "
                "outra cidade.",
            ),
            ("p", "2.2 Formar equipes municipais capazes de contratar e avaliar tecnologia."),
        ],
    ),
    (
        "3. Eixos de ação",
        [
            ("p", "3.1 Dados abertos para decidir melhor"),
            ("p", "3.2 Compras públicas de inovação"),
            ("p", "3.3 Inclusão digital nos bairros"),
            ("p", "3.4 Segurança e privacidade dos serviços municipais"),
        ],
    ),
]
ACTIVITIES = [
    ["Nº", "Atividade", "Cidade responsável", "Prazo"],
    [
        "4.1",
        "Padrão comum de dados de mobilidade, testado em cinco cidades",
        "Recife",
        "1º semestre",
    ],
    [
        "4.2",
        "Banco de editais de compra de inovação, com comentários de quem os aplicou",
        "Medellín",
        "Junho",
    ],
    [
        "4.3",
        "Curso a distância para equipes de contratação, com três turmas no ano",
        "Valparaíso",
        "Ano todo",
    ],
    ["4.4", "Intercâmbio de técnicos entre laboratórios de inovação", "Montevidéu", "2º semestre"],
    ["4.5", "Guia de privacidade para aplicativos municipais", "Porto Alegre", "Novembro"],
    ["4.6", "Mapa das iniciativas de inclusão digital em bairros populares", "Rosário", "Setembro"],
]
CALENDAR: list[tuple[str, list[str]]] = [
    (
        "Março",
        [
            "11 e 12 – Oficina de dados de mobilidade (Recife – Brasil) – padrão comum para "
            "a rede – "
            "Organização da VP",
            "26 – Reunião de coordenação (videoconferência) – acompanhamento do plano – "
            "Organização da VP",
        ],
    ),
    (
        "Maio",
        [
            "5 a 8 – Semana da Inovação Pública (Medellín – Colômbia) – visitas a laboratórios – "
            "Participação da VP",
        ],
    ),
    (
        "Junho",
        [
            "29 de junho a 3 de julho – Escola de Compras de Inovação (Montevidéu – Uruguai) – "
            "contratos que aceitam o erro – Apoio da VP",
        ],
    ),
    (
        "Agosto (data a confirmar)",
        ["Encontro de laboratórios urbanos (Valparaíso – Chile) – Organização da VP"],
    ),
    (
        "Novembro",
        [
            "3 a 5 – Smart City Expo World Congress (Barcelona – Espanha) – estande das "
            "cidades do sul – "
            "Participação da VP",
            "19 – Feira de soluções municipais (Porto Alegre – Brasil) – Apoio da VP",
        ],
    ),
]
FOLLOW_UP = (
    "A coordenação apresentará um balanço por semestre às cidades da rede e à Secretaria "
    "Técnica, "
    "com o andamento de cada atividade."
)
SIGNATURE = [
    "Recife, 12 de janeiro de 2026",
    "Secretaria Municipal de Planejamento",
    "Vice-Presidência de Inovação e Governança",
]
