"""`mutirao restore`: an installation out of one file, into an empty place.

First everything is judged, the file and the place, and nothing is touched. Then a mark is put
into the data folder; whatever stops the work, the mark stays, no other command uses the folder,
and the same restore run again begins anew. The database goes in within one transaction.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from mutirao.core.home import RESTORE_MARK, HomeRefused, make_folder
from mutirao.core.postgres import EmbeddedServer
from mutirao.core.postgres import account as accounts

from . import archive, programs
from .words import Failed, Refused

OURS = ("pg", "files", "static", "outbox", "secret_key")
_APPS = Path(__file__).resolve().parents[2]


def judge(file: Path) -> archive.Backup:
    """The backup in `file`, wholly read; raises Refused when it is not one this version takes."""
    backup = archive.opened(file)
    theirs, ours = str(backup.about["mutirao"]), version("mutirao")
    if _order(theirs) > _order(ours) or _unknown_migrations(backup):
        raise Refused("newer", file=file, theirs=theirs, ours=ours)
    return backup


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number)[:3])


def _unknown_migrations(backup: archive.Backup) -> list[str]:
    """Changes of our own tables that this version has never heard of."""
    return [
        f"{app}.{name}"
        for app, names in backup.about["migrations"].items()
        if (_APPS / app / "apps.py").is_file()
        for name in names
        if not (_APPS / app / "migrations" / f"{name}.py").is_file()
    ]


def check_place(backup: archive.Backup, home: Path, url: str) -> None:
    """Raise Refused unless the data folder (and the operator's database `url`) is empty."""
    if home.is_dir() and any(home.iterdir()) and not (home / RESTORE_MARK).exists():
        raise Refused("not_empty", place=home)
    if home.exists() and not home.is_dir():
        raise Refused("not_empty", place=home)
    if url:
        tables = _tables(url)
        if tables:
            raise Refused("database_not_empty", tables=tables)
    _check_room(backup, home, embedded=not url)


def _tables(url: str) -> int:
    try:
        with psycopg.connect(url) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname NOT LIKE 'pg\\_%'"
                " AND n.nspname <> 'information_schema'"
            ).fetchone()
    except psycopg.Error as error:
        raise Failed(str(error).strip()) from error
    return int(found[0]) if found else 0


def _check_room(backup: archive.Backup, home: Path, *, embedded: bool) -> None:
    need = backup.file_bytes + 64 * 2**20
    if embedded:
        need += 2 * int(backup.about.get("database_bytes", 0)) + 128 * 2**20
    place = home
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < need:
        raise Refused("no_room", place=place, need=need // 2**20, free=free // 2**20)


def mark(home: Path, *, embedded: bool) -> None:
    """Take the folder for this restore, and clear what an interrupted one left in it."""
    made = make_folder(home)
    if (home / RESTORE_MARK).exists():
        _clear(home, embedded=embedded)
    elif embedded:
        # While it is empty, root may still open it to the account of PostgreSQL.
        try:
            accounts.let_in(accounts.choose(home / "pg" / "cluster"), home)
        except HomeRefused:
            if made:
                home.rmdir()
            raise
    (home / RESTORE_MARK).touch(mode=0o600)


def _clear(home: Path, *, embedded: bool) -> None:
    if embedded and (home / "pg").is_dir():
        EmbeddedServer(home).stop()
    for name in OURS:
        path = home / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def unmark(home: Path) -> None:
    (home / RESTORE_MARK).unlink(missing_ok=True)


def put_key(backup: archive.Backup, home: Path) -> None:
    """The folder's own key, so that addresses in letters already sent go on working."""
    key = backup.key()
    if key:
        path = home / "secret_key"
        path.touch(mode=0o600)
        path.write_text(key)


def put_database(backup: archive.Backup, url: str) -> None:
    """Load the dump and compare every table's rows with the header. Raises Failed."""
    dumped_by = int(backup.about["postgresql"]["dump"])
    programs.load(url, backup.dump(), programs.folder_for(dumped_by))
    with psycopg.connect(url) as connection:
        for table, rows in backup.about["counts"].items():
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            found = connection.execute(count).fetchone()
            if found is None or found[0] != rows:
                raise Failed(f"table {table}: {rows} rows expected, {found and found[0]} found")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")  # a dump brings no statistics, and pages would be slow


def put_files(backup: archive.Backup, say: Callable[[int, int], None]) -> None:
    """Store each file under its name. Django must be set up; refuses a store with files in it."""
    from django.core.files import File
    from django.core.files.storage import default_storage

    for number, (name, content) in enumerate(backup.stored_files(), 1):
        say(number, backup.files)
        if default_storage.exists(name):
            default_storage.delete(name)  # of an interrupted restore
        stored = default_storage.save(name, File(content, name=name))
        if stored != name:
            raise Failed(f"{name} was stored as {stored}")
