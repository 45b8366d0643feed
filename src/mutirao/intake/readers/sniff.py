"""Says what a file is by its first bytes; its name only chooses between .txt and .md."""

from pathlib import PurePath

from .archive import Archive
from .errors import UnreadableDocument

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"{\\rtf", "rtf"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
READABLE = {"txt", "md", "text", "markdown", "docx", "odt", "pdf"}


def extension_of(name: str) -> str:
    """The ending of a file name, lower case, without the dot; "" when there is none."""
    return PurePath(name).suffix.lower().lstrip(".")


def recognise(data: bytes, name: str) -> str:
    """Returns txt, md, docx, odt or pdf; raises UnreadableDocument for anything else."""
    if data.startswith(OLE):
        _refuse_ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, found in MAGIC:
        if data.startswith(magic) and (magic not in {b"BM", b"MZ"} or b"\x00" in data[:512]):
            _refuse(name, found)
    if data[:12].startswith(b"RIFF") and data[8:12] == b"WEBP":
        _refuse(name, "picture")
    return _as_text(data, name)


def _refuse(name: str, found: str) -> None:
    extension = extension_of(name)
    if extension in READABLE:
        raise UnreadableDocument("not_what_it_says", name=name, extension=extension, found=found)
    raise UnreadableDocument("unknown_format", name=name)


def _refuse_ole(data: bytes, name: str) -> None:
    # Word keeps a password-protected .docx inside an OLE container with these stream names.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocument("encrypted", name=name)
    raise UnreadableDocument("old_word", name=name)


def _inside_zip(data: bytes, name: str) -> str:
    archive = Archive(data, name)
    names = archive.names
    if "word/document.xml" in names or archive.main_document():
        return "docx"
    if "content.xml" in names:
        kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
        if "opendocument.text" in kind or not kind:
            return "odt"
        _refuse(name, "sheet")
    sheet = any(n.startswith(("xl/", "ppt/")) for n in names)
    _refuse(name, "sheet" if sheet else "archive")
    return ""


def _as_text(data: bytes, name: str) -> str:
    extension = extension_of(name)
    head = data[:4096].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        _refuse(name, "web")
    if extension in {"docx", "odt", "pdf"} and data.strip():
        broken = b"\x00" in data[:4096]
        _refuse(
            name, "binary" if broken and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else "text"
        )
    if extension not in {"", "txt", "text", "md", "markdown"} and b"\x00" in data[:4096]:
        raise UnreadableDocument("unknown_format", name=name)
    return "md" if extension in {"md", "markdown"} else "txt"
