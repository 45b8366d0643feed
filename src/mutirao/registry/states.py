from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetKind(models.TextChoices):
    """What the rows of a spreadsheet are."""

    ORGANISATIONS = "organisations", _("organisations and members")
    MANDATES = "mandates", _("mandates")


class ImportState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    COLUMNS = "columns", _("columns to be named")
    READY = "ready", _("to be checked")
    ACCEPTING = "accepting", _("being written")
    ACCEPTED = "accepted", _("accepted")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("could not be read")
    DISCARDED = "discarded", _("discarded")


# What the job worker has to do; a job that died leaves the state, and the next one begins again.
AT_WORK = (ImportState.WAITING, ImportState.ACCEPTING, ImportState.UNDOING)
OPEN = (ImportState.WAITING, ImportState.COLUMNS, ImportState.READY, ImportState.FAILED)
TRANSITIONS: dict[str, tuple[str, ...]] = {
    ImportState.WAITING: (
        ImportState.COLUMNS,
        ImportState.READY,
        ImportState.FAILED,
        ImportState.DISCARDED,
    ),
    ImportState.COLUMNS: (ImportState.WAITING, ImportState.DISCARDED),
    ImportState.READY: (ImportState.WAITING, ImportState.ACCEPTING, ImportState.DISCARDED),
    ImportState.ACCEPTING: (ImportState.ACCEPTED, ImportState.READY, ImportState.FAILED),
    ImportState.ACCEPTED: (ImportState.UNDOING,),
    ImportState.UNDOING: (ImportState.UNDONE, ImportState.ACCEPTED),
    ImportState.UNDONE: (),
    ImportState.FAILED: (ImportState.WAITING, ImportState.DISCARDED),
    ImportState.DISCARDED: (),
}


class Mark(models.TextChoices):
    """What a row would do."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("same")
    UNSURE = "unsure", _("to be decided")
    WRONG = "wrong", _("wrong")


class DateOrder(models.TextChoices):
    """How a date such as 03/04/2020 is read."""

    AUTO = "", _("as the file shows")
    DAY_FIRST = "dmy", _("day/month/year")
    MONTH_FIRST = "mdy", _("month/day/year")


# What can be chosen field by field when two organisations become one; some only together.
MERGE_FIELDS: tuple[tuple[str, ...], ...] = (
    ("name",),
    ("short_name",),
    ("code",),
    ("kind",),
    ("country",),
    ("region",),
    ("population", "population_year"),
    ("latitude", "longitude"),
    ("languages",),
    ("website",),
    ("about",),
)
