from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    PUBLISHED = "published", pgettext_lazy("comment", "published")
    WAITING = "waiting", pgettext_lazy("comment", "waits for moderation")
    REFUSED = "refused", pgettext_lazy("comment", "refused")
    HIDDEN = "hidden", pgettext_lazy("comment", "hidden")
    DELETED = "deleted", pgettext_lazy("comment", "deleted")


class Verb(models.TextChoices):
    """What a moderator does, and `reported`: what the reports of several people did."""

    APPROVE = "approve", pgettext_lazy("moderation", "published")
    REFUSE = "refuse", pgettext_lazy("moderation", "refused")
    HIDE = "hide", pgettext_lazy("moderation", "hidden")
    RESTORE = "restore", pgettext_lazy("moderation", "shown again")
    DISMISS = "dismiss", pgettext_lazy("moderation", "kept, reports not upheld")
    REPORTED = "reported", pgettext_lazy("moderation", "hidden by reports until looked at")


# From which states a verb leads to which; a comment elsewhere has been dealt with by somebody.
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    Verb.APPROVE: ((State.WAITING,), State.PUBLISHED),
    Verb.REFUSE: ((State.WAITING,), State.REFUSED),
    Verb.HIDE: ((State.PUBLISHED, State.HIDDEN), State.HIDDEN),
    Verb.RESTORE: ((State.HIDDEN, State.REFUSED), State.PUBLISHED),
    Verb.DISMISS: ((State.PUBLISHED,), State.PUBLISHED),
}
WITH_REASON = (Verb.REFUSE, Verb.HIDE)


class Audience(models.TextChoices):
    MEMBERS = "members", pgettext_lazy("comment's readers", "members only")
    EVERYONE = "everyone", pgettext_lazy("comment's readers", "everyone")


class Admits(models.TextChoices):
    """Whether citizens may comment on a unit's public records."""

    NOBODY = "nobody", _("no")
    MODERATED = "moderated", _("yes, shown after moderation")
    AT_ONCE = "at_once", _("yes, shown at once")


class Ground(models.TextChoices):
    """Why a comment is reported."""

    INSULT = "insult", _("insult or discrimination")
    SPAM = "spam", _("advertising or repetition")
    PRIVATE = "private", _("somebody's personal data")
    FALSE = "false", _("a false statement of fact")
    OFF_TOPIC = "off_topic", _("nothing to do with the subject")
    OTHER = "other", _("another reason")


class Outcome(models.TextChoices):
    OPEN = "", _("not looked at yet")
    UPHELD = "upheld", _("the comment was hidden")
    DISMISSED = "dismissed", _("the comment stays")


# Citizens: how much, how fast (docs/adr/0022). Members answer for what they say by name.
CITIZENS_AN_HOUR = 10
CITIZENS_LINKS = 2
# Reports by people of so many different organisations (citizens count as one) hide a comment until
# a moderator looks: one organisation alone, however many its people, silences nobody.
REPORTS_HIDE = 3
EDIT_WINDOW = timedelta(days=30)
