"""Tags every template may use without loading."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.numbers import format_decimal
from django import template
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ..countries import country_name
from ..icons import icon_svg
from ..languages import OWN_NAMES, current, local

register = template.Library()
_BABEL = {"pt": "pt_BR", "es": "es", "en": "en_GB"}  # "es": 24 hours, 1.234,5

register.filter("local", local)
register.filter("country", country_name)


def babel_locale() -> str:
    return _BABEL[current()]


@register.simple_tag
def icon(name: str, label: str = "", size: int = 20) -> SafeString:
    """One icon of the house, inline; decorative unless it has a label."""
    return mark_safe(icon_svg(name, label=label or None, size=size))  # noqa: S308  our own files


@register.simple_tag(takes_context=True, name="csrf_token")
def csrf_fields(context) -> SafeString:
    """Django's own tag, and for whom the form was opened (see `network.middleware.OpenedFor`).

    Every form of the house has this tag, so that a form opened while acting for one organisation
    is never silently taken for another.
    """
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105  Django's word for a page without one
        return SafeString("")
    own = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_authenticated:
        return own
    organisation = actor.organisation_id or ""
    return own + format_html('<input type="hidden" name="acting_for" value="{}">', organisation)


@register.filter
def day(value: date | datetime | None, style: str = "long") -> str:
    """A date in the reader's language; style is short, medium, long or full."""
    if not value:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _day(value, style, babel_locale())


_Style = Literal["full", "long", "medium", "short"]


# Babel parses locale and pattern for every date, and a list has dozens: 12 µs each, kept 2 µs.
@lru_cache(maxsize=4096)
def _day(value: date, style: str, locale: str) -> str:
    return format_date(value, style, locale=locale)


@register.filter
def moment(value: datetime | None, style: _Style = "medium") -> str:
    """A date and time in the reader's zone and language; never seconds, which nobody reads."""
    if not value:
        return ""
    locale, there = babel_locale(), timezone.localtime(value)
    pattern = str(get_datetime_format(style, locale=locale)).replace("'", "")
    parts = format_time(there, "short", locale=locale), format_date(there, style, locale=locale)
    return pattern.format(*parts)


@register.filter
def skeleton(value: date | None, pattern: str = "yMMMM") -> str:
    """A date by CLDR skeleton, such as yMMMM ("abril de 2018") or MMM ("abr.")."""
    return _skeleton(value, pattern, babel_locale()) if value else ""


@lru_cache(maxsize=1024)
def _skeleton(value: date, pattern: str, locale: str) -> str:
    return format_skeleton(pattern, value, locale=locale)


@register.filter
def number(value: int | float | None) -> str:
    return "" if value is None else _number(value, babel_locale())


# As with dates: 11 µs each, kept 2 µs.
@lru_cache(maxsize=4096, typed=True)
def _number(value: int | float, locale: str) -> str:
    return format_decimal(value, locale=locale)


@register.filter
def language_name(code: str) -> str:
    """A language by its own name."""
    return OWN_NAMES.get(code, code)


@register.filter
def html_lang(code: str) -> str:
    return "pt-BR" if code == "pt" else code


@register.filter
def field(form, name: str):
    return form[name]


@register.simple_tag(takes_context=True)
def query(context, **changes: object) -> str:
    """This page's query string with some parameters changed; None takes one out."""
    params: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        else:
            params[key] = str(value)
    if "page" not in changes:
        params.pop("page", None)
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag
def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@register.filter
def lines(text: str) -> SafeString:
    """Plain text as paragraphs, escaped."""
    paragraphs = [part.strip() for part in (text or "").split("\n\n") if part.strip()]
    return mark_safe(  # noqa: S308  each part is escaped by format_html
        "".join(format_html("<p>{}</p>", part) for part in paragraphs)
    )


