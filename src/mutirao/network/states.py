from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an organisation is."""

    CITY = "city", _("city government")
    AGENCY = "agency", _("development agency")
    COMPANY = "company", _("company")
    INVESTOR = "investor", _("investor")
    BANK = "bank", _("development bank")
    UNIVERSITY = "university", _("university")
    CIVIL_SOCIETY = "civil_society", _("civil society")
    NETWORK = "network", _("network body")


class ActKind(models.TextChoices):
    """The document behind a change of standing."""

    MINUTES = "minutes", _("minutes of the assembly")
    RESOLUTION = "resolution", _("resolution")
    DECISION = "decision", _("decision of the executive board")
    LETTER = "letter", _("letter of the organisation")
    LAW = "law", _("law or decree")
    OTHER = "other", _("other document")


class UnitKind(models.TextChoices):
    BOARD = "board", _("executive board")
    VICE_PRESIDENCY = "vice_presidency", _("vice-presidency")
    THEMATIC_UNIT = "thematic_unit", _("thematic unit")
    COMMISSION = "commission", _("commission")


UNIT_KINDS_TOGETHER = {
    UnitKind.BOARD: _("executive board"),
    UnitKind.VICE_PRESIDENCY: _("vice-presidencies"),
    UnitKind.THEMATIC_UNIT: _("thematic units"),
    UnitKind.COMMISSION: _("commissions"),
}


class Office(models.TextChoices):
    PRESIDENT = "president", _("president")
    EXECUTIVE_SECRETARY = "executive_secretary", _("executive secretary")
    VICE_PRESIDENT = "vice_president", _("vice-president")
    COORDINATOR = "coordinator", _("coordinator")
    SUB_COORDINATOR = "sub_coordinator", _("sub-coordinator")
    MEMBER = "member", _("member")


# One holder at a time; sub-coordinations and seats are shared by several cities.
SINGLE_OFFICES = (
    Office.PRESIDENT,
    Office.EXECUTIVE_SECRETARY,
    Office.VICE_PRESIDENT,
    Office.COORDINATOR,
)
# After a term its coordinators have these days to close and report what they planned.
GRACE_DAYS = 60
# Whoever answers for a unit's plan.
LEADING_OFFICES = (
    Office.PRESIDENT,
    Office.VICE_PRESIDENT,
    Office.COORDINATOR,
    Office.EXECUTIVE_SECRETARY,
)


class Role(models.TextChoices):
    """What a person is to the organisation they act for."""

    SECRETARIAT = "secretariat", _("technical secretariat")
    SIGNATORY = "signatory", _("signatory")
    COORDINATOR = "coordinator", _("coordinator")
    FOCAL_POINT = "focal_point", _("focal point")
    OFFICER = "officer", _("officer")
    OBSERVER = "observer", _("observer")


# Who may write for the organisation; an observer only reads what members read.
WRITING_ROLES = (
    Role.SECRETARIAT,
    Role.SIGNATORY,
    Role.COORDINATOR,
    Role.FOCAL_POINT,
    Role.OFFICER,
)
# Who may bind it: submit a plan, take a decision.
DECIDING_ROLES = (Role.SECRETARIAT, Role.SIGNATORY, Role.COORDINATOR, Role.FOCAL_POINT)
# Who keeps the network's records or signs for a city shows at sign-in more than a password.
GUARDED_ROLES = (Role.SECRETARIAT, Role.SIGNATORY)


# Whom an organisation may entrust by itself; the others are given by the secretariat.
ROLES_OF_ONES_OWN = (Role.COORDINATOR, Role.FOCAL_POINT, Role.OFFICER, Role.OBSERVER)


class InvitationState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")
    EXPIRED = (
        "expired",
        pgettext_lazy("invitation", "expired"),
    )  # never stored: an open one past its last moment


class RequestState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    CONFIRMED = "confirmed", pgettext_lazy("invitation", "confirmed")
    DECLINED = "declined", pgettext_lazy("invitation", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "withdrawn")


class MessageState(models.TextChoices):
    """How a message of the contact form stands."""

    NEW = "new", _("not answered yet")
    ANSWERED = "answered", _("answered")
    ABUSE = "abuse", _("reported as abuse")
