"""Calendar feeds: which events, in which words, as which bytes."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mutirao.commitments.models import Commitment
from mutirao.commitments.queries import owed_by
from mutirao.core.countries import country_name
from mutirao.core.languages import DJANGO_CODES, local
from mutirao.core.states import Visibility
from mutirao.network.acting import NOBODY, Actor, actor_for
from mutirao.network.models import Unit
from mutirao.network.states import UnitKind
from mutirao.topics.models import Theme

from . import ics, queries
from .kept import Kept, calendar_state
from .models import CalendarAddress, Event, page_slug
from .states import NetworkRole

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True)
class Feed:
    """What a feed holds. `key` names it among the rendered ones; empty: not kept.

    `events` is asked only when the feed is made anew; `address` is its own public address, empty
    when it is secret.
    """

    key: str
    name: str
    events: Callable[[], QuerySet[Event]]
    due: Sequence[Commitment] = ()
    address: str = ""


@dataclass(frozen=True)
class Rendered:
    """A feed as bytes, with what a client needs to ask whether it changed."""

    body: bytes

    @cached_property
    def etag(self) -> str:
        return f'W/"{hashlib.blake2b(self.body, digest_size=12).hexdigest()}"'

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.body, compresslevel=5, mtime=0)


def network_feed(**chosen: str) -> Feed:
    """Every public event of the network, or those that `chosen` filters leave."""

    def events() -> QuerySet[Event]:
        return _dated(queries.filtered(queries.visible_to(NOBODY), **chosen))

    address = settings.BASE_URL + reverse("feeds:network")
    key = "" if chosen else "network"
    return Feed(key, str(settings.NETWORK_NAME), events, address=address)


def unit_feed(unit: Unit, language: str) -> Feed:
    """The public events of a unit."""

    def events() -> QuerySet[Event]:
        return _dated(queries.visible_to(NOBODY).filter(unit=unit))

    address = settings.BASE_URL + reverse("feeds:unit", args=[unit.slug])
    name = f"{local(unit.name, language)} · {settings.NETWORK_NAME}"
    return Feed(f"unit:{unit.pk}", name, events, address=address)


def event_feed(event: Event) -> Feed:
    """One event, to be put into a calendar by hand."""
    return Feed("", event.title, lambda: _dated(Event.objects.filter(pk=event.pk)))


def my_feed(token: str) -> Feed | None:
    """What concerns the person with that secret address; None when it is not (any longer) one.

    Events, members' ones too, of the units their organisations serve today, of the bodies that
    lead the whole network, and those their organisations host; and what these owe. No drafts.
    """
    if not _TOKEN.fullmatch(token):  # the database would choke on a NUL
        return None
    address = CalendarAddress.objects.filter(token=token, person__is_active=True)
    found = address.select_related("person").first()
    if found is None:
        return None
    actors = _actors(actor_for(found.person))
    own = {membership.organisation_id for actor in actors for membership in actor.memberships}
    units = {mandate.unit_id for actor in actors for mandate in actor.mandates}

    def events() -> QuerySet[Event]:
        seen = queries.visible_to(actors[0]) if actors else Event.objects.none()
        mine = Q(unit_id__in=units) | Q(organisation_id__in=own) | Q(unit__kind=UnitKind.BOARD)
        return _dated(seen.filter(mine).exclude(visibility=Visibility.DRAFT))

    due = [item for actor in actors for item in owed_by(actor) if item.due_on]
    key = f"my:{found.person_id}:{sorted(own)}:{sorted(units)}"
    name = " · ".join((_("My calendar"), str(settings.NETWORK_NAME)))
    return Feed(key, name, events, due)


def _actors(actor: Actor) -> list[Actor]:
    """The person once for each organisation they act for."""
    return [Actor(actor.person, one, actor.memberships) for one in actor.memberships]


def _dated(events: QuerySet[Event]) -> QuerySet[Event]:
    """An event whose day is not known would fill a month of every calendar: it is left out."""
    return events.filter(starts_on__isnull=False)


_kept: Kept[Rendered] = Kept(most=24, seconds=3600)


def forget() -> None:
    """Forget the rendered feeds of this process, so that the next one is made anew."""
    _kept.clear()


def rendered(feed: Feed, language: str) -> tuple[Rendered, datetime | None]:
    """The feed in `language`, and when an event last changed.

    Kept bytes while nothing changed, otherwise made anew: one query to know, three to make it.
    One event taken out of the feed is a change of it too, so the newest of all events counts.
    """
    calendar = calendar_state()
    due = tuple((item.pk, item.updated_at) for item in feed.due)
    state, slot = (calendar, due, feed.name), (feed.key, language)
    made = _kept.get(slot, state) if feed.key else None
    if made is None:
        made = _render(feed, language)
        if feed.key:
            _kept.put(slot, state, made)
    changes = [*filter(None, calendar[3:4]), *(changed for _pk, changed in due)]
    return made, max(changes, default=None)


def _render(feed: Feed, language: str) -> Rendered:
    with translation.override(DJANGO_CODES[language]):
        rows = feed.events().order_by("starts_on", "starts_at", "pk").values_list(*ics.Row._fields)
        events = [ics.Row(*row) for row in rows]
        labels = _labels(feed, events)
        pieces = [ics.vevent(event, page_slug(event.title), labels) for event in events]
        pieces += [_due(item, labels) for item in feed.due]
        body = ics.calendar(
            name=feed.name,
            language="pt-BR" if language == "pt" else language,
            zone=settings.TIME_ZONE,
            events=events,
            pieces=pieces,
            address=feed.address,
        )
    return Rendered(body.encode())


def _due(item: Commitment, labels: ics.Labels) -> str:
    url = settings.BASE_URL + item.get_absolute_url()
    uid = uuid5(NAMESPACE_URL, f"{settings.BASE_URL}/id/commitment/{item.pk}")
    if item.due_on is None:
        return ""
    return ics.due_entry(uid, item.title, item.due_on, item.updated_at, item.version, url, labels)


def _labels(feed: Feed, events: Sequence[ics.Row]) -> ics.Labels:
    """The words the events need, in the language now active. Three queries."""
    page = reverse("meetings:event", args=[0, "slug"]).replace("0-slug", "{pk}-{slug}")
    units = Unit.objects.filter(pk__in={event.unit_id for event in events})
    by_event: dict[int, list[int]] = {}
    tags = Event.themes.through.objects.filter(event__in=feed.events().order_by().values("pk"))
    for event_id, theme_id in tags.order_by("theme__position").values_list("event_id", "theme_id"):
        by_event.setdefault(event_id, []).append(theme_id)
    used = {theme for themes in by_event.values() for theme in themes}
    return ics.Labels(
        page=settings.BASE_URL + page,
        roles={str(value): str(label) for value, label in NetworkRole.choices},
        units={pk: local(name) for pk, name in units.values_list("pk", "name")},
        countries={code: country_name(code) for code in {event.country for event in events}},
        themes={
            pk: local(label)
            for pk, label in Theme.objects.filter(pk__in=used).values_list("pk", "label")
        },
        online=_("online"),
        website=_("Website"),
        cancelled=_("This event was cancelled."),
        due=_("Due"),
        by_event=by_event,
    )
