"""The schema is made once a run: migrating takes 20 s of CPU, a copy of what it made half a second.

The dump is kept in pytest's cache under a digest of every migration, so that the next run of the
same migrations begins at once; a clone without that cache, and any new migration, makes it anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from mutirao.core.postgres import EmbeddedServer

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "mutirao_schema"
CACHE = ROOT / ".pytest_cache" / "schema"
# What migrations run that is not in this repository.
_LIBRARIES = ("django", "django-pghistory", "django-pgtrigger", "procrastinate", "django-allauth")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time, of those that run the tests together."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest() -> str:
    """Of everything that decides what migrations make."""
    found = hashlib.sha256("".join(version(name) for name in _LIBRARIES).encode())
    for path in sorted((ROOT / "src").glob("mutirao/*/migrations/*.py")):
        found.update(path.as_posix().removeprefix(ROOT.as_posix()).encode() + path.read_bytes())
    return found.hexdigest()[:24]


def template(server: EmbeddedServer, url: str, cache: Path = CACHE) -> str:
    """The name of a database of `server` with every migration applied, made now if need be.

    `url` is the server's; `cache` a folder that outlives the run.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with alone(server.home / "schema.lock"), psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if not known.fetchone():
            connection.execute(f"CREATE DATABASE {TEMPLATE}_new")
            _fill(server, _named(url, f"{TEMPLATE}_new"), cache / f"{digest()}.dump")
            connection.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")
    return TEMPLATE


def begin(home: Path, cache: Path = CACHE) -> None:
    """Give a new data folder a database with every migration applied, as its first start would."""
    run = EmbeddedServer(Path(os.environ["MUTIRAO_HOME"]))
    with run.session() as url:
        template(run, url, cache)
    server = EmbeddedServer(home)
    with server.session() as url:
        _fill(server, url, cache / f"{digest()}.dump")


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _fill(server: EmbeddedServer, url: str, dump: Path) -> None:
    programs = server.programs
    if dump.exists():
        words = ["--no-owner", "--exit-on-error", f"--dbname={url}", str(dump)]
        _run(programs / "pg_restore", *words)
        return
    environment = {**os.environ, "MUTIRAO_EMBEDDED_URL": url}
    _run(sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0", env=environment)
    fresh = dump.with_suffix(f".{os.getpid()}")
    _run(programs / "pg_dump", "--format=custom", f"--file={fresh}", url)
    fresh.replace(dump)


def _run(program: str | Path, *words: str, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [program, *words], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise RuntimeError(f"{Path(program).name} failed:\n{done.stderr[-4000:]}")
