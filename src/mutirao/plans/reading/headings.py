"""Recognises the heading that opens a section, in Portuguese, Spanish and English."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .fold import fold, is_upper
from .labels import parse_label

# What may follow the noun of a heading without making it a sentence.
TAIL = (
    "de|del|do|da|dos|das|la|el|los|las|lo|o|a|os|as|y|e|en|em|no|na|para|por|con|com|al|ao|"
    "su|sus|seu|sua|the|of|"
    "and|for|to|in|plan|plano|trabajo|trabalho|unidad|unidade|tematica|ut[a-z]*|mercociudades|"
    "mercocidades|red|"
    "rede|vice-?presidencia|vice|presidencia|comision|comissao|periodo|anual|anuales|anuais|"
    "ano|anos|gestion|gestao|"
    "propuest[oa]s?|propost[oa]s?|previst[oa]s?|planificad[oa]s?|planejad[oa]s?|"
    "programad[oa]s?|prioritari[oa]s?|"
    "priorizad[oa]s?|principal|principales|principais|estrategic[oa]s?|tentativ[oa]s?|"
    "provisori[oa]s?|provisional|"
    "previ[oa]s?|preliminar|preliminares|actividades|atividades|eventos|reuniones|reunioes|"
    "encuentros|encontros|"
    "acciones|acoes|general|geral|generales|gerais|especific[oa]s?|desarrollar|desenvolver|"
    "realizar|realizarse|"
    "ejecutar|executar|cumplir|proponer|futur[oa]s?|proxim[oa]s?|virtual|virtuales|virtuais|"
    "presenciales|presenciais|"
    "comun|comuns|comunes|tematic[oa]s?|transversales|transversais|actuacion|atuacao|accion|"
    "acao|intervencion|"
    "intervencao|central|centrales|centrais|concret[oa]s?|complementari[oa]s?|complementares|"
    "permanentes|"
    "seguimiento|acompanhamento|evaluacion|avaliacao|monitoreo|monitoramento|esperad[oa]s?|"
    "indicadores|impactos?|cronograma|"
    "calendario|difusion|divulgacion|divulgacao|comunicacion|comunicacao|visibilidad|finanzas|"
    "financier[oa]s?|financeir[oa]s?|"
    "humanos|necesari[oa]s?|necessari[oa]s?|finales|finais|contexto|justificacion|"
    "justificativa|introduccion|introducao|"
    "antecedentes|diagnostico|presentacion|apresentacao|resultados|tecnicos|preliminares|"
    "ciudad|ciudades|cidade|cidades|miembro|membro|"
    "contacto|contato|asociad[oa]s|associad[oa]s|estrategias?|logros|alcanzar|alcancar|lograr|"
    "esta|este|nuestr[oa]s?|noss[oa]s?|"
    "vp|grupo|tentativo|fechas?|turismo|cultura|innovacion|inovacao|governanca|gobernanza|"
    "desarrollo|desenvolvimento|"
    "ambiente|juventud|juventude|educacion|educacao|genero|cooperacion|cooperacao|economico|"
    "social|sociais|sociales|"
    "semestre|primer|segundo|primeiro|institucional|institucionales|institucionais|"
    "operativ[oa]s?|local|regional|"
    "internacionales|internacionais|destacad[oa]s?|clave|chave|ejes|eixos|lineas|linhas|"
    "objetivos|metas|tareas|tarefas|"
    "iniciativas|proyectos|projetos|hitos|marcos|datas|fechas|inicial|iniciales|iniciais|"
    "annual|proposed|planned|work|"
    "key|main|strategic|action|actions|activities|events|calendar|mandato|periodo|a ser|ser|"
    "realizad[oa]s?|"
    "[12]\\d{3}(?:[-/][12]?\\d{1,3})?|i{1,3}|-|/|&"
)
NOUNS: tuple[tuple[str, str], ...] = (
    ("calendar",
     r"(?:cuando|quando)(?: (?:y|e) (?:donde|onde))?(?: nos (?:vemos|encontramos|reunimos))?|"
     r"fechas y lugares|datas e locais|"
     r"nuestra agenda|nossa agenda|(?:donde|onde) (?:estaremos|nos encontramos|"
     r"nos encontraremos)|(?:(?:previo|prelimina\w+|proposta de|propuesta de) )?(?:calendario|"
     r"cronograma|calendar|schedule|timeline)|agenda(?! (?:20[3-9]\d|urbana|21|regional|"
     r"digital|local|2030))|"
     r"(?:proximos |principa\w+ )?eventos|fechas (?:previstas|importantes|clave|tentativas)|"
     r"datas (?:previstas|importantes)|"
     r"programacion|programacao|events|plan(?:o)? de eventos|encuentros y eventos|"
     r"encontros e eventos|participacion en eventos|participacao em eventos"),
    ("work_axes",
     r"(?:los |os )?(?:ejes|eixos|eje|eixo|lineas|linhas|areas|frentes) (?:(?:principa\w+|"
     r"estrategic\w+|tematic\w+|prioritari\w+) )?de (?:trabajo|trabalho)|work (?:axes|areas|"
     r"lines)"),
    ("axes",
     r"(?:en que|em que) (?:trabajaremos|trabalharemos|vamos a trabajar|vamos trabalhar|"
     r"nos enfocamos)|(?:nuestras|nossas|nuestros|nossos) (?:prioridades|ejes|eixos|lineas|"
     r"linhas)|temas prioritarios|temas centrales|temas centrais|ambitos de (?:accion|"
     r"actuacion|acao|atuacao)|(?:(?:los|las|os|as|principa\w+|nuestros|nossos|the) )?(?:ejes|"
     r"eixos|lineas|linhas|axes|pilares|lines of action|strategic lines)|"
     r"(?:lineamientos|diretrizes|directrices|prioridades|areas) (?:estrategic\w+|"
     r"prioritari\w+|tematic\w+|de (?:accion|actuacion|atuacao|acao|intervencion|gestion|"
     r"gestao))|"
     r"lineamientos|diretrizes|prioridades|areas tematicas"),
    ("objective",
     r"(?:que|o que) (?:nos proponemos|propomos|queremos(?: lograr| alcancar| conseguir)?|"
     r"buscamos|pretendemos)|(?:para que|por que|a que)(?: (?:trabajamos|trabalhamos|"
     r"lo hacemos))?|(?:(?:los|os|nuestros|nossos) )?(?:objetivos?|objectives?|propositos?|"
     r"finalidad(?:es)?|finalidade|goals|aims|metas)"),
    ("activities",
     r"(?:que|o que) (?:vamos a hacer|vamos fazer|haremos|faremos|hacemos|fazemos)|"
     r"lo que haremos|como (?:lo haremos|vamos a hacerlo|faremos)|(?:(?:las|as|principa\w+|"
     r"plano? de|programa de|lista de|listado de|detalle de(?: las)?|propuesta de|proposta de|"
     r"propuestas de|propostas de) )?"
     r"(?:actividades|atividades|acciones|acoes|activities|actions|tareas|tarefas)|"
     r"matriz (?:de (?:planificacion|planejamento|actividades|atividades|acciones|acoes)|"
     r"operativa|operacional)|"
     r"plano? de (?:accion|acao|actividades|atividades)|(?:propuestas|propostas|proyectos|"
     r"projetos|iniciativas)|metas y actividades|programa de trabajo|programa de trabalho"),
    ("presentation",
     r"(?:quienes|quem) somos|por que este (?:plan|plano)|de donde partimos|de onde partimos|"
     r"punto de partida|ponto de partida|presentacion|apresentacao|introduccion|introducao|"
     r"antecedentes|justificacion|justificativa|fundamentacion|"
     r"fundamentos|contexto|contextualizacion|contextualizacao|diagnostico|marco (?:general|"
     r"conceptual|conceitual|de referencia|institucional|teorico|estrategico|normativo|"
     r"logico)|"
     r"consideraciones|consideracoes|preambulo|resumen|resumo|vision|visao|mision|missao|"
     r"vision y mision|mision y vision|missao e visao|"
     r"conclusion|conclusiones|conclusao|conclusoes|palabras|palavras|mensaje|mensagem|"
     r"quienes somos|quem somos|"
     r"sobre (?:la|a) (?:unidad|unidade|red|rede)|background|introduction|summary|prologo|"
     r"motivacion|motivacao|alcance|desafios|considerandos?|metodologia|problematica|"
     r"descripcion|descricao"),
    ("unplaced",
     r"resultados?|indicadores|presupuesto|orcamento|recursos|financiamiento|financiamento|"
     r"financiacion|monitoreo|monitoramento|"
     r"seguimiento|acompanhamento|evaluacion|avaliacao|riesgos|riscos|socios|parceiros|"
     r"parcerias|aliados|alianzas|aliancas|participantes|"
     r"integrantes|miembros|membros|ciudades (?:miembro|miembros|integrantes|participantes|"
     r"que integran|asociadas)|"
     r"cidades (?:membro|membros|integrantes|participantes|associadas)|anexos?|bibliografia|"
     r"referencias|contrapartidas?|"
     r"beneficiarios|publico|comunicacion|comunicacao|difusion|divulgacao|budget|results|"
     r"partners|productos|produtos|impactos?|sostenibilidad|"
     r"sustentabilidade|responsables|responsaveis|equipo|equipe|gobernanza del plan|"
     r"governanca do plano|subcoordinaciones|sub-coordenacoes"),
    ("signature",
     r"firmas?|assinaturas?|contactos?|contatos?|datos de contacto|dados de contato|"
     r"informacion de contacto|informacoes de contato|signatures?|contacts?|"
     r"autoridades|datos del responsable|dados do responsavel"),
)  # fmt: skip
TAILED = rf"(?:[ ,/]+(?:{TAIL}))*"
VERBS = re.compile(
    r"\b(?:sera[on]?|son|sao|es|esta[on]?|fue|foi|foram|seguem|siguen|seguintes|siguientes|"
    r"following|presentamos|"
    r"apresentamos|organizad[oa]s|se (?:realiza|propone|desarrolla|presenta)\w*|proponen|"
    r"propoe\w*|incluye\w*|inclu\w+|are|is)\b(?!$)"
)
STRICT = tuple((kind, re.compile(rf"^(?:(?:{noun}))(?![a-z]){TAILED}$")) for kind, noun in NOUNS)
LOOSE = tuple((kind, re.compile(rf"^(?:(?:{noun}))(?![a-z])")) for kind, noun in NOUNS)
SINGULAR = re.compile(
    r"^(?:(?:eje|eixo|linea|linha)(?: (?:estrategic[oa]|tematic[oa]))?|objetivo)$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`kind` of the section a heading opens; `rest` is text that follows after its colon."""

    kind: str
    text: str
    rest: str = ""
    strict: bool = True


