"""What the doctor looks at in the mail."""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutirao.core.doctor import Finding, declare, ill, well

from .models import Letter
from .states import State

LATE_MINUTES = 30
ASKING_SECONDS = 8


def mail_server() -> Finding:
    """Whether the mail server takes us in; no message is sent."""
    if not settings.MAIL_LEAVES:
        return well(_("Mail stays here: no MUTIRAO_EMAIL_URL is set."))
    server = get_connection(timeout=ASKING_SECONDS)
    words = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    try:
        server.open()
        server.close()
    except smtplib.SMTPAuthenticationError:
        return ill(_("%(host)s does not take the user and password of MUTIRAO_EMAIL_URL.") % words)
    except (OSError, smtplib.SMTPException) as error:
        words["error"] = str(error)
        return ill(
            _(
                "The mail server %(host)s:%(port)s does not answer (%(error)s): check "
                "MUTIRAO_EMAIL_URL and the firewall."
            )
            % words
        )
    return well(_("The mail server %(host)s takes our mail.") % words)


def queue() -> Finding:
    """Whether letters wait longer than they should, or were given up."""
    now = timezone.now()
    waiting = Letter.objects.filter(state=State.WAITING)
    oldest = waiting.filter(due_at__lt=now).order_by("written_at").first()
    if oldest and settings.MAIL_LEAVES:
        minutes = int((now - oldest.written_at).total_seconds() // 60)
        if minutes > LATE_MINUTES:
            return ill(
                _("Mail has waited for %(minutes)s minutes; the server said: %(reply)s")
                % {"minutes": minutes, "reply": oldest.reply or "–"}
            )
    given_up = Letter.objects.filter(
        state=State.FAILED, written_at__gt=now - timedelta(days=7)
    ).count()
    if given_up:
        return ill(
            ngettext(
                "%(count)s letter was given up within a week: see what the server answered.",
                "%(count)s letters were given up within a week: see what the server answered.",
                given_up,
            )
            % {"count": given_up}
        )
    count = waiting.count()
    return well(
        ngettext("%(count)s letter waits.", "%(count)s letters wait.", count) % {"count": count}
    )


declare("mail", mail_server, asks_database=False)
declare("mail_queue", queue)
