"""The few words a paper needs of itself, in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _


def labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "page": _("Page"),
        "original": _("original"),
        "summary": _("Summary"),
        "picture": _("Figure"),
        "table": _("Table"),
        "what": _("What"),
        "number": _("Number"),
        "link": _("Link"),
        "total": _("Total"),
    }