# How a state looks: its colour's job and a shape, beside the word the caller gives.
_LOOKS = {
    "planned": ("wait", "clock"),
    "in_progress": ("run", "progress"),
    "done": ("ok", "check"),
    "late": ("late", "late"),
    "cancelled": ("", "cancel"),
    "carried": ("run", "next"),
    "preparing": ("", "edit"),
    "announced": ("wait", "bell"),
    "concluded": ("ok", "check"),
    "withdrawn": ("", "return"),
    "refused": ("late", "cancel"),
    "elected": ("ok", "mandate"),
    "not_elected": ("", "close"),
    "draft": ("", "edit"),
    "submitted": ("wait", "send"),
    "returned": ("late", "return"),
    "approved": ("ok", "check"),
    "closed": ("", "lock"),
    "replaced": ("", "refresh"),
    "waiting": ("wait", "clock"),
    "reading": ("run", "progress"),
    "ready": ("wait", "eye"),
    "failed": ("late", "error"),
    "accepted": ("ok", "check"),
    "discarded": ("", "cancel"),
    "organises": ("run", "network"),
    "promotes": ("ok", "bell"),
    "takes_part": ("wait", "switch"),
    "unconfirmed": ("wait", "help"),
}


@register.simple_tag
def pill(state: str, label: str) -> SafeString:
    """A status with its word and shape. (A plain tag, not a component: lists draw hundreds.)"""
    return _pill(str(state), conditional_escape(label))


# Kept by the escaped words, so that a text and the same text marked safe stay apart.
@lru_cache(maxsize=1024)
def _pill(state: str, label: str) -> SafeString:
    look, drawing = _LOOKS.get(state, ("", "info"))
    return format_html(
        '<span class="pill {}">{}{}</span>',
        look,
        mark_safe(icon_svg(drawing, size=16)),  # noqa: S308
        mark_safe(label),  # noqa: S308  escaped by the caller
    )


# White on these official colours is below 4.5:1, so their number is written dark.
_PALE_GOALS = {2, 3, 5, 6, 7, 9, 11, 12, 14, 15}


@register.simple_tag
def sdg(goal) -> SafeString:
    """One goal as its coloured number, with its title for those who cannot see it."""
    return _sdg(goal.number, local(goal.title), str(_("SDG")))


@lru_cache(maxsize=256)
def _sdg(number: int, title: str, word: str) -> SafeString:
    return format_html(
        '<span class="sdg sdg-{}{}" title="{}"><span class="visually-hidden">{} </span>{}</span>',
        number,
        " sdg-dark" if number in _PALE_GOALS else "",
        title,
        word,
        number,
    )


@register.simple_tag
def language_tag(code: str) -> SafeString:
    """Says that a text is in another language than the reader's; nothing when it is not."""
    if not code or code == current():
        return mark_safe("")
    return format_html(
        '<span class="chip tag" lang="{}">{}</span>', html_lang(code), OWN_NAMES[code]
    )


@register.simple_tag
def stacked(*parts: object) -> SafeString:
    """A stacked bar from pairs (class, count): `{% stacked "ok" 9 "run" 4 "late" 1 %}`.

    It is decoration: the words and figures stand beside it.
    """
    counts = (int(n) for n in parts[1::2])  # type: ignore[call-overload]
    return _stacked(tuple(zip(map(str, parts[::2]), counts, strict=True)))


@lru_cache(maxsize=1024)
def _stacked(pairs: tuple[tuple[str, int], ...]) -> SafeString:
    total = sum(n for _look, n in pairs) or 1
    rects, x = [], 0.0
    for look, count in pairs:
        width = 100 * count / total
        rects.append(
            format_html(
                '<rect class="fill-{}" x="{}%" width="{}%" height="100%"/>',
                look,
                f"{x:.2f}",
                f"{width:.2f}",
            )
        )
        x += width
    body = mark_safe("".join(rects))  # noqa: S308  built by format_html above
    return format_html('<svg class="stacked" aria-hidden="true">{}</svg>', body)
