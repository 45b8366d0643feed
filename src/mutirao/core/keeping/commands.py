"""`mutirao backup` and `mutirao restore` as the operator meets them: words, order, exit status.

0: done. 1: begun and failed. 2: refused, nothing touched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg

from mutirao.core.home import RESTORE_MARK, HomeRefused, planned_folder
from mutirao.core.postgres import PostgresError

from . import archive
from .words import Failed, Refused

FAILED, REFUSED = 1, 2


def guarded(work: Callable[[], None]) -> int:
    """Run `work`; what it refuses or cannot end is one sentence on standard error."""
    try:
        work()
    except Refused as refusal:
        print(f"mutirao: {refusal}", file=sys.stderr)
        return REFUSED
    except (Failed, HomeRefused, PostgresError, psycopg.Error, OSError) as failure:
        print(f"mutirao: {failure}", file=sys.stderr)
        return FAILED
    return 0


def direct_url() -> str:
    """The operator's database past any pooler, or ""."""
    return os.environ.get("DATABASE_DIRECT_URL") or os.environ.get("DATABASE_URL") or ""


def check(file: Path) -> None:
    """Read a backup to its end and say what it holds. Raises Refused."""
    from .restore import judge

    backup = judge(file)
    about = backup.about
    print(
        f"{file}: Mutirão {about['mutirao']}, {about['created_at']}, "
        f"PostgreSQL {about['postgresql']['server']}\n"
        f"  {len(about['counts'])} tables, {backup.rows} rows, {backup.files} files "
        f"({backup.file_bytes / 2**20:.1f} MB)"
    )


def back_up(target: str | None) -> None:
    """Write a backup; Django is set up and the database held. Raises Refused, Failed."""
    from . import backup

    url = direct_url() or os.environ["MUTIRAO_EMBEDDED_URL"]
    place = None if target == "-" else Path(target) if target else backup.default_place()
    made = backup.back_up(url, place)
    print(
        f"mutirao: {made.path}: {made.rows} rows, {made.files} files, {made.bytes / 2**20:.1f} MB",
        file=sys.stderr,
    )
    for name in made.missing:
        print(f"mutirao: the file {name} was not found and is not in it", file=sys.stderr)


def restore(file: Path, into: Path | None, hold: Callable[[], None]) -> None:
    """Judge file and place, then put everything there. `hold` gives the embedded database."""
    from . import restore as steps

    home, url = into.absolute() if into else planned_folder(), direct_url()
    backup = steps.judge(file)
    steps.check_place(backup, home, url)
    again = (home / RESTORE_MARK).exists()
    store = os.environ.get("MUTIRAO_FILES_URL", "")
    if store and not again:
        _check_store(store)
    os.environ["MUTIRAO_HOME"] = str(home)
    steps.mark(home, embedded=not url)
    steps.put_key(backup, home)
    hold()
    _set_up()
    from .backup import Progress

    progress = Progress()
    steps.put_files(backup, lambda number, total: progress.count("files", number, total))
    progress.say(f"database ({backup.rows} rows)")
    steps.put_database(backup, url or os.environ["MUTIRAO_EMBEDDED_URL"])
    steps.unmark(home)
    _say_done(backup, home)


def _check_store(url: str) -> None:
    from mutirao.core.files import object_store
    from mutirao.core.object_store import ObjectStore

    if not ObjectStore(**object_store(url)["OPTIONS"]).is_empty():
        raise Refused("store_not_empty")


def _set_up() -> None:
    import django

    django.setup()


def _say_done(backup: archive.Backup, home: Path) -> None:
    from .backup import served_with

    print(f"mutirao: {backup.rows} rows and {backup.files} files are in {home}", file=sys.stderr)
    now = served_with()
    for name, value in backup.about.get("settings", {}).items():
        if now.get(name) != value:
            print(f"mutirao: it was served with {name}={value}", file=sys.stderr)
