"""What this app keeps about a person: theirs alone, gone with them."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, Period, declare, keep_for

from .models import Choice, Follow, Habits, Notice, Unfollowed

declare(
    Holding(Notice, "person", _("What you were told"), "delete", ("kind", "created_at", "read_at")),
    Holding(Notice, "by_person", _("What others were told of your acts"), "keep", ("kind",)),
    Holding(
        Follow, "person", _("What you follow"), "delete", ("record_type", "record_id", "created_at")
    ),
    Holding(
        Unfollowed,
        "person",
        _("What you stopped following"),
        "delete",
        ("record_type", "record_id"),
    ),
    Holding(Choice, "person", _("How you want to be told"), "delete", ("kind", "way")),
    Holding(
        Habits,
        "person",
        _("When you want mail"),
        "delete",
        (
            "digest_hour",
            "digest_weekday",
            "quiet_from",
            "quiet_until",
            "paused_until",
            "follow_own",
        ),
    ),
)

keep_for(Period("NOTICES_DAYS", _("Notices you have read")))
