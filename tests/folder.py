"""A data folder of the run's own, named before Django reads its settings.

A plugin and not a conftest: pytest-django reads the settings before any conftest is loaded.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

OWNER = "MUTIRAO_TEST_OWNER"

if OWNER not in os.environ:  # xdist's workers inherit the controller's folder
    os.environ[OWNER] = str(os.getpid())
    os.environ["MUTIRAO_HOME"] = tempfile.mkdtemp(prefix="mutirao-")
    # Root's PostgreSQL runs as another account, which must pass through.
    Path(os.environ["MUTIRAO_HOME"]).chmod(0o711 if os.geteuid() == 0 else 0o700)
os.environ["MUTIRAO_PG_FAST"] = "1"
for name in ("MUTIRAO_ENV", "MUTIRAO_DEMO", "MUTIRAO_DEBUG", "MUTIRAO_EMBEDDED_URL"):
    os.environ.pop(name, None)


def pytest_unconfigure(config: pytest.Config) -> None:
    if os.environ.get(OWNER) != str(os.getpid()):
        return
    from mutirao.core.postgres import EmbeddedServer

    home = Path(os.environ["MUTIRAO_HOME"])
    if (home / "pg").exists():
        EmbeddedServer(home).stop()
    shutil.rmtree(home, ignore_errors=True)
