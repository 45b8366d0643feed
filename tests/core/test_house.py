"""Health, request ids, languages and lists: what every page stands on."""

import io
import json
from datetime import date

import pytest
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from openpyxl import load_workbook

from mutirao.core.languages import local, same_page
from mutirao.core.lists import exported, harmless
from mutirao.core.middleware import NoWritesOnGet, WriteOnGet
from mutirao.network.models import Organisation
from tests.factories import OrganisationFactory


@pytest.mark.django_db
def test_health_says_how_each_part_stands(client: Client) -> None:
    answer = client.get("/health")
    body = answer.json()
    assert answer.status_code == 200
    assert body["ok"] is True
    assert {name: body[name]["ok"] for name in ("database", "queue", "disk")} == {
        "database": True,
        "queue": True,
        "disk": True,
    }


@pytest.mark.django_db
def test_health_reports_a_queue_nobody_works_on(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'x', '{}') RETURNING id"
        )
        job = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '1 hour' WHERE job_id = %s",
            [job],
        )
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["queue"] == {
        "ok": False,
        "waiting": 1,
        "oldest_seconds": 3600,
        "message": "no worker",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"),
    [("abcdef-0123456789", True), ("short", False), ("bad id with spaces", False)],
)
def test_request_id_is_kept_only_when_sound(client: Client, given: str, kept: bool) -> None:
    answer = client.get("/health", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept
    assert len(answer["X-Request-ID"]) >= 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepts", "leads_to"),
    [("pt-BR", "/pt/"), ("pt", "/pt/"), ("es-UY", "/es/"), ("en-US", "/en/"), ("fr", "/pt/")],
)
def test_root_leads_to_the_readers_language(client: Client, accepts: str, leads_to: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepts})
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_same_page_changes_only_the_language() -> None:
    assert same_page("/pt/plans/3-plano/", "es") == "/es/plans/3-plano/"
    assert same_page("/health", "es") == "/health"


def test_local_falls_back_to_a_language_there_is() -> None:
    assert local({"pt": "Olá", "es": "", "en": ""}, "es") == "Olá"
    assert local({}, "es") == ""


@pytest.mark.parametrize("text", ["=1+1", "+55", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_export_cell_is_never_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def _export(kind: str) -> bytes:
    request: HttpRequest = RequestFactory().get("/", {"format": kind})
    columns = [("name", lambda row: row.name), ("since", lambda row: date(2020, 1, 2))]
    answer = exported(request, Organisation.objects.order_by("name"), columns, "list")
    assert answer is not None
    assert answer["Content-Disposition"] == f'attachment; filename="list.{kind}"'
    return b"".join(answer) if answer.streaming else answer.content  # type: ignore[union-attr]


@pytest.mark.django_db
def test_export_gives_the_same_rows_in_three_formats() -> None:
    OrganisationFactory(name="=Água Clara")
    OrganisationFactory(name="Montes Claros")
    assert _export("csv").decode("utf-8-sig").splitlines() == [
        "name,since",
        "'=Água Clara,2020-01-02",
        "Montes Claros,2020-01-02",
    ]
    assert json.loads(_export("json")) == [
        {"name": "=Água Clara", "since": "2020-01-02"},
        {"name": "Montes Claros", "since": "2020-01-02"},
    ]
    sheet = load_workbook(io.BytesIO(_export("xlsx"))).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["name", "since"],
        ["'=Água Clara", "2020-01-02"],
        ["Montes Claros", "2020-01-02"],
    ]


@pytest.mark.django_db
def test_get_that_writes_raises() -> None:
    def view(request: HttpRequest) -> None:
        Organisation.objects.create(name="x", slug="x", kind="company")

    with pytest.raises(WriteOnGet), transaction.atomic():
        NoWritesOnGet(view)(RequestFactory().get("/"))  # type: ignore[arg-type]
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
def test_robots_are_told_what_to_leave_alone(client: Client) -> None:
    text = client.get("/robots.txt").content.decode().splitlines()
    assert text[0] == "User-agent: *"
    assert "Disallow: /pt/accounts/" in text
    assert "Disallow: /pt/plans/" not in text
