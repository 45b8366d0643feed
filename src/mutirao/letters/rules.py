"""Who may look into the outbox."""

from __future__ import annotations

from typing import Any

import rules
from django.conf import settings


@rules.predicate
def everybody_plays(actor: Any) -> bool:
    """In the demonstration nobody is real, and no letter leaves the house."""
    return bool(settings.DEMO) and not settings.MAIL_LEAVES


@rules.predicate
def nothing_leaves(actor: Any) -> bool:
    """Without a mail server the secretariat reads here what would have been sent."""
    return not settings.MAIL_LEAVES and bool(actor.is_secretariat)


# With a mail server letters are their receivers' affair, and nobody else reads them.
rules.add_rule("letters.see_outbox", everybody_plays | nothing_leaves)
