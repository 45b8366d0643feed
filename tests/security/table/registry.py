"""Members' standing, spreadsheets, duplicates."""

from __future__ import annotations

from .base import ALL, MEMBERS, SECRETARIAT, Area, Row


def _standing() -> list[Row]:
    at, record = "/en/network/manage", "a member of the network"
    first = {"starts_on": "2026-06-01"}
    return [
        Row("see the members on a day", record, ALL, "/en/network/members/?on=2026-01-01",
            shows="{rested.organisation.name}"),
        Row("take the members as CSV", record, ALL, "/en/network/members/?format=csv",
            shows="{rested.organisation.name}"),
        Row("see that it is suspended", record, MEMBERS, "{rested_city.get_absolute_url}",
            shows="Fees unpaid"),
        Row("find suspensions in the export", record, MEMBERS,
            "/en/network/members/?format=json", shows="2026-05-02"),
        Row("take the document behind an admission", record, MEMBERS,
            "/en/network/acts/{act.pk}/file/"),
        Row("suspend it", record, SECRETARIAT, f"{at}/members/{{admitted.pk}}/suspend/", first),
        Row("lift its suspension", record, SECRETARIAT,
            f"{at}/suspensions/{{suspension.pk}}/lift/", {"ends_on": "2026-06-09"}),
        Row("register its leaving", record, SECRETARIAT, f"{at}/members/{{admitted.pk}}/end/",
            {"ends_on": "2026-06-09", "with_mandates": "on"}),
    ]  # fmt: skip


def _sheets() -> list[Row]:
    at = "/en/network/registry/imports"
    ready, done = f"{at}/{{sheet_ready.key}}", f"{at}/{{sheet_accepted.key}}"
    record = "a spreadsheet"
    return [
        Row("open the list", record, SECRETARIAT, f"{at}/"),
        Row("take the list as CSV", record, SECRETARIAT, f"{at}/?format=csv"),
        Row("take an empty one", record, SECRETARIAT, f"{at}/template/organisations.csv"),
        Row("see its preview", record, SECRETARIAT, f"{ready}/"),
        Row("take its preview as XLSX", record, SECRETARIAT, f"{ready}/?format=xlsx"),
        Row("name its columns", record, SECRETARIAT, f"{ready}/columns/",
            {"version": "{sheet_ready.version}", "column_name": "0", "column_country": "1"}),
        Row("decide about a row", record, SECRETARIAT, f"{ready}/decide/", {"row_3": "new"}),
        Row("accept it", record, SECRETARIAT, f"{ready}/accept/",
            {"version": "{sheet_ready.version}"}),
        Row("discard it", record, SECRETARIAT, f"{ready}/discard/", {}),
        Row("undo it", record, SECRETARIAT, f"{done}/undo/", {}),
    ]  # fmt: skip


def _duplicates() -> list[Row]:
    at, record = "/en/network/registry/duplicates", "two organisations that look alike"
    pair = f"{at}/{{twin.pk}}-{{twin_again.pk}}"
    return [
        Row("see likely duplicates", record, SECRETARIAT, f"{at}/", shows="{twin_again.name}"),
        Row("take them as CSV", record, SECRETARIAT, f"{at}/?format=csv",
            shows="{twin_again.name}"),
        Row("see what was merged", record, SECRETARIAT, f"{at}/merges/"),
        Row("compare them", record, SECRETARIAT, f"{pair}/"),
        Row("merge them", record, SECRETARIAT, f"{pair}/", {"sure": "on"}),
        Row("tell them apart", record, SECRETARIAT, f"{pair}/apart/", {}),
    ]  # fmt: skip


AREAS = [
    Area(
        "Members",
        "Since when somebody is a member is public. Suspensions, their reasons and the documents "
        "behind decisions are for members; deciding is the technical secretariat's.",
        _standing(),
    ),
    Area("Spreadsheets", "The technical secretariat brings members in.", _sheets()),
    Area("Duplicates", "The technical secretariat makes one of two.", _duplicates()),
]
