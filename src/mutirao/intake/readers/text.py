"""Plain text and Markdown -> lines."""

import re

from .errors import UnreadableDocument
from .model import Line

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
TWICE = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
RULE_ROW = re.compile(r"^[\s|+:=-]*$")
ALL_BOLD = re.compile(r"^(\*\*|__)(?=\S).+\1:?$")
PIPES = re.compile(r"(?<!\\)\|")


def decode(data: bytes, name: str) -> str:
    """Text of the bytes: by its mark, else UTF-8, else Windows-1252 if that makes sense.

    Raises UnreadableDocument wrong_encoding, with the line where it stopped making sense.
    """
    for bom, codec in BOMS:
        if data.startswith(bom):
            return _strict(data, codec, name)
    if b"\x00" in data:
        return _without_mark(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _western(data, name)
    _refuse_binary(text, name)
    _refuse_twice_encoded(text, name)
    return text


def _refuse_twice_encoded(text: str, name: str) -> None:
    """ "AÃ§Ã£o" is UTF-8 read as Windows-1252 and saved again: nobody should review that."""
    found = TWICE.search(text)
    if found and len(TWICE.findall(text)) >= 3:
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableDocument("wrong_encoding", name=name, line=line)


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableDocument("wrong_encoding", name=name, line=line) from error
    _refuse_binary(text, name)
    return text


def _without_mark(data: bytes, name: str) -> str:
    # UTF-16 saved without its mark: every second byte of western text is zero.
    for codec, zeros in (("utf-16-le", data[1:4000:2]), ("utf-16-be", data[0:4000:2])):
        if zeros and zeros.count(0) > 0.8 * len(zeros):
            return _strict(data, codec, name)
    line = data[: data.index(b"\x00")].count(b"\n") + 1
    raise UnreadableDocument("wrong_encoding", name=name, line=line)


def _western(data: bytes, name: str) -> str:
    """Windows-1252, unless the non-ASCII part is not mostly letters that pt and es use."""
    text = data.decode("cp1252", "replace")
    strange = [c for c in text if ord(c) > 127]
    letters = sum(c.isalpha() for c in text)
    usual = sum(
        c in "áàâãäéèêëíìîïóòôõöúùûüçñÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑºª°“”‘’–—•…«»¿¡´·§€\xa0"
        for c in strange
    )
    # More than a third of accented letters is no language of ours: another alphabet's code page.
    foreign = letters >= 12 and sum(c.isalpha() for c in strange) > letters / 3
    if usual < 0.8 * len(strange) or foreign:
        first = next(i for i, c in enumerate(text) if ord(c) > 127)
        line = text.count("\n", 0, first) + 1
        raise UnreadableDocument("wrong_encoding", name=name, line=line)
    return text


def _refuse_binary(text: str, name: str) -> None:
    found = CONTROL.search(text)
    if found and len(CONTROL.findall(text)) > max(3, len(text) // 200):
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableDocument("wrong_encoding", name=name, line=line)


def read_text(data: bytes, name: str, *, markdown: bool) -> list[Line]:
    """Lines of a text. Pipe or tab tables become rows; `#` becomes a heading level."""
    raw = CONTROL.sub(" ", decode(data, name)).replace("\x0c", "\n").replace("\x0b", "\n")
    physical = re.split(r"\r\n|\r|\n|\x85|\u2028|\u2029", raw)
    rows = _rows(physical)
    lines: list[Line] = []
    gap = True
    for index, content in enumerate(physical):
        text = content.expandtabs(4).rstrip().replace("\ufeff", "")
        if not text.strip():
            gap = True
            continue
        lines.append(_line(len(lines) + 1, text, content, rows.get(index), gap, markdown))
        gap = False
    return lines


def _line(
    number: int, text: str, content: str, table: tuple[int, str] | None, gap: bool, markdown: bool
) -> Line:
    if table:
        cells = tuple(c.strip() for c in _cells(content, table[1]))
        return Line(number, text.strip(), "row", cells, table[0], gap=gap)
    indent = float(len(text) - len(text.lstrip()))
    heading = HEADING.match(text)
    if heading and (markdown or heading.group(2)):
        level = len(heading.group(1))
        return Line(number, heading.group(2).strip(), heading=level, gap=True)
    bold = bool(ALL_BOLD.match(text.strip()))
    return Line(number, text.strip(), bold=bold, indent=indent, gap=gap)


def _separator(line: str) -> str | None:
    if len(PIPES.findall(line)) >= (1 if line.strip().startswith("|") else 2):
        return "|"
    return "\t" if line.strip().count("\t") >= 1 and "\t" in line.strip() else None


def _cells(line: str, separator: str) -> list[str]:
    if separator == "\t":
        return line.strip("\n").split("\t")
    inner = line.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") else inner
    return [c.replace("\\|", "|") for c in PIPES.split(inner)]


def _rows(physical: list[str]) -> dict[int, tuple[int, str]]:
    """Which physical lines are rows of which table: two or more alike in sequence."""
    found: dict[int, tuple[int, str]] = {}
    table = 0
    start = 0
    while start < len(physical):
        separator = _separator(physical[start])
        end = start
        while separator and end < len(physical) and _same_table(physical[end], separator):
            end += 1
        if separator and end - start >= 2 and _is_table(physical[start:end], separator):
            found.update(dict.fromkeys(range(start, end), (table, separator)))
            table += 1
        start = max(end, start + 1)
    return found


def _same_table(line: str, separator: str) -> bool:
    ruled = separator == "|" and bool(line.strip()) and bool(RULE_ROW.match(line)) and "-" in line
    return ruled or _separator(line) == separator


def _is_table(lines: list[str], separator: str) -> bool:
    if separator == "|":
        return True
    widths = {len(_cells(line, separator)) for line in lines}
    # "1.<tab>text" is a list typed by hand, not a table of two columns.
    typed_list = all(
        re.match(r"\s*\S{1,5}\t", line) and line.strip().count("\t") == 1 for line in lines
    )
    return len(widths) == 1 and not typed_list
