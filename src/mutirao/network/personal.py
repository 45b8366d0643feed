"""What the network keeps about a person."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mutirao.accounts.models import User
from mutirao.core.personal import FAREWELLS, OBSTACLES, Holding, Period, declare, keep_for

from .actions import part_with
from .models import ContactMessage, Invitation, Membership, MembershipRequest
from .queries import secretariat_people

declare(
    Holding(
        Membership,
        "person",
        _("For whom you act and acted"),
        "keep",
        ("organisation", "role", "starts_on", "ends_on"),
    ),
    Holding(
        MembershipRequest,
        "person",
        _("What you asked to act for"),
        "delete",
        ("organisation", "role", "message", "state", "reason", "created_at"),
    ),
    Holding(
        MembershipRequest,
        "decided_by",
        _("Requests you answered"),
        "keep",
        ("organisation", "role", "state", "decided_at"),
    ),
    Holding(
        Invitation,
        "invited_by",
        _("Invitations you sent"),
        "keep",
        ("organisation", "role", "state", "sent_at"),
    ),
    Holding(
        ContactMessage,
        "handled_by",
        _("Messages of visitors you dealt with"),
        "keep",
        ("subject", "state", "created_at"),
    ),
)
keep_for(Period("CONTACT_DAYS", _("Messages of the contact form")))


def keeps_the_key(person: User) -> str:
    """Without anybody in the secretariat nobody could let anybody in again."""
    if set(secretariat_people()) == {person.pk}:
        return gettext(
            "You are the last person of the technical secretariat. Let somebody else act for it"
            " first; then you can go."
        )
    return ""


OBSTACLES.append(keeps_the_key)
FAREWELLS.append(part_with)
