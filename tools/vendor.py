"""Brings in the third-party page assets, and checks that nobody has changed them.

    python tools/vendor.py            refresh from npm packages, write tools/vendor.lock.json
    python tools/vendor.py --check    offline: compare the files with the lock, exit 1 on a change

Packages come through the ordinary npm client, which is needed for a refresh only: the files
it copies are committed, so nobody who builds, tests or runs the platform needs Node.
To take a newer version, change it in `PACKAGES`, refresh, look at the pages, commit.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

import outlines  # noqa: E402 - found through the path set above
from mutirao.core.icons.names import DRAWINGS  # noqa: E402

LOCK = ROOT / "tools" / "vendor.lock.json"
CORE = "src/mutirao/core"
VENDOR = f"{CORE}/static/core/vendor"
FONTS = f"{CORE}/static/core/fonts"
ICONS = f"{CORE}/icons/svg"
# Folders that hold vendored files only: a file there that the lock does not know is an error.
OWN_FOLDERS = (VENDOR, FONTS, ICONS)


def without_source_map(content: bytes) -> bytes:
    """Source maps are not served; a comment that names one breaks the static file manifest."""
    return re.sub(rb"\s*/\*# sourceMappingURL=[^*]*\*/\s*", b"\n", content)


def unchanged(content: bytes) -> bytes:
    return content


@dataclass(frozen=True)
class Take:
    """One file of a package, where it goes in the project, and what is done to it on the way."""

    source: str
    target: str
    change: Callable[[bytes], bytes] = unchanged


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    takes: tuple[Take, ...]


def font(family: str, version: str) -> Package:
    """A variable font: upright, Latin subset (all that pt, es and en need)."""
    file = f"{family}-latin-wght-normal.woff2"
    return Package(
        f"@fontsource-variable/{family}",
        version,
        (
            Take(f"files/{file}", f"{FONTS}/{file}"),
            Take("LICENSE", f"{FONTS}/{family}.LICENSE.txt"),
        ),
    )


PACKAGES = (
    Package(
        "bootstrap",
        "5.3.9",
        (
            Take("dist/css/bootstrap.min.css", f"{VENDOR}/bootstrap.min.css", without_source_map),
            Take("LICENSE", f"{VENDOR}/bootstrap.LICENSE.txt"),
        ),
    ),
    Package(
        "htmx.org",
        "2.0.11",
        (
            Take("dist/htmx.min.js", f"{VENDOR}/htmx.min.js"),
            Take("LICENSE", f"{VENDOR}/htmx.LICENSE.txt"),
        ),
    ),
    font("source-serif-4", "5.3.1"),
    font("source-sans-3", "5.3.0"),
    Package(
        "@tabler/icons",
        "3.51.0",
        (
            *(
                Take(f"icons/outline/{name}.svg", f"{ICONS}/{name}.svg")
                for name in sorted(set(DRAWINGS.values()))
            ),
            Take("LICENSE", f"{ICONS}/LICENSE.txt"),
        ),
    ),
    # Natural Earth, public domain, as TopoJSON; only the derived outlines are kept.
    Package(
        "world-atlas",
        "2.0.2",
        (
            Take("countries-50m.json", f"{CORE}/maps/outlines.json", outlines.derive),
            Take("LICENSE", f"{CORE}/maps/world-atlas.LICENSE.txt"),
        ),
    ),
)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pack(package: Package, folder: Path) -> tuple[Path, str]:
    """Download one package with npm; the archive's path and its integrity string."""
    command = ["npm", "pack", "--json", f"{package.name}@{package.version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    (told,) = json.loads(done.stdout)
    return folder / told["filename"], told["integrity"]


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """The bytes of a file of a package; npm puts everything under `package/`."""
    file = archive.extractfile(f"package/{name}")
    if file is None:
        raise SystemExit(f"{name} is not a file of the package")
    with file:
        return file.read()


def bring_in(package: Package, folder: Path, known: dict[str, str]) -> dict:
    """Copy the files of one package and describe them for the lock.

    `known` maps "name@version" to the integrity of the last refresh: a published version
    never changes, so another content under the same number stops the refresh.
    """
    path, integrity = pack(package, folder)
    wanted = known.get(f"{package.name}@{package.version}", integrity)
    if wanted != integrity:
        raise SystemExit(f"{package.name}@{package.version} is not what it was: {integrity}")
    files = {}
    with tarfile.open(path) as archive:
        licence = json.loads(read_member(archive, "package.json"))["license"]
        for take in package.takes:
            content = take.change(read_member(archive, take.source))
            write(ROOT / take.target, content)
            files[take.target] = sha256(content)
    return {
        "name": package.name,
        "version": package.version,
        "licence": licence,
        "integrity": integrity,
        "files": files,
    }


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def refresh() -> None:
    """Bring in every package, take away what is no longer wanted, and write the lock."""
    known = {f"{p['name']}@{p['version']}": p["integrity"] for p in read_lock()}
    with tempfile.TemporaryDirectory() as folder:
        packages = [bring_in(package, Path(folder), known) for package in PACKAGES]
    LOCK.write_text(json.dumps({"packages": packages}, indent=2) + "\n", encoding="utf-8")
    for stray in strays(locked_files(packages)):
        (ROOT / stray).unlink()


def read_lock() -> list[dict]:
    if not LOCK.exists():
        return []
    return json.loads(LOCK.read_text(encoding="utf-8"))["packages"]


def locked_files(packages: list[dict]) -> dict[str, str]:
    return {path: digest for package in packages for path, digest in package["files"].items()}


def strays(locked: dict[str, str]) -> Iterator[str]:
    """Files in the vendored folders that the lock does not know."""
    for folder in OWN_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and name not in locked:
                yield name


def differences() -> Iterator[str]:
    """One sentence for each way in which the files and the lock disagree; none when all is well."""
    packages = read_lock()
    locked = locked_files(packages)
    told = {(p["name"], p["version"], tuple(p["files"])) for p in packages}
    wanted = {(p.name, p.version, tuple(t.target for t in p.takes)) for p in PACKAGES}
    for name, version, _ in sorted(told ^ wanted):
        yield f"{name} {version}: the script and the lock do not name the same; refresh"
    for path, digest in locked.items():
        if not (ROOT / path).is_file():
            yield f"{path}: missing"
        elif sha256((ROOT / path).read_bytes()) != digest:
            yield f"{path}: changed"
    yield from (f"{path}: not in the lock" for path in strays(locked))


def check() -> int:
    found = list(differences())
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare, offline")
    if parser.parse_args().check:
        return check()
    refresh()
    return check()


if __name__ == "__main__":
    sys.exit(main())
