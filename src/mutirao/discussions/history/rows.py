"""The rows of a record's history, found and paged by the database in one query.

Each part's table gives its rows with the row before of the same object beside them; what changed
nothing worth a line is dropped there, rows of one request are gathered into one act, and only the
acts of the page asked for are fetched. So a page costs the same however long the history is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

from mutirao.core.former import end_of, events_of
from mutirao.core.records import Line, Part

Params = list[Any]


@dataclass(frozen=True)
class Chosen:
    """What a reader narrows a history to. `field` is "number of the part.column" or only a part.

    `person` and `organisation` are ids; days are of the network's time zone, both included.
    """

    person: int | None = None
    organisation: int | None = None
    field: str = ""
    since: date | None = None
    until: date | None = None


@dataclass
class Row:
    """One row: what `part` (its number) was like after (`now`) and before it, by column."""

    part: int
    event: int
    object: int | None
    act: str
    label: str
    at: datetime
    now: dict[str, Any]
    before: dict[str, Any] | None
    event_before: int | None
    context: dict[str, Any]


def columns(part: Part) -> list[str]:
    """Every column of a part that is read."""
    names = [line.name for line in part.lines] + list(part.needs)
    if part.link:
        names.append(part.link.name)
    if part.under is not None:
        names.append(part.within)
    if part.ordered:
        names.append("position")
    return list(dict.fromkeys(names))


def watched(part: Part, column: str = "") -> list[str]:
    """The columns whose change is worth telling: one of them, or all."""
    if column:
        return [column]
    names = [line.name for line in part.lines]
    return [*names, "position"] if part.ordered else names


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(events_of(model)._meta.db_table)


def _column(model: type[Model], attname: str) -> str:
    """The database's name of a column; a name that is not the model's raises StopIteration."""
    fields = events_of(model)._meta.concrete_fields
    return connection.ops.quote_name(
        next(f.column for f in fields if attname in (f.attname, f.name))
    )


def _object(model: type[Model]) -> str:
    """What identifies the object of a row: links have no object of their own."""
    names = {field.name for field in events_of(model)._meta.concrete_fields}
    return "pgh_obj_id" if "pgh_obj" in names else "NULL::bigint"


def _json(model: type[Model], names: Sequence[str]) -> str:
    pairs = ", ".join(f"'{name}', {_column(model, name)}" for name in names)
    return f"jsonb_build_object({pairs})"


def _where(parts: Sequence[Part], part: Part, pk: int) -> tuple[str, Params]:
    """Which rows of the part's table belong to the record."""
    if not part.within:
        return "pgh_obj_id = %s", [pk]
    column = _column(part.model, part.within)
    if part.under is None:
        return f"{column} = %s", [pk]
    above = next(each for each in parts if each.model is part.under)
    where, params = _where(parts, above, pk)
    return f"{column} IN (SELECT pgh_obj_id FROM {_table(above.model)} WHERE {where})", params  # noqa: S608


def _of_part(number: int, parts: Sequence[Part], pk: int, column: str) -> tuple[str, Params]:
    """Rows of one part with the row before them; names come from our own declarations only."""
    part = parts[number]
    where, params = _where(parts, part, pk)
    partition = _object(part.model)
    by_object = f"PARTITION BY {partition}" if partition == "pgh_obj_id" else "PARTITION BY pgh_id"
    kept, told = _json(part.model, columns(part)), _json(part.model, watched(part, column))
    sql = f"""
    SELECT {number} AS part, pgh_id, object, pgh_label, pgh_created_at, pgh_context_id, now,
           before, before_id,
           {
        "told IS DISTINCT FROM told_before"
        if column
        else "pgh_label <> 'update' OR (before IS NOT NULL AND told IS DISTINCT FROM told_before)"
    }
             AS worth
    FROM (SELECT pgh_id, {partition} AS object, pgh_label, pgh_created_at, pgh_context_id,
                 {kept} AS now, lag({kept}) OVER w AS before, lag(pgh_id) OVER w AS before_id,
                 {told} AS told, lag({told}) OVER w AS told_before
          FROM {_table(part.model)} WHERE {where}
          WINDOW w AS ({by_object} ORDER BY pgh_id)) AS rows_{number}"""  # noqa: S608
    return sql, params


