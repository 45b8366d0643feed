"""`mutirao plan import FILE --dry-run`: reads a plan and says what was read; saves nothing."""

import json
from pathlib import Path
from typing import TextIO

from mutirao.core.terminal import user_language
from mutirao.intake.readers import UnreadableDocument, read_document

from .model import Event, Item, PlanReading
from .read import read_plan

UNREADABLE = 2
WORDS = {
    "pt": {
        "title": "Título",
        "unit": "Unidade",
        "presented_by": "Apresentado por",
        "term": "Período",
        "language": "Idioma",
        "axes": "Eixos de ação",
        "work_axes": "Eixos de trabalho",
        "activities": "Atividades",
        "events": "Calendário",
        "not_understood": "Linhas que não encontraram lugar",
        "none": "não encontrado",
        "unconfirmed": "a confirmar",
        "undated": "sem data",
        "line": "linha",
        "organises": "organiza",
        "promotes": "promove",
        "takes_part": "participa",
    },
    "es": {
        "title": "Título",
        "unit": "Unidad",
        "presented_by": "Presentado por",
        "term": "Período",
        "language": "Idioma",
        "axes": "Ejes de acción",
        "work_axes": "Ejes de trabajo",
        "activities": "Actividades",
        "events": "Calendario",
        "not_understood": "Líneas sin ubicar",
        "none": "no encontrado",
        "unconfirmed": "a confirmar",
        "undated": "sin fecha",
        "line": "línea",
        "organises": "organiza",
        "promotes": "promueve",
        "takes_part": "participa",
    },
    "en": {
        "title": "Title",
        "unit": "Unit",
        "presented_by": "Presented by",
        "term": "Term",
        "language": "Language",
        "axes": "Axes of action",
        "work_axes": "Work axes",
        "activities": "Activities",
        "events": "Calendar",
        "not_understood": "Lines that found no place",
        "none": "not found",
        "unconfirmed": "to be confirmed",
        "undated": "no date",
        "line": "line",
        "organises": "organises",
        "promotes": "promotes",
        "takes_part": "takes part",
    },
}


def dry_run(path: Path, as_json: bool, stdout: TextIO, stderr: TextIO) -> int:
    """Reads the plan at `path`; JSON alone, or a summary, goes to `stdout`.

    Returns 0, or 2 with a message on `stderr` when the document cannot be read.
    """
    language = user_language()
    try:
        reading = read_plan(read_document(Path(path)))
    except UnreadableDocument as error:
        stderr.write(error.message(language) + "\n")
        return UNREADABLE
    if as_json:
        _write(stdout, json.dumps(reading.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        _write(stdout, summary(reading, language))
    return 0


def _write(stream: TextIO, text: str) -> None:
    """UTF-8 whatever the terminal's own encoding is: machines read this output."""
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(text)
        return
    stream.flush()
    buffer.write(text.encode("utf-8"))
    buffer.flush()


def summary(reading: PlanReading, language: str) -> str:
    """The reading as a person would want to look over it in a terminal."""
    words = WORDS[language]
    lines = [
        f"{words[name]}: {getattr(reading, name) or words['none']}"
        for name in ("title", "unit", "presented_by", "term", "language")
    ]
    for name in ("axes", "work_axes", "activities"):
        lines += ["", f"{words[name]} ({len(getattr(reading, name))})"]
        lines += [f"  {_item(item)}" for item in getattr(reading, name)]
    lines += ["", f"{words['events']} ({len(reading.events)})"]
    lines += [f"  {_event(event, words)}" for event in reading.events]
    lines += ["", f"{words['not_understood']} ({len(reading.not_understood)})"]
    lines += [f"  {words['line']} {n.line}: {n.text}" for n in reading.not_understood]
    return "\n".join(lines) + "\n"


def _item(item: Item) -> str:
    text = " ".join(item.text.split())
    text = text if len(text) <= 110 else text[:109].rstrip() + "…"
    return f"{item.number or '•'}  {text}"


def _event(event: Event, words: dict[str, str]) -> str:
    when = event.month or words["undated"]
    if event.start:
        when = event.start.isoformat()
        if event.end and event.end != event.start:
            when += f" – {event.end.isoformat()}"
    when += "" if event.date_confirmed else f" ({words['unconfirmed']})"
    where = ", ".join(part for part in (event.place, event.country) if part)
    role = words[event.role] if event.role else ""
    return "  ·  ".join(part for part in (when, event.title or "", where, role) if part)
