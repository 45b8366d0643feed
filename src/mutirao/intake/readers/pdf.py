"""Text PDF -> lines, with page headers and numbers told apart from the text."""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .errors import UnreadableDocument
from .model import Line
from .pdf_layout import (
    VisualLine,
    find_tables,
    mark_gaps,
    page_chunks,
    usual_step,
    visual_lines,
)
from .pdf_rules import RuleCollector, ruled_rows

MAX_PAGE_CHUNKS = 50_000  # a page with more pieces than this is a drawing, not a plan
PAGE_NUMBER = re.compile(
    r"^(?:p[áa]g(?:ina)?\.?|page)?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|de|of)\s*\d{1,4})?$", re.I
)
PAGED = re.compile(
    r"^.{0,90}\b(?:p[áa]gina|p[áa]g\.|page)\s+\d{1,4}(?:\s*(?:/|de|of)\s*\d+)?$", re.I
)
CM = 28.35  # points


def read_pdf(
    data: bytes, name: str, *, progress: Callable[[int, int], None] | None = None
) -> list[Line]:
    """Lines of a text PDF of any length. `progress(done, total)` counts pages.

    Raises UnreadableDocument encrypted, damaged or scanned_pdf. Repeated page headers and page
    numbers are listed once, at the end, as furniture.
    """
    reader = _open(data, name)
    pages: list[list[VisualLine]] = []
    total = _count(reader, name)
    for index in range(total):
        pages.append(_page(reader, index, name))
        if progress:
            progress(index + 1, total)
    if not any(pages):
        raise UnreadableDocument("scanned_pdf", name=name, pages=total)
    return _lines(pages)


def _open(data: bytes, name: str) -> Any:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # Its warnings would stand between the person and our one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as error:  # AES asks for a library we do without
        raise UnreadableDocument("encrypted", name=name) from error
    except (
        PyPdfError,
        ValueError,
        LookupError,
        TypeError,
        OSError,
        RecursionError,
        AttributeError,
    ) as error:
        raise UnreadableDocument("damaged", name=name, part="pdf") from error
    if locked:
        raise UnreadableDocument("encrypted", name=name)
    return reader


def _count(reader: Any, name: str) -> int:
    try:
        return len(reader.pages)
    except Exception as error:  # pypdf raises whatever the broken tree led it to
        raise UnreadableDocument("damaged", name=name, part="pdf") from error


def _page(reader: Any, index: int, name: str) -> list[VisualLine]:
    """Lines and ruled table rows of a page, from top to bottom."""
    ruler = RuleCollector()
    try:
        chunks = page_chunks(reader.pages[index], ruler.visit)
    except Exception as error:  # the same, inside one page
        raise UnreadableDocument("damaged", name=name, part=f"p. {index + 1}") from error
    # Many producers map the hyphen's glyph to the soft hyphen, also where it is a real one.
    chunks = [replace(c, text=c.text.replace("\u00ad", "-")) for c in chunks[:MAX_PAGE_CHUNKS]]
    rest, rows = ruled_rows(chunks, ruler.rules)
    lines = [*visual_lines(rest), *rows]
    return sorted(lines, key=lambda line: -line.y) if rows else lines


def _lines(pages: list[list[VisualLine]]) -> list[Line]:
    furniture = _repeated(pages)
    step = usual_step(pages)
    aside: dict[str, int] = {}
    lines: list[Line] = []
    left = min((line.x for page in pages for line in page), default=0.0)
    tables = 0
    for number, page in enumerate(pages, start=1):
        mark_gaps(page, step)
        body = _body(page, number, furniture, aside)
        tables = _number_ruled(body, lines, tables)
        rows = find_tables(body, step, tables)
        tables = max((r.table + 1 for r in rows if r.table is not None), default=tables)
        for row in rows:
            _append(lines, row, number, left)
    for text, number in aside.items():
        lines.append(Line(len(lines) + 1, text, page=number, furniture=True))
    return lines


def _number_ruled(body: list[VisualLine], lines: list[Line], tables: int) -> int:
    """Numbers the page's ruled tables on; one that goes on from the page before keeps its own."""
    first = body[0] if body and body[0].cells else None
    last = lines[-1] if lines and lines[-1].kind == "row" else None
    if first and last and last.table is not None and len(first.cells) == len(last.cells):
        going_on, begun = first.table, last.table
        if _rest_of_row(first.cells):
            body.remove(first)
            cells = tuple(f"{a} {b}".strip() for a, b in zip(last.cells, first.cells, strict=True))
            text = " | ".join(c for c in cells if c)
            lines[-1] = replace(last, text=text, cells=cells)
    else:
        going_on, begun = None, 0
    following = tables
    for line in body:
        if line.table is not None:
            following = max(following, tables + line.table + 1)
            line.table = begun if line.table == going_on else tables + line.table
    return following


def _rest_of_row(cells: tuple[str, ...]) -> bool:
    """A row cut by the end of the page goes on in small letters."""
    return all(c[:1].islower() or c[:1] == "(" for c in cells if c)


def _body(
    page: list[VisualLine], number: int, furniture: set[str], aside: dict[str, int]
) -> list[VisualLine]:
    edges = {id(line) for line in page[:2] + page[-2:] if not line.cells}
    body = []
    for line in page:
        repeated = _key(line.text) in furniture or bool(PAGE_NUMBER.match(line.text))
        repeated = repeated or (line is page[-1] and bool(PAGED.search(line.text)))
        if id(line) in edges and repeated and len(page) > 1:
            aside.setdefault(line.text, number)
        else:
            body.append(line)
    return body


def _append(lines: list[Line], row: VisualLine, page: int, left: float) -> None:
    number = len(lines) + 1
    if row.table is not None:
        text = " | ".join(c for c in row.cells if c)
        lines.append(
            Line(number, text, "row", row.cells, row.table, bold=row.bold, gap=row.gap, page=page)
        )
        return
    last = lines[-1] if lines else None
    indent = round((row.x - left) / CM, 2)
    if last and not row.gap and _hyphenated(last, row.text):
        # A word cut at the end of the line; its two lines are read as one.
        text = re.sub(r"-$", "", last.text) + row.text
        lines[-1] = Line(
            last.number, text, bold=last.bold, indent=last.indent, gap=last.gap, page=last.page
        )
        return
    gap = row.gap or not lines
    lines.append(Line(number, row.text, bold=row.bold, indent=indent, gap=gap, page=page))


def _hyphenated(line: Line, following: str) -> bool:
    if line.kind != "paragraph":
        return False
    lower = re.search(r"[a-zà-ÿ]{2,}-$", line.text) and following[:1].islower()
    upper = re.search(r"[A-ZÀ-Ý]{4,}-$", line.text) and re.match(r"[A-ZÀ-Ý]{2}", following)
    return bool(lower or upper)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _repeated(pages: list[list[VisualLine]]) -> set[str]:
    """Lines at the edges of at least three pages and of half of them, or of both of two."""
    seen: Counter[str] = Counter()
    if len(pages) == 2 and all(len(page) > 2 for page in pages):
        return {
            _key(a.text)
            for a, b in zip(*((p[0], p[-1]) for p in pages), strict=True)
            if not a.cells and _key(a.text) == _key(b.text)
        }
    for page in pages:
        seen.update({_key(line.text) for line in page[:2] + page[-2:] if not line.cells})
    return {text for text, count in seen.items() if count >= 3 and count * 2 >= len(pages)}
