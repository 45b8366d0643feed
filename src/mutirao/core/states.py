from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    DRAFT = "draft", _("draft")
    MEMBERS = "members", _("members only")
    PUBLIC = "public", _("public")
