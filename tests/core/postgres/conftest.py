"""Real servers and real processes; every home is thrown away with its server at the end."""

import os

import pytest

from mutirao.core.postgres import EmbeddedServer
from tests.core.postgres.kit import User, open_folder


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("MUTIRAO_PG_FAST", "1")
    monkeypatch.delenv("MUTIRAO_HOME", raising=False)
    monkeypatch.delenv("MUTIRAO_DB_USER", raising=False)


@pytest.fixture
def base():
    """An empty, open folder with a short path (pytest's own is closed to other accounts)."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def new_home(base):
    """A data folder that is not there yet."""
    return base / "home"


@pytest.fixture(scope="session")
def _lasting_home():
    with open_folder() as folder:
        yield folder / "home"


@pytest.fixture
def home(_lasting_home):
    """A data folder whose cluster lasts for all tests, its server stopped between them."""
    yield _lasting_home
    EmbeddedServer(_lasting_home).stop()


@pytest.fixture
def server(home):
    server = EmbeddedServer(home)
    yield server
    server.release()


@pytest.fixture
def user(home):
    """Make users of the server in `home`, or in another home, as this or another account."""
    users = []

    def make(*args):
        users.append(User(*(args or [home])))
        return users[-1]

    yield make
    for one in users:
        one.clean()


@pytest.fixture
def as_root():
    if os.geteuid() != 0:
        pytest.skip("only root can hand PostgreSQL to another account")
