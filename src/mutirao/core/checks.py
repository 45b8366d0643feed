"""What the doctor looks at in the house itself."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .doctor import Finding, declare, ill, well
from .files import LocalFiles, open_kept
from .keeping.backup import LAST, file_columns

OLDEST_SERVER = 15
LOW_DISK = 500 * 2**20
SLOW_CLOCK_SECONDS = 5
WORKER_SECONDS = 60
FAILED_DAYS = 7
WAITING_SECONDS = 600
REPLICA_LATE_SECONDS = 60
MOST_FILES = 2000  # of each table, looked for one by one; the newest
MOST_OBJECTS = 100  # where each look is a question over the network


def database() -> Finding:
    """Whether the database answers, and whether it is one we know."""
    started = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = str(cursor.fetchone()[0])
    except DatabaseError as error:
        words = {"error": str(error).strip().splitlines()[0] if str(error) else "?"}
        return ill(
            _("The database does not answer (%(error)s). Start it, or mend DATABASE_URL.") % words
        )
    ms = round((time.monotonic() - started) * 1000)
    if int(version.split(".")[0]) < OLDEST_SERVER:
        return ill(
            _("PostgreSQL %(version)s is too old: move to 15 or newer.") % {"version": version}
        )
    return well(_("PostgreSQL %(version)s answers in %(ms)s ms.") % {"version": version, "ms": ms})


def replica() -> Finding | None:
    """Whether the replica answers, is one, and follows."""
    if "replica" not in settings.DATABASES:
        return None
    try:
        with connections["replica"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery(), CASE WHEN pg_last_wal_receive_lsn() ="
                " pg_last_wal_replay_lsn() THEN 0 ELSE coalesce(extract(epoch FROM now() -"
                " pg_last_xact_replay_timestamp()), 0) END"
            )
            follows, late = cursor.fetchone()
    except DatabaseError as error:
        return ill(
            _("The replica does not answer (%(error)s); pages are made from the primary meanwhile.")
            % {"error": str(error).strip().splitlines()[0]}
        )
    if not follows:
        return ill(_("MUTIRAO_REPLICA_URL leads to a server that is no replica."))
    if late > REPLICA_LATE_SECONDS:
        return ill(
            _("The replica is %(seconds)s s late: look at its log and at the network between.")
            % {"seconds": round(late)}
        )
    return well(_("The replica follows."))


def migrations() -> Finding:
    """Whether the tables are those this version works with."""
    loader = MigrationExecutor(connection).loader
    known = dict(loader.disk_migrations or {})
    applied = set(loader.applied_migrations)
    replaced = {key for migration in known.values() for key in migration.replaces}
    apps = {app for app, _name in known}
    unknown = sorted(key for key in applied - set(known) - replaced if key[0] in apps)
    if unknown:
        return ill(
            _("The database is newer than this program (%(name)s): install the newer version.")
            % {"name": ".".join(unknown[0])}
        )
    lacking = len(set(known) - applied)
    if lacking:
        return ill(
            ngettext(
                "%(count)s change of the tables waits: start `mutirao serve`, which applies it.",
                "%(count)s changes of the tables wait: start `mutirao serve`, which applies them.",
                lacking,
            )
            % {"count": lacking}
        )
    return well(_("The tables are those of this version."))


def data_folder() -> Finding:
    """Whether only those who should can get at the data folder."""
    home = Path(settings.HOME)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return ill(
            _("%(path)s cannot be written by this account: run as the account that made it.")
            % {"path": home}
        )
    open_to_all = [path for path in (home, home / "files", home / "secret_key") if _is_open(path)]
    if open_to_all:
        return ill(
            _("%(path)s is open to other accounts of this machine: `chmod go-rw %(path)s`.")
            % {"path": open_to_all[0]}
        )
    return well(_("%(path)s is closed to others.") % {"path": home})


def _is_open(path: Path) -> bool:
    """Written by others; or, the key, read by them."""
    if not path.exists():
        return False
    bits = stat.S_IMODE(path.stat().st_mode)
    return bool(bits & 0o022) or (path.name == "secret_key" and bool(bits & 0o044))


def secret_key() -> Finding:
    if os.environ.get("MUTIRAO_SECRET_KEY"):
        return well(_("MUTIRAO_SECRET_KEY is set: keep a copy of it beside the backups."))
    if (Path(settings.HOME) / "secret_key").is_file():
        return well(_("The key made in the data folder is used; backups carry it."))
    return ill(
        _(
            "The key of this installation is gone: bring `secret_key` back from a backup, or start "
            "anew; everybody then signs in again."
        )
    )


def disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    words = {"free": free // 2**20, "path": settings.HOME}
    if free < LOW_DISK:
        return ill(
            _("Only %(free)s MB are free in %(path)s: make room, or move to a larger disk.") % words
        )
    return well(_("%(free)s MB are free in %(path)s.") % words)


def storage() -> Finding:
    """Whether uploads can be kept. An object store is asked by a probe that is taken away."""
    if isinstance(default_storage, LocalFiles):
        place = Path(settings.MEDIA_ROOT)
        while not place.exists():
            place = place.parent
        if os.access(place, os.W_OK | os.X_OK):
            return well(_("Uploads can be kept in %(path)s.") % {"path": settings.MEDIA_ROOT})
        return ill(
            _("%(path)s cannot be written: give it to the account that serves.") % {"path": place}
        )
    try:
        name = default_storage.save(f"doctor/{uuid4().hex}", ContentFile(b"well"))
        with default_storage.open(name) as file:
            same = file.read() == b"well"
        default_storage.remove(name)  # type: ignore[attr-defined]
    except Exception as error:
        return ill(
            _("The object store does not work (%(error)s): check MUTIRAO_FILES_URL and its rights.")
            % {"error": error}
        )
    return (
        well(_("The object store keeps what it is given."))
        if same
        else ill(_("The object store gives back something else than it was given."))
    )


def files() -> Finding:
    """Whether the stored files that records speak of are there."""
    tables = set(connection.introspection.table_names())
    most = MOST_FILES if isinstance(default_storage, LocalFiles) else MOST_OBJECTS
    names: list[str] = []
    with connection.cursor() as cursor:
        for table, column in file_columns():
            if table in tables:
                quoted = [connection.ops.quote_name(word) for word in (column, table)]
                cursor.execute(
                    f"SELECT {quoted[0]} FROM {quoted[1]} WHERE {quoted[0]} <> ''"  # noqa: S608
                    f" ORDER BY 1 DESC LIMIT {most}"
                )
                names += [name for (name,) in cursor.fetchall()]
    missing = [name for name in names if not _is_there(name)]
    if missing:
        return ill(
            ngettext(
                "%(count)s file is missing (%(name)s): bring it back from a backup.",
                "%(count)s files are missing (the first: %(name)s): bring them back from a backup.",
                len(missing),
            )
            % {"count": len(missing), "name": missing[0]}
        )
    return well(
        ngettext(
            "%(count)s stored file was looked for and found.",
            "%(count)s stored files were looked for and found.",
            len(names),
        )
        % {"count": len(names)}
    )


def _is_there(name: str) -> bool:
    if default_storage.exists(name):
        return True
    file = open_kept(default_storage, name)  # deleted this moment, since the rows were read
    if file:
        file.close()
    return file is not None


def static_files() -> Finding | None:
    from .management.commands.prepare import Command

    if settings.DEBUG:
        return None
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == Command.fingerprint():
        return well(_("Styles and scripts are those of this version."))
    if os.environ.get("MUTIRAO_NOT_SERVED"):
        return well(_("Styles and scripts are brought up to date by the next `mutirao serve`."))
    return ill(_("Styles and scripts are not those of this version: start `mutirao serve` once."))


def clock() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if apart > SLOW_CLOCK_SECONDS:
        return ill(
            _("This machine's clock and the database's are %(seconds)s s apart: set both by NTP.")
            % {"seconds": round(apart)}
        )
    return well(_("This machine and the database agree on the time."))


def time_zone() -> Finding:
    name = str(settings.TIME_ZONE)
    if name in zoneinfo.available_timezones():
        return well(_("The network's time zone is %(name)s.") % {"name": name})
    return ill(
        _("MUTIRAO_TIME_ZONE=%(name)s is no time zone: use one such as America/Montevideo.")
        % {"name": name}
    )


def address() -> Finding:
    url = urlsplit(settings.BASE_URL)
    hosts = list(settings.ALLOWED_HOSTS)
    words = {"url": settings.BASE_URL, "host": url.hostname}
    if url.path.strip("/") or url.query:
        return ill(_("MUTIRAO_BASE_URL must end with the host name: %(url)s.") % words)
    if hosts and url.hostname not in hosts and f".{url.hostname}" not in hosts:
        return ill(_("MUTIRAO_HOSTS does not name %(host)s, where MUTIRAO_BASE_URL leads.") % words)
    if settings.PRODUCTION and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return ill(
            _("MUTIRAO_PROXIES is 0: behind the reverse proxy that speaks TLS it must be 1.")
        )
    return well(_("People reach it at %(url)s.") % words)


def worker() -> Finding:
    """Whether somebody does the jobs. Where nothing is served, nobody need."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
        )
        silent = cursor.fetchone()[0]
    if silent is not None and silent < WORKER_SECONDS:
        return well(_("The job worker is at work."))
    if os.environ.get("MUTIRAO_NOT_SERVED"):
        return well(_("Nothing is being served now; the job worker comes with `mutirao serve`."))
    return ill(
        _(
            "No job worker has been heard of for a minute: start `mutirao worker`; "
            "mail and imports wait for it."
        )
    )


