"""One installation for the slow tests: the demonstration of v0.1.0, brought up to date."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation

OLD = Path(__file__).parent / "data" / "v0.1.0.tar"  # made by tools/old_data.py


@pytest.fixture(scope="session")
def scratch(worker_id: str) -> Iterator[Path]:
    folder = Path(os.environ["MUTIRAO_HOME"]) / f"keeping-{worker_id}"
    folder.mkdir(mode=0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def old(scratch: Path) -> Iterator[Installation]:
    """Restored and migrated by the present code, then served as `make demo` serves it."""
    site = Installation(scratch / "upgraded")
    site.run("restore", str(OLD), "--into", str(site.home))
    site.start("demo")
    yield site
    site.stop()
