"""Documents are handed out to those concerned, as downloads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import OrganisationFactory, actor, secretariat

from .factories import PLAN_TEXT, received

pytestmark = pytest.mark.django_db


def signed_in(by) -> Client:
    client = Client()
    client.force_login(by.person)
    return client


def test_document_is_a_download_that_no_browser_runs() -> None:
    by = actor()
    draft = received(by, text=PLAN_TEXT, filename="página.html")
    response = signed_in(by).get(reverse("intake:document", args=[draft.key]))
    assert b"".join(response.streaming_content) == PLAN_TEXT.encode()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")


def test_document_is_unknown_to_another_organisation() -> None:
    draft = received(actor())
    url = reverse("intake:document", args=[draft.key])
    assert signed_in(actor()).get(url).status_code == 404
    assert signed_in(secretariat()).get(url).status_code == 200


def test_document_asks_a_visitor_to_sign_in(client: Client) -> None:
    draft = received(actor(OrganisationFactory()))
    response = client.get(reverse("intake:document", args=[draft.key]))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_document_that_was_discarded_is_gone() -> None:
    from mutirao.intake import actions

    by = actor()
    draft = received(by)
    actions.discard(draft=draft, by=by)
    url = reverse("intake:document", args=[draft.key])
    assert signed_in(by).get(url).status_code == 404
