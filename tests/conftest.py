"""One real PostgreSQL for the whole run: the operator's by DATABASE_URL, else an embedded one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Set before Django reads its settings; xdist's workers inherit it.
if "MUTIRAO_TEST_HOME" not in os.environ:
    os.environ["MUTIRAO_TEST_HOME"] = tempfile.mkdtemp(prefix="mutirao-")
    Path(os.environ["MUTIRAO_TEST_HOME"]).chmod(0o711)
    os.environ["MUTIRAO_TEST_OWNER"] = str(os.getpid())
os.environ["MUTIRAO_HOME"] = os.environ["MUTIRAO_TEST_HOME"]
os.environ["MUTIRAO_PG_FAST"] = "1"

import pytest
from django.conf import settings
from django.db import connections

from mutirao.core.postgres import EmbeddedServer
from mutirao.settings import database_from_url


def pytest_unconfigure(config: pytest.Config) -> None:
    if os.environ.get("MUTIRAO_TEST_OWNER") == str(os.getpid()):
        EmbeddedServer(Path(os.environ["MUTIRAO_TEST_HOME"])).release()
        shutil.rmtree(os.environ["MUTIRAO_TEST_HOME"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Point Django at the embedded server, started now, unless the operator named a database."""
    if os.environ.get("DATABASE_URL"):
        return
    url = EmbeddedServer(Path(os.environ["MUTIRAO_TEST_HOME"])).hold()
    test = connections["default"].settings_dict["TEST"]
    connections["default"].settings_dict.update(database_from_url(url))
    connections["default"].settings_dict["TEST"] = test


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path) -> Iterator[None]:
    """Uploads of a test are gone with it."""
    before = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path / "files"
    yield
    settings.MEDIA_ROOT = before
