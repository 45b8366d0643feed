"""What came in from the upload page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import Dressed
from mutirao.core.languages import current
from mutirao.intake.actions import check_size
from mutirao.intake.models import Draft
from mutirao.intake.readers import MESSAGES, UnreadableDocument
from mutirao.network.acting import Actor

from ..models import Plan
from ..queries import visible_to

ACCEPT = ".docx,.odt,.pdf,.txt,.md"
_SALT = "plans.import.again"
_AGAIN_SECONDS = 3600


class UploadForm(Dressed, forms.Form):
    document = forms.FileField(
        label=_("Document of the plan"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Choose the document first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].help_text = _(
            "Word (.docx), LibreOffice (.odt), PDF with text, .txt or .md; at most %(limit)s MB."
        ) % {"limit": settings.UPLOAD_BYTES // 2**20}

    def clean_document(self) -> Any:
        file = self.cleaned_data["document"]
        try:
            check_size(file.size, file.name)
        except UnreadableDocument as error:
            raise ValidationError(error.message(current())) from error
        return file


def already_a_plan(actor: Actor, sha256: str) -> Plan | None:
    """The newest plan made of the same document, if this reader may see it."""
    made = visible_to(actor).filter(document__sha256=sha256)
    return made.select_related("unit", "term", "document").order_by("-pk").first()


def again_token(plan: Plan, filename: str, actor: Actor) -> str:
    """Lets this person bring in the document of `plan` once more without sending it again.

    Only somebody who just sent the same bytes is given one: it opens no document to others.
    """
    values = {"plan": plan.pk, "name": filename, "person": actor.person.pk if actor.person else 0}
    return signing.dumps(values, salt=_SALT)


def again(token: str, actor: Actor) -> tuple[Plan, str] | None:
    """The plan and file name of a token made for this person within the hour; None otherwise."""
    try:
        values = signing.loads(token, salt=_SALT, max_age=_AGAIN_SECONDS)
    except signing.BadSignature:
        return None
    if actor.person is None or values["person"] != actor.person.pk:
        return None
    plan = visible_to(actor).select_related("unit", "term", "document").filter(pk=values["plan"])
    found = plan.first()
    return (found, values["name"]) if found else None


def failure_message(draft: Draft) -> str:
    """Why a document could not be read, in the reader's language."""
    error = draft.error or {}
    code, params = error.get("code", ""), {"name": draft.filename, **error.get("params", {})}
    if code in MESSAGES:
        return UnreadableDocument(code, **params).message(current())
    return str(
        _(
            "Something went wrong on our side while reading this document. "
            "Try again or, if it happens once more, send it as .txt."
        )
    )
