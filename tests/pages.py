"""What a browser would make of a page."""

from __future__ import annotations

from lxml import html


def fields(page: str, known_by: str = "version") -> dict[str, list[str]]:
    """What would be sent back, untouched, from the page's form that has a field `known_by`."""
    (form,) = [one for one in html.fromstring(page).forms if known_by in one.fields]
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent
