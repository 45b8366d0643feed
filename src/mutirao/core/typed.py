"""What somebody typed into a form that could not be taken: shown again, never lost.

Only for a form that one of our own pages sent. A page of another site that posts here must not
get its words into a form of ours, where one click would give them the token they lacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

_OURS_ONLY = ("csrfmiddlewaretoken",)
_LONG = 40  # what is longer is worth being copied by hand
_MOST = 1_000_000  # characters in all; a page must not grow without end


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they came in; `files` when documents came too, which are gone."""

    fields: list[tuple[str, str]]
    files: bool

    @property
    def texts(self) -> list[str]:
        """What took somebody time to write."""
        return [value for _name, value in self.fields if len(value) > _LONG]


def sent_by_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this host."""
    origin = request.headers.get("Origin", "")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def typed(request: HttpRequest, without: Sequence[str] = ()) -> Typed | None:
    """What a POST of our own page carries; None for any other request, and for passwords.

    `without` names fields that are asked anew.
    """
    if request.method != "POST" or not sent_by_our_page(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS_ONLY and name not in without
        for value in map(str, values)
    ]
    if any("password" in name for name, _value in fields):
        return None
    if sum(len(value) for _name, value in fields) > _MOST or not (fields or without):
        return None
    return Typed(fields, bool(request.FILES))
