"""Pages of the calendar."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mutirao.core.countries import country_name
from mutirao.core.languages import current
from mutirao.core.lists import Column, exported, paginate
from mutirao.network.acting import Actor
from mutirao.network.maps import MapPoint, local_view
from mutirao.network.queries import units

from .. import months, queries, when
from ..filters import VIEWS, CalendarFilter
from ..kept import Kept, calendar_state
from ..models import CalendarAddress, Event
from ..rules import visible_source
from ..structured import json_ld

Context = dict[str, Any]
_AGENDA_PAGE = 40

# What visitors read, most of all readers by far: the same for all of them while nothing changes.
_calendars: Kept[str] = Kept(most=60)
_events: Kept[Context] = Kept(most=200)


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """The same selection of events as a month, as a list or as an agenda."""
    actor, today, state = _actor(request), timezone.localdate(), calendar_state()
    visitor = not actor.is_authenticated and not request.htmx  # type: ignore[attr-defined]
    slot = (current(), request.GET.urlencode(), today)
    if visitor and (content := _calendars.get(slot, state)):
        return render(request, "meetings/calendar.html", {"content": content})
    form = CalendarFilter(request.GET, actor, state)
    view = request.GET["view"] if request.GET.get("view") in VIEWS else "month"
    seen = queries.for_cards(queries.filtered(queries.visible_to(actor), **form.used))
    if view == "list" and (taken := _taken_along(request, seen, today)):
        return taken
    drawn = {"month": _month, "list": _list, "agenda": _agenda}[view](request, seen, today)
    context = {"form": form, "view": view, "subscribe": _subscribe(form), **drawn}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "meetings/calendar.html#results", context)
    content = render_to_string("meetings/calendar.html#content", context, request)
    if visitor:
        _calendars.put(slot, state, content)
    return render(request, "meetings/calendar.html", {"content": content})


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _month(request: HttpRequest, seen: QuerySet[Event], today: date) -> Context:
    month = months.month_of(months.read(request.GET.get("month", ""), today))
    events = list(queries.in_month(seen, month.first, month.last, month.start))
    dated = [event for event in events if event.starts_on]
    return {
        "month": month,
        "weeks": months.weeks(month, dated, today),
        "weekdays": months.weekdays(),
        "undated": [event for event in events if event.starts_on is None],
        "events": [event for event in dated if _touches(event, month)],
    }


def _touches(event: Event, month: months.Month) -> bool:
    """In the month itself, not only in the days of its neighbours that fill the weeks."""
    first, last = event.starts_on, event.ends_on
    return first is not None and last is not None and first <= month.end and last >= month.start


def _selection(request: HttpRequest, seen: QuerySet[Event], today: date) -> QuerySet[Event]:
    chosen = request.GET.get("when", "")
    if chosen == "past":
        seen = queries.past(seen, today)
    elif chosen != "all":
        seen = queries.coming(seen, today)
    return seen.order_by("title", "pk") if request.GET.get("sort") == "title" else seen


def _list(request: HttpRequest, seen: QuerySet[Event], today: date) -> Context:
    asked = request.GET.get("when", "")
    return {
        "page": paginate(request, _selection(request, seen, today)),
        "when": asked if asked in ("past", "all") else "coming",
        "sort": "title" if request.GET.get("sort") == "title" else "day",
    }


def _taken_along(
    request: HttpRequest, seen: QuerySet[Event], today: date
) -> HttpResponseBase | None:
    columns: list[Column] = [
        ("title", lambda event: event.title),
        ("starts_on", lambda event: event.starts_on),
        ("ends_on", lambda event: event.ends_on),
        ("month", lambda event: event.month and f"{event.month:%Y-%m}"),
        ("starts_at", lambda event: event.starts_at and f"{event.starts_at:%H:%M}"),
        ("ends_at", lambda event: event.ends_at and f"{event.ends_at:%H:%M}"),
        ("time_zone", lambda event: event.time_zone),
        ("date_confirmed", lambda event: event.date_confirmed),
        ("cancelled", lambda event: event.cancelled),
        ("place", lambda event: event.place),
        ("country", lambda event: event.country),
        ("online", lambda event: event.online),
        ("role", lambda event: event.role),
        ("unit", lambda event: event.unit and str(event.unit)),
        ("organisation", lambda event: event.organisation and event.organisation.name),
        ("url", lambda event: settings.BASE_URL + event.get_absolute_url()),
    ]
    return exported(request, _selection(request, seen, today), columns, "calendar")


def _agenda(request: HttpRequest, seen: QuerySet[Event], today: date) -> Context:
    page = paginate(request, queries.coming(seen, today), _AGENDA_PAGE)
    return {"page": page, "groups": _by_month(page)}


def _by_month(events: Any) -> list[tuple[date | None, list[Event]]]:
    """Events under the first day of their month; those without a day after the others."""

    def month(event: Event) -> date | None:
        return event.sort_day.replace(day=1) if event.sort_day else None

    return [
        (first, sorted(group, key=lambda event: event.starts_on is None))
        for first, group in groupby(events, month)
    ]


def _subscribe(form: CalendarFilter) -> str:
    """The feed of the same selection."""
    if set(form.used) == {"unit"}:
        return reverse("feeds:unit", args=[form.used["unit"]]) + f"?language={current()}"
    joint = "&" if form.feed_query else "?"
    return f"{reverse('feeds:network')}{form.feed_query}{joint}language={current()}"


@login_not_required
@require_safe
def event(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    actor, state = _actor(request), calendar_state()
    if not actor.is_authenticated and (page := _events.get(request.path, state)):
        return render(request, "meetings/event.html", page)
    found = get_object_or_404(queries.for_page(actor), pk=pk)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    context = {"event": found, "source": visible_source(found, actor), **_map(found)}
    content = render_to_string("meetings/event.html#content", context, request)
    page = {"event": found, "json_ld": json_ld(found), "content": content}
    if not actor.is_authenticated:
        _events.put(request.path, state, page)
    return render(request, "meetings/event.html", page)


def _map(found: Event) -> Context:
    if found.latitude is None or found.longitude is None:
        return {}
    # "Casa de cultura, Valparaíso": what comes last is the place a map knows.
    name = found.place.rpartition(",")[2].strip() or country_name(found.country)
    point = MapPoint(found.longitude, found.latitude, name)
    return {"points": [point], "map_view": local_view(point.lon, point.lat)}


@login_not_required
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed with its address; the reader's own secret one when signed in."""
    person = _actor(request).person
    mine = CalendarAddress.objects.filter(person=person).first() if person else None
    secret = reverse("feeds:mine", args=[mine.token]) if mine else ""
    context = {
        "units": sorted(units(), key=str),
        "mine": mine,
        "secret": f"{settings.BASE_URL}{secret}?language={current()}" if secret else "",
        "zone": when.readers_city(),
    }
    response = render(request, "meetings/feeds.html", context)
    if mine:
        response["Cache-Control"] = "no-store"
    return response
