"""Words of assemblies, candidacies and votes, and how each may move on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """An assembly's life."""

    PREPARING = "preparing", pgettext_lazy("assembly", "being prepared")
    ANNOUNCED = "announced", pgettext_lazy("assembly", "announced")
    CONCLUDED = "concluded", pgettext_lazy("assembly", "concluded")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.PREPARING: (State.ANNOUNCED,),
    State.ANNOUNCED: (State.PREPARING, State.CONCLUDED),
    State.CONCLUDED: (),
}


class Shown(models.TextChoices):
    """From when members see the candidacies."""

    AT_ONCE = "at_once", _("as soon as they are submitted")
    AFTER = "after", _("when the window for candidacies has closed")


class Way(models.TextChoices):
    """How the vote is held."""

    RECORDED = "recorded", _("at the assembly; the result is recorded here")
    OPEN = "open", _("here, openly: after closing everyone sees who voted what")
    SECRET = "secret", _("here, by secret ballot")


HELD_HERE = (Way.OPEN, Way.SECRET)


class Candidate(models.TextChoices):
    """How a candidacy stands."""

    DRAFT = "draft", pgettext_lazy("candidacy", "draft")
    SUBMITTED = "submitted", pgettext_lazy("candidacy", "submitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidacy", "withdrawn")
    REFUSED = "refused", pgettext_lazy("candidacy", "refused")
    ELECTED = "elected", pgettext_lazy("candidacy", "elected")
    NOT_ELECTED = "not_elected", pgettext_lazy("candidacy", "not elected")


CANDIDACY_TRANSITIONS: dict[str, tuple[str, ...]] = {
    Candidate.DRAFT: (Candidate.SUBMITTED,),
    Candidate.SUBMITTED: (
        Candidate.WITHDRAWN,
        Candidate.REFUSED,
        Candidate.ELECTED,
        Candidate.NOT_ELECTED,
    ),
    Candidate.WITHDRAWN: (Candidate.SUBMITTED,),
    Candidate.REFUSED: (Candidate.SUBMITTED,),
    Candidate.ELECTED: (),
    Candidate.NOT_ELECTED: (),
}
# What members are shown.
STANDING = (Candidate.SUBMITTED, Candidate.ELECTED, Candidate.NOT_ELECTED)
# What its city still writes.
WRITTEN = (Candidate.DRAFT, Candidate.WITHDRAWN)


class How(models.TextChoices):
    """What an office was decided by."""

    VOTES = "votes", _("by votes")
    ACCLAMATION = "acclamation", _("by acclamation")
    DECISION = "decision", _("by a decision of the assembly")
