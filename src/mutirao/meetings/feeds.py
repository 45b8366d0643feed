"""Calendar feeds: which events, in which words, as which bytes."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
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
from .models import CalendarAddress, Event
from .states import NetworkRole

# How long rendered bytes may outlive a change of words (a unit's name, a theme's label).
_HOUR = 3600
_KEPT = 24


@dataclass(frozen=True)
class Feed:
    """What a feed holds. `key` names it among the rendered ones; empty: not kept.

    `address` is its own public address, empty when it is secret.
    """

    key: str
    name: str
    events: QuerySet[Event]
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


def network_feed(language: str, **chosen: str) -> Feed:
    """Every public event of the network, or those that `chosen` filters leave."""
    events = queries.filtered(queries.visible_to(NOBODY), **chosen)
    address = settings.BASE_URL + reverse("feeds:network")
    key = "" if chosen else "network"
    return Feed(key, str(settings.NETWORK_NAME), _dated(events), address=address)


def unit_feed(unit: Unit, language: str) -> Feed:
    """The public events of a unit."""
    address = settings.BASE_URL + reverse("feeds:unit", args=[unit.slug])
    name = f"{local(unit.name, language)} · {settings.NETWORK_NAME}"
    events = queries.visible_to(NOBODY).filter(unit=unit)
    return Feed(f"unit:{unit.pk}", name, _dated(events), address=address)


def event_feed(event: Event) -> Feed:
    """One event, to be put into a calendar by hand."""
    return Feed("", event.title, _dated(Event.objects.filter(pk=event.pk)))


def my_feed(token: str) -> Feed | None:
    """What concerns the person with that secret address; None when it is not (any longer) one.

    Events, members' ones too, of the units their organisations serve today, of the bodies that
    lead the whole network, and those their organisations host; and what these owe. No drafts.
    """
    address = CalendarAddress.objects.filter(token=token, person__is_active=True)
    found = address.select_related("person").first()
    if found is None:
        return None
    actors = _actors(actor_for(found.person))
    own = {actor.organisation_id for actor in actors}
    units = {mandate.unit_id for actor in actors for mandate in actor.mandates}
    events = queries.visible_to(actors[0] if actors else NOBODY).exclude(
        visibility=Visibility.DRAFT
    )
    mine = Q(unit_id__in=units) | Q(organisation_id__in=own) | Q(unit__kind=UnitKind.BOARD)
    due = [item for actor in actors for item in owed_by(actor) if item.due_on]
    key = f"my:{found.person_id}:{sorted(own)}:{sorted(units)}"
    name = " · ".join((_("My calendar"), str(settings.NETWORK_NAME)))
    return Feed(key, name, _dated(events.filter(mine) if own else events.none()), due)


def _actors(actor: Actor) -> list[Actor]:
    """The person once for each organisation they act for."""
    return [Actor(actor.person, one, actor.memberships) for one in actor.memberships]


def _dated(events: QuerySet[Event]) -> QuerySet[Event]:
    """An event whose day is not known would fill a month of every calendar: it is left out."""
    return events.filter(starts_on__isnull=False)


_kept: OrderedDict[tuple[str, str], tuple[tuple, Rendered]] = OrderedDict()
_lock = Lock()


def rendered(feed: Feed, language: str) -> Rendered:
    """The feed's bytes in `language`: kept ones while nothing changed, otherwise made anew.

    One query to know whether something changed, three more to make it.
    """
    stamp = _stamp(feed)
    slot = (feed.key, language)
    with _lock:
        kept = _kept.get(slot)
    if kept and kept[0] == stamp:
        return kept[1]
    made = _render(feed, language)
    if feed.key:
        with _lock:
            _kept[slot] = (stamp, made)
            _kept.move_to_end(slot)
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
    return made


def _stamp(feed: Feed) -> tuple:
    """Changes whenever an event of the feed does, comes or goes."""
    facts = feed.events.order_by().aggregate(
        count=Count("pk"), last=Max("updated_at"), versions=Sum("version"), keys=Sum("pk")
    )
    due = tuple((item.pk, item.updated_at) for item in feed.due)
    return (*facts.values(), due, feed.name, int(time.time() // _HOUR))


def last_change(feed: Feed) -> datetime | None:
    """The newest change of any event, of the feed or not: one taken out of it counts too."""
    changed = [item.updated_at for item in feed.due]
    newest = Event.objects.aggregate(newest=Max("updated_at"))["newest"]
    return max([*changed, newest]) if newest else max(changed, default=None)


def _render(feed: Feed, language: str) -> Rendered:
    with translation.override(DJANGO_CODES[language]):
        events = list(feed.events.order_by("starts_on", "starts_at", "pk"))
        labels = _labels(events)
        pieces = [
            ics.vevent(event, slugify(event.title)[:60] or "event", labels) for event in events
        ]
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


def _labels(events: Sequence[Event]) -> ics.Labels:
    """The words the events need, in the language now active. Three queries."""
    page = reverse("meetings:event", args=[0, "slug"]).replace("0-slug", "{pk}-{slug}")
    units = Unit.objects.filter(pk__in={event.unit_id for event in events})
    by_event: dict[int, list[int]] = {}
    tags = Event.themes.through.objects.filter(event__in=[event.pk for event in events])
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
