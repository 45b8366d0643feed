"""The doctor says what is wrong and what to do, and changes nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from mutirao.core import checks
from mutirao.core.doctor import Finding, declare, findings, ill, well
from mutirao.core.postgres import EmbeddedServer
from mutirao.letters.checks import mail_server
from tests.commitments.factories import EvidenceFactory
from tests.core.keeping.kit import database
from tests.installation import MUTIRAO, Installation


def examined(site: Installation, **more: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [MUTIRAO, "doctor", "--json"],
        env={**site.environment, "LC_ALL": "en_GB.UTF-8", **more},
        capture_output=True,
        text=True,
    )
    return done.returncode, json.loads(done.stdout)


def finding(report: dict[str, Any], name: str) -> dict[str, Any]:
    return next(check for check in report["checks"] if check["name"] == name)


def test_doctor_finds_a_served_installation_well(old: Installation) -> None:
    status, report = examined(old)
    assert [check for check in report["checks"] if not check["ok"]] == []
    assert (status, report["ok"]) == (0, True)
    assert set(report) == {"ok", "checks", "counts"}
    assert {tuple(check) for check in report["checks"]} == {("name", "ok", "message")}
    with database(old) as connection:
        rows = connection.execute("SELECT count(*) FROM network_organisation").fetchone()[0]
    assert report["counts"]["network.Organisation"] == rows
    assert "at work" in finding(report, "worker")["message"]


def test_doctor_leaves_a_stopped_database_stopped(old: Installation) -> None:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("stops the server, which must be our own")
    server = EmbeddedServer(old.home)
    server.stop()
    try:
        status, report = examined(old)
        assert (status, report["ok"], report["counts"]) == (1, False, {})
        assert "mutirao serve" in finding(report, "database")["message"]
        assert finding(report, "disk")["ok"]
        assert not server.running()
    finally:
        server.start()


def test_doctor_of_nothing_makes_nothing(tmp_path: Path) -> None:
    site = Installation(tmp_path / "home", extra={"DATABASE_URL": ""})
    status, report = examined(site)
    assert (status, report["ok"], report["counts"]) == (1, False, {})
    assert "mutirao serve" in report["checks"][0]["message"]
    assert list(tmp_path.iterdir()) == []


def test_doctor_says_which_settings_are_unsafe(old: Installation) -> None:
    status, report = examined(old, MUTIRAO_ENV="production")
    assert status == 1
    assert "MUTIRAO_SECRET_KEY" in finding(report, "settings")["message"]


def test_doctor_says_it_to_people_in_their_language(old: Installation) -> None:
    done = subprocess.run(
        [MUTIRAO, "doctor"],
        env={**old.environment, "LC_ALL": "es_UY.UTF-8"},
        capture_output=True,
        text=True,
    )
    assert "responde en" in done.stdout
    assert done.returncode == 0


@pytest.mark.django_db
def test_doctor_names_a_missing_file(settings: Any) -> None:
    assert checks.files().ok
    evidence = EvidenceFactory(url="", file=ContentFile(b"x", name="there.txt"))
    assert checks.files().ok
    default_storage.delete(evidence.file.name)
    assert checks.files().ok  # put aside, for a backup that began before
    (Path(settings.MEDIA_ROOT) / "discarded").rename(Path(settings.MEDIA_ROOT) / "gone")
    found = checks.files()
    assert not found.ok
    assert evidence.file.name in found.message


def test_doctor_asks_for_a_backup_in_production(settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.PRODUCTION, settings.BACKUP_DAYS = tmp_path, True, 3
    assert not checks.backup().ok
    note = tmp_path / "last_backup.json"
    for days, expected in ((0, True), (2, True), (4, False)):
        at = datetime.now(UTC) - timedelta(days=days)
        note.write_text(json.dumps({"at": at.isoformat(), "file": "/srv/b.tar"}))
        assert checks.backup().ok is expected
    settings.BACKUP_DAYS = 0
    assert checks.backup().ok


def test_doctor_sees_a_key_that_others_can_read(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    key = tmp_path / "secret_key"
    key.write_text("x")
    key.chmod(0o600)
    assert checks.data_folder().ok
    key.chmod(0o644)
    assert "secret_key" in checks.data_folder().message
    key.chmod(0o600)
    tmp_path.chmod(0o777)
    assert not checks.data_folder().ok


def test_doctor_reads_addresses(settings: Any) -> None:
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://rede.example.org", ["rede.example.org"]
    assert checks.address().ok
    settings.ALLOWED_HOSTS = ["other.example.org"]
    assert "MUTIRAO_HOSTS" in checks.address().message
    settings.ALLOWED_HOSTS, settings.PRODUCTION = ["rede.example.org"], True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert "MUTIRAO_PROXIES" in checks.address().message
    settings.BASE_URL = "https://rede.example.org/sub"
    assert not checks.address().ok


def test_doctor_says_that_the_mail_server_does_not_answer(settings: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.MAIL_LEAVES, settings.EMAIL_HOST = True, "127.0.0.1"
        settings.EMAIL_PORT = nobody.getsockname()[1]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        found = mail_server()
    assert not found.ok
    assert "MUTIRAO_EMAIL_URL" in found.message


@pytest.mark.django_db
def test_doctor_goes_on_after_a_check_that_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutirao.core.doctor._checks", {})

    def broken() -> Finding:
        raise psycopg.OperationalError("no")

    declare("one", broken, asks_database=False)
    declare("two", lambda: well("fine"))
    declare("none", lambda: None)
    found = dict(findings(well("there")))
    assert not found["one"].ok
    assert found["two"] == well("fine")
    assert set(dict(findings(ill("away")))) == {"database", "one"}
