"""What the network keeps about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import ContactMessage, Invitation, Membership, MembershipRequest

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
