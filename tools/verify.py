"""`make verify`: what is too long for `make test`. Each part is named and timed.

1. the tests marked `verify`: kill -9 in the middle, load, every page × language × theme, several
   machines (primary, replica, PgBouncer, object store), the examples of docs/operations;
2. the whole suite once on Debian's own PostgreSQL through DATABASE_URL.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]


def debian_programs() -> Path | None:
    """The newest PostgreSQL 15+ server of this machine; installed from Debian when root."""
    if not _installed():
        install("postgresql")
    return _installed()


def install(*packages: str) -> None:
    """Install packages of Debian, where that is possible; whoever needs them sees if not."""
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
        subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False)


def lacking() -> list[str]:
    """The packages the tests marked `verify` want and this machine lacks."""
    wanted = {"pgbouncer": "pgbouncer", "nginx": "nginx-light", "openssl": "openssl"}
    return [
        package
        for program, package in wanted.items()
        if not shutil.which(program) and not Path(f"/usr/sbin/{program}").exists()
    ]


def _installed() -> Path | None:
    versions = [Path(path) for path in glob.glob("/usr/lib/postgresql/*/bin")]
    usable = [
        path for path in versions if int(path.parent.name) >= 15 and (path / "initdb").exists()
    ]
    return max(usable, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """A scratch cluster of an ordinary PostgreSQL on loopback; yields its URL."""
    folder = Path(tempfile.mkdtemp(prefix="mutirao-pg-"))
    account = {}
    if os.geteuid() == 0:
        record = pwd.getpwnam("postgres")
        os.chown(folder, record.pw_uid, record.pw_gid)
        account = {"user": record.pw_uid, "group": record.pw_gid, "extra_groups": []}
    secret = folder / "secret"
    secret.write_text("verify-only")
    secret.chmod(0o644)
    port = _free_port()
    data = folder / "data"

    def run(*words: str) -> None:
        done = subprocess.run(
            words, cwd=folder, capture_output=True, text=True, check=False, **account
        )
        if done.returncode:
            raise SystemExit(f"{words[0]}: {done.stderr or done.stdout}")

    run(
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "mutirao",
        "-A",
        "scram-sha-256",
        "--pwfile",
        str(secret),
        "-E",
        "UTF8",
        "--locale",
        "C.UTF-8",
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run(
        str(programs / "pg_ctl"),
        "-D",
        str(data),
        "-w",
        "-l",
        str(folder / "log"),
        "-o",
        options,
        "start",
    )
    try:
        yield f"postgresql://mutirao:verify-only@127.0.0.1:{port}/postgres"
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def step(name: str, words: list[str], environment: dict[str, str] | None = None) -> bool:
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    done = subprocess.run(words, cwd=ROOT, env=environment, check=False)
    word = "ok" if done.returncode == 0 else "FAILED"
    print(f"== {name}: {word} ({time.monotonic() - started:.0f} s)", flush=True)
    return done.returncode == 0


def main() -> int:
    programs = debian_programs()
    install(*lacking())
    words = [*PYTEST, "-m", "verify", "-n", "2", "--dist", "loadgroup"]
    well = step("faults, load, several machines and every page", words)
    if programs is None:
        print("== Debian's PostgreSQL: FAILED (none installed; apt-get install postgresql)")
        return 1
    with server(programs) as url:
        environment = {**os.environ, "DATABASE_URL": url}
        name = f"the whole suite on Debian's PostgreSQL {programs.parent.name}"
        words = [*PYTEST, "-m", "not verify", "-n", "2", "--dist", "loadfile"]
        well = step(name, words, environment) and well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
