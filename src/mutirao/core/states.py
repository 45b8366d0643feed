from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    DRAFT = "draft", _("draft")
    MEMBERS = "members", _("members only")
    PUBLIC = "public", _("public")


def label_of(choices: type[models.TextChoices], value: str) -> str:
    """A choice's label in the reader's language; an unknown value is its own.

    Models write `get_…_display` with it: Django's own translates every choice to find one, 44 µs
    for a kind of organisation and 5 µs here (ADR 0008).
    """
    member = choices._value2member_map_.get(value)
    return str(member.label) if isinstance(member, choices) else value
