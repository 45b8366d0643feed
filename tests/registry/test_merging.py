"""Two records of one organisation become one, and nothing that belonged to either is lost."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mutirao.core.models import NotAllowed
from mutirao.network.models import (
    AgencyCity,
    Mandate,
    Member,
    Membership,
    Organisation,
    Suspension,
)
from mutirao.registry import actions
from mutirao.registry.duplicates import likely_duplicates
from mutirao.registry.links import pointers_to
from mutirao.registry.models import Merge
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
    secretariat,
)
from tests.meetings.factories import EventFactory
from tests.plans.factories import PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by():
    return secretariat()


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    return (
        OrganisationFactory(name="Villa Gemela", country="AR"),
        OrganisationFactory(name="Municipalidad de Villa Gemela", country="AR", code="AR-9"),
    )


def pointing(*records: Organisation) -> dict[str, int]:
    """How many rows of which column point at the records."""
    keys = [record.pk for record in records]
    return {
        f"{pointer.label}.{pointer.field}": count
        for pointer in pointers_to(Organisation)
        if (count := pointer.rows(keys).count())
    }


def test_every_column_of_the_house_that_points_at_organisations_is_found() -> None:
    found = {f"{pointer.label}.{pointer.field}" for pointer in pointers_to(Organisation)}
    assert {
        "network.Member.organisation",
        "network.Mandate.organisation",
        "network.Membership.organisation",
        "network.AgencyCity.agency",
        "network.AgencyCity.city",
        "commitments.Commitment.owner",
        "discussions.Comment.record_id",  # whatever kind of record it is about
        "registry.Merge.survivor",
    } <= found
    assert not any("Event.pgh" in name or "Permission" in name for name in found)


def test_merging_carries_every_pointer_over(by, pair) -> None:
    survivor, duplicate = pair
    for one in pair:
        MandateFactory(organisation=one)
        MembershipFactory(organisation=one)
        CommitmentFactory(owner=one)
        EventFactory(organisation=one)
        PlanFactory(presented_by=one)
        AgencyCity.objects.create(agency=OrganisationFactory(kind="agency"), city=one)
    MemberFactory(organisation=duplicate, starts_on=date(2001, 1, 1))
    _comment_on(duplicate, by)
    before = pointing(survivor, duplicate)
    merge = actions.merge(by=by, survivor=survivor, duplicate=duplicate)
    assert pointing(duplicate) == {"registry.Merge.duplicate": 1}
    after = pointing(survivor)
    new = {"network.Organisation.merged_into", "registry.Merge.survivor"}
    assert {name: after.get(name) for name in before} == before
    assert set(after) - set(before) <= new
    survivor.refresh_from_db()
    duplicate.refresh_from_db()
    assert duplicate.merged_into == survivor
    assert (survivor.code, duplicate.code, merge.taken) == ("AR-9", "", ["code"])
    assert merge.moved["network.Mandate"] == 1


def _comment_on(record: Organisation, by) -> None:
    from mutirao.discussions.models import Comment

    Comment.objects.create(
        record_type=ContentType.objects.get_for_model(Organisation),
        record_id=record.pk,
        text="About the duplicate",
        key=uuid4(),
        person=by.person,
        organisation=by.organisation,
    )


def test_links_that_both_have_are_kept_once(by, pair) -> None:
    survivor, duplicate = pair
    agency = OrganisationFactory(kind="agency")
    for city in pair:
        AgencyCity.objects.create(agency=agency, city=city)
    merge = actions.merge(by=by, survivor=survivor, duplicate=duplicate)
    assert AgencyCity.objects.get().city == survivor
    assert merge.dropped == {"network.AgencyCity": 1}


def test_agency_and_city_that_are_one_are_linked_no_longer(by) -> None:
    agency, city = OrganisationFactory(kind="agency"), OrganisationFactory()
    AgencyCity.objects.create(agency=agency, city=city)
    actions.merge(by=by, survivor=city, duplicate=agency)
    assert not AgencyCity.objects.exists()


def test_admissions_on_the_same_days_ask_which_counts(by, pair) -> None:
    survivor, duplicate = pair
    MemberFactory(organisation=survivor, starts_on=date(2001, 1, 1))
    other = MemberFactory(organisation=duplicate, starts_on=date(1999, 5, 1))
    Suspension.objects.create(member=other, starts_on=date(2005, 1, 1), ends_on=date(2005, 2, 1))
    with pytest.raises(NotAllowed, match="which admission counts"):
        actions.merge(by=by, survivor=survivor, duplicate=duplicate)
    assert Member.objects.count() == 2
    actions.merge(by=by, survivor=survivor, duplicate=duplicate, taken={"admission": "duplicate"})
    member = Member.objects.get()
    assert (member.organisation, member.starts_on) == (survivor, date(1999, 5, 1))
    assert member.suspensions.count() == 1


def test_suspension_outside_the_admission_that_counts_is_refused(by, pair) -> None:
    survivor, duplicate = pair
    MemberFactory(organisation=survivor, starts_on=date(2010, 1, 1))
    other = MemberFactory(organisation=duplicate, starts_on=date(1999, 5, 1))
    Suspension.objects.create(member=other, starts_on=date(2005, 1, 1), ends_on=date(2005, 2, 1))
    with pytest.raises(NotAllowed, match="do not fit together"):
        actions.merge(
            by=by, survivor=survivor, duplicate=duplicate, taken={"admission": "survivor"}
        )
    assert Member.objects.count() == 2 and not Merge.objects.exists()


def test_same_seat_held_twice_is_held_once(by, pair) -> None:
    survivor, duplicate = pair
    unit, term = UnitFactory(), TermFactory()
    for one in pair:
        MandateFactory(organisation=one, unit=unit, term=term, office="member")
    actions.merge(by=by, survivor=survivor, duplicate=duplicate)
    assert Mandate.objects.get().organisation == survivor


def test_person_who_acted_for_both_acts_from_first_to_last_day(by, pair) -> None:
    survivor, duplicate = pair
    person = MembershipFactory(organisation=survivor, starts_on=date(2010, 1, 1)).person
    MembershipFactory(
        organisation=duplicate, person=person, starts_on=date(2008, 1, 1), ends_on=date(2012, 1, 1)
    )
    actions.merge(by=by, survivor=survivor, duplicate=duplicate)
    held = Membership.objects.get(person=person)
    assert (held.starts_on, held.ends_on) == (date(2008, 1, 1), None)


def test_duplicate_of_a_duplicate_leads_to_the_last(by, client: Client) -> None:
    first, second, third = OrganisationFactory.create_batch(3)
    actions.merge(by=by, survivor=second, duplicate=first)
    actions.merge(by=by, survivor=third, duplicate=second)
    assert client.get(first.get_absolute_url())["Location"] == third.get_absolute_url()
    persistent = client.get(f"/id/organisation/{first.pk}", headers={"accept-language": "en"})
    assert persistent["Location"] == third.get_absolute_url()
    with pytest.raises(NotAllowed, match="merged already"):
        actions.merge(by=by, survivor=third, duplicate=first)


def test_network_body_is_not_merged_away(by) -> None:
    assert by.organisation
    with pytest.raises(NotAllowed):
        actions.merge(by=by, survivor=OrganisationFactory(), duplicate=by.organisation)


def test_only_the_secretariat_merges(client: Client, pair) -> None:
    survivor, duplicate = pair
    other = actor(survivor)
    with pytest.raises(PermissionDenied):
        actions.merge(by=other, survivor=survivor, duplicate=duplicate)
    client.force_login(other.person)
    url = reverse("registry:compare", args=[survivor.pk, duplicate.pk])
    assert client.post(url, {"sure": "on"}).status_code == 403
    assert not Merge.objects.exists()


# finding them


@pytest.mark.parametrize(
    ("name", "other", "reasons"),
    [
        ("São José", "SAO JOSE", ["same_name"]),
        ("Prefeitura de São José", "São José", ["same_name"]),
        ("Guarulhos", "Guarulos", ["near_name"]),
        ("Lima", "Lina", None),
        ("Distrito 12", "Distrito 13", None),
        ("Rosario", "Salta", None),
    ],
)
def test_likely_duplicates_say_why(name: str, other: str, reasons: list[str] | None) -> None:
    for place, called in enumerate((name, other)):
        OrganisationFactory(name=called, country="BR", latitude=float(place), longitude=0.0)
    assert [pair.reasons for pair in likely_duplicates()] == ([reasons] if reasons else [])


def test_same_website_or_place_is_a_reason_and_another_country_is_none() -> None:
    site = {"website": "https://www.rosario.example/"}
    OrganisationFactory(name="Rosario", country="AR", latitude=1.0, longitude=1.0, **site)
    OrganisationFactory(
        name="Ciudad Otra", country="AR", latitude=1.0, longitude=1.0,
        website="http://rosario.example",
    )  # fmt: skip
    OrganisationFactory(name="Rosario", country="UY", latitude=9.0, longitude=9.0)
    assert [pair.reasons for pair in likely_duplicates()] == [["website", "place"]]


def test_told_apart_is_not_proposed_again(by, pair) -> None:
    OrganisationFactory.create_batch(2, latitude=None, longitude=None)
    Organisation.objects.update(latitude=None, longitude=None)
    assert len(likely_duplicates()) == 1
    actions.tell_apart(by=by, one=pair[1], other=pair[0])
    assert not likely_duplicates()


def test_merging_by_page_asks_to_be_sure(client: Client, by, pair) -> None:
    survivor, duplicate = pair
    client.force_login(by.person)
    url = reverse("registry:compare", args=[survivor.pk, duplicate.pk])
    page = client.get(url).content.decode()
    assert "cannot be undone" in page and duplicate.name in page
    assert client.post(url, {"take_name": "duplicate"}).status_code == 422
    client.post(url, {"take_name": "duplicate", "sure": "on"})
    survivor.refresh_from_db()
    assert survivor.name == "Municipalidad de Villa Gemela"
    listed = client.get(reverse("registry:merges")).content.decode()
    assert survivor.name in listed
