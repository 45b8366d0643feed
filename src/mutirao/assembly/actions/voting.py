"""Votes held here: one per member, open or secret. What secrecy rests on is said in ADR 0011."""

from __future__ import annotations

import re
import secrets
from random import SystemRandom

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor

from .. import queries
from ..models import CODE_LENGTH, Ballot, Candidacy, Election, OpenVote, Turnout
from .common import checked, locked_election

# Crockford's 32 signs: none is taken for another when read aloud.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SALT = "assembly.slip"


def new_slip(election: Election) -> str:
    """A blank ballot paper for the form: a random code, signed for this office.

    The code is made before anything is written, so that a form sent twice is one vote and its
    voter still learns the code. Nothing is kept of it until it is cast.
    """
    code = "".join(secrets.choice(_SIGNS) for _n in range(CODE_LENGTH))
    return signing.Signer(salt=f"{_SALT}.{election.pk}").sign(code)


def _code_of(slip: str, election: Election) -> str:
    try:
        code = signing.Signer(salt=f"{_SALT}.{election.pk}").unsign(slip)
    except signing.BadSignature as error:
        raise NotAllowed(_("This ballot paper is not valid. Open the vote again.")) from error
    if not re.fullmatch(rf"[{_SIGNS}]{{{CODE_LENGTH}}}", code):
        raise NotAllowed(_("This ballot paper is not valid. Open the vote again."))
    return code


@transaction.atomic
def cast_secret(*, election: Election, candidacy: Candidacy | None, slip: str, by: Actor) -> str:
    """Cast the member's secret vote (no candidacy: blank); returns the ballot's code.

    The same paper sent again returns the same code. Raises PermissionDenied; NotAllowed when the
    vote is not open or the member has voted; ValidationError for who does not stand here.
    """
    code = _code_of(slip, election)
    current = _open_for(election, by, secret=True)
    if Ballot.objects.filter(pk=code, election=current).exists():
        return code
    _mark(current, by)
    _drop_in(current, code, _standing(current, candidacy))
    return code


def _drop_in(election: Election, code: str, candidacy: Candidacy | None) -> None:
    """Put the ballot among the others and shuffle the urn.

    All ballots are taken out and written anew in a random order by one statement: every row then
    carries the same transaction, and neither place nor age tells which one came last.
    """
    rows: list[tuple[str, int | None]] = list(
        Ballot.objects.filter(election=election).values_list("code", "candidacy_id")
    )
    rows.append((code, candidacy.pk if candidacy else None))
    SystemRandom().shuffle(rows)
    Ballot.objects.filter(election=election).delete()
    Ballot.objects.bulk_create(
        Ballot(code=code, election=election, candidacy_id=choice) for code, choice in rows
    )


@transaction.atomic
def cast_open(*, election: Election, candidacy: Candidacy | None, by: Actor) -> OpenVote:
    """Cast the member's open vote, or change it while the vote is open (no candidacy: blank)."""
    current = _open_for(election, by, secret=False)
    assert by.person is not None  # the rule wants a role, and so somebody who has it
    choice = _standing(current, candidacy)
    mine = {"election": current, "organisation": by.organisation}
    vote = OpenVote.objects.filter(**mine).first()
    if vote is None:
        _mark(current, by)
        return OpenVote.objects.create(**mine, candidacy=choice, person=by.person)
    if vote.candidacy_id != (choice.pk if choice else None):
        vote.candidacy, vote.person, vote.cast_at = choice, by.person, timezone.now()
        vote.save()
    return vote


def _open_for(election: Election, by: Actor, *, secret: bool) -> Election:
    """The office under lock, if this member may vote now."""
    current = locked_election(election)
    checked("assembly.vote", by, current)
    if not current.assembly.is_voting():
        raise NotAllowed(_("The vote is not open."))
    if current.assembly.is_secret != secret:
        raise NotAllowed(_("This ballot paper is not valid. Open the vote again."))
    return current


def _standing(election: Election, candidacy: Candidacy | None) -> Candidacy | None:
    if candidacy is not None and candidacy not in queries.standing_in(election):
        raise ValidationError(_("Choose one of the candidates, or vote blank."))
    return candidacy


def _mark(election: Election, by: Actor) -> None:
    """Tick the member on the roll; the constraint has the last word on "once"."""
    assert by.person is not None and by.organisation is not None  # who votes, and for whom
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    try:
        with transaction.atomic():
            Turnout.objects.create(
                election=election, organisation=by.organisation, person=by.person, hour=hour
            )
    except IntegrityError as error:
        if "turnout_one_vote_per_member" not in str(error):
            raise
        raise NotAllowed(_("Your organisation has already voted for this office.")) from error
