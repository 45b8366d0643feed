"""A comment's text as a page shows it: paragraphs, links and mentions, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .mentions import TOKEN
from .models import Comment, Mention

# http and https only; what ends a sentence is not part of the address.
URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}…]", re.IGNORECASE)
_SHOWN = 60


def shown(comment: Comment, *, to_members: bool) -> SafeString:
    """The text as HTML. Visitors read organisations, not the names of people who act for them."""
    named = {mention.number: mention for mention in comment.mentions.all()}

    def mentioned(number: int) -> str:
        mention = named.get(number)
        return _mention(mention, to_members) if mention else ""

    paragraphs = re.split(r"\n\s*\n", comment.text.replace("\r\n", "\n").strip())
    body = "".join(f"<p>{_lines(part, mentioned)}</p>" for part in paragraphs if part.strip())
    return mark_safe(body)  # noqa: S308  every piece of it is escaped below


def plain(comment: Comment, *, to_members: bool) -> str:
    """The text in one line without markup, for lists and notices."""
    named = {mention.number: mention for mention in comment.mentions.all()}

    def mentioned(found: re.Match[str]) -> str:
        mention = named.get(int(found[1]))
        return f"@{_name(mention, to_members)}" if mention else ""

    return " ".join(TOKEN.sub(mentioned, comment.text).split())


def _lines(text: str, mentioned: Callable[[int], str]) -> str:
    return "<br>".join(_line(line, mentioned) for line in text.strip().split("\n"))


def _line(line: str, mentioned: Callable[[int], str]) -> str:
    pieces, last = [], 0
    for found in URL.finditer(line):
        pieces += [_with_mentions(line[last : found.start()], mentioned), _link(found[0])]
        last = found.end()
    return "".join([*pieces, _with_mentions(line[last:], mentioned)])


def _with_mentions(text: str, mentioned: Callable[[int], str]) -> str:
    pieces, last = [], 0
    for found in TOKEN.finditer(text):
        pieces += [escape(text[last : found.start()]), mentioned(int(found[1]))]
        last = found.end()
    return "".join([*pieces, escape(text[last:])])


def _link(url: str) -> str:
    label = url if len(url) <= _SHOWN else url[: _SHOWN - 1] + "…"
    return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', url, label)


def _name(mention: Mention, to_members: bool) -> str:
    if mention.unit is not None:
        return str(mention.unit)
    if mention.person_id is not None and to_members:
        return str(mention.person) or _("a person")
    return mention.organisation.display if mention.organisation else ""


def _mention(mention: Mention, to_members: bool) -> str:
    name = conditional_escape(_name(mention, to_members))
    page = mention.unit or mention.organisation
    if mention.person_id is not None or page is None:
        city = mention.organisation.display if mention.organisation and to_members else ""
        return format_html('<b class="mention" title="{}">@{}</b>', city, name)
    return format_html('<a class="mention" href="{}">@{}</a>', page.get_absolute_url(), name)