def section_of(text: str, *, styled: bool = False) -> Heading | None:
    """The section a line opens, None where it is no heading.

    A strict heading is made of heading words only ("3. Actividades propuestas 2025"). A loose one
    ("Actividades de la cooperación sur-sur") counts where its look says so: a heading style, bold,
    capitals or a closing colon.
    """
    return None if len(text) > 400 or not text.strip() else _section_of(text, styled)


@lru_cache(maxsize=4096)
def _section_of(text: str, styled: bool) -> Heading | None:
    label = parse_label(text)
    named = label is not None and label.kind in {"named", "ordinal"}
    body = text[label.length :] if label and not named else text
    if named:
        return None
    return _whole(text, body, styled) or _before_colon(text, body)


def _whole(text: str, body: str, styled: bool) -> Heading | None:
    colon = body.rstrip().endswith(":")
    folded = re.sub(r"\s+", " ", fold(body)).strip(" .:-;\n").strip("\"'“”¿?")
    folded = re.sub(r"\s*\([^)]*\)$", "", folded)
    if body[:1].islower() and not styled and not colon:
        return None  # the end of a sentence broken over two lines
    if not folded or len(folded.split()) > 14 or body.rstrip().endswith((";", ",")):
        return None
    for kind, pattern in STRICT:
        if pattern.match(folded):
            both = kind == "objective" and re.search(r"\b(?:ejes|eixos|lineas|linhas)\b", folded)
            return Heading("axes" if both else kind, text)
    if VERBS.search(folded):
        return None
    looks = styled or (is_upper(body) and len(folded.split()) <= 8) or colon
    if not looks or len(folded.split()) > 9 or "," in folded or not (body[:1].isupper() or styled):
        return None
    for kind, pattern in LOOSE:
        if pattern.match(folded):
            return Heading(kind, text, strict=False)
    return None


