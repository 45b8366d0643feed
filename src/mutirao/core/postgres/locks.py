"""The two locks of the embedded PostgreSQL, both `flock`, so the kernel frees what dies.

`lock` is held alone, for the moment of starting or stopping. `users.lock` is held shared by
every process that uses the server, for as long as it uses it.
"""

import fcntl
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutirao.core.postgres.errors import PostgresError

POLL_SECONDS = 0.02


@contextmanager
def alone(path: Path, timeout: float) -> Iterator[None]:
    """Hold the file `path` for this thread alone, or raise PostgresError after `timeout` s."""
    handle = _open(path)
    try:
        limit = time.monotonic() + timeout
        while not _flock(handle, fcntl.LOCK_EX):
            if time.monotonic() > limit:
                raise PostgresError(
                    f"Another process has been starting or stopping PostgreSQL for {timeout:.0f} s "
                    f"(it holds {path}). Try again, or end that process."
                )
            time.sleep(POLL_SECONDS)
        yield
    finally:
        # Said outright, because a process forked meanwhile by another thread has the file open
        # too and closing ours would not free the lock.
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def is_locked(path: Path) -> bool:
    """Say whether another holds the file `path`, alone or shared."""
    handle = _open(path)
    try:
        return not _flock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


class UserLock:
    """One user's shared hold on `users.lock`.

    It is not inherited: a program started by this process does not get the file (close on
    exec), and a forked copy of this process lets go of it at once and may hold its own.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None
        _user_locks.add(self)

    @property
    def held(self) -> bool:
        return self._handle is not None

    def take(self) -> None:
        """Hold the lock, shared with the other users. Call it while holding `lock` alone."""
        if self._handle is None:
            self._handle = _open(self.path)
            fcntl.flock(self._handle, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """Say whether no other user is left. The hold itself is lost: drop() must follow."""
        return self._handle is not None and _flock(self._handle, fcntl.LOCK_EX)

    def drop(self) -> None:
        """Let go, whether held or not."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _flock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


_user_locks: weakref.WeakSet[UserLock] = weakref.WeakSet()


def _forget_in_child() -> None:
    for lock in list(_user_locks):
        lock.drop()


os.register_at_fork(after_in_child=_forget_in_child)
