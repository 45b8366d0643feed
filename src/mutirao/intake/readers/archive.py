"""Opens the ZIP of a .docx or .odt without trusting a word of what it declares."""

import io
import zipfile
import zlib
from typing import Any

from .errors import UnreadableDocument

MAX_FILE = 20 * 1024 * 1024  # bytes of the file itself
MAX_INFLATED = 100 * 1024 * 1024  # bytes of all parts, declared or really inflated
MAX_PART = 40 * 1024 * 1024  # bytes of one XML part we parse
MAX_RATIO = 200  # a part may not inflate to more than this many times its packed size…
RATIO_FREE = 2 * 1024 * 1024  # …once it is larger than this
MAX_ENTRIES = 4000
CHUNK = 64 * 1024
OFFICE_DOCUMENT = (
    b"wordprocessingml.document.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
    b"wordprocessingml.template.main+xml",
)


class Archive:
    """The parts of a ZIP, each read with a cap on what really comes out of it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._spent = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise UnreadableDocument("damaged", name=name, part="zip") from error
        self.names = {info.filename for info in self._infos}
        self._check_declared()

    def _check_declared(self) -> None:
        total = sum(info.file_size for info in self._infos)
        if len(self._infos) > MAX_ENTRIES:
            self._bomb(f"{len(self._infos)} entries")
        if total > MAX_INFLATED:
            self._bomb(f"{total // 2**20} MB")
        for info in self._infos:
            if info.file_size > max(RATIO_FREE, MAX_RATIO * info.compress_size):
                self._bomb(info.filename[:80])
            if info.flag_bits & 1:
                raise UnreadableDocument("encrypted", name=self.name)

    def _bomb(self, part: str) -> None:
        raise UnreadableDocument("zip_bomb", name=self.name, part=part)

    def read(self, part: str) -> bytes:
        """Bytes of one part; raises UnreadableDocument zip_bomb or damaged."""
        pieces: list[bytes] = []
        size = 0
        packed = self._zip.getinfo(part).compress_size
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self._spent += len(piece)
                    self._check_inflated(part, size, packed)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableDocument("damaged", name=self.name, part=part) from error
        except RuntimeError as error:  # zipfile's way to ask for a password
            raise UnreadableDocument("encrypted", name=self.name) from error
        return b"".join(pieces)

    def _check_inflated(self, part: str, size: int, packed: int) -> None:
        # The declared sizes may lie, so what comes out is counted too.
        if size > MAX_PART or self._spent > MAX_INFLATED:
            self._bomb(part[:80])
        if size > max(RATIO_FREE, MAX_RATIO * packed):
            self._bomb(part[:80])

    def xml(self, part: str) -> Any:
        """Root element of an XML part: no entities, no DTD, no network."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        data = self.read(part)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableDocument("damaged", name=self.name, part=part)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableDocument("damaged", name=self.name, part=part) from error

    def main_document(self) -> str | None:
        """Path of the main part of a Word document, also where it has an unusual name."""
        if "word/document.xml" in self.names:
            return "word/document.xml"
        if "[Content_Types].xml" not in self.names:
            return None
        if not any(kind in self.read("[Content_Types].xml") for kind in OFFICE_DOCUMENT):
            return None
        for override in self.xml("[Content_Types].xml"):
            kind = override.get("ContentType", "").encode()
            part = override.get("PartName", "").lstrip("/")
            if any(known in kind for known in OFFICE_DOCUMENT) and part in self.names:
                return part
        return None
