"""The data folder: the one place where this installation keeps what must survive it.

`pg/` in it belongs to the embedded PostgreSQL (`mutirao.core.postgres`); every other part
makes its own folder beside it and sets that folder's permissions itself.
"""

import os
from pathlib import Path

ROOT_DEFAULT = Path("/var/lib/mutirao")
RESTORE_MARK = "restore-in-progress"  # in a data folder that `mutirao restore` is filling


class HomeRefused(RuntimeError):
    """This folder cannot be the data folder; the message says why and what to do instead."""


def data_folder() -> Path:
    """Return the data folder as an absolute path, made if it is not there.

    It is `MUTIRAO_HOME` when that is set; otherwise `/var/lib/mutirao` for root, `var/` of the
    checkout when the program runs from one, and `mutirao` in `XDG_DATA_HOME` (or
    `~/.local/share`) when it does not. Two values of `MUTIRAO_HOME` are two installations.

    Raises HomeRefused when the place is not a folder, cannot be made or cannot be written.
    """
    folder = planned_folder()
    make_folder(folder)
    return folder


def planned_folder() -> Path:
    """Return where the data folder is or will be; see data_folder(). Makes nothing."""
    named = os.environ.get("MUTIRAO_HOME", "").strip()
    # Not resolve(): a short symbolic link is the way out when the real path is too long for a
    # socket, so the name that was given must be kept.
    return Path(named).expanduser().absolute() if named else default_folder()


def restored_by_half() -> Path | None:
    """Return the data folder when a restore into it was interrupted, else None."""
    folder = planned_folder()
    return folder if (folder / RESTORE_MARK).exists() else None


def default_folder() -> Path:
    """Return where the data lives when nobody said: see data_folder()."""
    if os.geteuid() == 0:
        # Root's checkout is often closed to the account that must run PostgreSQL.
        return ROOT_DEFAULT
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").is_file() and (checkout / "src" / "mutirao").is_dir():
        return checkout / "var"
    share = os.environ.get("XDG_DATA_HOME", "")
    base = Path(share) if os.path.isabs(share) else Path.home() / ".local" / "share"
    return base / "mutirao"


def make_folder(folder: Path) -> bool:
    """Make the data folder `folder` unless it is there; return whether it was made.

    A new folder is closed to others (0700); root's is 0711, because the unprivileged account of
    PostgreSQL must pass through it to `pg/` (passing is not listing). A folder that is already
    there keeps its permissions. Raises HomeRefused as data_folder() does.
    """
    try:
        if folder.is_dir():
            made = False
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            made = _mkdir(folder, 0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise HomeRefused(_cannot(folder, f"cannot be made: {error.strerror}")) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeRefused(_cannot(folder, "cannot be written by this account"))
    return made


def _mkdir(folder: Path, mode: int) -> bool:
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        if folder.is_dir():  # another process made it between the question and the act
            return False
        raise
    folder.chmod(mode)  # the umask may have taken bits away
    return True


def _cannot(folder: Path, why: str) -> str:
    return (
        f"The data folder {folder} {why}. "
        "Name another one in MUTIRAO_HOME, for example MUTIRAO_HOME=/srv/mutirao."
    )
