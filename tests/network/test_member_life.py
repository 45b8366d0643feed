"""A member's life: admitted, suspended, its rights given back, gone, admitted again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mutirao.core.models import NotAllowed
from mutirao.network import actions, queries
from mutirao.network.models import Act, Mandate, Member, Organisation, Suspension, Term, Unit
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

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by():
    return secretariat()


@pytest.fixture
def office(client: Client, by) -> Client:
    client.force_login(by.person)
    return client


def _url(name: str, *args: object) -> str:
    return reverse(f"network:{name}", args=args)


def _names(rows) -> list[str]:
    return [row.name for row in rows]


# what the database holds


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(1999, 12, 1), date(2000, 2, 1)),
        (date(2001, 12, 1), date(2002, 2, 1)),
        (date(2001, 12, 1), None),
    ],
)
def test_suspension_lies_inside_the_admission(starts_on: date, ends_on: date | None) -> None:
    member = MemberFactory(starts_on=date(2000, 1, 1), ends_on=date(2001, 12, 31))
    with pytest.raises(IntegrityError, match="suspension_inside_admission"), transaction.atomic():
        Suspension.objects.create(member=member, starts_on=starts_on, ends_on=ends_on)


def test_admission_cannot_shrink_below_its_suspension() -> None:
    member = MemberFactory(starts_on=date(2000, 1, 1))
    Suspension.objects.create(member=member, starts_on=date(2005, 1, 1), ends_on=date(2005, 6, 1))
    with pytest.raises(IntegrityError, match="suspension_inside_admission"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(ends_on=date(2005, 5, 31))
    Member.objects.filter(pk=member.pk).update(ends_on=date(2005, 6, 1))


def test_suspensions_do_not_overlap() -> None:
    member = MemberFactory()
    Suspension.objects.create(member=member, starts_on=date(2005, 1, 1), ends_on=date(2005, 6, 1))
    with pytest.raises(IntegrityError, match="suspension_once_at_a_time"), transaction.atomic():
        Suspension.objects.create(member=member, starts_on=date(2005, 6, 1))


# suspending and lifting


def test_suspended_member_has_no_vote_and_takes_no_mandate(by) -> None:
    voting, resting = MemberFactory().organisation, MemberFactory()
    today = timezone.localdate()
    actions.suspend(by=by, member=resting, starts_on=today, reason="Fees unpaid since 2024.")
    assert set(queries.members_on(today)) == {voting, resting.organisation}
    assert set(queries.members_on(today, voting=True)) == {voting}
    assert resting.organisation in queries.members_on(today - DAY, voting=True)
    with pytest.raises(NotAllowed, match="suspended on that day"):
        actions.give_mandate(
            by=by,
            organisation=resting.organisation,
            unit=UnitFactory(),
            term=TermFactory(),
            office="coordinator",
            starts_on=today,
        )


def test_lifting_gives_the_rights_back_on_the_day_after(by) -> None:
    member = MemberFactory()
    held = actions.suspend(by=by, member=member, starts_on=date(2010, 1, 1))
    actions.lift(
        by=by,
        suspension=held,
        ends_on=date(2010, 3, 31),
        act={"kind": "resolution", "number": "7/2010"},
    )
    held.refresh_from_db()
    assert str(held.lifted_by) == "resolution 7/2010"
    assert member.organisation not in queries.members_on(date(2010, 3, 31), voting=True)
    assert member.organisation in queries.members_on(date(2010, 4, 1), voting=True)


@pytest.mark.parametrize("first", [date(1999, 12, 31), date(2010, 2, 1)])
def test_suspension_on_impossible_days_is_refused_in_words(by, first: date) -> None:
    member = MemberFactory(starts_on=date(2000, 1, 1))
    actions.suspend(by=by, member=member, starts_on=date(2010, 1, 1))
    with pytest.raises(NotAllowed, match=r"outside the admission|is suspended"):
        actions.suspend(by=by, member=member, starts_on=first, ends_on=first)


def test_people_of_a_suspended_member_go_on_reading(client: Client, by) -> None:
    member = MemberFactory()
    reader = actor(member.organisation)
    actions.suspend(
        by=by, member=member, starts_on=timezone.localdate(), reason="Fees unpaid since 2024."
    )
    page = member.organisation.get_absolute_url()
    assert "Fees unpaid" not in client.get(page).content.decode()
    assert "Suspended" not in client.get(page).content.decode()
    client.force_login(reader.person)
    assert "Fees unpaid since 2024." in client.get(page).content.decode()


# leaving


def test_leaving_asks_before_it_ends_mandates(office: Client) -> None:
    member = MemberFactory()
    mandate = MandateFactory(organisation=member.organisation)
    last = timezone.localdate()
    refused = office.post(_url("manage_end_member", member.pk), {"ends_on": last.isoformat()})
    assert "Say that they end too" in refused.content.decode()
    member.refresh_from_db()
    assert member.ends_on is None
    office.post(
        _url("manage_end_member", member.pk),
        {"ends_on": last.isoformat(), "with_mandates": "on"},
    )
    mandate.refresh_from_db()
    member.refresh_from_db()
    assert (member.ends_on, mandate.ends_on) == (last, last)


def test_leaving_gives_back_what_has_not_begun_and_ends_the_suspension(by) -> None:
    member = MemberFactory(starts_on=date(2000, 1, 1))
    term = TermFactory(code="2012", starts_on=date(2012, 1, 1), ends_on=date(2012, 12, 31))
    MandateFactory(organisation=member.organisation, term=term)
    held = actions.suspend(by=by, member=member, starts_on=date(2011, 6, 1))
    actions.end_member(by=by, member=member, ends_on=date(2011, 12, 31), with_mandates=True)
    held.refresh_from_db()
    assert held.ends_on == date(2011, 12, 31)
    assert not Mandate.objects.exists()


def test_readmission_opens_a_new_period_and_history_stays(office: Client) -> None:
    member = MemberFactory(starts_on=date(2000, 1, 1), ends_on=date(2005, 1, 1))
    city = member.organisation
    assert "Admit again" in office.get(_url("manage_organisation", city.pk)).content.decode()
    office.post(_url("manage_admit", city.pk), {"starts_on": "2010-01-01"})
    assert city.admissions.count() == 2
    assert "Admit again" not in office.get(_url("manage_organisation", city.pk)).content.decode()


# acts


def test_admission_keeps_its_act_with_its_file(office: Client, client: Client) -> None:
    city = OrganisationFactory()
    file = SimpleUploadedFile("ata.pdf", b"%PDF-1.7 minutes", "application/pdf")
    answer = office.post(
        _url("manage_admit", city.pk),
        {
            "starts_on": "2020-05-01",
            "act_kind": "minutes",
            "act_number": "XXV",
            "act_signed_on": "2020-04-30",
            "act_file": file,
        },
    )
    assert answer.status_code == 302
    act = city.admissions.get().admitted_by
    assert act is not None and "ata" not in act.file.name
    got = office.get(_url("act_file", act.pk))
    assert b"".join(got.streaming_content) == b"%PDF-1.7 minutes"  # type: ignore[attr-defined]
    assert got["Content-Disposition"].startswith("attachment")
    page = office.get(city.get_absolute_url()).content.decode()
    assert "Minutes of the assembly XXV" in page


def test_act_is_not_for_visitors_or_citizens(client: Client) -> None:
    act = Act.objects.create(kind="law", file="acts/x.pdf")
    MemberFactory(admitted_by=act)
    assert client.get(_url("act_file", act.pk)).status_code == 302
    citizen = MembershipFactory(ends_on=timezone.localdate() - DAY).person
    client.force_login(citizen)
    assert client.get(_url("act_file", act.pk)).status_code == 404


def test_act_of_no_kind_or_a_program_is_refused(office: Client) -> None:
    city = OrganisationFactory()
    url = _url("manage_admit", city.pk)
    vague = office.post(url, {"starts_on": "2020-05-01", "act_number": "7"})
    assert "Say what kind of document it is." in vague.content.decode()
    program = SimpleUploadedFile("ata.pdf", b"MZ\x00\x00", "application/pdf")
    bad = {"starts_on": "2020-05-01", "act_kind": "law", "act_file": program}
    assert "its content is something else" in office.post(url, bad).content.decode()
    assert not city.admissions.exists()


# the list on a day


def test_members_are_listed_as_on_a_day(client: Client) -> None:
    old = MemberFactory(starts_on=date(2000, 1, 1), ends_on=date(2010, 1, 1)).organisation
    new = MemberFactory(starts_on=date(2015, 1, 1)).organisation
    then = client.get(_url("members"), {"on": "2005-06-30"}).content.decode()
    assert old.name in then and new.name not in then
    now = client.get(_url("members"), {"format": "csv"})
    text = b"".join(now.streaming_content).decode()  # type: ignore[attr-defined]
    assert new.name in text and old.name not in text


def test_suspensions_are_exported_to_members_only(client: Client, by) -> None:
    member = MemberFactory()
    actions.suspend(by=by, member=member, starts_on=date(2020, 2, 3))
    asked = (_url("members"), {"format": "json"})
    public = b"".join(client.get(*asked).streaming_content).decode()  # type: ignore[attr-defined]
    client.force_login(actor().person)
    inside = b"".join(client.get(*asked).streaming_content).decode()  # type: ignore[attr-defined]
    assert "2020-02-03" not in public and "2020-02-03" in inside


@pytest.mark.parametrize("rows", [1, 3])
def test_member_list_costs_a_constant_number_of_queries(
    client: Client, django_assert_num_queries, rows: int
) -> None:
    MemberFactory.create_batch(rows)
    client.get(_url("members"))
    with django_assert_num_queries(3):
        client.get(_url("members"))


# who may not


def test_only_the_secretariat_decides_about_members(client: Client, by) -> None:
    member = MemberFactory()
    held = actions.suspend(by=by, member=member, starts_on=date(2020, 1, 1))
    other = actor()
    for act in (
        lambda: actions.suspend(by=other, member=member, starts_on=date(2010, 1, 1)),
        lambda: actions.lift(by=other, suspension=held, ends_on=date(2020, 2, 1)),
        lambda: actions.end_member(by=other, member=member, ends_on=date(2020, 2, 1)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client.force_login(other.person)
    for url in (_url("manage_suspend", member.pk), _url("manage_lift", held.pk)):
        assert client.get(url).status_code == 403
        assert client.post(url, {"starts_on": "2010-01-01"}).status_code == 403


# two people at once, and the same form twice


def test_two_versions_of_an_organisation_stand_side_by_side(office: Client) -> None:
    city = OrganisationFactory(name="Nova Cidade")
    fields = {"kind": "city", "name": "Cidade Nova", "country": "BR", "version": city.version}
    assert office.post(_url("manage_organisation", city.pk), fields).status_code == 302
    late = office.post(_url("manage_organisation", city.pk), {**fields, "name": "Cidade Novíssima"})
    assert late.status_code == 409
    assert "Cidade Nova" in late.content.decode() and "Novíssima" in late.content.decode()
    city.refresh_from_db()
    assert city.name == "Cidade Nova"


def test_two_versions_of_a_unit_stand_side_by_side(office: Client) -> None:
    unit = UnitFactory()
    fields = {"kind": "thematic_unit", "name_pt": "Água", "name_es": "Agua", "name_en": "Water"}
    fields["version"] = unit.version
    assert office.post(_url("manage_unit", unit.pk), fields).status_code == 302
    assert office.post(_url("manage_unit", unit.pk), fields).status_code == 409


@pytest.mark.parametrize("what", ["organisation", "unit", "term", "mandate"])
def test_form_sent_twice_makes_one(office: Client, what: str) -> None:
    term = TermFactory(code="2031", starts_on=date(2031, 1, 1), ends_on=date(2031, 12, 31))
    unit, city = UnitFactory(), MemberFactory().organisation
    names = {"name_pt": "Água", "name_es": "Agua", "name_en": "Water"}
    mandate = {"organisation": city.pk, "office": "member", "term": term.pk}
    url, model, fields = {
        "organisation": (
            _url("manage_new_organisation"),
            Organisation,
            {"kind": "city", "name": "Nova", "country": "BR"},
        ),
        "unit": (_url("manage_new_unit"), Unit, {"kind": "commission", **names}),
        "term": (
            _url("manage_new_term"),
            Term,
            {"code": "2032", "starts_on": "2032-01-01", "ends_on": "2032-12-31"},
        ),
        "mandate": (
            _url("manage_give_mandate", unit.pk),
            Mandate,
            {**mandate, "ends_on": "2031-05-01"},
        ),
    }[what]
    before = model.objects.count()
    key = str(uuid4())
    answers = [office.post(url, {**fields, "key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert model.objects.count() == before + 1


def test_merged_duplicate_leads_to_its_survivor(client: Client) -> None:
    city = MemberFactory().organisation
    gone = OrganisationFactory(merged_into=city)
    answer = client.get(gone.get_absolute_url())
    assert answer.status_code == 301
    assert answer["Location"].endswith(city.slug + "/")
    assert gone.name not in client.get(_url("directory")).content.decode()
