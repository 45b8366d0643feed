"""What the network tells people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "network.admitted",
        _("An organisation is admitted"),
        _("%(record)s is a member of the network from %(day)s."),
    ),
    Kind(
        "network.suspended",
        _("A member is suspended"),
        _("%(record)s is suspended from %(day)s."),
        default="now",
    ),
    Kind(
        "network.lifted",
        _("A suspension is lifted"),
        _("%(record)s has its rights as a member again from %(day)s."),
        default="now",
    ),
    Kind(
        "network.left",
        _("A member leaves the network"),
        _("%(record)s leaves the network; its last day as a member is %(day)s."),
    ),
    Kind(
        "network.mandate_given",
        _("An organisation takes an office in a unit"),
        _("%(holder)s: %(office)s of %(record)s from %(day)s."),
        "now",
    ),
    Kind(
        "network.mandate_ended",
        _("An organisation's office in a unit ends"),
        _("%(holder)s: %(office)s of %(record)s until %(day)s."),
        "now",
    ),
    Kind(
        "network.membership_asked",
        _("Somebody asks to act for your organisation"),
        _("%(person)s asks to act for %(record)s. Confirm it or decline it."),
        "now",
    ),
    Kind(
        "network.membership_confirmed",
        _("The answer to your request to act for an organisation"),
        _("%(record)s confirmed that you act for it."),
        "now",
        must=True,
    ),
    Kind(
        "network.membership_declined",
        _("The answer to your request to act for an organisation, when it is no"),
        _("%(record)s declined your request to act for it."),
        "now",
        must=True,
    ),
    Kind(
        "network.membership_changed",
        _("Your role in an organisation changes or ends"),
        _("Your role in %(record)s was changed: %(role)s, %(period)s."),
        "now",
        must=True,
    ),
    Kind(
        "network.invitation_accepted",
        _("Somebody you invited accepts"),
        _("%(invited)s accepted and acts for %(record)s now."),
        "page",
    ),
    Kind(
        "network.invitation_declined",
        _("Somebody you invited declines"),
        _("%(invited)s declined the invitation to act for %(record)s."),
        "now",
    ),
    Kind(
        "network.invitation_wanted",
        _("Somebody asks for a new invitation"),
        _("%(invited)s could not use the invitation to act for %(record)s and asks for a new one."),
        "now",
    ),
    Kind(
        "network.nobody_decides",
        _("An organisation has nobody left who may decide for it"),
        _("Nobody may decide for %(record)s any longer. Invite somebody."),
        "now",
    ),
    Kind(
        "network.message_received",
        _("A visitor writes to your organisation"),
        _("%(visitor)s wrote to %(record)s through the contact form."),
        "page",  # the message itself is sent as a letter, which can be answered
    ),
    Kind(
        "network.message_reported",
        _("A message of the contact form is reported as abuse"),
        _("%(person)s reported a message to %(record)s as abuse."),
        "now",
    ),
)
