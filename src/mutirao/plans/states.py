from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned with remarks")
    APPROVED = "approved", _("approved")
    IN_PROGRESS = "in_progress", _("in progress")
    CLOSED = "closed", _("closed")
    REPLACED = "replaced", _("replaced")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.SUBMITTED,),
    State.SUBMITTED: (State.APPROVED, State.RETURNED, State.DRAFT),
    State.RETURNED: (State.SUBMITTED,),
    State.APPROVED: (State.IN_PROGRESS, State.REPLACED),
    State.IN_PROGRESS: (State.CLOSED, State.REPLACED),
    State.CLOSED: (State.IN_PROGRESS, State.REPLACED),
    State.REPLACED: (),
}


class Proposal(models.TextChoices):
    """A plan a city presents with its candidacy; without any, it is the unit's own plan."""

    OWN = "own", _("proposal of a candidate")
    SHOWN = "shown", _("proposal shown to the members")
    ELECTED = "elected", _("proposal of who was elected")


# A candidate's alone: not the unit's draft until the assembly elects who presents it.
CANDIDATES = (Proposal.OWN, Proposal.SHOWN)

# Before it is approved a plan is nobody's promise; from then on everyone reads it.
IN_FORCE = (State.APPROVED, State.IN_PROGRESS, State.CLOSED)
# A plan that a revised one replaced is no longer in force, but what was public stays readable.
PUBLIC = (*IN_FORCE, State.REPLACED)
BEING_WRITTEN = (State.DRAFT, State.RETURNED)
# Its approved words stand, but tags, responsibles and commitments still follow the work.
BEING_FOLLOWED = (State.APPROVED, State.IN_PROGRESS)


@dataclass(frozen=True)
class Verb:
    """One way a plan moves on: from which states, to which, and what the button says."""

    sources: tuple[str, ...]
    target: str
    label: object
    icon: str
    remark_needed: bool = False
    # Whether it is the next thing to do, for which the page has its one primary button.
    is_next: bool = False


VERBS: dict[str, Verb] = {
    "submit": Verb(
        (State.DRAFT, State.RETURNED),
        State.SUBMITTED,
        _("Submit for approval"),
        "send",
        is_next=True,
    ),
    "approve": Verb((State.SUBMITTED,), State.APPROVED, _("Approve"), "check", is_next=True),
    "return": Verb(
        (State.SUBMITTED,), State.RETURNED, _("Return with remarks"), "return", remark_needed=True
    ),
    "withdraw": Verb((State.SUBMITTED,), State.DRAFT, _("Withdraw"), "edit"),
    "start": Verb(
        (State.APPROVED,), State.IN_PROGRESS, _("Start the work"), "progress", is_next=True
    ),
    "close": Verb((State.IN_PROGRESS,), State.CLOSED, pgettext_lazy("plan", "Close"), "lock"),
    "reopen": Verb((State.CLOSED,), State.IN_PROGRESS, pgettext_lazy("plan", "Reopen"), "refresh"),
}


class AxisKind(models.TextChoices):
    ACTION = "action", _("axis of action")
    WORK = "work", _("work axis")
    OBJECTIVE = "objective", _("objective")
