"""What the columns of a table are, by the words of its header row."""

import re

from .dates import read_date, read_month
from .fold import fold
from .segments import Row, Table

COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", r"n[º°o]?\.?|nro\.?|num\w*|#|item|orden|ordem|no\.|cod\w*"),
    ("date", r"(?:lugar|local|sede|ciudad|cidade)\b.{0,8}\b(?:fecha|data)s?|"
             r"(?:fecha|data)s?\b.{0,8}\b(?:lugar|local|sede|ciudad|cidade)"),
    ("place", r"(?:lugar|local|sede|place|venue|ubicacion|localizacao|localizacion|donde|"
              r"onde)\b.{0,40}|ciudad ?(?:/|-|y|,|\() ?pais\)?|cidade ?(?:/|-|e|,|"
              r"\() ?pais\)?|ciudad sede|cidade sede|(?:ciudad|cidade)\b.{0,25}\bpais\b.{0,3}|"
              r"city ?(?:/|,|and) ?country"),
    ("country", r"pais|country|paises"),
    ("city", r"ciudad(?: anfitriona)?|cidade(?: anfitria)?|city|localidad|municipio"),
    ("role", r"organiza\w* ?(?:/|,|o |y |ou |e ).{0,40}|(?:rol|papel|role|participacion|"
             r"participacao|funcion|funcao|caracter|carater|condicion|condicao|"
             r"tipo de participac\w+|forma de participac\w+|"
             r"modalidad de participac\w+)\b.{0,40}"),
    ("month", r"(?:mes|month|meses)(?: .{0,20})?|mes/ano|mes/anio"),
    ("day", r"dias?|dia\(s\)|days?"),
    ("end", r"(?:fin|fim|termino|end|fecha (?:de )?(?:fin|finalizacion|cierre|termino)|"
            r"data (?:de )?(?:fim|termino|final)|hasta|ate)"),
    ("date", r"(?:fecha|data|date)s?\b.{0,30}|cuando|quando|when|dia(?:s)? ?(?:/|y|e) ?(?:mes|"
             r"hora)\w*|periodo|period|inicio(?: / fin)?|fecha/lugar"),
    ("year", r"ano|anio|year"),
    ("axis", r"(?:eje|eixo|axis|linea|linha|pilar|objetivo especifico|objetivo estrategico|"
             r"area|ambito|dimension|dimensao)s?\b.{0,40}"),
    ("title", r"(?:evento|actividad|atividade|accion|acao|activity|event|tarea|tarefa|"
              r"iniciativa|proyecto|projeto|nombre|nome|titulo|hito|reunion|reuniao|encuentro|"
              r"encontro|que|o que|what|title|action|actividades|acciones|acoes|propuesta|"
              r"proposta)s?\b.{0,45}"),
    ("when", r"(?:plazo|prazo|cronograma|trimestre|semestre|bimestre|deadline|tiempo|"
             r"vencimiento|temporalidad|calendario|plazos|execucao|ejecucion|"
             r"timeline)s?\b.{0,30}"),
    ("who", r"(?:responsable|responsavel|responsaveis|a cargo|organiza|organizador|"
            r"organizacion|organizacao|ejecutor|executor|encargad|coordina|quien|quem|lider|"
            r"socio|aliado|parceir|actor|ator|ciudades? (?:participantes|responsable|lider|"
            r"involucradas|socias)|cidades? (?:participantes|responsavel|lider)|who|"
            r"responsible|owner|involucrad|envolvid)\w*\b.{0,40}"),
    ("text", r"(?:de|sobre|para|a) (?:que|quê)(?: se trata| trata)?|do que se trata|(?:tema|"
             r"tematica|descripcion|descricao|objetivo|asunto|assunto|detalle|detalhe|"
             r"contenido|conteudo|observacion|observacao|observaciones|observacoes|obs|"
             r"finalidad|finalidade|topic|description|notas?|about|proposito|resumen|"
             r"comentario)s?\b.{0,40}"),
    ("extra", r"(?:estado|status|presupuesto|orcamento|costo|custo|resultado|indicador|meta|"
              r"producto|produto|recurso|publico|modalidad|modalidade|hora|horario|"
              r"destinatari|beneficiari|medio|verificacion|prioridad|formato|ods|sdg|monto|"
              r"valor|budget)\w*\b.{0,40}"),
)  # fmt: skip
PATTERNS = tuple((kind, re.compile(rf"^(?:{pattern})$")) for kind, pattern in COLUMNS)
PERSON = re.compile(
    r"^(?:nombre|nome|cargo|correo|e-?mail|telefono|telefone|contacto|contato|celular|name|"
    r"phone|persona|apellido)\b.{0,30}$"
)
OFFICE_CELL = re.compile(
    r"^(?:ciudad |cidade )?(?:(?:sub|co|vice)[- ]?)?(?:coordina|coordena|presiden)\w*|"
    r"^secretaria (?:ejecutiva|executiva|tecnica|permanente|general|geral)|^punto focal|"
    r"^ponto focal|^vocal\b|^titular\b|^suplente\b"
)
DAY_CELL = re.compile(r"\d{1,2}(?:\s*(?:-|–|a|al|y|e|à|,)\s*\d{1,2})*$")
QUARTER = re.compile(
    r"^(?:(?:[1-4]|i{1,3}|iv)[º°ªo]?(?:er|do|to)?\.? ?(?:trim\w*|t|q|bim\w*|cuatrim\w*|"
    r"quadrim\w*|sem\w*)\.?|[tq][1-4]|trimestre (?:[1-4]|i{1,3}|iv))$"
)


