"""EmbeddedServer: the one owner of starting and stopping the embedded PostgreSQL.

Everything it keeps is in `pg/` of the data folder:

    lock, users.lock    see locks.py
    password            of the role `mutirao`, made with the cluster
    cluster/            the data (PostgreSQL's own layout)
    run/                the socket, in a folder closed to other accounts
    log/postgresql.log  what the server says
    bin-18-<version>/   only for root: the programs, readable by the account that runs them

A user that is killed (-9, or SIGTERM without a handler) frees its hold but cannot stop the
server: that then idles until the next user comes, uses it and, leaving last, stops it.
"""

import atexit
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

from psycopg import pq

from mutirao.core.home import HomeRefused, make_folder
from mutirao.core.postgres import account as accounts
from mutirao.core.postgres import binaries
from mutirao.core.postgres.account import Account
from mutirao.core.postgres.cluster import (
    DATABASE,
    PORT,
    ROLE,
    START_SECONDS,
    STOP_SECONDS,
    Cluster,
)
from mutirao.core.postgres.locks import UserLock, alone, is_locked

SOCKET_LIMIT = 107 if sys.platform == "linux" else 103  # sockaddr_un.sun_path, less the final zero
# pg_ctl builds a shell command with the paths in double quotes; clients read a comma in the
# name of a socket folder as the end of it.
UNSAFE_IN_PATH = frozenset('"$`\\\n,')
_holds: dict[Path, UserLock] = {}  # of this process, by `pg` folder
_log = logging.getLogger(__name__)


class EmbeddedServer:
    """The PostgreSQL of one data folder. Objects are cheap and may be many, in many processes.

    Raises HomeRefused, from every method that needs the folder, when `home` cannot serve;
    StartFailed, StopFailed and VersionMismatch (all PostgresError) from PostgreSQL itself.
    """

    def __init__(self, home: Path) -> None:
        self.home = Path(home).absolute()
        self._pg = self.home / "pg"
        self._cluster = Cluster(self._pg)

    def hold(self) -> str:
        """Use the server for the life of this process; return its URL. Starts it if needed.

        The hold is the process's, whichever object took it, and ends with the process. May be
        called again: that checks the server and starts it anew if it died. A forked child does
        not hold: it calls this itself.
        """
        if self._pg not in _holds:
            _holds[self._pg] = self._user_lock()
            atexit.register(self._release_at_exit)
        return self._take(_holds[self._pg])

    def release(self) -> None:
        """End this process's hold(); the last user of all processes to leave stops the server."""
        if self._pg in _holds:
            self._leave(_holds[self._pg])

    @contextmanager
    def session(self) -> Iterator[str]:
        """Use the server inside a `with` block, which gets its URL; independent of hold()."""
        user = self._user_lock()
        url = self._take(user)
        try:
            yield url
        finally:
            self._leave(user)

    def start(self) -> str:
        """Start the server unless it runs; return its URL. Nobody holds it: see stop()."""
        self._prepare()
        with self._alone():
            return self._ensure_running()

    def stop(self) -> None:
        """Stop the server now, whoever uses it; their connections end. Stopped: no-op."""
        if self._pg.is_dir():
            with self._alone():
                self._stop()

    def running(self) -> bool:
        """Say whether the server answers. Starts, makes and waits for nothing."""
        return self._cluster.answer() == pq.Ping.OK

    def in_use(self) -> bool:
        """Say whether any process holds the server, running or not. Changes nothing."""
        path = self._pg / "users.lock"
        return path.exists() and is_locked(path)

    @property
    def url(self) -> str:
        """The URL of the database; StartFailed before the first start made its password."""
        # The folder is a parameter, not the host part: parsers turn hosts into lower case.
        place = f"host={quote(str(self._cluster.sockets), safe='')}&port={PORT}"
        return f"postgresql://{ROLE}:{self._cluster.password()}@/{DATABASE}?{place}"

    @property
    def programs(self) -> Path:
        """The folder of the programs of the same version (`pg_dump`, `psql`, …)."""
        return binaries.in_wheel()

    def _user_lock(self) -> UserLock:
        return UserLock(self._pg / "users.lock")

    def _take(self, user: UserLock) -> str:
        self._prepare()
        with self._alone():
            already = user.held
            user.take()
            try:
                return self._ensure_running()
            except BaseException:
                if not already:
                    user.drop()
                raise

    def _leave(self, user: UserLock) -> None:
        if not user.held:
            return
        if not self._pg.is_dir():  # the data folder was thrown away
            user.drop()
            return
        with self._alone():
            try:
                if user.is_last():
                    self._stop()
            finally:
                user.drop()

    def _release_at_exit(self) -> None:
        try:
            self.release()
        except Exception:
            _log.exception("the embedded PostgreSQL was not stopped")

    def _alone(self) -> AbstractContextManager[None]:
        return alone(self._pg / "lock", START_SECONDS + STOP_SECONDS)

    def _prepare(self) -> None:
        """Check and make the folders outside the cluster; leave nothing behind on refusal."""
        self._check_path()
        if self._pg.is_dir() and not self._pg.is_symlink():
            accounts.check_ours(self._pg)
            return
        made = make_folder(self.home)
        try:
            accounts.let_in(accounts.choose(self._cluster.data), self.home)
        except HomeRefused:
            if made:
                self.home.rmdir()
            raise
        # Root keeps `pg/` itself: what the account could replace there, root would then trust.
        mode = 0o711 if os.geteuid() == 0 else 0o700
        Account("", os.geteuid(), os.getegid(), switch=False).own(self._pg, mode)

    def _check_path(self) -> None:
        socket = self._cluster.sockets / f".s.PGSQL.{PORT}"
        over = len(os.fsencode(socket)) - SOCKET_LIMIT
        if over > 0:
            raise HomeRefused(
                f"The path of the data folder {self.home} is {over} bytes too long for the socket "
                "of PostgreSQL. Name a shorter one in MUTIRAO_HOME; it may be a symbolic link to "
                "this folder."
            )
        if UNSAFE_IN_PATH & set(str(self.home)):
            raise HomeRefused(
                f'The path of the data folder {self.home} has one of the characters " $ ` \\ , or '
                "a line break, which PostgreSQL cannot take. Name another one in MUTIRAO_HOME."
            )

    def _ensure_running(self) -> str:
        if not self._cluster.settle():
            account = accounts.choose(self._cluster.data)
            accounts.let_in(account, self.home)
            programs = self._programs_for(account)
            self._cluster.make(account, programs)
            self._cluster.password()  # a server nobody can enter is not worth starting
            self._cluster.start(account, programs)
            if account.switch:
                binaries.drop_old_copies(self._pg)
        return self.url

    def _stop(self) -> None:
        if self._cluster.settle():
            account = accounts.choose(self._cluster.data)
            self._cluster.stop(account, self._programs_for(account))

    def _programs_for(self, account: Account) -> Path:
        return binaries.copied_to(self._pg) if account.switch else binaries.in_wheel()
