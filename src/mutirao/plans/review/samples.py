"""The two plans that come with the product, to try the importer with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "samples"
_ENDINGS = {".docx", ".odt", ".txt", ".pdf"}


@dataclass(frozen=True)
class Sample:
    """A document of `plans/samples/`, named `<name>.<language>.<ending>` or `<name>.<ending>`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def format(self) -> str:
        return self.path.suffix[1:]

    @property
    def language(self) -> str:
        parts = self.path.name.split(".")
        return parts[-2] if parts[-2] in ("pt", "es", "en") else ""


def samples() -> list[Sample]:
    if not FOLDER.is_dir():
        return []
    return [Sample(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _ENDINGS]


def sample(name: str) -> Sample | None:
    """The sample of that file name; None for any other."""
    return next((one for one in samples() if one.name == name), None)
