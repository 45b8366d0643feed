"""Whoever keeps the network's records, or signs, shows more than a password."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.network.middleware import BACK_TO
from mutirao.network.models import Organisation
from mutirao.network.states import GUARDED_ROLES, Role
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SecretariatFactory,
    give_second_factor,
)

pytestmark = pytest.mark.django_db
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def unguarded(role: str = Role.SECRETARIAT, **fields: object):
    """Somebody in that role who never set up a second factor."""
    body = SecretariatFactory() if role == Role.SECRETARIAT else OrganisationFactory()
    return MembershipFactory(organisation=body, role=role, second_factor=False, **fields)


def signed_in(membership) -> Client:
    client = Client()
    client.force_login(membership.person)
    return client


@pytest.mark.parametrize("role", GUARDED_ROLES)
@pytest.mark.parametrize(
    "page", ["home:desk", "home:home", "network:manage", "plans:plans", "meetings:calendar"]
)
def test_guarded_role_without_second_factor_is_led_to_set_one_up(role: str, page: str) -> None:
    client = signed_in(unguarded(role))
    response = client.get(reverse(page))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    assert client.session[BACK_TO] == reverse(page)


@pytest.mark.parametrize("role", [role for role in Role if role not in GUARDED_ROLES])
def test_other_role_is_offered_a_second_factor_only(role: str) -> None:
    assert signed_in(unguarded(role)).get(reverse("home:desk")).status_code == 200


def test_second_factor_opens_the_house() -> None:
    membership = unguarded()
    client = signed_in(membership)
    give_second_factor(membership.person)
    assert client.get(reverse("network:manage")).status_code == 200


@pytest.mark.parametrize(
    "page", ["mfa_index", "account_settings", "account_email", "account_logout", "health"]
)
def test_own_account_stays_open_without_second_factor(page: str) -> None:
    assert signed_in(unguarded()).get(reverse(page)).status_code == 200


def test_form_without_second_factor_is_refused_and_what_was_typed_is_kept() -> None:
    client = signed_in(unguarded())
    words = "Uma frase longa que alguém levou tempo para escrever em um formulário."
    data = {"kind": "city", "name": words, "country": "BR"}
    response = client.post(reverse("network:manage_new_organisation"), data, **OURS)
    html = response.content.decode()
    assert response.status_code == 403
    assert words in html and reverse("mfa_index") in html
    assert not Organisation.objects.filter(name=words).exists()


def test_form_of_another_site_without_second_factor_gives_nothing_back() -> None:
    client = signed_in(unguarded())
    data = {"kind": "city", "name": "Forged", "country": "BR"}
    response = client.post(reverse("network:manage_new_organisation"), data)
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    assert not Organisation.objects.filter(name="Forged").exists()


def test_fragment_without_second_factor_leads_the_whole_page() -> None:
    response = signed_in(unguarded()).get(reverse("plans:plans"), headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, reverse("mfa_index"))


def test_acting_for_the_secretariat_asks_for_the_second_factor() -> None:
    """Another organisation of the same person is entered freely."""
    guarded = unguarded()
    city = MembershipFactory(person=guarded.person, starts_on=timezone.localdate())
    client = signed_in(guarded)
    switch = reverse("network:act_for")
    client.post(switch, {"organisation": city.organisation_id})
    assert client.get(reverse("home:desk")).status_code == 200
    client.post(switch, {"organisation": guarded.organisation_id})
    assert client.get(reverse("home:desk")).status_code == 302


def test_recovery_codes_alone_are_no_second_factor() -> None:
    membership = unguarded()
    made = give_second_factor(membership.person)
    made.type = "recovery_codes"
    made.save()
    assert signed_in(membership).get(reverse("home:desk")).status_code == 302


def test_second_factor_is_only_offered_when_the_operator_says_so(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert signed_in(unguarded()).get(reverse("network:manage")).status_code == 200


def test_sample_account_needs_no_second_factor_in_the_demonstration_only(settings) -> None:
    membership = unguarded()
    membership.person.is_sample = True
    membership.person.save()
    client = signed_in(membership)
    assert client.get(reverse("network:manage")).status_code == 302
    settings.DEMO = True
    assert client.get(reverse("network:manage")).status_code == 200


def test_real_account_needs_its_second_factor_in_the_demonstration_too(settings) -> None:
    settings.DEMO = True
    assert signed_in(unguarded()).get(reverse("network:manage")).status_code == 302


def test_asking_for_the_second_factor_costs_no_query(django_assert_num_queries) -> None:
    membership = MembershipFactory(organisation=SecretariatFactory(), role=Role.SECRETARIAT)
    other = MembershipFactory()
    guarded, plain = signed_in(membership), signed_in(other)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        plain.get(reverse("network:units"))
    with django_assert_num_queries(len(asked)):
        guarded.get(reverse("network:units"))
