"""What discussions tell people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "discussions.mentioned",
        _("Somebody mentions you, your organisation or your unit"),
        _("%(author)s mentioned you in the discussion of “%(title)s”: %(words)s"),
        default="now",
    ),
    Kind(
        "discussions.answered",
        _("Somebody answers your comment"),
        _("%(author)s answered your comment on “%(title)s”: %(words)s"),
        default="now",
    ),
    Kind(
        "discussions.commented",
        _("Comments on what you follow"),
        _("%(author)s commented on “%(title)s”: %(words)s"),
    ),
    Kind(
        "discussions.waiting",
        _("A citizen's comment waits for you to moderate it"),
        _("A citizen's comment on “%(title)s” waits for moderation."),
        default="now",
    ),
    Kind(
        "discussions.reported",
        _("A comment you look after was reported"),
        _("A comment on “%(title)s” was reported: %(ground)s."),
        default="now",
    ),
    Kind(
        "discussions.moderated",
        _("What became of your comment"),
        _("Your comment on “%(title)s”: %(outcome)s. %(reason)s"),
        default="now",
    ),
    Kind(
        "discussions.report_settled",
        _("What became of your report"),
        _("You reported a comment on “%(title)s”: %(outcome)s."),
    ),
    Kind(
        "discussions.barred",
        _("You may not comment for a while"),
        _("Until %(until)s you may read but not comment. %(reason)s"),
        default="now",
        must=True,
    ),
)
