"""A colleague, a request and invitations of the leading city; the same of another organisation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mutirao.continuity.models import HandOver
from mutirao.network.actions import hash_of
from mutirao.network.models import (
    ContactMessage,
    Invitation,
    MembershipRequest,
    Organisation,
)
from mutirao.network.states import Role
from tests.factories import MembershipFactory, UserFactory


def fill(made: Any) -> None:
    here = made.records
    made.put(today=timezone.localdate().isoformat())
    before = timezone.now() - timedelta(hours=1)
    for name, organisation in (
        ("", here.city),
        ("_of_other", here.membership_of_other.organisation),
    ):
        made.put(
            **{
                f"colleague{name}": MembershipFactory(organisation=organisation, role=Role.OFFICER),
                f"signatory{name}": MembershipFactory(
                    organisation=organisation, role=Role.SIGNATORY
                ),
                f"request{name}": MembershipRequest.objects.create(
                    person=UserFactory(), organisation=organisation, role=Role.OFFICER
                ),
                f"invitation{name}": Invitation.objects.create(
                    organisation=organisation,
                    email=f"invited{name}@city.example",
                    name="Invited",
                    language="en",
                    role=Role.OFFICER,
                    token_hash=hash_of(f"token{name}"),
                    sent_at=before,
                    expires_at=before + timedelta(days=14),
                    invited_by=here.membership_of_other.person,
                    invited_for=organisation,
                ),
                f"handover{name}": _handed_over(organisation),
            }
        )
    for name, organisation, state in (
        ("city", here.city, "new"),
        ("reported", here.city, "abuse"),
        ("of_other", here.membership_of_other.organisation, "new"),
    ):
        message = ContactMessage.objects.create(
            organisation=organisation,
            name="Visitor",
            email="visitor@elsewhere.example",
            subject="Question",
            text="Words",
            sender="0" * 64,
            state=state,
        )
        message.recipients.add(organisation)
        made.put(**{f"message_{name}": message})


def _handed_over(organisation: Organisation) -> HandOver:
    left = MembershipFactory(organisation=organisation, ends_on=timezone.localdate())
    return HandOver.objects.create(
        membership=left,
        person=left.person,
        organisation=organisation,
        kind="handed",
        last_day=left.ends_on,
    )
