"""The format of a backup: a plain tar that closes with a seal over every byte before it.

    mutirao-backup.json   what it is: format, version, time, migrations, rows by table
    database/000001 …     pg_dump's custom format, cut into members of 16 MiB
    files/<name> …        every stored file the database speaks of
    secret_key            the data folder's own key, where it has one
    SHA256SUMS            every member before it; `sha256sum -c` reads it after `tar -x`
    seal                  SHA-256 of all bytes before this member, in hexadecimal

The parts of the dump joined (`cat database/*`) are what pg_restore reads. A member is cut from a
stream of unknown length, so nothing is put aside on disk and memory does not grow. The seal's own
bytes are fully determined by its digest and nothing may follow it: one altered byte anywhere, or
one missing, shows. A seal shows damage, not forgery.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from .words import Refused

FORMAT = 1
HEADER = "mutirao-backup.json"
SUMS = "SHA256SUMS"
SEAL = "seal"
KEY = "secret_key"
PART_BYTES = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_SEALED = 2 * _BLOCK + len(_END)  # the seal's header, its content, the end of the tar
_HEADER_LIMIT = 8 * 1024 * 1024
_SUMS_IN_MEMORY = 4 * 1024 * 1024
_DUMP_PART = re.compile(r"database/\d{6}")


def _tar_header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _sealed(digest: str) -> bytes:
    content = digest.encode() + b"\n"
    return _tar_header(SEAL, len(content)) + content.ljust(_BLOCK, b"\0") + _END


class Writer:
    """Writes a backup to `out`, which need not be a file that can be sought."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        # A line a file: a hundred thousand of them stay out of memory.
        self._sums: IO[bytes] = tempfile.SpooledTemporaryFile(_SUMS_IN_MEMORY)  # noqa: SIM115
        self.bytes = 0

    def add(self, name: str, size: int, source: IO[bytes]) -> None:
        """Add `size` bytes of `source`. Raises EOFError when it has fewer."""
        self._write(_tar_header(name, size))
        digest, left = hashlib.sha256(), size
        while left:
            piece = source.read(min(_PIECE, left))
            if not piece:
                raise EOFError(name)
            digest.update(piece)
            self._write(piece)
            left -= len(piece)
        self._write(bytes(-size % _BLOCK))
        self._sums.write(f"{digest.hexdigest()}  {name}\n".encode())

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, len(content), io.BytesIO(content))

    def add_dump(self, source: IO[bytes]) -> int:
        """Add a stream of unknown length in numbered members; returns how many bytes it had."""
        total = number = 0
        while part := source.read(PART_BYTES):
            number += 1
            total += len(part)
            self.add_bytes(f"database/{number:06}", part)
        return total

    def close(self) -> None:
        """Write the sums and the seal."""
        size = self._sums.tell()
        self._sums.seek(0)
        with self._sums as sums, tempfile.TemporaryFile() as unread:
            self._sums = unread  # the line about the sums themselves is nowhere
            self.add(SUMS, size, sums)
        self._out.write(_sealed(self._digest.hexdigest()))
        self.bytes += _SEALED
        self._out.flush()

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self.bytes += len(data)


@dataclass(frozen=True)
class Backup:
    """A backup that was found whole. `about` is what its header says."""

    path: Path
    about: dict[str, Any]
    files: int
    file_bytes: int
    dump_bytes: int

    @property
    def rows(self) -> int:
        return sum(self.about["counts"].values())

    def dump(self) -> Iterator[bytes]:
        """The database's dump, in pieces."""
        for name, content in members(self.path):
            if _DUMP_PART.fullmatch(name):
                while piece := content.read(_PIECE):
                    yield piece

    def stored_files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Each stored file's name and content, to be read before the next one is asked for."""
        for name, content in members(self.path):
            if name.startswith("files/"):
                yield name.removeprefix("files/"), content

    def key(self) -> str:
        """The data folder's own secret key, or ""."""
        found = (content.read().decode() for name, content in members(self.path) if name == KEY)
        return next(found, "")


def opened(path: Path) -> Backup:
    """Read the whole file and return it as a Backup, or raise Refused. Changes nothing."""
    try:
        with path.open("rb") as file:
            about = _about(path, file)
            _check_seal(path, file)
    except OSError:
        raise Refused("no_file", file=path) from None
    files = file_bytes = dump_bytes = 0
    try:
        for name, content in members(path):
            size = content.seek(0, io.SEEK_END)
            if name.startswith("files/"):
                files, file_bytes = files + 1, file_bytes + size
            elif name.startswith("database/"):
                dump_bytes += size
    except (tarfile.TarError, ValueError, EOFError):
        raise Refused("damaged", file=path) from None
    if not dump_bytes:
        raise Refused("damaged", file=path)
    return Backup(path, about, files, file_bytes, dump_bytes)


def _about(path: Path, file: IO[bytes]) -> dict[str, Any]:
    """The header; Refused when the file is something else, or of a format to come."""
    try:
        first = tarfile.TarInfo.frombuf(file.read(_BLOCK), "utf-8", "strict")
        if first.name != HEADER or first.size > _HEADER_LIMIT:
            raise ValueError(first.name)
    except (tarfile.TarError, ValueError):
        raise Refused("not_ours", file=path) from None
    content = file.read(first.size)
    if len(content) < first.size:
        raise Refused("cut_short", file=path)
    try:
        about = json.loads(content)
        number, version = int(about["format"]), str(about["mutirao"])
        about["counts"].values()
        about["migrations"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("damaged", file=path) from None
    if number > FORMAT:
        raise Refused("newer", file=path, theirs=version, ours=f"≤ {FORMAT}")
    return about


def _check_seal(path: Path, file: IO[bytes]) -> None:
    size = file.seek(0, io.SEEK_END)
    left, digest = size - _SEALED, hashlib.sha256()
    file.seek(0)
    while left > 0:
        piece = file.read(min(_PIECE, left))
        digest.update(piece)
        left -= len(piece)
    tail = file.read()
    if tail != _sealed(digest.hexdigest()):
        whole = tail.endswith(_END) and tail.startswith(_tar_header(SEAL, 65))
        raise Refused("damaged" if whole else "cut_short", file=path)


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member. Raises ValueError for what no backup of ours holds."""
    with tarfile.open(path, "r:") as tar:
        for info in tar:
            tar.members = []  # type: ignore[attr-defined]  # it would remember every one
            _check_member(info)
            content = tar.extractfile(info)
            assert content is not None
            yield info.name, content


def _check_member(info: tarfile.TarInfo) -> None:
    """Only plain files under the names of the format: no link, no way out of the folder."""
    if info.type != tarfile.REGTYPE or info.sparse is not None:
        raise ValueError(info.name)
    if info.name in {HEADER, SUMS, SEAL, KEY} or _DUMP_PART.fullmatch(info.name):
        return
    parts = PurePosixPath(info.name).parts
    plain = str(PurePosixPath(*parts)) == info.name and "\\" not in info.name
    if parts[0] != "files" or len(parts) < 2 or ".." in parts or not plain:
        raise ValueError(info.name)
