"""One calendar entry: what stands after its date -> title, place, description, role."""

import re
from dataclasses import dataclass, field, replace

from .body_words import (
    FACT_KEYS,
    HOUR_FIRST,
    IN_CITY,
    PLACE_FIRST,
    PLACE_UNKNOWN,
    STRIP,
    TEXT_KEY,
    TITLE_KEY,
)
from .dates import UNSURE
from .fold import fold
from .pieces import Bracket, Piece, brackets, cut, join
from .places import KEY as PLACE_KEY
from .places import VIRTUAL, Place, country_code, looks_like_place, parse_place
from .roles import KEY as ROLE_KEY
from .roles import is_role_phrase, role_of


@dataclass(frozen=True, slots=True)
class Context:
    """What the lines before say: year, month of the heading, language, the network's own names."""

    year: int | None = None
    month: tuple[int | None, int] | None = None
    language: str | None = None
    own_names: tuple[str, ...] = ()
    unsure: bool = False
    starts: int | None = None
    fixed: bool = False  # a heading said the year itself


@dataclass(slots=True)
class Body:
    """The words of an entry without its date."""

    title: str | None = None
    place: Place = field(default_factory=lambda: Place(None, None))
    description: str | None = None
    role: str | None = None
    unsure: bool = False


def read_body(text: str, context: Context) -> Body:
    """Title, place, description and role of the text after the date."""
    body = Body()
    text, body.unsure = _without_unsure(text.strip(STRIP.replace(".", "")))
    if led := _after_hour(text, context) or _after_place(text, context):
        return replace(led, unsure=body.unsure or led.unsure)
    text = PLACE_UNKNOWN.sub("", text)
    text = _bracket_last(text)
    if facts := _facts(text):
        return _from_facts(facts, body, context)
    text = _bracketed_role(text, body, context)
    place = _place_bracket(text, context)
    if place:
        return _around_bracket(text, place, body, context)
    pieces = _take_roles(cut(text), body, context)
    pieces = _take_place(pieces, body, context)
    return _title_first(pieces, body, context)


def _after_hour(text: str, context: Context) -> Body | None:
    """ "10:00 hs: Conversatorio": the hour is told in the description."""
    hour = HOUR_FIRST.match(text)
    if hour is None or not text[hour.end() :].strip():
        return None
    inner = read_body(text[hour.end() :], context)
    told = [t for t in (hour.group("hour").strip(), inner.description) if t]
    return replace(inner, description="; ".join(told))


def _after_place(text: str, context: Context) -> Body | None:
    """ "en Medellín (Colombia), reunión de apertura" and "Lima (Perú): apertura"."""
    there = PLACE_FIRST.match(text)
    if there is None or not text[there.end() :].strip():
        return None
    place = parse_place(there.group("place") or there.group("there"), context.language)
    if not (place.explicit and place.name and looks_like_place(place.name)):
        return None
    inner = read_body(text[there.end() :], context)
    return None if inner.place.name or inner.place.country else replace(inner, place=place)


def _bracket_last(text: str) -> str:
    """ "(Día del Agua) – Seminario": the bracket describes, what follows is the title."""
    first = next(iter(brackets(text)), None)
    if first is None or first.begin != 0 or not text[first.finish :].strip(STRIP):
        return text
    rest = text[first.finish :].strip(STRIP)
    pieces = cut(rest)
    return join([pieces[0], Piece(first.content, " – "), *pieces[1:]]) if pieces else text


def _facts(text: str) -> dict[str, str]:
    """ "Evento: …", "Lugar: …", "Rol: …" on lines of their own; {} unless there are two."""
    facts: dict[str, str] = {}
    for line in text.split("\n"):
        folded = fold(line)
        for name, key in FACT_KEYS:
            if found := key.match(folded):
                facts.setdefault(name, line[found.end() :].strip())
                break
        else:
            name = "rest" if "title" in facts or not line.strip() else "title"
            facts[name] = " – ".join(t for t in (facts.get(name, ""), line.strip()) if t)
    return facts if len([k for k in facts if k != "rest"]) >= 2 and "\n" in text else {}


def _from_facts(facts: dict[str, str], body: Body, context: Context) -> Body:
    unsure = body.unsure
    title = facts.get("title", "")
    body = read_body(title, context) if title else Body()
    if title and not body.role and not body.place.name and not body.place.country:
        body = Body(title=_clean_title(title), unsure=body.unsure)  # its dashes are its own
    body.unsure = body.unsure or unsure
    if facts.get("place"):
        body.place = parse_place(facts["place"], context.language)
    if country := country_code(facts.get("country", ""), context.language):
        body.place = replace(body.place, country=country)
    if role := role_of(facts.get("role", ""), own_names=context.own_names, column=True):
        body.role = role
    told = (body.description, facts.get("text"), facts.get("rest"))
    body.description = "; ".join(t for t in told if t) or None
    return body