def _before_colon(text: str, body: str) -> Heading | None:
    """ "Objetivo general: fortalecer …" opens its section and brings its first words along."""
    found = re.match(r"([^:\n]{4,60}):\s*(\S.*)$", body, re.S)
    if not found or (re.match(r"\d", found.group(2)) and re.search(r"\d$", found.group(1))):
        return None
    folded = re.sub(r"\s+", " ", fold(found.group(1))).strip(" .-")
    if SINGULAR.match(folded) and folded != "objetivo":
        return None
    for kind, pattern in STRICT:
        if pattern.match(folded) and kind not in {"signature"}:
            head = text[: text.index(found.group(2), len(text) - len(body))]
            return Heading(kind, head.strip(), rest=found.group(2).strip())
    return None


LEAD_IN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("work_axes", re.compile(r"\b(?:ejes|eixos|lineas|linhas) de (?:trabajo|trabalho)\b")),
    ("axes", re.compile(r"\b(?:ejes|eixos|lineas|linhas) (?:\w+ )?(?:de|estrategic|tematic|"
                        r"prioritari|propost|propuest|central|centra|principa|transversa)|"
                        r"\b(?:ejes|eixos)\b|\baxes\b")),
    ("objective", re.compile(r"\bobjetivos\b|\bmetas\b|\bobjectives\b")),
    ("activities", re.compile(r"\b(?:actividades|atividades|acciones|acoes|activities|haremos|"
                              r"faremos|realizaremos|desarrollaremos|desenvolveremos|"
                              r"vamos a hacer|vamos fazer)\b")),
)  # fmt: skip


