"""`mutirao backup`: the whole installation in one file, while it serves.

One snapshot of the database is taken and everything is read through it: the rows counted, the
names of the stored files, pg_dump. Files are added and put aside, never overwritten (core/files),
so each one the snapshot speaks of is found afterwards too.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import pghistory.models
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import FileField
from psycopg import sql

from mutirao.core.files import LocalFiles, open_kept

from . import archive, programs
from .words import Failed, Refused

LAST = "last_backup.json"  # in the data folder: what `mutirao doctor` looks at


@dataclass(frozen=True)
class Made:
    """A backup that was written: how many rows and files, its size, and what was not found."""

    path: str
    bytes: int
    rows: int
    files: int
    missing: list[str]


def back_up(url: str, target: Path | None) -> Made:
    """Write a backup to the file (or into the folder) `target`; None is standard output.

    `url` is the database, past any pooler. Raises Refused before anything is written, Failed when
    the work could not be ended; then no file is left.
    """
    if target is None:
        if sys.stdout.isatty():
            raise Refused("terminal")
        made = _write(url, sys.stdout.buffer, "-", None)
    else:
        path = target / _name() if target.is_dir() else target
        with _new_file(path) as out:
            made = _write(url, out, str(path), path.parent.absolute())
    _remember(made)
    return made


def default_place() -> Path:
    """`backups/` in the data folder, made if it is not there."""
    folder = Path(settings.HOME) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _name() -> str:
    now = datetime.now(UTC)
    return f"mutirao-{now:%Y-%m-%d-%H%M%S}-v{version('mutirao')}.tar"


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """`path`, whole or absent: written beside it, then renamed."""
    if path.exists():
        raise Refused("exists", file=path)
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise Refused("no_folder", place=path.parent)
    part = path.with_name(f"{path.name}.part")
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with open(handle, "wb") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("exists", file=part) from None
        out.truncate(0)  # left by one that was killed
        try:
            yield out
            out.flush()
            os.fsync(out.fileno())
            part.rename(path)
            _sync(path.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(url: str, out: IO[bytes], path: str, folder: Path | None) -> Made:
    try:
        with psycopg.connect(url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            return _write_snapshot(url, connection, out, path, folder)
    except psycopg.Error as error:
        raise Failed(str(error).strip()) from error
    except OSError as error:
        raise Failed(f"{path}: {error.strerror or error}") from error


def _write_snapshot(
    url: str, connection: psycopg.Connection, out: IO[bytes], path: str, folder: Path | None
) -> Made:
    tools = programs.folder_for(connection.info.server_version // 10000)
    snapshot = _one(connection, "SELECT pg_export_snapshot()")
    about = _about(connection, tools)
    names = sorted(_file_names(connection))
    _check_room(about, names, folder)
    progress = Progress()
    writer = archive.Writer(out)
    writer.add_bytes(archive.HEADER, json.dumps(about, indent=1).encode())
    progress.say("database")
    _dump(url, snapshot, tools, writer)
    connection.rollback()
    missing = _add_files(writer, names, progress)
    key = Path(settings.HOME) / "secret_key"
    if key.is_file():
        writer.add_bytes(archive.KEY, key.read_bytes())
    writer.close()
    rows = sum(about["counts"].values())
    return Made(path, writer.bytes, rows, len(names) - len(missing), missing)


def _one(connection: psycopg.Connection, query: str) -> Any:
    found = connection.execute(query).fetchone()
    return found[0] if found else None


def _about(connection: psycopg.Connection, tools: Path) -> dict[str, Any]:
    """The header: what this file is, and how many rows each table has in the snapshot."""
    tables = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1"
    ).fetchall()
    names = [name for (name,) in tables]
    if "django_migrations" not in names:
        raise Refused("nothing_here", place=settings.HOME)
    count = sql.SQL("SELECT count(*) FROM {}")
    counts = {
        name: connection.execute(count.format(sql.Identifier(name))).fetchone()[0]  # type: ignore[index]
        for name in names
    }
    migrations: dict[str, list[str]] = {}
    for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2"):
        migrations.setdefault(app, []).append(name)
    return {
        "format": archive.FORMAT,
        "mutirao": version("mutirao"),
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "postgresql": {
            "server": connection.info.server_version // 10000,
            "dump": programs.major(tools / "pg_dump"),
        },
        "database_bytes": _one(connection, "SELECT pg_database_size(current_database())"),
        "settings": served_with(),
        "counts": counts,
        "migrations": migrations,
    }


def served_with() -> dict[str, str]:
    """The settings that change what pages say; none of them is secret."""
    return {
        "MUTIRAO_BASE_URL": str(settings.BASE_URL),
        "MUTIRAO_NETWORK_NAME": str(settings.NETWORK_NAME),
        "MUTIRAO_TIME_ZONE": str(settings.TIME_ZONE),
    }


def file_columns() -> Iterator[tuple[str, str]]:
    """Table and column of every field that names a stored file; histories name deleted ones too."""
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event) or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, FileField):
                yield model._meta.db_table, str(field.column)


def _file_names(connection: psycopg.Connection) -> set[str]:
    there = set(
        connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        ).fetchall()
    )
    names: set[str] = set()
    for table, column in there.intersection(file_columns()):
        query = sql.SQL("SELECT {column} FROM {table} WHERE {column} <> ''").format(
            column=sql.Identifier(column), table=sql.Identifier(table)
        )
        names.update(name for (name,) in connection.execute(query))
    return names


def _check_room(about: dict[str, Any], names: list[str], folder: Path | None) -> None:
    """Refuse now what would fill the disk later. A dump is smaller than its database."""
    if folder is None:
        return
    need = about["database_bytes"] // 2
    if isinstance(default_storage, LocalFiles):
        need += sum(default_storage.size(name) for name in names if default_storage.exists(name))
    free = shutil.disk_usage(folder).free
    if free < need:
        raise Refused("no_room", place=folder, need=need // 2**20, free=free // 2**20)


def _dump(url: str, snapshot: str, tools: Path, writer: archive.Writer) -> None:
    with programs.start_dump(url, snapshot, tools) as dump:
        assert dump.stdout and dump.stderr
        try:
            writer.add_dump(dump.stdout)
        except BaseException:
            dump.kill()
            raise
        said = dump.stderr.read().decode(errors="replace").strip()
    if dump.returncode:
        raise Failed(said)


def _add_files(writer: archive.Writer, names: list[str], progress: Progress) -> list[str]:
    """Add each file; returns the names of those that are nowhere (lost before this backup)."""
    missing = []
    for number, name in enumerate(names, 1):
        progress.count("files", number, len(names))
        file = open_kept(default_storage, name)
        if file is None:
            missing.append(name)
            continue
        with file:
            try:
                writer.add(f"files/{name}", file.size, file)
            except EOFError:
                raise Failed(f"{name}: the file became shorter while it was read") from None
    return missing


def _remember(made: Made) -> None:
    note = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": made.path,
        "bytes": made.bytes,
    }
    path = Path(settings.HOME) / LAST
    fresh = path.with_name(f"{LAST}.{os.getpid()}")
    fresh.write_text(json.dumps(note))
    fresh.replace(path)


class Progress:
    """How far the work is, on standard error: one line that moves on a terminal."""

    def __init__(self) -> None:
        self._moving = sys.stderr.isatty()

    def say(self, what: str) -> None:
        print(f"mutirao: {what} …", file=sys.stderr, flush=True)

    def count(self, what: str, number: int, total: int) -> None:
        if self._moving:
            end = "\n" if number == total else ""
            print(f"\rmutirao: {what} {number}/{total}", end=end, file=sys.stderr, flush=True)
        elif number == 1:
            self.say(f"{what} ({total})")