def _without_unsure(text: str) -> tuple[str, bool]:
    """Removes "(fecha a confirmar)" and its like from the text and says that it was there."""
    unsure = False
    for bracket in reversed(brackets(text)):
        if UNSURE.search(fold(bracket.content)):
            rest = UNSURE.sub(" ", fold(bracket.content)).strip(STRIP)
            unsure = unsure or not re.match(r"(?:local|lugar|sede)\b", fold(bracket.content))
            if len(rest) < 3:
                before, after = text[: bracket.begin], text[bracket.finish :]
                text = re.sub(r"[ \t]+([.,;:])", r"\1", f"{before.rstrip()} {after.lstrip(' ')}")
                text = text.strip()
    at_end = re.search(r",\s*$", text[: found.start()]) if (found := _unsure_tail(text)) else None
    if found and at_end:
        text, unsure = text[: at_end.start()], True
    pieces = cut(text)
    kept = [p for p in pieces if not _only_unsure(p.text)]
    if len(kept) < len(pieces):
        return join(kept), True
    return text, unsure


def _unsure_tail(text: str) -> re.Match[str] | None:
    """ "…, a confirmar." at the very end."""
    return next((m for m in UNSURE.finditer(fold(text)) if not text[m.end() :].strip(" .)")), None)


def _only_unsure(text: str) -> bool:
    folded = fold(text).strip(STRIP + "()[]")
    found = UNSURE.search(folded)
    return found is not None and len(folded) - (found.end() - found.start()) <= 3


def _bracketed_role(text: str, body: Body, context: Context) -> str:
    for bracket in reversed(brackets(text)):
        if is_role_phrase(bracket.content, own_names=context.own_names):
            role = role_of(bracket.content, own_names=context.own_names)
            if role:
                body.role = body.role or role
                text = text[: bracket.begin].rstrip() + " " + text[bracket.finish :].lstrip()
    return text.strip()


def _place_bracket(text: str, context: Context) -> Bracket | None:
    """The last bracket that is a place; short names in brackets stay in the title."""
    for bracket in reversed(brackets(text)):
        content = bracket.content
        if len(content) > 90 or (
            brackets(content) and not country_code(brackets(content)[-1].content)
        ):
            continue
        if bracket.begin == 0 and bracket.finish < len(text):
            continue
        place = parse_place(content, context.language)
        if PLACE_KEY.match(fold(content)) or (place.explicit and len(content.split()) <= 12):
            return bracket
        if looks_like_place(content):
            return bracket
    return None


def _around_bracket(text: str, bracket: Bracket, body: Body, context: Context) -> Body:
    body.place = parse_place(bracket.content, context.language)
    before, after = text[: bracket.begin], " " + text[bracket.finish :].lstrip(" .,;:")
    pieces = _take_roles([replace(p, before=p.before or " ") for p in cut(after)], body, context)
    head = cut(before)
    before = join(_take_roles(head, body, context)) if head else before
    if len(head) > 1 and body.place.name is None and is_bare_city(head[-1].text):
        # "… – Rosario (Argentina)": the bracket holds the country only.
        body.place = replace(body.place, name=head[-1].text.strip(STRIP))
        before = join(head[:-1])
    body.title = _clean_title(before)
    if body.place.name is None and body.place.country and body.title:
        _city_at_end(body, context)
    body.description = _clean(join(_without_keys(pieces, body, context)))
    if body.title is None and body.description:
        body.title, body.description = body.description, None
    return body


def _city_at_end(body: Body, context: Context) -> None:
    """ "Taller de datos en Rosario (Argentina)": the city stands before the bracket."""
    head, comma, tail = (body.title or "").rpartition(",")
    if comma and head.strip() and is_bare_city(tail.strip()):
        body.place, body.title = replace(body.place, name=tail.strip()), _clean_title(head)
        return
    found = IN_CITY.search(body.title or "")
    if found and looks_like_place(found.group("place")):
        body.place = replace(body.place, name=found.group("place").strip())
        if found.group("to") not in {"a", "para"}:
            body.title = _clean_title((body.title or "")[: found.start()])


def is_bare_city(text: str) -> bool:
    place = parse_place(text)
    return (
        len(text.split()) <= 5
        and looks_like_place(text)
        and (place.explicit or len(text.split()) <= 3)
    )


def _take_roles(pieces: list[Piece], body: Body, context: Context) -> list[Piece]:
    """Takes out pieces that only state the role; the first piece is the title and stays."""
    kept: list[Piece] = []
    for index, piece in enumerate(_role_after_comma(pieces, body, context)):
        first = (
            index == 0
            and not piece.before
            and len(pieces) > 1
            and not ROLE_KEY.match(fold(piece.text))
        )
        if not first and is_role_phrase(piece.text, own_names=context.own_names):
            role = role_of(piece.text, own_names=context.own_names)
            if role:
                body.role = body.role or role
                continue
        kept.append(piece)
    if body.role is None:
        body.role = _role_inside([p for p in kept if p.before], context)
    return kept


