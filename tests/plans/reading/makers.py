"""Writes plans as .docx, .odt and .pdf from one small description, as their authors would.

A description is a list of parts: ("h1"|"h2"|"h3"|"title"|"p"|"b", text), ("ol"|"ul", [texts]),
("roman"|"letter", [texts]) and ("table", [[cell, …], …]). A cell None continues the one above.
"""

from pathlib import Path
from typing import Any

Parts = list[tuple[str, Any]]


def make(path: Path, parts: Parts) -> Path:
    """Writes the parts in the format of the path's ending and gives the path back."""
    {".docx": _docx, ".odt": _odt, ".pdf": _pdf}[path.suffix](path, parts)
    return path


def _docx(path: Path, parts: Parts) -> None:
    import docx

    document = docx.Document()
    for kind, content in parts:
        if kind in {"h1", "h2", "h3"}:
            document.add_heading(content, level=int(kind[1]))
        elif kind == "title":
            document.add_heading(content, level=0)
        elif kind in {"ol", "ul", "roman", "letter"}:
            _docx_list(document, kind, content)
        elif kind == "table":
            _docx_table(document, content)
        else:
            run = document.add_paragraph().add_run(content)
            run.bold = kind == "b"
    document.save(str(path))


def _docx_list(document: Any, kind: str, texts: list[str]) -> None:
    number = _numbering(
        document,
        {"ol": "decimal", "roman": "upperRoman", "letter": "lowerLetter"}.get(kind, "bullet"),
    )
    for text in texts:
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def _numbering(document: Any, style: str) -> int:
    """A fresh list in numbering.xml: Word stores no number in the text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    root = document.part.numbering_part.element
    key = 500 + len(root)
    text = "•" if style == "bullet" else "%1)" if style == "lowerLetter" else "%1."
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start '
        f'w:val="1"/>'
        f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>')
    )
    return key


def _docx_table(document: Any, rows: list[list[str | None]]) -> None:
    table = document.add_table(rows=len(rows), cols=max(len(r) for r in rows))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text is None:
                table.cell(y - 1, x).merge(table.cell(y, x))
            else:
                table.cell(y, x).text = text
        if len(row) == 1 and len(table.columns) > 1:
            merged = table.cell(y, 0).merge(table.cell(y, len(table.columns) - 1))
            merged.text = row[0] or ""


def _odt(path: Path, parts: Parts) -> None:
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    for kind, content in parts:
        if kind in {"h1", "h2", "h3"}:
            document.body.append(odfdo.Header(int(kind[1]), content))
        elif kind in {"ol", "ul", "roman", "letter"}:
            document.body.append(odfdo.List(content))
        elif kind == "table":
            document.body.append(_odt_table(content))
        else:
            document.body.append(odfdo.Paragraph(content))
    document.save(str(path))


def _odt_table(rows: list[list[str | None]]) -> Any:
    import odfdo

    width = max(len(r) for r in rows)
    table = odfdo.Table("T", width=width, height=len(rows))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.set_value((x, y), text or "")
            if "\n" in (text or ""):
                _odt_paragraphs(table.get_cell((x, y)), table, (x, y), text or "")
    return table


def _odt_paragraphs(cell: Any, table: Any, place: tuple[int, int], text: str) -> None:
    import odfdo

    cell.clear()
    for part in text.split("\n"):
        cell.append(odfdo.Paragraph(part))
    table.set_cell(place, cell)


def _pdf(path: Path, parts: Parts) -> None:
    import typst

    source = path.with_suffix(".typ")
    source.write_text(
        "#set page(margin: 2.2cm)\n#set text(size: 10.5pt)\n"
        + "\n\n".join(_typst(p) for p in parts)
    )
    typst.compile(str(source), output=str(path))


def _quoted(text: str | None) -> str:
    escaped = (text or "").replace("\\", "\\\\").replace('"', '\\"')
    return " \\ ".join(f'#text("{part}")' for part in escaped.split("\n"))


def _typst(part: tuple[str, Any]) -> str:
    kind, content = part
    if kind in {"h1", "h2", "h3"}:
        return "=" * int(kind[1]) + " " + _quoted(content)
    if kind == "title":
        return f"#align(center)[= {_quoted(content)}]"
    if kind in {"ol", "ul", "roman", "letter"}:
        sign = "-" if kind == "ul" else "+"
        pattern = {"roman": "I.", "letter": "a)"}.get(kind, "1.")
        setting = "" if kind == "ul" else f'#set enum(numbering: "{pattern}")\n'
        return "#[\n" + setting + "\n".join(f"{sign} {_quoted(t)}" for t in content) + "\n]"
    if kind == "table":
        width = max(len(r) for r in content)
        cells = ", ".join(
            f"table.cell(colspan: {width})[{_quoted(row[0])}]"
            if len(row) == 1 < width
            else ", ".join(f"[{_quoted(c)}]" for c in row)
            for row in content
        )
        return f"#table(columns: {width}, {cells})"
    return f"*{_quoted(content)}*" if kind == "b" else _quoted(content)
