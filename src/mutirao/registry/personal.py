"""What the registry keeps about a person: acts of the secretariat."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, declare

from .models import Apart, Import, Merge

declare(
    Holding(Import, "person", _("Spreadsheets you brought in"), "keep", ("filename", "created_at")),
    Holding(
        Import, "accepted_by", _("Spreadsheets you accepted"), "keep", ("filename", "accepted_at")
    ),
    Holding(Import, "undone_by", _("Spreadsheets you undid"), "keep", ("filename", "undone_at")),
    Holding(Merge, "person", _("Duplicates you merged"), "keep", ("name", "merged_at")),
    Holding(Apart, "person", _("Organisations you told apart"), "keep"),
)
