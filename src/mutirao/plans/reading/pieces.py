"""Cuts the rest of a calendar line at its dashes, sentences and brackets."""

import re
from dataclasses import dataclass

OPEN, CLOSE = "([", ")]"
CUT = re.compile(
    r"\s+[-–—]+\s+|\s*[–—]\s+|\s+[–—]\s*|\s+-(?=\w)|(?<=[\w)\]])-\s+|\s*\|\s*|\s*;\s*|\n\s*|(?<=[\w)\]»”\"])\.\s+(?=[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ¿¡«“\"])|\s*//\s*|\s/\s"
)


ABBREVIATION = re.compile(
    r"(?:[A-Z]|Dr|Dra|Sr|Sra|Lic|Ing|Arq|Prof|Av|Sta|Sto|St|Gral|Mtro|Mtra|Abg|Esq|Nro|No|Num|"
    r"P[áa]g|Art|Cap|Vol|Jr|Cnel|Pte|Cte|Int|Gob|Gov|Mun|Prov|Dpto|Depto|Pref|Sec|Univ|EE|Rep)"
)
KEYED = re.compile(r"[A-Za-zÀ-ÿ]{3,15}:|(?:[OP]rgani[sz]|[Pp]artici|[Pp]rom[ou]|[Aa]po[iy])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part between separators; `before` is the separator that stood before it."""

    text: str
    before: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """Bracket content with its place in the text, the brackets themselves included."""

    begin: int
    finish: int
    content: str


def brackets(text: str) -> list[Bracket]:
    """Outermost brackets, in order; one that is never closed reaches to the end."""
    found: list[Bracket] = []
    depth, begin = 0, 0
    for index, char in enumerate(text):
        if char in OPEN:
            begin = index if depth == 0 else begin
            depth += 1
        elif char in CLOSE and depth:
            depth -= 1
            if depth == 0:
                found.append(Bracket(begin, index + 1, text[begin + 1 : index].strip()))
    if depth:
        found.append(Bracket(begin, len(text), text[begin + 1 :].strip()))
    return found


def cut(text: str) -> list[Piece]:
    """Pieces of the text; separators inside brackets do not cut."""
    shielded = [(b.begin, b.finish) for b in brackets(text)]
    pieces: list[Piece] = []
    start, before = 0, ""
    for found in CUT.finditer(text):
        if any(a < found.start() < b for a, b in shielded) or _abbreviation(text, found):
            continue
        pieces.append(Piece(text[start : found.start()].strip(), before))
        start, before = found.end(), found.group()
    pieces.append(Piece(text[start:].strip(), before))
    return [p for p in pieces if p.text.strip(" .,;:-–—")]


def _abbreviation(text: str, found: re.Match[str]) -> bool:
    if not found.group().startswith("."):
        return False
    if KEYED.match(text[found.end() :]):
        return False
    word = re.search(r"(\w+)$", text[: found.start()])
    return word is not None and ABBREVIATION.fullmatch(word.group(1)) is not None


def join(pieces: list[Piece]) -> str:
    """Pieces with the separators they had; the first one's is left out."""
    text = pieces[0].text if pieces else ""
    for piece in pieces[1:]:
        before = piece.before if piece.before.strip() else " "
        text += ("\n" if "\n" in piece.before else before) + piece.text
    return text.strip(" ;–—-").strip()
