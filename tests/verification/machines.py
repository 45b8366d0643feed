"""Several machines on one: primary, streaming replica, PgBouncer and an object store on loopback.

PostgreSQL and PgBouncer are Debian's (as root they run as `postgres`); the object store is moto's
server, which speaks S3 over HTTP.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.installation import free_port

PASSWORD = "verify-only"
USER = "mutirao"


def account() -> dict[str, object]:
    """Who runs the servers: root may not."""
    if os.geteuid() != 0:
        return {}
    record = pwd.getpwnam("postgres")
    return {"user": record.pw_uid, "group": record.pw_gid, "extra_groups": []}


def own_folder(prefix: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    return folder


def run(*words: str | Path, cwd: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGPASSWORD": PASSWORD}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        **account(),
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]}: {done.stderr or done.stdout}")


class Postgres:
    """A PostgreSQL server of this test's own."""

    def __init__(self, programs: Path, folder: Path, name: str) -> None:
        self.programs, self.folder, self.data = programs, folder, folder / name
        self.port = free_port()
        self.log = folder / f"{name}.log"

    def url(self, name: str = "mutirao") -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{name}"

    def make(self) -> Postgres:
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        words = ["-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8"]
        run(self.programs / "initdb", "-D", self.data, *words, "--pwfile", secret, cwd=self.folder)
        with (self.data / "pg_hba.conf").open("a") as file:
            file.write(f"host replication {USER} 127.0.0.1/32 scram-sha-256\n")
        return self

    def follow(self, primary: Postgres) -> Postgres:
        """A copy of `primary` that follows it."""
        words = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", USER, "-R", "-X", "stream"]
        words += ["--checkpoint=fast", "-w"]
        run(self.programs / "pg_basebackup", "-D", self.data, *words, cwd=self.folder)
        return self

    def start(self) -> Postgres:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        words = ["-D", self.data, "-w", "-l", self.log, "-o", options, "start"]
        run(self.programs / "pg_ctl", *words, cwd=self.folder)
        return self

    def stop(self, mode: str = "fast") -> None:
        if (self.data / "postmaster.pid").exists():
            words = ["-D", self.data, "-w", "-m", mode, "stop"]
            run(self.programs / "pg_ctl", *words, cwd=self.folder)

    def ask(self, query: str, name: str = "mutirao") -> object:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchone()[0] if cursor.description else None


class Pooler:
    """PgBouncer in transaction mode, as docs/operations.md sets it up."""

    def __init__(self, folder: Path, primary: Postgres) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        example = Path(__file__).parents[2] / "docs" / "operations" / "pgbouncer.ini"
        text = example.read_text()
        for old, new in {
            "host=db.internal port=5432": f"host=127.0.0.1 port={primary.port}",
            "listen_port = 6432": f"listen_port = {self.port}",
            "/etc/pgbouncer/userlist.txt": str(folder / "userlist.txt"),
            "/run/postgresql": str(folder),
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        (folder / "pgbouncer.ini").write_text(text)
        (folder / "userlist.txt").write_text(f'"{USER}" "{PASSWORD}"\n')

    @property
    def url(self) -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/mutirao"

    def start(self) -> Pooler:
        program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        log = (self.folder / "pgbouncer.log").open("ab")
        self.process = subprocess.Popen(
            [program, str(self.folder / "pgbouncer.ini")],
            cwd=self.folder,
            stdout=log,
            stderr=log,
            **account(),
        )
        wait_for(self.port)
        return self

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


def wait_for(port: int, seconds: float = 15) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on {port}")
