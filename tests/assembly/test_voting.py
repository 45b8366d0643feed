"""One vote per member; a secret one leads to nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.utils import timezone

from mutirao.assembly import actions, queries
from mutirao.assembly.models import Assembly, Ballot, OpenVote, Turnout
from mutirao.assembly.states import Way
from mutirao.core.models import NotAllowed
from mutirao.network.acting import actor_for
from mutirao.network.states import Role
from tests.factories import MembershipFactory, actor, secretariat

from .factories import AssemblyFactory, CandidacyFactory, ElectionFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def urn():
    """An office under secret vote, two who stand, and five other members."""
    election = ElectionFactory(assembly=AssemblyFactory(voting=True))
    standing = [CandidacyFactory(election=election) for _n in range(2)]
    return election, standing, [member() for _n in range(5)]


def _cast(election, choice, by):
    slip = actions.new_slip(election)
    return actions.cast_secret(election=election, candidacy=choice, slip=slip, by=by)


def _close(election):
    now = timezone.now()
    Assembly.objects.filter(pk=election.assembly_id).update(
        opens_at=now - timedelta(hours=3), closes_at=now - timedelta(minutes=1)
    )
    election.assembly.refresh_from_db()


def test_secret_vote_counts_and_shows_only_after_closing(urn):
    election, (one, two), members = urn
    codes = [_cast(election, c, m) for c, m in zip([one, one, two, None], members, strict=False)]
    assert len(set(codes)) == 4 and queries.has_voted(election, members[0])
    with pytest.raises(NotAllowed):
        actions.decide(election=election, how="votes", by=secretariat())
    _close(election)
    found = queries.counted(election)
    assert (found.votes, found.blank, found.turnout) == ({one.pk: 2, two.pk: 1}, 1, 4)
    decided = actions.decide(election=election, how="votes", by=secretariat())
    assert (decided.turnout, decided.entitled, decided.blank) == (4, 7, 1)
    assert {b.code for b in queries.ballots_of(election)} == set(codes)


def test_second_vote_of_a_member_is_refused_and_the_same_paper_is_one_vote(urn):
    election, (one, two), (voter, *_rest) = urn
    slip = actions.new_slip(election)
    first = actions.cast_secret(election=election, candidacy=one, slip=slip, by=voter)
    again = actions.cast_secret(election=election, candidacy=two, slip=slip, by=voter)
    assert first == again
    with pytest.raises(NotAllowed):
        _cast(election, two, voter)
    colleague = actor_for(
        MembershipFactory(organisation=voter.organisation, role=Role.SIGNATORY).person
    )
    with pytest.raises(NotAllowed):
        _cast(election, two, colleague)
    assert list(Ballot.objects.values_list("candidacy", flat=True)) == [one.pk]


def test_forged_papers_and_choices_are_refused(urn):
    election, _standing, (voter, *_rest) = urn
    other = ElectionFactory(assembly=election.assembly)
    stranger = CandidacyFactory(election=other)
    for slip in ("", "ABCDEFGHJKMNPQRS", actions.new_slip(other)):
        with pytest.raises(NotAllowed):
            actions.cast_secret(election=election, candidacy=None, slip=slip, by=voter)
    with pytest.raises(ValidationError):
        _cast(election, stranger, voter)
    assert not Turnout.objects.exists()


@pytest.mark.parametrize("who", ["officer", "observer", "not a member", "secretariat"])
def test_who_may_not_vote(urn, who):
    by = {
        "officer": lambda: member(Role.OFFICER),
        "observer": lambda: member(Role.OBSERVER),
        "not a member": actor,
        "secretariat": secretariat,
    }[who]()
    with pytest.raises(PermissionDenied):
        _cast(urn[0], None, by)


def test_votes_before_and_after_the_hours_are_refused(urn):
    election, _standing, (voter, *_rest) = urn
    now = timezone.now()
    for opens, closes in ((1, 2), (-2, -1)):
        Assembly.objects.update(
            opens_at=now + timedelta(hours=opens), closes_at=now + timedelta(hours=closes)
        )
        with pytest.raises(NotAllowed):
            _cast(election, None, voter)


def test_open_vote_changes_until_it_closes_and_is_shown_after():
    election = ElectionFactory(assembly=AssemblyFactory(voting=True, way=Way.OPEN))
    one, two = (CandidacyFactory(election=election) for _n in range(2))
    voter = member()
    actions.cast_open(election=election, candidacy=one, by=voter)
    vote = actions.cast_open(election=election, candidacy=two, by=voter)
    assert OpenVote.objects.get() == vote and vote.candidacy == two
    with pytest.raises(NotAllowed):
        _cast(election, one, voter)  # no secret paper in an open vote
    _close(election)
    with pytest.raises(NotAllowed):
        actions.cast_open(election=election, candidacy=one, by=voter)
    assert queries.counted(election).votes == {one.pk: 0, two.pk: 1}


def test_nothing_changes_once_the_vote_has_begun(urn):
    election, (one, _two), _members = urn
    with pytest.raises(NotAllowed):
        actions.withdraw(candidacy=one, by=actor(one.organisation))
    with pytest.raises(NotAllowed):
        actions.refuse(candidacy=one, reason="x", by=secretariat())
    with pytest.raises(NotAllowed):
        actions.save_assembly(by=secretariat(), assembly=election.assembly, version=1, quorum=90)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", [Way.SECRET, Way.OPEN])
def test_two_officers_voting_at_once_are_one_vote(way):
    election = ElectionFactory(assembly=AssemblyFactory(voting=True, way=way))
    candidacy = CandidacyFactory(election=election)
    city = member().organisation
    people = [actor(city, Role.SIGNATORY), actor(city, Role.COORDINATOR)]
    together, outcomes = Barrier(2), []

    def vote(by):
        together.wait()
        try:
            if way == Way.SECRET:
                _cast(election, candidacy, by)
            else:
                actions.cast_open(election=election, candidacy=candidacy, by=by)
            outcomes.append("cast")
        except NotAllowed:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=vote, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == (["cast", "refused"] if way == Way.SECRET else ["cast", "cast"])
    assert Turnout.objects.count() == 1
    assert (Ballot if way == Way.SECRET else OpenVote).objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_secret_ballots_lead_to_nobody_in_any_table():
    """What an operator reads: columns, history, transactions, places on disk, sequences."""
    election = ElectionFactory(assembly=AssemblyFactory(voting=True))
    standing = [CandidacyFactory(election=election) for _n in range(2)]
    voters = [member() for _n in range(12)]
    codes = [_cast(election, standing[n % 2], by) for n, by in enumerate(voters)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM assembly_ballot")
        assert cursor.fetchone() == (1,)  # the last vote wrote them all: none stands out
        cursor.execute("SELECT code FROM assembly_ballot ORDER BY ctid")
        on_disk = [row[0] for row in cursor.fetchall()]
        assert set(on_disk) == set(codes) and on_disk != codes
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'assembly_ballot'"
        )
        assert {row[0] for row in cursor.fetchall()} == {"code", "election_id", "candidacy_id"}
        assert _tables_with(cursor, codes) == {"assembly_ballot"}
        cursor.execute("SELECT pg_get_serial_sequence('assembly_ballot', 'code')")
        assert cursor.fetchone() == (None,)
    hours = {moment.replace(minute=0, second=0, microsecond=0) for moment in _hours()}
    assert set(_hours()) == hours
    assert Turnout._meta.get_field("id").auto_created
    assert not re.search("candidacy", str([f.name for f in Turnout._meta.get_fields()]))


def _hours():
    return list(Turnout.objects.values_list("hour", flat=True))


def _tables_with(cursor, words):
    """Every table of the database in which one of the words stands anywhere."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = set()
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text ~ %s LIMIT 1', ["|".join(words)])
        if cursor.fetchone():
            found.add(table)
    return found
