"""Numbers and bullets at the start of an item: "IV-", "2.1", "a)", "Eje 3:", "•"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .fold import fold

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
END = r"(?:ª?\s*[.)\]:º°]{1,2}\s*[-–—]{0,2}|\s*[-–—]{1,2})"
NAMED = re.compile(
    r"^(eje|eixo|axis|linea|linha|line|actividad|atividade|activity|accion|acao|action|objetivo|"
    r"objective|meta|goal|componente|component|proyecto|projeto|project|programa|iniciativa|area|"
    r"ambito|pilar|tema|frente|desafio|proposta|propuesta)"
    r"((?: (?:estrategic[oa]|tematic[oa]|prioritari[oa]|transversal|especific[oa]|general|geral|"
    r"de (?:trabajo|trabalho|accion|acao|atuacao|actuacion|intervencion)))*)"
    r"(?: n\.? ?[º°o]\.? ?| ?#| )(\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,6}|[a-z])\b"
    r"(?P<end>\)? ?[.:)\]º-]{0,2} ?-{0,2})(?= |$|\n)"
)
AXIS_COLON = re.compile(
    r"^(eje|eixo|axis|linea|linha)(?: (?:estrategic[oa]|tematic[oa]|prioritari[oa]|transversal|"
    r"de (?:trabajo|trabalho|accion|acao|atuacao)))*\s*:\s+(?=\S)"
)
ORDINALS = {
    word: value
    for value, words in enumerate(
        (
            "primer|primero|primera|primeiro|primeira|first",
            "segundo|segunda|second",
            "tercer|tercero|tercera|terceiro|terceira|third",
            "cuarto|cuarta|quarto|quarta|fourth",
            "quinto|quinta|fifth",
            "sexto|sexta|sixth",
            "septimo|septima|setimo|setima|seventh",
            "octavo|octava|oitavo|oitava|eighth",
            "noveno|novena|nono|nona|ninth",
            "decimo|decima|tenth",
        ),
        start=1,
    )
    for word in words.split("|")
}
ORDINAL_NOUN = r"(?: (?:eje|eixo|linea|linha|actividad|atividade|objetivo|accion|acao))?"
ORDINAL = re.compile(rf"^({'|'.join(ORDINALS)}){ORDINAL_NOUN} ?(?:[.:)]-?|-) ")
BULLET = re.compile(
    r"^(?:[•·∙▪▫◦‣⁃●○■□►▶➢➤✓✔❖➔→◆◇★☐\uf0b7\uf0a7\uf0d8\uf0fc\uf076*+]\s*|[-–—]{1,2}\s+|-(?=[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ]))"
)
DECIMAL_PATH = re.compile(r"^\(?(\d{1,2}(?:\.\d{1,2}){1,3})(?:\.?\s*[)\]:]?\s*[-–—]?|\.)\s+(?=\D)")
LETTER_PATH = re.compile(
    r"^([A-Z]|[IVX]{1,4})[.\-](\d{1,2}(?:\.\d{1,2}){0,2})(?:\s*[.)\]:]?\s*[-–—]?|\.)\s+(?=\D)"
)
DECIMAL = re.compile(rf"^(?:n[º°]\s*)?[(\[]?(\d{{1,3}}){END}(?=\s|\D|$)\s*(?!\d)", re.I)
ROMAN_RE = re.compile(rf"^[(\[]?([IVXLC]{{1,6}}|[ivxlc]{{1,6}}){END}\s*", 0)
LETTER = re.compile(
    r"^(?:[(\[]([A-Za-z])[)\]]|([A-Za-z])\s*[)\]](?:\s*[.:-])?|([A-Za-z])\.(?:\s?[-–—])?(?=\s)|([A-Z])\s?[-–—](?=\s))\s*[-–—]?\s*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A parsed label. `kind` is decimal, roman, letter, named, ordinal or bullet.

    `styles` lists the possible (style, value) readings: "c)" is the letter 3 or the roman 100.
    `word` is the noun of "Eje 3". `length` is how many characters of the text it took.
    """

    kind: str
    number: str | None
    styles: tuple[tuple[str, int], ...]
    length: int
    word: str | None = None
    path: tuple[int, ...] = ()

    @property
    def numbered(self) -> bool:
        return self.kind != "bullet"


def roman_value(text: str) -> int | None:
    """Value of a well-formed roman number below 90, None for anything else."""
    text = text.lower()
    if not re.fullmatch(r"(x{0,3}|xl|lx{0,3})(ix|iv|v?i{0,3})", text) or not text:
        return None
    total = 0
    for char, following in zip(text, [*text[1:], "i"], strict=True):
        sign = -1 if ROMAN[char] < ROMAN[following] and following != "i" else 1
        total += sign * ROMAN[char]
    return total


