"""Doors, about, persistent addresses, errors and the gallery."""

import logging
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import translation

from mutirao.home import views
from mutirao.home.doors import DOORS
from mutirao.plans.models import Plan
from tests.commitments.factories import CommitmentFactory
from tests.factories import OrganisationFactory, UnitFactory, UserFactory, actor, coordinator
from tests.meetings.factories import EventFactory

from .factories import working_unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", DOORS)
@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_door_leads_only_to_pages_that_work(client, slug, language):
    response = client.get(f"/{language}/doors/{slug}/")
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_door_links_answer(client):
    from django.urls import reverse

    with translation.override("en"):
        links = {
            f"{reverse(room.url_name)}?{room.query}"
            for door in DOORS.values()
            for room in door.open_now
        }
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_door_that_is_not_one_is_not_found(client):
    assert client.get("/en/doors/garage/").status_code == 404


def test_about_names_the_cookies_that_are_set(client, settings):
    page = client.get("/en/about/").content.decode()
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        assert f">{name}</code>" in page


@pytest.mark.parametrize("path", ["/en/", "/en/about/", "/en/doors/learn/"])
def test_public_pages_of_the_house_set_no_cookie(client, path):
    assert client.get(path).cookies == {}


def test_persistent_address_leads_to_the_page_in_the_readers_language(client):
    records = {
        "organisation": OrganisationFactory(),
        "unit": UnitFactory(),
        "event": EventFactory(),
        "commitment": CommitmentFactory(),
        "plan": Plan.objects.get(unit=working_unit().unit),
    }
    for kind, record in records.items():
        response = client.get(f"/id/{kind}/{record.pk}", headers={"accept-language": "es"})
        with translation.override("es"):
            assert (response.status_code, response.url) == (302, record.get_absolute_url())


@pytest.mark.parametrize(
    ("accepts", "prefix"), [("pt-PT", "/pt/"), ("en-GB", "/en/"), ("de", "/pt/")]
)
def test_persistent_address_follows_the_browsers_language(client, accepts, prefix):
    unit = UnitFactory()
    response = client.get(f"/id/unit/{unit.pk}", headers={"accept-language": accepts})
    assert response.url.startswith(prefix)


def test_persistent_address_follows_the_persons_language_unless_another_was_chosen(
    client, settings
):
    unit = UnitFactory()
    client.force_login(UserFactory(language="es"))
    assert client.get(f"/id/unit/{unit.pk}").url.startswith("/es/")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get(f"/id/unit/{unit.pk}").url.startswith("/en/")


@pytest.mark.parametrize("path", ["/id/unit/9", "/id/plan/9", "/id/dragon/1"])
def test_persistent_address_of_nothing_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_persistent_address_of_a_draft_is_for_those_who_may_see_it(client):
    leads = working_unit("draft")
    plan = Plan.objects.get(unit=leads.unit)
    draft = CommitmentFactory(visibility="draft")
    for stranger in (None, actor()):
        if stranger:
            client.force_login(stranger.person)
        assert client.get(f"/id/plan/{plan.pk}").status_code == 404
        assert client.get(f"/id/commitment/{draft.pk}").status_code == 404
    client.force_login(coordinator(leads).person)
    assert client.get(f"/id/plan/{plan.pk}").status_code == 302


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pt", "Esta página não está aqui"),
        ("es", "Esta página no está aquí"),
        ("en", "This page is not here"),
    ],
)
def test_not_found_speaks_the_readers_language(client, language, words):
    response = client.get(f"/{language}/nothing-here/")
    assert response.status_code == 404
    assert words in response.content.decode()


def test_not_allowed_says_for_whom_one_acts(rf: RequestFactory):
    somebody = actor()
    request = rf.get("/en/plans/")
    request.user, request.actor = somebody.person, somebody
    with translation.override("en"):
        response = views.not_allowed(request)
    assert response.status_code == 403
    assert f"You act for {somebody.organisation.display}" in response.content.decode()


def test_expired_form_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/accounts/login/", {"login": "a@city.example"})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("pt-br", "Algo quebrou"), ("es", "Algo se rompió"), ("en", "Something broke")],
)
def test_broken_page_needs_neither_database_nor_session(rf, language, words):
    def refuse(*arguments):
        raise AssertionError("asked the database")

    # No user, actor or session on this request: none of them may be asked for.
    with translation.override(language), connection.execute_wrapper(refuse):
        response = views.broken(rf.get("/"))
    assert response.status_code == 500
    assert words in response.content.decode()


def test_broken_page_is_shown_even_without_the_list_of_hashed_names(rf, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    page = views.broken(rf.get("/")).content.decode()
    assert f'href="{settings.STATIC_URL}core/css/mutirao.css"' in page


def test_broken_page_tells_the_number_of_the_request(client, settings, monkeypatch):
    client.raise_request_exception = False
    identity = uuid4().hex
    logging.getLogger("django.request").disabled = True

    def fail(execute, sql, params, many, context):
        raise RuntimeError("the database is gone")

    with connection.execute_wrapper(fail):
        response = client.get("/en/", headers={"x-request-id": identity})
    logging.getLogger("django.request").disabled = False
    assert response.status_code == 500
    assert identity in response.content.decode()


@pytest.mark.parametrize(("demo", "debug"), [(True, False), (False, True)])
def test_gallery_shows_every_pill_and_icon(client, settings, demo, debug):
    settings.DEMO, settings.DEBUG = demo, debug
    response = client.get("/en/ui/")
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count('class="sdg sdg-') == 17
    for word in ("returned with remarks", "12 days late", '<code class="small text-reset">upload'):
        assert word in page


def test_gallery_is_not_there_on_a_real_installation(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/en/ui/").status_code == 404