def _role_after_comma(pieces: list[Piece], body: Body, context: Context) -> list[Piece]:
    """ "Congreso de datos en Lima, Perú, organizado por la UT": takes off the last part."""
    kept: list[Piece] = []
    for piece in pieces:
        head, comma, tail = piece.text.rpartition(",")
        if comma and head.strip() and is_role_phrase(tail, own_names=context.own_names):
            role = role_of(tail, own_names=context.own_names)
            if role and len(tail.split()) > 1:
                body.role = body.role or role
                piece = replace(piece, text=head.strip())
        kept.append(piece)
    return kept


def _role_inside(pieces: list[Piece], context: Context) -> str | None:
    """A longer sentence may state the role too: "la UT participa con un stand"."""
    from .roles import NETWORK

    for piece in reversed(pieces):
        if NETWORK.search(fold(piece.text)):
            role = role_of(piece.text, own_names=context.own_names)
            if role:
                return role
    return None


def _take_place(pieces: list[Piece], body: Body, context: Context) -> list[Piece]:
    for index, piece in enumerate(pieces):
        if PLACE_KEY.match(fold(piece.text)):
            body.place = parse_place(piece.text, context.language)
            return pieces[:index] + pieces[index + 1 :]
    for index in range(1, len(pieces)):
        following = pieces[index + 1].text if index + 1 < len(pieces) else ""
        if country_code(following, context.language) and is_bare_city(pieces[index].text):
            body.place = parse_place(f"{pieces[index].text}, {following}", context.language)
            return pieces[:index] + pieces[index + 2 :]
        text = re.sub(r"^(?i:en|em|in|na|no)\s+(?=[A-ZÁÉÍÓÚ])", "", pieces[index].text)
        place = parse_place(text, context.language)
        short = len(pieces[index].text.split()) <= 8
        if place.explicit and short and (place.country is None or _placelike(place)):
            body.place = place
            return pieces[:index] + pieces[index + 1 :]
    return pieces


def _placelike(place: Place) -> bool:
    return place.name is None or looks_like_place(place.name) or len(place.name.split()) <= 4


def _title_first(pieces: list[Piece], body: Body, context: Context) -> Body:
    pieces = _without_keys(pieces, body, context)
    if not pieces:
        return body
    title = pieces[0].text
    body.title = _clean_title(
        TITLE_KEY.sub("", fold(title)) and title[len(title) - len(TITLE_KEY.sub("", fold(title))) :]
    )
    if body.place.name is None and body.place.country is None and body.title:
        _place_at_end(body, context)
    elif body.place.name is None and body.title:
        _city_at_end(body, context)
    body.description = _clean(join(pieces[1:]))
    return body


def _place_at_end(body: Body, context: Context) -> None:
    """ "Taller de datos en Rosario, Argentina" and "Taller de datos, Rosario, Argentina"."""
    title = body.title or ""
    found = IN_CITY.search(title)
    if found:
        place = parse_place(found.group("place"), context.language)
        if place.explicit and _placelike(place) and place.name:
            body.place = place
            if found.group("to") not in {"a", "para"}:
                body.title = _clean_title(title[: found.start()])
            return
    parts = title.split(",")
    for size in (2, 1):
        tail = ",".join(parts[-size:]).strip()
        place = parse_place(tail, context.language)
        head = ",".join(parts[:-size])
        if (
            len(parts) > size
            and head.strip()
            and place.explicit
            and (size == 1 or place.country)
            and _placelike(place)
            and (looks_like_place(tail) or VIRTUAL.match(fold(tail)))
        ):
            body.place, body.title = place, _clean_title(head)
            if place.name is None:
                _city_at_end(body, context)
            return


def _without_keys(pieces: list[Piece], body: Body, context: Context) -> list[Piece]:
    """Strips "Tema:" and takes a "Lugar: …" that stands after the bracket."""
    kept: list[Piece] = []
    for piece in pieces:
        folded = fold(piece.text)
        if PLACE_KEY.match(folded) and body.place.name is None:
            body.place = parse_place(piece.text, context.language)
            continue
        key = TEXT_KEY.match(folded)
        kept.append(replace(piece, text=piece.text[key.end() :]) if key else piece)
    return kept


def _clean_title(text: str | None) -> str | None:
    text = re.sub(r"\s+", " ", text or "").strip(STRIP)
    if re.fullmatch(r'[“"«][^“”"«»]*[”"»]', text):
        text = text[1:-1].strip()
    return re.sub(r"\s+([,;])", r"\1", text) or None


def _clean(text: str) -> str | None:
    text = re.sub(r"[ \t]+", " ", text).strip(" ,;:–—-|/\n").strip()
    return (
        text.rstrip(".").strip() if text.count(".") == 1 and text.endswith(".") else (text or None)
    )
