"""Which account runs PostgreSQL, and which folders it may have.

PostgreSQL refuses to run as root. An ordinary user runs it as themselves; root hands it to an
account that already exists. No account is ever created, and no permission is ever changed on
anything but the data folder and what is in it.
"""

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mutirao.core.home import HomeRefused

USUAL_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account that runs PostgreSQL; `switch` is false when it is simply the current one."""

    name: str
    uid: int
    gid: int
    switch: bool

    def run(
        self, args: Sequence[str | Path], cwd: Path, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account in `cwd`; return it finished, whatever its exit code."""
        # The environment is not passed on: PGDATA, PGPORT, PGOPTIONS or a locale of the person
        # who types the command must not change the server everyone shares.
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        return subprocess.run(  # noqa: S603 - fixed programs, no shell
            [str(arg) for arg in args],
            cwd=cwd,
            env=env,
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def own(self, folder: Path, mode: int) -> None:
        """Make `folder` (or take it as it is) so that this account owns it with `mode`.

        Raises HomeRefused when something else is in its place: a symbolic link could lead the
        change of permissions out of the data folder, so it is never followed.
        """
        folder.mkdir(mode=mode, exist_ok=True)
        handle = _open_folder(folder)
        try:
            now = os.fstat(handle)
            if now.st_uid not in {self.uid, os.geteuid()}:
                raise HomeRefused(_belongs_to_other(folder, now.st_uid))
            if now.st_uid != self.uid:
                os.fchown(handle, self.uid, self.gid)
            if stat.S_IMODE(now.st_mode) != mode:
                os.fchmod(handle, mode)
        finally:
            os.close(handle)


def choose(cluster: Path) -> Account:
    """Return the account for the cluster in the folder `cluster` (which need not exist yet).

    Not root: the current user. Root: the owner of the cluster when there is one (the accounts
    of a machine change, the owner of the data does not), else the account named in
    `MUTIRAO_DB_USER`, else `postgres`, else `nobody`.

    Raises HomeRefused when the cluster belongs to somebody else or no account will do.
    """
    owner = cluster.stat().st_uid if cluster.exists() else None
    uid = os.geteuid()
    if uid != 0:
        if owner not in {None, uid}:
            raise HomeRefused(_belongs_to_other(cluster, owner or 0))
        return Account(_name(uid), uid, os.getegid(), switch=False)
    return _account_for_root(cluster, owner)


def _account_for_root(cluster: Path, owner: int | None) -> Account:
    named = os.environ.get("MUTIRAO_DB_USER", "").strip()
    if owner is None:
        entry = _entry(named) if named else _usual_entry()
    else:
        entry = _entry(_name(owner))
        if named and named != entry.pw_name:
            raise HomeRefused(
                f"MUTIRAO_DB_USER is {named}, but {cluster} belongs to {entry.pw_name}. "
                f"Take MUTIRAO_DB_USER away, or name another data folder in MUTIRAO_HOME."
            )
    if entry.pw_uid == 0:
        raise HomeRefused("PostgreSQL does not run as root: name another MUTIRAO_DB_USER.")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=True)


def _usual_entry() -> pwd.struct_passwd:
    for name in USUAL_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise HomeRefused(
        "PostgreSQL does not run as root, and this machine has neither the account postgres nor "
        "nobody. Name an unprivileged account in MUTIRAO_DB_USER."
    )


def _entry(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise HomeRefused(
            f"This machine has no account {name}, which should run PostgreSQL. "
            "Name an existing unprivileged account in MUTIRAO_DB_USER."
        ) from None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def check_ours(folder: Path) -> None:
    """Raise HomeRefused when the current account cannot work in `folder`."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeRefused(_belongs_to_other(folder, folder.stat().st_uid))


def _belongs_to_other(folder: Path, uid: int) -> str:
    return (
        f"{folder} belongs to the account {_name(uid)}. Run the command as the account that made "
        "it, or name another data folder in MUTIRAO_HOME."
    )


def _open_folder(folder: Path) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except PermissionError:
        raise HomeRefused(_belongs_to_other(folder, folder.lstat().st_uid)) from None
    except OSError as error:
        raise HomeRefused(
            f"{folder} must be a real folder, not a link or a file. To keep the data elsewhere, "
            "name that place in MUTIRAO_HOME."
        ) from error


def let_in(account: Account, home: Path) -> None:
    """Make sure that `account` can pass through `home`, or raise HomeRefused with advice.

    The only permission this may change is that of `home` itself, and only while it is empty
    and ours: in a folder with content somebody else decided who passes.
    """
    if not account.switch or _passes(account, home):
        return
    for folder in [*reversed(home.resolve().parents)]:
        if not _passes(account, folder):
            raise HomeRefused(_closed(account, home, folder))
    if home.stat().st_uid != os.geteuid() or any(home.iterdir()):
        raise HomeRefused(_closed(account, home, home))
    home.chmod(stat.S_IMODE(home.stat().st_mode) | 0o011)


def _passes(account: Account, folder: Path) -> bool:
    # Asked of the system, not worked out from mode bits: access lists and mounts count too.
    try:
        return account.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder], Path("/")).returncode == 0
    except OSError as error:  # a container without the right to change accounts
        raise HomeRefused(
            f"Root may not act as the account {account.name} here ({error.strerror}). "
            "Run the command as an ordinary user, or give DATABASE_URL."
        ) from error


def _closed(account: Account, home: Path, closed: Path) -> str:
    return (
        f"The data folder {home} cannot be used by root: PostgreSQL runs as the account "
        f"{account.name}, which may not pass through {closed}. That folder is left as it is. "
        "Name a data folder in an open place in MUTIRAO_HOME, for example "
        "MUTIRAO_HOME=/var/lib/mutirao, or run the command as an ordinary user."
    )
