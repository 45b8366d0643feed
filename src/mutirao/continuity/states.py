"""Words of continuity."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HandOverKind(models.TextChoices):
    """How it came about."""

    HANDED = "handed", _("handed over")
    EXPIRED = "expired", _("passed on when the role had ended")


class Kept(models.TextChoices):
    """What somebody holds for an organisation, in the order of the sheet."""

    COMMITMENT = "commitment", _("Open commitments")
    DRAFT = "draft", _("Documents under review")
    PLAN = "plan", _("Plans being written")
    EVENT = "event", _("Meetings to come")
    AGREEMENT = "agreement", _("Agreements")
    INVITATION = "invitation", _("Invitations without an answer")
    REQUEST = "request", _("Requests to answer")


# What names a person, and is named to another one or to nobody.
NAMED = (Kept.COMMITMENT, Kept.DRAFT)
# What can be given to somebody else than the successor, line by line.
GIVEN = (Kept.COMMITMENT, Kept.DRAFT, Kept.PLAN, Kept.EVENT)


class OpeningState(models.TextChoices):
    """The guide that opens a term."""

    PREPARING = "preparing", pgettext_lazy("opening a term", "being prepared")
    DONE = "done", pgettext_lazy("opening a term", "done")


class Seat(models.TextChoices):
    """Who holds an office in the next term."""

    UNDECIDED = "undecided", _("not decided yet")
    CONTINUES = "continues", pgettext_lazy("seat", "continues")
    NEW = "new", _("another city")
    VACANT = "vacant", _("vacant")


FILLED = (Seat.CONTINUES, Seat.NEW)


class Carry(models.TextChoices):
    """What becomes of unfinished work."""

    CARRY = "carry", _("goes on in the next term")
    LEAVE = "leave", _("stays with the term that ends")
    DROP = "drop", _("is given up")