def parse_label(text: str) -> Label | None:
    """The label at the start of `text`, None where it starts with its own words."""
    return _line_label(text) if len(text) <= 600 else _read_label(text)


@lru_cache(maxsize=4096)
def _line_label(text: str) -> Label | None:
    return _read_label(text)


def _read_label(text: str) -> Label | None:
    for reader in (_named, _axis_colon, _ordinal, _path, _decimal, _roman_or_letter, _bullet):
        if label := reader(text):
            return label
    return None


def _named(text: str) -> Label | None:
    found = NAMED.match(fold(text))
    if not found:
        return None
    word, number, end = found.group(1), found.group(3), found.group("end").strip()
    original = text[found.start(3) : found.end(3)]
    if not number[0].isdigit() and (original.islower() or not _well_formed(number)):
        return None
    if not end and len(text) > found.end() and not text[found.end() :].strip()[:1].isupper():
        return None
    path = tuple(int(n) for n in number.split(".")) if number[0].isdigit() else ()
    value = path[-1] if path else (roman_value(number) or ord(number[0]) - 96)
    length = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    return Label("named", original, ((f"named-{word}-{len(path)}", value),), length, word, path)


def _axis_colon(text: str) -> Label | None:
    """ "Eje: Turismo" names an axis that has no number."""
    found = AXIS_COLON.match(fold(text))
    if not found:
        return None
    word = found.group(1)
    return Label("named", None, ((f"named-{word}", 0),), found.end(), word)


def _well_formed(number: str) -> bool:
    return roman_value(number) is not None or len(number) == 1


def _ordinal(text: str) -> Label | None:
    found = ORDINAL.match(fold(text))
    if not found:
        return None
    value = ORDINALS[found.group(1)]
    number = text[: len(found.group(1))]
    return Label("ordinal", number, (("ordinal", value),), found.end())


def _path(text: str) -> Label | None:
    if found := LETTER_PATH.match(text):
        path = (0, *(int(n) for n in found.group(2).split(".")))
        number = text[: found.end(2)]
        return Label(
            "decimal", number, ((f"lettered-{len(path)}", path[-1]),), found.end(), path=path
        )
    found = DECIMAL_PATH.match(text)
    if not found:
        return None
    path = tuple(int(n) for n in found.group(1).split("."))
    return Label(
        "decimal", found.group(1), ((f"decimal-{len(path)}", path[-1]),), found.end(), path=path
    )


def _decimal(text: str) -> Label | None:
    found = DECIMAL.match(text)
    if not found:
        return None
    value = int(found.group(1))
    return Label("decimal", found.group(1), (("decimal-1", value),), found.end(), path=(value,))


def _roman_or_letter(text: str) -> Label | None:
    roman, letter = ROMAN_RE.match(text), LETTER.match(text)
    styles: list[tuple[str, int]] = []
    number = ""
    length = 0
    if roman and (value := roman_value(roman.group(1))):
        case = "upper" if roman.group(1).isupper() else "lower"
        number, length = roman.group(1), roman.end()
        styles.append((f"roman-{case}", value))
    if letter:
        number = next(g for g in letter.groups() if g)
        case = "upper" if number.isupper() else "lower"
        length = max(length, letter.end())
        styles.append((f"letter-{case}", ord(number.lower()) - 96))
    if not styles:
        return None
    return Label(styles[0][0].split("-")[0], number, tuple(styles), length)


def _bullet(text: str) -> Label | None:
    found = BULLET.match(text)
    if not found or len(text) == found.end():
        return None
    return Label("bullet", None, (("bullet-" + text[0], 0),), found.end())


class Levels:
    """Depth of each label of a list, from the order in which numbering styles appear."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, int]] = []

    def depth(self, label: Label) -> int:
        """0 for the outermost numbering of the list; deeper styles open deeper levels."""
        for level, (style, last) in reversed(list(enumerate(self._stack))):
            for candidate, value in label.styles:
                if candidate == style and (value == last + 1 or value == 0):
                    return self._enter(level, candidate, value)
        return self._irregular(label)

    def _irregular(self, label: Label) -> int:
        first = next((s for s in label.styles if s[1] <= 1), label.styles[0])
        for level, (style, _) in enumerate(self._stack):
            if style == first[0] and (first[1] != 1 or level == 0):
                return self._enter(level, *first)
        for level, (style, _) in enumerate(self._stack):
            if style == first[0]:
                return self._enter(level, *first)
        return self._enter(len(self._stack), *first)

    def _enter(self, level: int, style: str, value: int) -> int:
        del self._stack[level:]
        self._stack.append((style, value))
        return level
