"""PostgreSQL's own programs for dump and restore, called so that no password shows.

The embedded server's wheel brings those of PostgreSQL 18, which dump every server up to 18. For a
newer one the machine's own are looked for. A dump goes back in as SQL through `psql`, because
`pg_restore` 17 and newer says `SET transaction_timeout`, which a server of 15 or 16 refuses: so a
network that grew out of the embedded 18 can move to Debian's 15.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from mutirao.core.postgres import PostgresError, binaries

from .words import Failed, Refused

_NOT_KNOWN_TO_ALL = re.compile(rb"^SET transaction_timeout = 0;\n", re.M)


def major(program: Path) -> int:
    """The major version of a program of PostgreSQL, 0 when it does not say."""
    asked = [str(program), "--version"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return 0
    found = re.search(r"(\d+)(?:\.\d+)?", said.stdout)
    return int(found[1]) if found else 0


def folder_for(version: int) -> Path:
    """The folder of programs of at least major `version`. Raises Refused when there is none."""
    for folder in _folders():
        if major(folder / "pg_dump") >= version:
            return folder
    raise Refused("programs", server=version)


def _folders() -> Iterable[Path]:
    with contextlib.suppress(PostgresError):
        yield binaries.in_wheel()
    if found := shutil.which("pg_dump"):
        yield Path(found).parent
    yield from map(Path, sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True))


def _called(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which every account of the machine could read in `ps`."""
    parts = conninfo_to_dict(url)
    password = str(parts.pop("password", "") or "")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return make_conninfo("", **parts), {**inherited, "PGPASSWORD": password, "LC_ALL": "C"}


def start_dump(url: str, snapshot: str, programs: Path) -> subprocess.Popen[bytes]:
    """pg_dump of what `snapshot` sees, in custom format, to the process's stdout."""
    address, environment = _called(url)
    words = [str(programs / "pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    words += ["--no-password", f"--snapshot={snapshot}", f"--dbname={address}"]
    return subprocess.Popen(  # noqa: S603 - a fixed program, no shell
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def load(url: str, dump: Iterable[bytes], programs: Path) -> None:
    """Put a dump into the empty database of `url`, whole or not at all. Raises Failed."""
    address, environment = _called(url)
    to_sql = [str(programs / "pg_restore"), "--file=-", "--no-owner", "--no-privileges"]
    run = [str(programs / "psql"), "--no-psqlrc", "--quiet", "--single-transaction"]
    run += ["--set=ON_ERROR_STOP=1", "--no-password", "--output=/dev/null", f"--dbname={address}"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(to_sql, stdin=pipe, stdout=pipe, stderr=pipe) as reader,  # noqa: S603
        subprocess.Popen(run, env=environment, stdin=pipe, stderr=pipe) as server,  # noqa: S603
    ):
        assert reader.stdin and reader.stdout and server.stdin
        said = [_collected(reader.stderr), _collected(server.stderr)]
        feeding = threading.Thread(target=_feed, args=(reader.stdin, dump), daemon=True)
        feeding.start()
        whole = _pass_on(reader.stdout, server.stdin, reader)
        if not whole:
            server.kill()  # before it is told that the script has ended: it would commit
        _close(server.stdin)
        feeding.join()
    if not whole or reader.returncode or server.returncode:
        raise Failed("\n".join(filter(None, (listen() for listen in said)))[-2000:])


def _pass_on(source: IO[bytes], target: IO[bytes], reader: subprocess.Popen[bytes]) -> bool:
    """Hand the SQL on; False when its maker did not end well."""
    first = True
    while piece := source.read(1024 * 1024):
        if first:
            piece, first = _NOT_KNOWN_TO_ALL.sub(b"", piece), False
        try:
            target.write(piece)
        except BrokenPipeError:  # the server's side ended: it has said why
            reader.kill()
            break
    return reader.wait() == 0


def _feed(target: IO[bytes], dump: Iterable[bytes]) -> None:
    try:
        for piece in dump:
            target.write(piece)
    except BrokenPipeError:
        pass  # pg_restore ended early and has said why
    _close(target)


def _close(pipe: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError):
        pipe.close()


def _collected(pipe: IO[bytes] | None):
    """Read `pipe` beside the work, so that nobody waits; returns a function that gives the text."""
    assert pipe
    pieces: list[bytes] = []
    reader = threading.Thread(target=lambda: pieces.append(pipe.read()), daemon=True)
    reader.start()

    def text() -> str:
        reader.join(5)
        return b"".join(pieces).decode(errors="replace").strip()

    return text
