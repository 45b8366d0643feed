"""Contacts inside other parts: cut out and listed as signatures, which nobody publishes."""

from .contacts import redact
from .model import Other, PlanReading


def redact_all(reading: PlanReading) -> None:
    """No e-mail or telephone stays in a part that can be published: it becomes a signature."""
    parts: list[tuple[object, tuple[str, ...], list[int]]] = [
        *((item, ("text",), item.lines) for item in reading.axes + reading.work_axes),
        *((item, ("text",), item.lines) for item in reading.activities),
        *((event, ("title", "description", "place"), event.lines) for event in reading.events),
        *((other, ("text",), other.lines) for other in reading.other if other.kind != "signature"),
        *((line, ("text",), [line.line]) for line in reading.not_understood),
    ]
    found: list[Other] = []
    for part, names, lines in parts:
        for name in names:
            if value := getattr(part, name):
                value, taken = redact(value)
                setattr(part, name, value if name == "text" else value or None)
                found += [Other("signature", t, list(lines)) for t in taken]
    for name in ("title", "unit", "presented_by", "presented_by_region"):
        if value := getattr(reading, name):
            setattr(reading, name, redact(value)[0] or None)
    reading.sub_coordinators = [redact(city)[0] for city in reading.sub_coordinators]
    # A line that held nothing else is a signature now, and no longer without a place.
    reading.not_understood = [line for line in reading.not_understood if line.text.strip(" .:")]
    reading.other += found