FOLLOWING = re.compile(
    r"\b(?:seguintes?|siguientes?|following)\s+(?:\w+ )?((?:ejes|eixos|lineas|linhas|axes|"
    r"objetivos|metas|objectives|"
    r"actividades|atividades|acciones|acoes|activities))\b"
)


def lead_in(text: str) -> str | None:
    """Kind of the list that a sentence announces ("… seguem os eixos de atuação propostos:")."""
    if not text.rstrip().endswith(":"):
        return None
    following = FOLLOWING.search(fold(text))
    if following:
        word = following.group(1)
        return (
            next(
                (
                    kind
                    for kind, pattern in LEAD_IN
                    if pattern.search(fold(text)[following.start(1) :])
                ),
                None,
            )
            if word
            else None
        )
    clause = re.split(r"[,.;](?!\d)|\)", fold(text).rstrip(" :"))[-1]
    if re.search(r"\b(?:siguientes|seguintes|following)$", clause):
        clause = fold(
            text
        )  # the noun stands before: "En materia de actividades, … las siguientes:"
    found = [
        (m.start(), -i, kind) for i, (kind, p) in enumerate(LEAD_IN) if (m := p.search(clause))
    ]
    if re.search(r"calendario|cronograma|agenda de", clause):
        return "calendar"
    return min(found, key=lambda f: (f[0], -f[1]))[2] if found else None
