"""Reports: read, written, made, published."""

from __future__ import annotations

from .base import ALL, DECIDING, LEADING, MEMBERS, NOBODY, SECRETARIAT, Area, Row

_LIST = "/en/reports/"
_WORDS = {
    "version": "1",
    "title": "Forged",
    "language": "pt",
    "introduction": "",
    "closing": "",
    "audience": "public",
}


def _reading(name: str, record: str, see: frozenset[str], write: frozenset[str]) -> list[Row]:
    """One report whose latest edition (`edition_…`) is not published."""
    at, shows = f"/en/reports/{{report_{name}.pk}}", f"{{report_{name}.title}}"
    latest = f"{at}/editions/{{edition_{name}.number}}"
    is_published = name in ("public", "members")
    rows = [
        Row("see the page", record, see, f"{{report_{name}.get_absolute_url}}",
            status=200 if is_published else 302),
        Row("find it in the list", record, see, _LIST, shows=shows),
        Row("find it in the list (HTMX)", record, see, _LIST, htmx=True, shows=shows),
        Row("take the list as CSV", record, see, f"{_LIST}?format=csv", shows=shows),
        Row("see its editions", record, see, f"{at}/editions/"),
        Row("compare editions", record, see, f"{at}/editions/compare/"),
        Row("see an edition not published", record, write, f"{latest}/"),
        Row("take a file not published", record, write, f"{latest}/pt.pdf"),
    ]  # fmt: skip
    if is_published:
        rows += [
            Row("see the edition of record", record, see, f"{at}/editions/1/"),
            Row("take its PDF", record, see, f"{at}/editions/1/pt.pdf"),
            Row("follow the address that stays", record, see, f"{at}/latest.pdf", status=302),
        ]
    return rows


def _writing(name: str, record: str, write: frozenset[str], publish: frozenset[str]) -> list[Row]:
    at = f"/en/reports/{{report_{name}.pk}}"
    edition = f"{at}/editions/{{edition_{name}.number}}"
    is_published = name in ("public", "members")
    return [
        Row("open its desk", record, write, f"{at}/edit/"),
        Row("preview it", record, write, f"{at}/preview/"),
        Row("change its words", record, write, f"{at}/edit/", _WORDS),
        Row("save while typing", record, write, f"{at}/save/", _WORDS),
        Row("make an edition", record, write, f"{at}/make/", {"languages": "pt"}, effect="done"),
        Row("publish an edition", record, publish, f"{edition}/publish/", {}),
        Row("take it back", record, publish if is_published else NOBODY, f"{at}/withdraw/", {}),
    ]


AREAS = [
    Area(
        "Reports",
        "A unit's report on its term is written by the city that leads the unit, and by the city "
        "that led it to the end until the term's accounts close; the report to the assembly by "
        "the secretariat. An edition that is published stays readable for whom it was made.",
        [
            Row("open the list", "reports", ALL, _LIST),
            Row("begin a report", "reports", LEADING | {"other_coordinator"},
                "/en/reports/new/"),
            Row("begin the network's", "reports", SECRETARIAT, "/en/reports/new/",
                {"about": "network-{next_term.pk}"}),
            *_reading("draft", "a unit's draft", LEADING, LEADING),
            *_writing("draft", "a unit's draft", LEADING, DECIDING),
            *_reading("public", "a unit's published report", ALL, LEADING),
            *_writing("public", "a unit's published report", LEADING, DECIDING),
            *_reading("members", "a report for members", MEMBERS, LEADING),
            Row("watch an edition being made", "a report for members", LEADING,
                "/en/reports/productions/{report_making.key}/"),
            Row("stop it", "a report for members", LEADING,
                "/en/reports/productions/{report_making.key}/cancel/", {}, effect="done"),
            *_reading("network", "the network's draft", SECRETARIAT, SECRETARIAT),
            *_writing("network", "the network's draft", SECRETARIAT, SECRETARIAT),
        ],
    )
]  # fmt: skip
