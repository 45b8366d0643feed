"""The doors whose rooms are still being built: what each is for, and what of it works already."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Room:
    """Something that works already: its page (a URL name, with a query) and what it offers."""

    url_name: str
    label: object
    about: object
    query: str = ""


@dataclass(frozen=True)
class Door:
    key: str
    title: object
    lead: object
    coming: tuple[object, ...]
    open_now: tuple[Room, ...]


_PLANS = Room(
    "plans:plans",
    _("Work plans"),
    _("What each unit promised, who answers for it, and the evidence of what was done."),
)
_GOALS = Room(
    "topics:goals",
    _("Sustainable Development Goals"),
    _("What the network does for each of the 17 goals."),
)
_CALENDAR = Room(
    "meetings:calendar",
    _("Calendar"),
    _("Meetings, courses, visits and fairs, in person and by video."),
)

DOORS = {
    door.key: door
    for door in (
        Door(
            "learn",
            pgettext_lazy("door", "Learn"),
            _(
                "What one city worked out, the others need not work out alone. Here cities will "
                "describe what they did so that others can adapt it, and ask for what they need."
            ),
            (
                _("A reviewed bank of good practices, in three languages"),
                _("Needs that cities publish, and who could help"),
                _("Exchanges between a city that learns and one that has done it"),
            ),
            (_PLANS, _GOALS, _CALENDAR),
        ),
        Door(
            "cooperate",
            pgettext_lazy("door", "Cooperate"),
            _(
                "An agreement is worth what is done with it. Here cities and agencies will draft, "
                "negotiate, sign and keep their protocols, agreements and memoranda."
            ),
            (
                _("Agreements drafted and negotiated clause by clause"),
                _("Signed texts in two or three languages, with their dates and alarms"),
                _("Each clause followed as a commitment, with its evidence"),
            ),
            (
                Room(
                    "network:units",
                    _("Units of the network"),
                    _("Which cities work together, on what, in this term."),
                ),
                Room(
                    "network:directory",
                    _("Development agencies"),
                    _("Who they are and which cities they work for."),
                    "kind=agency",
                ),
                _PLANS,
            ),
        ),
        Door(
            "fund",
            pgettext_lazy("door", "Fund"),
            _(
                "Good projects and the money for them often miss each other. Here cities will show "
                "their projects, and banks and agencies their calls, with what each one asks for."
            ),
            (
                _("Calls for proposals, with their dates and conditions"),
                _("Projects of cities, by goal and by stage"),
                _("Which call fits which project, and what is still missing"),
            ),
            (_GOALS, _PLANS, _CALENDAR),
        ),
        Door(
            "trade",
            pgettext_lazy("door", "Trade"),
            _(
                "Cities that know each other open doors for those who produce in them. Here "
                "companies, investors and agencies will offer, look for and meet."
            ),
            (
                _("Offers and demands of companies, brought together"),
                _("Business missions and the network's pavilion at fairs"),
                _("Business meetings scheduled so that everyone meets whom they came for"),
            ),
            (
                Room(
                    "network:directory",
                    _("Development agencies"),
                    _("Who to talk to in each city."),
                    "kind=agency",
                ),
                _CALENDAR,
            ),
        ),
    )
}
