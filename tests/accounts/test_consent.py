"""What people agree to has versions; a new one that asks is asked for once."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.accounts.actions import agree, open_account, publish_text
from mutirao.accounts.models import Consent, ConsentText
from mutirao.accounts.queries import owed_texts
from mutirao.network.states import Role
from tests.factories import UserFactory, actor, secretariat

pytestmark = pytest.mark.django_db
WORDS = {
    "pt": "## Novo\n\nUm <b>texto</b>.\n\n- um\n- dois",
    "es": "Un texto nuevo.",
    "en": "A new text.",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_new_version_that_asks_is_asked_for_once_and_leads_on() -> None:
    person = UserFactory()
    agree(person=person, texts=[text.pk for text in ConsentText.objects.all()])
    made = publish_text(by=secretariat(), kind="terms", text=WORDS, asks=True)
    client = signed_in(person)
    asked = client.get("/en/plans/?q=water")
    assert asked["Location"] == reverse("consent") + "?next=/en/plans/%3Fq%3Dwater"
    html = client.get(asked["Location"]).content.decode()
    assert "A new text." in html and "Privacy notice</h2>" not in html
    refused = client.post(reverse("consent"), {"text": made.pk, "next": "/en/plans/"})
    assert refused.status_code == 200 and 'role="alert"' in refused.content.decode()
    data = {"text": made.pk, "agrees": "1", "next": "/en/plans/?q=water"}
    assert client.post(reverse("consent"), data)["Location"] == "/en/plans/?q=water"
    assert client.get("/en/plans/").status_code == 200
    assert Consent.objects.filter(person=person, text=made).count() == 1


def test_new_version_that_does_not_ask_disturbs_nobody() -> None:
    person = UserFactory()
    agree(person=person, texts=[text.pk for text in ConsentText.objects.all()])
    publish_text(by=secretariat(), kind="terms", text=WORDS, asks=False)
    assert signed_in(person).get("/en/plans/").status_code == 200
    assert owed_texts(person) == []


def test_account_opened_by_others_agrees_at_the_first_visit() -> None:
    person, _new = open_account(email="new@city.example", name="New", language="en")
    client = signed_in(person)
    assert client.get("/en/desk/")["Location"].startswith(reverse("consent"))
    texts = [text.pk for text in owed_texts(person)]
    client.post(reverse("consent"), {"text": texts, "agrees": "1"})
    assert client.get("/en/desk/").status_code == 200


def test_own_data_stays_in_reach_of_whoever_does_not_agree() -> None:
    person, _new = open_account(email="new@city.example", name="New", language="en")
    client = signed_in(person)
    assert client.get(reverse("personal_overview")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_form_sent_before_agreeing_keeps_what_was_typed() -> None:
    person, _new = open_account(email="new@city.example", name="New", language="en")
    words = "Something that took a long time to write, and must not be lost."
    response = signed_in(person).post(
        "/en/plans/new/", {"title": words}, HTTP_ORIGIN="http://testserver"
    )
    assert response.status_code == 403 and words in response.content.decode()


def test_agreeing_to_what_was_not_shown_counts_for_nothing() -> None:
    """Between reading and agreeing a newer version may come into force."""
    person, _new = open_account(email="new@city.example", name="New", language="en")
    client = signed_in(person)
    read = [text.pk for text in owed_texts(person)]
    publish_text(by=secretariat(), kind="terms", text=WORDS, asks=True)
    client.post(reverse("consent"), {"text": read, "agrees": "1"})
    assert [text.version for text in owed_texts(person)] == [2]
    assert client.get("/en/desk/").status_code == 302


def test_agreement_cannot_be_given_for_somebody_else() -> None:
    other, mine = UserFactory(), UserFactory(owes_consent=True)
    texts = [text.pk for text in owed_texts(mine)]
    data = {"text": texts, "agrees": "1", "person": other.pk}
    signed_in(mine).post(reverse("consent"), data)
    assert not Consent.objects.filter(person=other).exists()


def test_secretariat_looks_at_a_version_before_it_is_in_force() -> None:
    client = signed_in(secretariat().person)
    address = reverse("consent_publish")
    data = {"kind": "privacy", "asks": "on", **WORDS}
    html = client.post(address, {**data, "do": "preview"}).content.decode()
    assert "<li>dois</li>" in html and "&lt;b&gt;texto&lt;/b&gt;" in html
    assert ConsentText.objects.filter(kind="privacy").count() == 1
    response = client.post(address, {**data, "do": "publish"})
    assert response["Location"].endswith("/texts/privacy/2/")
    page = client.get(reverse("consent_version", args=["privacy", 1]))
    assert page.status_code in (200, 302)


def test_former_versions_stay_readable() -> None:
    publish_text(by=secretariat(), kind="terms", text=WORDS, asks=False)
    html = Client().get(reverse("consent_version", args=["terms", 1])).content.decode()
    assert "A newer one is in force" in html
    assert Client().get(reverse("consent_version", args=["terms", 3])).status_code == 404


def test_version_in_force_is_changed_by_nobody() -> None:
    with pytest.raises(DatabaseError, match="consenttext"), transaction.atomic():
        ConsentText.objects.update(text=WORDS)
    with pytest.raises(DatabaseError, match="consenttext"), transaction.atomic():
        ConsentText.objects.all().delete()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_nobody_but_the_secretariat_publishes(role: str) -> None:
    client = signed_in(actor(role=role).person)
    data = {"kind": "terms", **WORDS, "do": "publish"}
    assert client.get(reverse("consent_publish")).status_code == 403
    assert client.post(reverse("consent_publish"), data).status_code == 403
    assert ConsentText.objects.count() == 2
