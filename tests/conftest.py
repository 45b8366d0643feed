"""One real PostgreSQL for the whole run: the operator's by DATABASE_URL, else an embedded one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.db.models.signals import post_save
from django.utils import translation

from mutirao.core.postgres import EmbeddedServer
from mutirao.settings import database_from_url

from .schema import template


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Point Django at the embedded server, started now, unless the operator named a database."""
    if os.environ.get("DATABASE_URL"):
        return
    server = EmbeddedServer(Path(os.environ["MUTIRAO_HOME"]))
    url = server.hold()
    test = connections["default"].settings_dict["TEST"]
    connections["default"].settings_dict.update(database_from_url(url))
    connections["default"].settings_dict["TEST"] = test
    test["TEMPLATE"] = template(server, url)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Uploads of a test are gone with it."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _portuguese() -> Iterator[None]:
    """A request leaves its language behind in the thread; each test begins in Portuguese."""
    with translation.override("pt-br"):
        yield


first_texts = import_module("mutirao.accounts.migrations.0003_first_texts")


@pytest.fixture(autouse=True)
def _as_a_new_installation(request: pytest.FixtureRequest) -> None:
    """Django's flush after a test with real commits leaves procrastinate's own tables alone, and
    takes with it the texts that a migration wrote.
    """
    if not request.node.get_closest_marker("django_db"):
        return
    request.getfixturevalue("_django_db_helper")
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    if not apps.get_model("accounts", "ConsentText").objects.exists():
        first_texts.write(apps, None)


@pytest.fixture(autouse=True)
def _letters_at_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """A letter is in `mail.outbox` as soon as it is written, as if the job worker took no time.

    Tests of the queue itself say `@pytest.mark.queued`.
    """

    from mutirao.letters.models import Letter

    def hand_over(instance: Letter, created: bool, **_more: Any) -> None:
        if created and instance.state == "waiting":
            instance.message().send()

    if not request.node.get_closest_marker("queued"):
        post_save.connect(hand_over, sender=Letter)
    yield
    post_save.disconnect(hand_over, sender=Letter)