def _worth(parts: Sequence[Part], pk: int, chosen: Chosen) -> tuple[str, Params]:
    """Every row worth telling, with its act: one request, or one
    minute's inserts, updates or deletes outside any request."""
    number, _dot, column = chosen.field.partition(".")
    wanted = [int(number)] if number else range(len(parts))
    selects, params = [], Params()
    for each in wanted:
        sql, more = _of_part(each, parts, pk, column)
        selects.append(sql)
        params += more
    filters = ["worth"]
    for key, value in (("user", chosen.person), ("organisation", chosen.organisation)):
        if value is not None:
            filters.append("c.metadata->>%s = %s")
            params += [key, str(value)]
    if chosen.since is not None:
        filters.append("pgh_created_at >= %s::timestamp AT TIME ZONE %s")
        params += [chosen.since, settings.TIME_ZONE]
    if chosen.until is not None:
        filters.append("pgh_created_at < %s")
        params.append(end_of(chosen.until))
    sql = f"""
    SELECT e.*, c.metadata, COALESCE(e.pgh_context_id::text,
           concat('alone ', e.pgh_label, to_char(e.pgh_created_at, ' YYYYMMDDHH24MI'))) AS act
    FROM ({" UNION ALL ".join(selects)}) AS e
    LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id
    WHERE {" AND ".join(filters)}"""  # noqa: S608
    return sql, params


def count_acts(parts: Sequence[Part], pk: int, chosen: Chosen) -> int:
    """How many acts there are. One query."""
    sql, params = _worth(parts, pk, chosen)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT act) FROM ({sql}) AS w", params)  # noqa: S608
        return int(cursor.fetchone()[0])


def rows_of_acts(
    parts: Sequence[Part], pk: int, chosen: Chosen, first: int = 0, many: int | None = None
) -> list[Row]:
    """The rows of `many` acts after the `first` latest, the latest act first. One query."""
    sql, params = _worth(parts, pk, chosen)
    sql = f"""
    WITH worth AS MATERIALIZED ({sql}),
    acts AS (SELECT act, max(pgh_created_at) AS at, max(pgh_id) AS last FROM worth
             GROUP BY act ORDER BY at DESC, last DESC, act LIMIT %s OFFSET %s)
    SELECT part, pgh_id, object, act, pgh_label, pgh_created_at, now, before, before_id, metadata
    FROM worth JOIN acts USING (act)
    ORDER BY at DESC, last DESC, act, pgh_created_at, pgh_id"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, many, first])
        return [_row(values) for values in cursor.fetchall()]


def _row(values: Sequence[Any]) -> Row:
    part, event, thing, act, label, at, now, before, event_before, context = values
    return Row(
        part, event, thing, act, label, at, _read(now) or {}, _read(before), event_before,
        _read(context) or {},
    )  # fmt: skip


def _read(value: Any) -> Any:
    """JSON as the driver gives it: Django has its own reading switched off for plain cursors."""
    return json.loads(value) if isinstance(value, str) else value


def who_acted_on(parts: Sequence[Part], pk: int) -> list[tuple[int | None, int | None]]:
    """Each person and organisation (ids) that acted on the record. One query."""
    selects, params = [], Params()
    for part in parts:
        where, more = _where(parts, part, pk)
        selects.append(f"SELECT pgh_context_id FROM {_table(part.model)} WHERE {where}")  # noqa: S608
        params += more
    sql = f"""
    SELECT DISTINCT (c.metadata->>'user')::bigint, (c.metadata->>'organisation')::bigint
    FROM pghistory_context AS c WHERE c.id IN ({" UNION ".join(selects)})"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def latest(part: Part, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What objects of a part were like last, also deleted ones, by id. One query."""
    if not ids:
        return {}
    sql = f"""
    SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, {_json(part.model, columns(part))}
    FROM {_table(part.model)} WHERE pgh_obj_id = ANY(%s)
    ORDER BY pgh_obj_id, pgh_id DESC"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids)])
        return {pk: _read(values) for pk, values in cursor.fetchall()}


def line_of(part: Part, column: str) -> Line | None:
    return next((line for line in part.lines if line.name == column), None)
