"""The demonstration network comes whole, once, and on any day."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from mutirao.accounts.models import User
from mutirao.commitments.models import Commitment, Evidence, Step
from mutirao.commitments.states import State as CommitmentState
from mutirao.continuity.models import HandOver
from mutirao.core.states import Visibility
from mutirao.demonstration.actions import NotEmpty, load
from mutirao.discussions.models import Comment
from mutirao.meetings.models import Event
from mutirao.network.models import (
    AgencyCity,
    Invitation,
    Mandate,
    Member,
    Membership,
    MembershipRequest,
    Organisation,
    Term,
    Unit,
)
from mutirao.network.states import Kind
from mutirao.plans.models import Activity, Axis, Move, Plan
from mutirao.plans.states import IN_FORCE, State
from tests.factories import OrganisationFactory
from tests.files import kept

pytestmark = pytest.mark.django_db

MODELS = (
    User,
    EmailAddress,
    Organisation,
    AgencyCity,
    Invitation,
    Member,
    Unit,
    Term,
    Mandate,
    Membership,
    MembershipRequest,
    Plan,
    Axis,
    Activity,
    Move,
    Commitment,
    Step,
    Evidence,
    Comment,
    Event,
)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def standings() -> Counter:
    return Counter(commitment.standing for commitment in Commitment.objects.all())


def test_load_brings_cities_units_terms_and_agencies():
    load()
    # All but the sample of a duplicate, which has no more than a hurried person types.
    cities = Organisation.objects.filter(kind=Kind.CITY).exclude(slug__startswith="municipalidad-")
    assert cities.count() >= 40
    assert len(set(cities.values_list("country", flat=True))) >= 10
    assert not cities.filter(latitude=None).exists()
    assert Unit.objects.count() == 20
    assert Term.objects.count() == 4  # the next one is to be elected
    assert AgencyCity.objects.values("city").distinct().count() >= 10
    assert Member.objects.count() == cities.count()


def test_load_brings_plans_in_every_stage():
    load()
    own = Plan.objects.filter(proposal="")  # the others are the candidates'
    assert Counter(own.values_list("state", flat=True)) == {
        State.CLOSED: 1,
        State.IN_PROGRESS: 3,
        State.DRAFT: 1,
        State.SUBMITTED: 1,
        State.RETURNED: 1,
    }
    for plan in Plan.objects.exclude(state=State.DRAFT).prefetch_related("moves"):
        moves = list(plan.moves.all())
        assert moves[0].from_state == State.DRAFT
        assert moves[-1].to_state == plan.state
        assert all(a.to_state == b.from_state for a, b in pairwise(moves))


def test_load_brings_commitments_in_every_state_and_late_ones():
    load()
    assert set(standings()) == {*CommitmentState.values, "late"} - {"carried"}
    assert Evidence.objects.exclude(url="").exists()
    assert Evidence.objects.exclude(file="").exists()


def test_load_brings_events_past_and_coming():
    load()
    today = timezone.localdate()
    assert Event.objects.filter(ends_on__lt=today).count() >= 10
    assert Event.objects.filter(starts_on__gt=today).count() >= 10
    assert Event.objects.filter(starts_on=None, date_confirmed=False).exists()
    assert Event.objects.filter(starts_on__lte=today, ends_on__gte=today).exists()


def test_load_keeps_promises_of_unapproved_plans_unseen():
    load()
    for commitment in Commitment.objects.all():
        in_force = commitment.source.plan.state in IN_FORCE
        assert commitment.visibility == (Visibility.PUBLIC if in_force else Visibility.DRAFT)
    assert not Event.objects.exclude(visibility=Visibility.PUBLIC).exists()


def test_load_opens_accounts_nobody_can_sign_in_to_with_a_password():
    load()
    for person in User.objects.all():
        assert person.is_sample
        assert not person.has_usable_password()
        address = EmailAddress.objects.get(user=person)
        assert (address.email, address.verified, address.primary) == (person.email, True, True)


def test_load_writes_evidence_files_that_can_be_read():
    load()
    evidence = Evidence.objects.exclude(file="").first()
    with evidence.file.open() as file:
        assert file.read().decode().strip() == evidence.title


def test_load_keeps_the_days_on_which_things_were_said():
    load()
    now = timezone.now()
    assert Comment.objects.filter(created_at__lt=now - timedelta(days=10)).count() >= 10
    assert not Comment.objects.filter(created_at__gt=now).exists()
    closed = Plan.objects.get(state=State.CLOSED)
    assert [move.at.year for move in closed.moves.all()] == [2018] * 4


def test_load_twice_changes_nothing(django_assert_max_num_queries):
    load()
    before = counts()
    with django_assert_max_num_queries(4):  # savepoint, lock, marker, release
        assert load().organisations == 0
    assert counts() == before


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 11, 23),
        date(2028, 2, 29),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 3, 31),
        date(2027, 10, 31),
    ],
)
def test_load_works_on_any_day(today):
    with time_machine.travel(f"{today}T15:00:00Z", tick=False):
        load()
        assert timezone.localdate() == today
        assert set(standings()) == {*CommitmentState.values, "late"} - {"carried"}
        current = Term.objects.get(starts_on__lte=today, ends_on__gte=today)
        assert Plan.objects.filter(term=current, state=State.IN_PROGRESS).count() == 3
        assert Event.objects.filter(starts_on__gt=today).count() >= 10
        assert not Comment.objects.filter(created_at__gt=timezone.now()).exists()


def test_load_refuses_a_database_with_a_network_of_its_own():
    OrganisationFactory()
    with pytest.raises(NotEmpty):
        load()
    assert Organisation.objects.count() == 1
    with pytest.raises(CommandError, match="network of its own"):
        call_command("load_demonstration")


def test_load_leaves_nothing_behind_when_the_database_fails_at_the_end(settings):
    def fail_on_events(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "meetings_event"'):
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_on_events), pytest.raises(OperationalError):
        load()
    assert counts() == dict.fromkeys((model.__name__ for model in MODELS), 0)
    assert kept() == []


def test_command_again_is_refused_with_advice():
    with pytest.raises(CommandError, match="MUTIRAO_HOME"):
        call_command("load_demonstration", "--again")
    assert Organisation.objects.count() == 0


def test_command_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demonstration")
    assert Organisation.objects.count() == 0


def test_load_shows_people_who_come_and_go():
    load()
    assert Invitation.objects.get().is_open
    assert MembershipRequest.objects.get().state == "open"
    done = HandOver.objects.get()
    assert {line["to_name"] for line in done.sheet if line["kind"] == "commitment"} >= {""}
    assert done.successor is not None
    both = User.objects.get(email="subcoordinator-economy@demo.mutirao.example")
    assert both.memberships.count() == 2
