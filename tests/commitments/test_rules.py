"""Who may see, change and work on a commitment; the rule in Python and in SQL agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
import rules
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mutirao.commitments import actions, queries
from mutirao.core.models import Conflict
from mutirao.core.states import Visibility
from mutirao.network.acting import NOBODY, Actor
from mutirao.network.states import Office, Role
from tests.commitments.factories import CommitmentFactory
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    TermFactory,
    actor,
    coordinator,
    secretariat,
)

pytestmark = pytest.mark.django_db
RULES = ("see", "change", "work")


@pytest.fixture
def mandate():
    return MandateFactory()


@pytest.fixture
def people(mandate) -> dict[str, Actor]:
    """One of each kind around a unit's commitment owned by one city."""
    owner = OrganisationFactory()
    helper = MandateFactory(unit=mandate.unit, office=Office.SUB_COORDINATOR)
    ended = MandateFactory(
        unit=mandate.unit,
        office=Office.SUB_COORDINATOR,
        starts_on=timezone.localdate() - timedelta(days=30),
        ends_on=timezone.localdate() - timedelta(days=1),
    )
    return {
        "nobody": NOBODY,
        "member": actor(),
        "owner": actor(owner),
        "owner observer": actor(owner, Role.OBSERVER),
        "coordinator": coordinator(mandate),
        "coordinator observer": actor(mandate.organisation, Role.OBSERVER),
        "sub-coordinator": actor(helper.organisation),
        "former sub-coordinator": actor(ended.organisation),
        "secretariat": secretariat(),
    }


def holders(rule: str, people: dict[str, Actor], commitment) -> set[str]:
    name = f"commitments.{rule}_commitment"
    return {who for who, them in people.items() if rules.test_rule(name, them, commitment)}


@pytest.fixture
def draft(mandate, people):
    return CommitmentFactory(
        owner=people["owner"].organisation,
        unit=mandate.unit,
        term=mandate.term,
        visibility=Visibility.DRAFT,
    )


def test_draft_is_seen_by_owner_unit_and_secretariat_only(people, draft) -> None:
    assert holders("see", people, draft) == {
        "owner",
        "owner observer",
        "coordinator",
        "sub-coordinator",
        "secretariat",
    }


def test_members_commitment_is_hidden_from_visitors(people, draft) -> None:
    draft.visibility = Visibility.MEMBERS
    assert holders("see", people, draft) == set(people) - {"nobody"}


def test_public_commitment_is_seen_by_all_but_discussed_by_those_who_write(people, draft) -> None:
    draft.visibility = Visibility.PUBLIC
    assert holders("see", people, draft) == set(people)
    readers = {"nobody", "owner observer", "coordinator observer"}
    draft.save()
    speak = {who for who, them in people.items()
             if rules.test_rule("discussions.comment", them, draft)}  # fmt: skip
    assert speak == set(people) - readers


def test_units_commitment_is_changed_by_who_leads_it(people, draft) -> None:
    assert holders("change", people, draft) == {"coordinator", "secretariat"}


def test_units_commitment_is_worked_on_by_owner_and_leader(people, draft) -> None:
    assert holders("work", people, draft) == {"owner", "coordinator", "secretariat"}


def test_free_standing_commitment_is_changed_by_its_owners_writers(people) -> None:
    commitment = CommitmentFactory(owner=people["owner"].organisation)
    assert holders("change", people, commitment) == {"owner", "secretariat"}


def test_coordinator_of_another_term_changes_nothing(mandate) -> None:
    today = timezone.localdate()
    past = TermFactory(
        code="past",
        starts_on=today.replace(year=today.year - 2, month=1, day=1),
        ends_on=today.replace(year=today.year - 2, month=12, day=31),
    )
    old = CommitmentFactory(unit=mandate.unit, term=past, visibility=Visibility.DRAFT)
    assert holders("change", {"coordinator": coordinator(mandate)}, old) == set()
    assert holders("see", {"coordinator": coordinator(mandate)}, old) == set()


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("with_unit", [True, False])
def test_visible_to_agrees_with_the_rule(people, mandate, visibility, with_unit) -> None:
    place = {"unit": mandate.unit, "term": mandate.term} if with_unit else {}
    commitment = CommitmentFactory(
        owner=people["owner"].organisation, visibility=visibility, **place
    )
    listed = {who for who, them in people.items() if commitment in queries.visible_to(them)}
    assert listed == holders("see", people, commitment)


def test_promise_free_standing_refuses_another_organisation() -> None:
    with pytest.raises(PermissionDenied):
        actions.promise(title="Not ours", owner=OrganisationFactory(), by=actor())


def test_promise_free_standing_refuses_an_observer() -> None:
    observer = actor(role=Role.OBSERVER)
    with pytest.raises(PermissionDenied):
        actions.promise(title="Ours", owner=observer.organisation, by=observer)


def test_promise_from_a_source_keeps_where_it_comes_from(mandate) -> None:
    by = coordinator(mandate)
    owner = OrganisationFactory()
    made = actions.promise(
        title="Host the workshop",
        owner=owner,
        by=by,
        source=mandate.unit,
        unit=mandate.unit,
        term=mandate.term,
        people=[by.person],
    )
    made.refresh_from_db()
    assert (made.source, made.unit, made.term) == (mandate.unit, mandate.unit, mandate.term)
    assert list(made.people.all()) == [by.person]
    assert made.visibility == Visibility.DRAFT


def test_publish_shows_the_commitments_and_says_how_many(mandate) -> None:
    for _ in range(2):
        CommitmentFactory(unit=mandate.unit, term=mandate.term, visibility=Visibility.DRAFT)
    CommitmentFactory(unit=mandate.unit, term=mandate.term)
    theirs = queries.visible_to(coordinator(mandate)).filter(unit=mandate.unit)
    assert actions.publish(commitments=theirs, visibility=Visibility.PUBLIC) == 2
    assert queries.visible_to(NOBODY).count() == 3


def test_change_refuses_who_may_not(people, draft) -> None:
    with pytest.raises(PermissionDenied):
        actions.change(commitment=draft, version=1, by=people["owner"], title="Mine now")


def test_change_on_a_stale_version_gives_the_current_one(people, draft) -> None:
    leader = people["coordinator"]
    actions.change(commitment=draft, version=1, by=leader, title="First")
    with pytest.raises(Conflict) as conflict:
        actions.change(commitment=draft, version=1, by=leader, title="Second")
    assert (conflict.value.current.title, conflict.value.current.version) == ("First", 2)