def jobs() -> Finding:
    """Jobs that failed lately, and jobs that should have begun long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.task_name, count(*) FROM procrastinate_jobs j"
            " JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed'"
            " WHERE j.status = 'failed' AND e.at > %s GROUP BY 1 ORDER BY 2 DESC",
            [datetime.now(UTC) - timedelta(days=FAILED_DAYS)],
        )
        failed = cursor.fetchall()
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs j"
            " JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'"
            " WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) < %s",
            [datetime.now(UTC) - timedelta(seconds=WAITING_SECONDS)],
        )
        late = int(cursor.fetchone()[0])
    if failed:
        words = {"count": sum(number for _task, number in failed), "name": failed[0][0]}
        return ill(
            ngettext(
                "%(count)s job failed within a week (%(name)s): the worker's log says why.",
                "%(count)s jobs failed within a week (most: %(name)s): the worker's log says why.",
                words["count"],
            )
            % words
        )
    if late and not os.environ.get("MUTIRAO_NOT_SERVED"):
        return ill(
            ngettext(
                "%(count)s job has waited for over ten minutes: is a worker running?",
                "%(count)s jobs have waited for over ten minutes: is a worker running?",
                late,
            )
            % {"count": late}
        )
    return well(_("No job failed within a week, and none waits too long."))


def backup() -> Finding:
    """Whether there is a recent backup; outside production none is asked for."""
    days = int(settings.BACKUP_DAYS)
    try:
        last = json.loads((Path(settings.HOME) / LAST).read_text())
        at = datetime.fromisoformat(last["at"])
    except (OSError, ValueError, KeyError):
        message = _("No backup was made from here yet: `mutirao backup`, and a timer for it.")
        return ill(message) if settings.PRODUCTION and days else well(message)
    age = (datetime.now(UTC) - at).days
    words = {"days": age, "file": last.get("file", "-"), "date": at.date().isoformat()}
    if days and age >= days and settings.PRODUCTION:
        return ill(
            _("The last backup is %(days)s days old (%(file)s): is its timer running?") % words
        )
    return well(_("The last backup is of %(date)s (%(file)s).") % words)


declare("data_folder", data_folder, asks_database=False)
declare("secret_key", secret_key, asks_database=False)
declare("disk", disk, asks_database=False)
declare("storage", storage, asks_database=False)
declare("static_files", static_files, asks_database=False)
declare("time_zone", time_zone, asks_database=False)
declare("address", address, asks_database=False)
declare("backup", backup, asks_database=False)
declare("replica", replica, asks_database=False)
declare("migrations", migrations)
declare("clock", clock)
declare("files", files)
declare("worker", worker)
declare("jobs", jobs)
