"""Says what an uploaded file is by its bytes; a name is only what somebody typed.

Signatures: PDF 32000-1 §7.5.2; PNG (W3C) §5.2; JPEG ITU-T T.81 §B.1.1.3; OOXML parts, ECMA-376-2;
OpenDocument's `mimetype` member, OASIS ODF 1.2 part 3 §3.3.
"""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
ACCEPTED = "PDF, PNG, JPG, DOCX, XLSX, ODT, ODS, TXT, CSV"
ACCEPT = ",".join(f".{kind}" for kind in (*KINDS, "jpeg"))
_MAGIC = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"%!", b"#!")
_MOST_MEMBERS = 5000


class NotTaken(ValueError):
    """The file is not one we keep; the message is for the reader."""


def recognise(file: IO[bytes], name: str) -> str:
    """One of KINDS. Raises NotTaken for what is not among them, or not what its name says."""
    said = PurePath(name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if said not in KINDS:
        raise NotTaken(
            _("This kind of file is not accepted. Send %(kinds)s.") % {"kinds": ACCEPTED}
        )
    if _content(file, said) != said:
        raise NotTaken(
            _("The file is called .%(said)s, but its content is something else.") % {"said": said}
        )
    return said


def _content(file: IO[bytes], said: str) -> str:
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(file)
    return said if said in ("txt", "csv") and _is_text(file, head) else ""


def _in_zip(file: IO[bytes]) -> str:
    """The office format inside a ZIP, judged by its list of members; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {info.filename for info in archive.infolist()[:_MOST_MEMBERS]}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise NotTaken(_("Documents with macros are not accepted."))
            mimetype = _mimetype(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, NotTaken):
            raise
        return ""
    finally:
        file.seek(0)
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" * ("xl/workbook.xml" in names)
    return {KINDS["odt"]: "odt", KINDS["ods"]: "ods"}.get(mimetype, "")


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as member:
        return member.read(100).decode("ascii", "replace").strip()


def _is_text(file: IO[bytes], head: bytes) -> bool:
    """Readable text that no browser or shell would take for something to run."""
    if head.lstrip().startswith(_MARKUP):
        return False
    data = file.read()
    file.seek(0)
    if b"\x00" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Spreadsheets here still save Windows-1252; control signs are in no text of theirs.
        return not any(byte < 9 or 13 < byte < 32 for byte in data)
    return True
