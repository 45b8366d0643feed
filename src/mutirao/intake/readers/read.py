"""The door of the readers: a file comes in, numbered lines come out."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from .archive import MAX_FILE
from .errors import UnreadableDocument
from .model import Document, Line
from .sniff import recognise

MAX_LINES = 20_000  # a plan of 200 full pages has 10 000
MAX_TEXT = 4_000_000  # characters

Progress = Callable[[int, int], None]


def read_document(
    path: Path, *, filename: str | None = None, progress: Progress | None = None
) -> Document:
    """Reads .txt, .md, .docx, .odt or text PDF, recognised by content.

    `filename` is the name to show (an upload lies under another); `progress(done, total)` counts
    pages of a PDF, otherwise parts of the document. Raises UnreadableDocument.
    """
    name = filename or path.name
    data = _bytes(path, name)
    kind = recognise(data, name)
    lines = tuple(_lines(kind, data, name, progress))
    if not lines:
        raise UnreadableDocument("empty", name=name)
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_TEXT:
        raise UnreadableDocument("too_long", name=name, limit=MAX_LINES)
    return Document(kind, lines, hashlib.sha256(data).hexdigest())


def _bytes(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            megabytes = f"{size / 2**20:.1f}"
            limit = MAX_FILE // 2**20
            raise UnreadableDocument("too_large", name=name, size=megabytes, limit=limit)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("not_found", name=name) from error
    if not data.strip():
        raise UnreadableDocument("empty", name=name)
    return data


def _lines(kind: str, data: bytes, name: str, progress: Progress | None) -> list[Line]:
    # The heavy readers are imported only when their format arrives.
    if kind == "docx":
        from .word import read_word

        lines = read_word(data, name)
    elif kind == "odt":
        from .opendocument import read_opendocument

        lines = read_opendocument(data, name)
    elif kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(data, name, progress=progress)
    else:
        from .text import read_text

        lines = read_text(data, name, markdown=kind == "md")
    if progress:
        progress(1, 1)
    return lines
