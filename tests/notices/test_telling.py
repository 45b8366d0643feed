"""What is said becomes a notice for everybody it concerns, and for nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from mutirao.core.happenings import tell
from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.states import Role
from mutirao.notices.actions import follow, save_choices
from mutirao.notices.models import Notice
from mutirao.notices.queries import actors_of, lines_of, said
from mutirao.notices.queries.sentences import with_makers
from mutirao.notices.states import Way
from mutirao.topics.models import Theme
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UnitFactory,
    UserFactory,
    actor,
    secretariat,
)
from tests.meetings.factories import EventFactory

pytestmark = pytest.mark.django_db


def told() -> set[int]:
    return set(Notice.objects.values_list("person", flat=True))


def sentences(actor: Actor) -> list[str]:
    assert actor.person is not None
    mine = with_makers(Notice.objects.filter(person=actor.person))
    return [item.sentence for item in said(mine, actors_of([actor.person])[actor.person.pk])]


def test_people_named_are_told_but_never_the_author() -> None:
    author, other = actor(), UserFactory()
    record = CommitmentFactory(visibility=Visibility.PUBLIC)
    tell("trial.now", people=[author.person.pk, other.pk], record=record, by=author, what="x")
    assert told() == {other.pk}


def test_closed_accounts_are_skipped() -> None:
    tell("trial.page", people=[UserFactory(is_active=False).pk], what="x")
    assert told() == set()


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        (Visibility.PUBLIC, {"citizen", "observer", "member", "owner", "secretariat"}),
        (Visibility.MEMBERS, {"observer", "member", "owner", "secretariat"}),
        (Visibility.DRAFT, {"owner", "secretariat"}),
    ],
)
def test_only_who_may_see_the_record_is_told(visibility: str, expected: set[str]) -> None:
    city = OrganisationFactory()
    people = {
        "citizen": UserFactory(),
        "observer": actor(role=Role.OBSERVER).person,
        "member": actor().person,
        "owner": actor(city).person,
        "secretariat": secretariat().person,
    }
    record = CommitmentFactory(owner=city, visibility=visibility)
    tell("trial.now", people=[person.pk for person in people.values()], record=record, what="x")
    assert told() == {people[name].pk for name in expected}


def test_any_of_the_ways_a_person_acts_lets_them_see() -> None:
    city = OrganisationFactory()
    person = actor().person
    MembershipFactory(person=person, organisation=city)
    tell("trial.now", people=[person.pk], record=CommitmentFactory(owner=city), what="x")
    assert told() == {person.pk}


def test_a_membership_that_ended_lets_nobody_see() -> None:
    city = OrganisationFactory()
    yesterday = timezone.localdate() - timedelta(days=1)
    gone = MembershipFactory(organisation=city, ends_on=yesterday).person
    record = CommitmentFactory(owner=city, visibility=Visibility.DRAFT)
    tell("trial.now", people=[gone.pk], record=record, what="x")
    assert told() == set()


def test_followers_of_the_unit_of_its_parent_and_of_a_theme_are_told_once() -> None:
    parent = UnitFactory()
    unit = UnitFactory(parent=parent)
    wide = Theme.objects.create(code="wide-x", label={"en": "Wide"})
    theme = Theme.objects.create(code="narrow-x", label={"en": "Narrow"}, parent=wide)
    event = EventFactory(unit=unit, visibility=Visibility.PUBLIC)
    event.themes.add(theme)
    readers = [actor() for _n in range(5)]
    for reader, record in zip(readers, (event, unit, parent, theme, wide), strict=True):
        follow(record=record, by=reader)
    follow(record=unit, by=readers[0])
    tell("trial.now", record=event, followers=True, what="x")
    assert told() == {reader.person.pk for reader in readers}
    assert Notice.objects.count() == 5
    assert set(Notice.objects.values_list("because_followed", flat=True)) == {True}


def test_what_somebody_switched_off_is_not_written() -> None:
    person = UserFactory()
    save_choices(person=person, ways={"trial.now": Way.OFF})
    tell("trial.now", people=[person.pk], what="x")
    assert told() == set()


def test_what_must_be_told_cannot_be_switched_off() -> None:
    person = UserFactory()
    save_choices(person=person, ways={"trial.must": Way.OFF})
    tell("trial.must", people=[person.pk], what="x")
    assert Notice.objects.get().way == Way.NOW


def test_the_sentence_is_in_the_readers_language_with_their_dates() -> None:
    city = OrganisationFactory(short_name="Rosario")
    author = actor(city)
    unit = UnitFactory(name={"pt": "Cultura", "es": "Cultura y arte", "en": "Culture"})
    reader = actor()
    tell("trial.daily", people=[reader.person.pk], record=unit, by=author, day=date(2026, 5, 3))
    with translation.override("es"):
        assert sentences(reader) == [f"{author.person} changed Cultura y arte on 3 may 2026"]
    with translation.override("pt-br"):
        assert sentences(reader) == [f"{author.person} changed Cultura on 3 de mai. de 2026"]


def test_a_label_among_the_facts_is_read_in_the_readers_language() -> None:
    reader = actor()
    tell("trial.page", people=[reader.person.pk], what=Way.OFF.label)
    with translation.override("es"):
        assert sentences(reader) == ["Only here: no avisar"]
    with translation.override("pt-br"):
        assert sentences(reader) == ["Only here: não avisar"]


def test_a_record_closed_since_or_gone_is_not_spoken_of() -> None:
    reader, record = actor(), CommitmentFactory(visibility=Visibility.MEMBERS)
    gone = CommitmentFactory(visibility=Visibility.PUBLIC)
    for what in (record, gone):
        tell("trial.now", people=[reader.person.pk], record=what, what="x")
    assert len(sentences(reader)) == 2
    record.visibility = Visibility.DRAFT
    record.save()
    gone.delete()
    assert sentences(reader) == []


def test_a_record_without_a_page_is_named_and_leads_nowhere() -> None:
    reader = actor()
    tell("trial.now", people=[reader.person.pk], record=reader.membership, what="x")
    assert Notice.objects.get().record_id is None
    assert str(reader.membership) in sentences(reader)[0]


def test_news_of_one_record_within_the_hour_stand_together() -> None:
    reader, one, other = (
        actor(),
        CommitmentFactory(visibility="public"),
        CommitmentFactory(visibility="public"),
    )
    for record in (one, one, other, one):
        tell("trial.now", people=[reader.person.pk], record=record, by=actor(), what="x")
    found = said(with_makers(Notice.objects.all()), actors_of([reader.person])[reader.person.pk])
    assert [len(line.items) for line in lines_of(found)] == [1, 1, 2]
    assert [len(line.items) for line in lines_of(found, anywhere=True)] == [3, 1]


def test_telling_costs_the_same_for_three_and_for_thirty() -> None:
    record = CommitmentFactory(visibility=Visibility.MEMBERS)
    costs = []
    for number in (3, 30):
        people = [MembershipFactory().person.pk for _n in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            tell("trial.now", people=people, record=record, what="x")
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert Notice.objects.count() == 33