def column_kind(cell: str) -> str | None:
    """number, date, month, day, title, place, city, country, role, who, when, axis, text, …"""
    folded = re.sub(r"\s+", " ", fold(cell)).strip(" .:*¿?¡!")
    if not folded or len(folded.split()) > 8 or re.search(r"\d{3,}", folded):
        return None
    return next((kind for kind, pattern in PATTERNS if pattern.match(folded)), None)


def header_of(table: Table) -> tuple[int, list[str | None]] | None:
    """(index of the header row, kind of each column); None where the table has no header."""
    for index, row in enumerate(table.rows[:4]):
        if len(row.filled) < 2 or _has_date(row):
            continue
        if any(DAY_CELL.match(c.strip()) for c in row.cells) and months_in(row) < 3:
            continue  # "26 | Reunión de planificación | Virtual" below the banner of its month
        kinds = [column_kind(c) for c in row.cells]
        known = sum(k is not None for k in kinds)
        if (known >= 2 and known * 2 >= len(row.filled)) or months_in(row) >= 3:
            return index, kinds
    return None


def _has_date(row: Row) -> bool:
    return any(read_date(c) for c in row.cells)


def months_in(row: Row) -> int:
    """How many cells of the row are a month or a quarter and nothing else."""
    return sum(month_cell(c) is not None or bool(QUARTER.match(fold(c).strip())) for c in row.cells)


def month_cell(cell: str) -> tuple[int | None, int] | None:
    text = cell.strip(" .:")
    span = read_month(text)
    return span.month if span and len(text[span.finish :].strip(" .")) == 0 else None


def names_people(row: Row) -> bool:
    """A header of names, offices and contacts."""
    people = sum(bool(PERSON.match(fold(c).strip(" .:"))) for c in row.filled)
    return people >= 2 and people * 2 >= len(row.filled)


def is_people(table: Table) -> bool:
    """A table of names, offices and contacts."""
    sides = sum(
        bool(row.filled) and bool(PERSON.match(fold(row.filled[0]).strip(" .:")))
        for row in table.rows
    )
    return bool(table.rows and names_people(table.rows[0])) or (
        sides >= 2 and sides * 2 >= len(table.rows)
    )


def offices_in(table: Table) -> list[tuple[Row, str, str]] | None:
    """(row, office, city) of a table of who coordinates what; None for any other table.

    Such a table lists no names, so nothing in it is private: it says which city holds what.
    """
    found = header_of(table)
    kinds = set(found[1]) if found else set()
    rows = table.rows[found[0] + 1 :] if found else table.rows
    if kinds & {"title", "axis", "date", "month", "day", "text"} or len(rows) < 2:
        return None
    for column in range(table.width):
        cells = [row.cells[column] if column < len(row.cells) else "" for row in rows]
        held = [bool(OFFICE_CELL.match(fold(c).strip())) for c in cells]
        if sum(held) < 2 or sum(held) * 3 < len(rows) * 2:
            continue
        if any(_has_date(row) for row in rows):
            return None
        return [(row, cell, _beside(row, column)) for row, cell in zip(rows, cells, strict=True)]
    return None


def _beside(row: Row, column: int) -> str:
    """The cell next to the office: after it where there is one, else before it."""
    after = [c for c in row.cells[column + 1 :] if c.strip()]
    before = [c for c in row.cells[:column] if c.strip()]
    return (after or before[::-1] or [""])[0].strip()
