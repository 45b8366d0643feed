"""Records as they stood on a day of the past, read from the history the triggers write.

Every tracked model (`@pghistory.track()`) has a table of its states beside it (ADR 0004): one row
for each insert, update and delete, with the record as it then was.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, QuerySet


def events_of(model: type[Model]) -> Any:
    """The table of a tracked model's former states. Raises TypeError for one without history."""
    events = getattr(model, "pgh_event_model", None)
    if events is None:
        raise TypeError(f"{model.__name__} has no history")
    return events


def end_of(day: date) -> datetime:
    """The first moment after `day`, in the network's time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))


def as_of(model: type[Model], day: date) -> QuerySet:
    """The rows of `model` as they stood at the end of `day`, one query however many.

    Each has the model's fields as they then were, `pgh_obj_id` (the record's id), and keys to
    other tables that lead to those records as they are *now*. What was deleted by then, or made
    later, is not there. Filter on it as on the model: `as_of(Mandate, day).filter(unit=unit)`
    means who had that unit *then*. Raises TypeError for a model without history.
    """
    events = events_of(model)
    last = (
        events.objects.filter(pgh_created_at__lt=end_of(day))
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    return events.objects.filter(pgh_id__in=last.values("pgh_id")).exclude(pgh_label="delete")


def former(record: Model, day: date) -> Any:
    """`record` as it stood at the end of `day`: an instance never to be saved; None if not there.

    Its many-to-many links are those of today: they have histories of their own.
    """
    model = type(record)
    events = events_of(model)
    before = events.objects.filter(pgh_obj_id=record.pk, pgh_created_at__lt=end_of(day))
    state = before.order_by("-pgh_id").first()
    return None if state is None or state.pgh_label == "delete" else instance_of(model, state)


def instance_of(model: type[Model], state: Any) -> Any:
    """An instance of `model` with the values of one row of its history."""
    return model(**{field.attname: getattr(state, field.attname) for field in kept(model)})


def kept(model: type[Model]) -> list[Any]:
    """The model's own columns that its history keeps."""
    names = {field.name for field in events_of(model)._meta.concrete_fields}
    return [field for field in model._meta.concrete_fields if field.name in names]
