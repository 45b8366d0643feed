from django.db import models
from django.utils.translation import gettext_lazy as _

from mutirao.core.states import Visibility


class Audience(models.TextChoices):
    """Who a report is made for: it holds no more than they may see."""

    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members of the network")


class Kind(models.TextChoices):
    """The files of an edition."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

VISIBILITY = {Audience.PUBLIC: Visibility.PUBLIC, Audience.MEMBERS: Visibility.MEMBERS}


class Progress(models.TextChoices):
    """How far the making of an edition is."""

    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "reading", _("being made")
    DONE = "ready", _("made")
    FAILED = "failed", _("could not be made")
    CANCELLED = "cancelled", _("cancelled")


UNDER_WAY = (Progress.WAITING, Progress.RUNNING)
TRANSITIONS: dict[str, tuple[str, ...]] = {
    Progress.WAITING: (Progress.RUNNING, Progress.FAILED, Progress.CANCELLED),
    # A job that starts again after its worker was killed finds itself running.
    Progress.RUNNING: (
        Progress.RUNNING,
        Progress.DONE,
        Progress.FAILED,
        Progress.CANCELLED,
    ),
    Progress.DONE: (),
    Progress.FAILED: (),
    Progress.CANCELLED: (),
}


class Step(models.TextChoices):
    """What is being done for one language of an edition."""

    GATHER = "gather", _("Gathering the records")
    PDF = "pdf", _("Setting the PDF")
    DOCX = "docx", _("Writing the Word document")
    XLSX = "xlsx", _("Filling the workbook")
    STORE = "store", _("Putting the edition away")
