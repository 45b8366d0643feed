"""A plan written as a form: one table, the names of its sections in the first column."""

from .columns import header_of, is_people
from .headings import section_of
from .labels import parse_label
from .segments import Block, Row, Seg, Table


def unpack_forms(blocks: list[Block]) -> list[Block]:
    """Rows "Ejes | 1. … 2. …" become a heading and its paragraphs; other tables stay."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and _is_form(block):
            for row in block.rows:
                result += _sections(row)
        else:
            result.append(block)
    return result


def _is_form(table: Table) -> bool:
    if any(len(row.filled) > 2 for row in table.rows) or is_people(table):
        return False
    if header_of(table) is not None:
        return False
    heads = sum(_heads_section(row) for row in table.rows)
    return heads >= 2 and heads * 3 >= len(table.rows)


def _heads_section(row: Row) -> bool:
    return len(row.filled) == 2 and section_of(row.filled[0].strip()) is not None


def _sections(row: Row) -> list[Block]:
    cells = [c.strip() for c in row.filled]
    if len(cells) == 1:
        return [Seg(cells[0], [row.number], parse_label(cells[0]), row.bold)]
    head, content = cells
    if section_of(head) is None:
        text = f"{head.rstrip(' :')}: {' '.join(content.split())}"
        return [Seg(text, [row.number])]
    parts = [p.strip() for p in content.split("\n") if p.strip()]
    inner = [Seg(p, [row.number], parse_label(p), split=True) for p in parts]
    return [Seg(head, [row.number], parse_label(head), row.bold), *inner]
