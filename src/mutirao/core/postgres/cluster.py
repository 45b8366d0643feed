"""The cluster on disk: made by `initdb`, started and stopped by `pg_ctl`. Knows no locks."""

import os
import secrets
import shlex
import shutil
import time
from pathlib import Path

from psycopg import pq
from psycopg.conninfo import make_conninfo

from mutirao.core.postgres import pidfile
from mutirao.core.postgres.account import Account
from mutirao.core.postgres.binaries import MAJOR
from mutirao.core.postgres.errors import StartFailed, StopFailed, VersionMismatch

ROLE = "mutirao"
DATABASE = "mutirao"
PORT = 5432  # no network port: it only names the socket file
START_SECONDS = 300  # recovery after a power cut may be long
STOP_SECONDS = 60
ORPHAN_SECONDS = 15
LOG_LIMIT = 5_000_000

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    # Parallel queries need /dev/shm, which containers keep small, and the cores of the pages.
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Statements and their details carry people's data, which has no place in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests, whose data may be lost with the machine.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The files and the server process in the folder `pg`. Errors: StartFailed, StopFailed."""

    def __init__(self, pg: Path) -> None:
        self.pg = pg
        self.data = pg / "cluster"
        self.sockets = pg / "run"
        self.log = pg / "log" / "postgresql.log"
        self.password_file = pg / "password"

    def answer(self) -> pq.Ping:
        """Ask the server how it is: OK, REJECT (starting or stopping) or NO_RESPONSE."""
        address = make_conninfo("", host=str(self.sockets), port=PORT, dbname=DATABASE, user=ROLE)
        return pq.Ping(pq.PGconn.ping(address.encode()))

    def settle(self) -> bool:
        """Wait while the server is starting up or going down; return whether it serves."""
        limit = time.monotonic() + START_SECONDS
        while (answer := self.answer()) == pq.Ping.REJECT and time.monotonic() < limit:
            time.sleep(0.05)
        return answer == pq.Ping.OK

    def make(self, account: Account, programs: Path) -> None:
        """Make the cluster with its role and its empty database, unless it is there.

        It is made aside and renamed at the end, so a cluster is whole or absent. Raises
        VersionMismatch when the one that is there needs other programs.
        """
        account.own(self.sockets, 0o700)
        account.own(self.log.parent, 0o700)
        for left in self.pg.glob("cluster.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        if self.data.exists():
            self._check_version()
            return
        # Another name each time: an initdb whose caller was killed goes on by itself.
        half = self.pg / f"cluster.new-{secrets.token_hex(4)}"
        account.own(half, 0o700)
        self._write_password(account)
        self._run_initdb(account, programs, half)
        half.rename(self.data)
        # Before anything is committed: a power cut must not bring the old name back.
        _sync_folder(self.pg)

    def start(self, account: Account, programs: Path) -> None:
        """Start the server and wait until it serves. Not for a server that already runs."""
        self._rotate_log()
        for lock in (self.data / "postmaster.pid", self.sockets / f".s.PGSQL.{PORT}.lock"):
            pidfile.disown_stranger(lock, self.data)
        options = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in self._settings().items())
        start: list[str | Path] = [
            programs / "pg_ctl",
            "start",
            "-w",
            "-s",
            "-t",
            str(START_SECONDS),
        ]
        start += ["-D", self.data, "-l", self.log, "-o", options]
        limit = time.monotonic() + ORPHAN_SECONDS
        while True:
            before = self._log_size()
            done = account.run(start, self.pg)
            if done.returncode == 0:
                return
            said = done.stderr + "\n" + self._log_since(before)
            if self.settle():
                return  # a pg_ctl whose caller was killed had gone on by itself
            # After kill -9 the server's children notice within moments that it is gone, and
            # until then a new one rightly refuses to write beside them.
            passing = "is still in use" in said or "already exists" in said
            if not passing or time.monotonic() > limit:
                raise StartFailed(self._explain("PostgreSQL did not start", said))
            time.sleep(0.1)

    def stop(self, account: Account, programs: Path) -> None:
        """Stop the server at once, ending its connections; nothing committed is lost."""
        stop: list[str | Path] = [
            programs / "pg_ctl",
            "stop",
            "-m",
            "fast",
            "-w",
            "-s",
            "-t",
            str(STOP_SECONDS),
        ]
        done = account.run([*stop, "-D", self.data], self.pg)
        if done.returncode and self.answer() != pq.Ping.NO_RESPONSE:
            raise StopFailed(f"PostgreSQL in {self.data} did not stop: {done.stderr.strip()}")

    def password(self) -> str:
        """Return the password of the role; StartFailed when its file is gone."""
        try:
            return self.password_file.read_text().strip()
        except FileNotFoundError:
            raise StartFailed(
                f"The password of the database is missing: bring {self.password_file} back from "
                "the backup it was in."
            ) from None

    def _settings(self) -> dict[str, str]:
        sockets = str(self.sockets).replace('"', '""')
        fast = FAST_SETTINGS if os.environ.get("MUTIRAO_PG_FAST") == "1" else {}
        return SETTINGS | fast | {"unix_socket_directories": f'"{sockets}"'}

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise VersionMismatch(
                f"The data in {self.data} was made by PostgreSQL {found}, and this version of "
                f"Mutirão brings PostgreSQL {MAJOR}. Nothing was changed. Take a dump with the "
                "version of Mutirão that made it, then load it into a new data folder "
                "(docs/operations.md)."
            )

    def _write_password(self, account: Account) -> None:
        self.password_file.unlink(missing_ok=True)  # of a cluster that was never finished
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with open(os.open(self.password_file, flags, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            if account.switch:  # initdb reads it
                os.fchown(file.fileno(), account.uid, account.gid)
            file.flush()
            os.fsync(file.fileno())

    def _run_initdb(self, account: Account, programs: Path, folder: Path) -> None:
        # C.UTF-8 from the built-in provider: the same order and case rules on every machine,
        # whatever its locales.
        initdb: list[str | Path] = [
            programs / "initdb",
            "-D",
            folder,
            "-U",
            ROLE,
            "--auth=scram-sha-256",
        ]
        initdb += [f"--pwfile={self.password_file}", "--encoding=UTF8", "--locale=C"]
        initdb += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if os.environ.get("MUTIRAO_PG_FAST") == "1":
            initdb.append("--no-sync")
        done = account.run(initdb, self.pg)
        if done.returncode == 0:
            single: list[str | Path] = [programs / "postgres", "--single", "-D", folder]
            single += ["-c", "exit_on_error=on", "postgres"]
            done = account.run(single, self.pg, f"CREATE DATABASE {DATABASE}\n")
        if done.returncode:
            raise StartFailed(self._explain("The database could not be made", done.stderr))

    def _explain(self, what: str, said: str) -> str:
        lines = [line for line in said.splitlines() if line.strip()]
        free = shutil.disk_usage(self.pg).free // 1_000_000
        tail = "\n  ".join(lines[-12:])
        return f"{what} in {self.pg} ({free} MB free on that disk). It said:\n  {tail}"

    def _log_size(self) -> int:
        return self.log.lstat().st_size if self.log.exists() else 0

    def _log_since(self, offset: int) -> str:
        # The account of the server owns this folder: do not let it point root elsewhere.
        try:
            handle = os.open(self.log, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return ""
        with open(handle, "rb") as file:
            file.seek(max(offset, os.fstat(handle).st_size - 4000))
            return file.read().decode(errors="replace")

    def _rotate_log(self) -> None:
        if self._log_size() > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
