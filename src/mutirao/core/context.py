"""What every page knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import pgettext

from .addresses import address
from .languages import LANGUAGES, OWN_NAMES, current, same_page

# Which door a section's pages lie behind.
_OPEN_DOORS = {
    "calendar": "meet",
    "plans": "follow",
    "commitments": "follow",
    "reports": "follow",
    "network": "network",
    "assemblies": "network",
    "continuity": "network",
    "topics": "network",
}


def _doors(path: str) -> list[dict[str, object]]:
    """The seven doors in the reader's language; the one this page lies behind is current."""
    segments = path.strip("/").split("/")
    section = segments[1] if len(segments) > 1 else ""
    here = segments[2] if section == "doors" and len(segments) > 2 else _OPEN_DOORS.get(section)
    doors = (
        ("learn", pgettext("door", "Learn"), address("home:door", "learn")),
        ("cooperate", pgettext("door", "Cooperate"), address("home:door", "cooperate")),
        ("meet", pgettext("door", "Meet"), address("meetings:calendar")),
        ("fund", pgettext("door", "Fund"), address("home:door", "fund")),
        ("trade", pgettext("door", "Trade"), address("home:door", "trade")),
        ("follow", pgettext("door", "Follow"), address("plans:plans")),
        ("network", pgettext("door", "The network"), address("network:directory")),
    )
    return [
        {"key": key, "label": label, "url": url, "current": key == here}
        for key, label, url in doors
    ]


def page(request: HttpRequest) -> dict[str, object]:
    """The network's name, the reader's language and this page's address in the others."""
    here = current()
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    languages = [
        {
            "code": code,
            "html": "pt-BR" if code == "pt" else code,
            "name": OWN_NAMES[code],
            "url": same_page(request.path, code) + query,
            "absolute": settings.BASE_URL + same_page(request.path, code),
            "current": code == here,
        }
        for code in LANGUAGES
    ]
    return {
        "network_name": settings.NETWORK_NAME,
        "base_url": settings.BASE_URL,
        "demo": settings.DEMO,
        "lang": here,
        "html_lang": "pt-BR" if here == "pt" else here,
        "languages": languages,
        "doors": _doors(request.path),
        "localized_page": request.path.lstrip("/").partition("/")[0] in LANGUAGES,
    }
