"""Contacts and signatures: recognised so that they are never published."""

import re

from .dates import read_date, read_month
from .fold import fold
from .places import looks_like_place, parse_place
from .segments import RULE, Block, Seg

EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|[\[(]\s?(?:at|arroba)\s?[\])])\s?"
    r"[\w-]{1,63}(?:\.\s[\w-]{2,63}(?:\.[\w-]{1,63})*|"  # cut at the end of a cell's line
    r"(?:(?:\.|\s?[\[(]\s?(?:dot|punto|ponto)\s?[\])]\s?)[\w-]{1,63})+)",
    re.I,
)
# After a word for it any number of seven digits is a telephone; alone it must look like one.
PHONE = re.compile(
    r"\+\s?\d{1,3}[\s.\-/()]{0,3}(?:\(?\d{1,5}\)?[\s.\-/]{0,3}){2,5}\d{2,4}|"
    r"\(\+?\d{2,5}(?:\s\d{1,4})?\)\s?\d{3,5}[\s.-]?\d{3,5}|"
    r"\b(?i:tel[ée]?f?(?:ono|one)?s?|m[óo]vil|cel(?:ular)?(?:es)?|fax|whats ?app|wsp|wa|fone|fono|"
    r"phone|ramal|contact[oe]s?|contatos?)\b[./]?\s*(?:(?i:fax|whats ?app|cel|m[óo]vil)\b\.?\s*)?"
    r"(?:(?i:de contat?c?t?o|n[º°o.]{1,2})\s*)?[:.]?\s*[+(]?\d[\d\s().\-/]{5,24}\d|"
    r"(?<![\d/.,-])(?!(?:19|20)\d\d\s?-\s?(?:19|20)\d\d)(?:0\d{2,4}[ -])?\d{4}-\d{4}(?![\d/.,-])"
)
PLACEHOLDER = re.compile(
    r"^\s*\[[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ ./\-]{3,60}\]\s*$|\[(?:E-?MAIL|CORREO|TEL[EÉ]FON[EO]|PHONE|"
    r"NOM[EB]R?E?[^\]]*|FIRMA|ASSINATURA|ENDERE[CÇ]O|DIRECCI[OÓ]N)\]",
    re.I,
)
CONTACT_KEY = re.compile(
    r"^(?:e-?mails?|correos?(?: electronicos?)?|mail|tel|telefonos?|telefones?|fono|fone|"
    r"celular|movil|cel|fax|whats ?app|skype|"
    r"contactos?|contatos?|datos de contacto|dados de contato|direccion|endereco|domicilio|"
    r"telefono de contacto|telefone de contato|"
    r"persona de contacto|pessoa de contato|referente(?: tecnic[oa])?|punto focal|ponto focal|"
    r"responsable(?: tecnic[oa]| politic[oa]| del plan)?|responsavel(?: tecnic[oa]|"
    r" politic[oa]| pelo plano)?|"
    r"contacto tecnico|contato tecnico|elaborado por|elaboracion|elaboracao|nombre|nome|cargo|"
    r"posicion(?: en el gobierno local)?|posicao(?: no governo local)?|"
    r"firma|assinatura|signature|name|position|phone|autoridad(?: politica)?|"
    r"coordinadora?(?: general| tecnic[oa]| politic[oa])?|coordenadora?(?: geral|"
    r" tecnic[oa])?|website|sitio web|pagina web|web|site)"
    r"\s*(?:\([^)]*\)\s*)?[:.]"
)
OFFICE = re.compile(
    r"^(?:(?:el|la|o|a)? ?(?:sr|sra|dr|dra|lic|ing|arq|"
    r"prof)\.? )?(?:vice-? ?-?)?(?:prefeit[oa]|intendent[ea]|alcald[ea]|alcaldesa|presidente|"
    r"presidenta|vice-? ?presidente|"
    r"secretari[oa]|subsecretari[oa]|director[a]?|diretor[a]?|coordinador[a]?|coordenador[a]?|"
    r"sub-?coordinador[a]?|concejal[a]?|vereador[a]?|"
    r"jef[ea]|chefe|gerente|asesor[a]?|assessor[a]?|mayor|ministr[oa]|gobernador[a]?|"
    r"governador[a]?|encargad[oa]|president|secretary|vice)\b"
)
INSTITUTION = re.compile(
    r"^(?:secretaria|subsecretaria|direccion|diretoria|coordinacion|coordenacao|intendencia|"
    r"prefeitura|municipalidad|municipio|"
    r"alcaldia|gobierno|governo|departamento|gabinete|ministerio|unidad tematica|"
    r"unidade tematica|vice-? ?-? ?presidencia|comision|comissao)\b[^.:;]{0,80}$"
)
CLOSING = re.compile(
    r"^(?:atenciosamente|respeitosamente|cordialmente|atentamente|saludos|saludamos|"
    r"sin otro particular|sem mais|cordiais saudacoes|"
    r"saudacoes|un cordial|um abraco|fraternalmente|muy atentamente|firma|firmas|assinatura|"
    r"assinado|firmado|aclaracion|sello|carimbo|best regards|sincerely|yours)\b"
)
LINE = re.compile(r"^[_.\-\s]{6,}$|_{5,}")


def has_contact(text: str) -> bool:
    return bool(EMAIL.search(text) or PHONE.search(text) or PLACEHOLDER.search(text))


def is_contact(text: str) -> bool:
    """True for a line that is nothing but a contact, a person's data or a place for them."""
    folded = fold(text).strip(" •-*·")
    words = len(text.split())
    if CONTACT_KEY.match(folded) and (words <= 14 or has_contact(text)) and words <= 40:
        return has_contact(text) or not _names_city(folded)
    return has_contact(text) and words <= 10


def _names_city(folded: str) -> bool:
    """ "Coordinadora: Ciudad de Rosario" and "Responsable: Municipalidad de …" name no person."""
    value = folded.split(":", 1)[-1]
    if re.search(
        r"\b(?:ciudad|cidade|municip\w+|prefeitura|intendencia|alcaldia|gobierno|governo|city)\b",
        value,
    ):
        return True
    return parse_place(value.strip().title()).explicit


def is_office(text: str) -> bool:
    """True for a line that is an office, not a unit ("Prefeito de …", not "Vice-Presidência")."""
    folded = fold(text).strip(" .,-")
    unit = re.match(
        r"vice ?-? ?presidenc|secretaria (?:de|tecnica|executiva|ejecutiva|permanente)", folded
    )
    return len(text.split()) <= 14 and bool(OFFICE.match(folded)) and not unit


def is_name(text: str) -> bool:
    """Two to six capitalised words and nothing else: could be a person's name."""
    words = text.strip(" .,").split()
    if not 2 <= len(words) <= 6 or re.search(r"[\d:;()|/]", text):
        return False
    small = {"de", "da", "do", "dos", "das", "del", "la", "e", "y", "los"}
    return all(w[0].isupper() or w.lower() in small for w in words)


def is_place_and_date(text: str) -> bool:
    """ "Montevideo, 12 de marzo de 2025": where and when a document was signed."""
    span = read_date(text, anchored=False)
    if span is None and (monthly := read_month(text, anchored=False)):
        span = monthly if monthly.month and monthly.month[0] and monthly.begin > 0 else None
    if span is None or text[span.finish :].strip(" ."):
        return False
    if span.days and span.days[0][0][0] is None:
        return False
    before = text[: span.begin].strip(" ,.–—-")
    return (
        len(before.split()) <= 8
        and not re.search(r"[():]", before)
        and (not before or looks_like_place(before) or parse_place(before).explicit)
    )


def signature_start(blocks: list[Block], first: int) -> int:
    """Index from which the rest of the document is its signature; len(blocks) when none is.

    Looks only at the tail of short unnumbered lines after index `first`, the last heading.
    """
    tail = len(blocks)
    while tail > first and _may_sign(blocks[tail - 1]):
        tail -= 1
    for index in range(tail, len(blocks)):
        if _signs(blocks, index):
            return _signature_head(blocks, index, tail)
    return _institutions(blocks, tail)


def _institutions(blocks: list[Block], tail: int) -> int:
    """A plan may end with the names of its offices only."""
    index = len(blocks)
    while index > tail and _institution(blocks[index - 1]):
        index -= 1
    after_table = index > 0 and not isinstance(blocks[index - 1], Seg)
    return index if len(blocks) - index >= 2 or after_table else len(blocks)


def _institution(block: Block) -> bool:
    if not isinstance(block, Seg) or block.label or block.furniture:
        return False
    return is_office(block.text) or bool(INSTITUTION.match(fold(block.text)))


def _may_sign(block: Block) -> bool:
    if not isinstance(block, Seg):
        return False
    if block.furniture:
        return True
    if is_contact(block.text) or is_place_and_date(block.text) or CLOSING.match(fold(block.text)):
        return True
    if (block.label and block.label.numbered) or block.heading is not None:
        return False
    return len(block.text.split()) <= 14 and not read_date(block.text)


def _signs(blocks: list[Block], index: int) -> bool:
    block = blocks[index]
    if not isinstance(block, Seg) or block.furniture:
        return False
    text = block.text
    if is_contact(text) or CLOSING.match(fold(text)) or is_place_and_date(text):
        return True
    if PLACEHOLDER.search(text) or (LINE.search(text) and "_" in text):
        return True
    if block.label and not has_contact(text):
        return False
    return is_office(text) and (
        (index > 0 and _plain_name(blocks[index - 1])) or _signs_next(blocks, index)
    )


def _signs_next(blocks: list[Block], index: int) -> bool:
    """An office with only signature-like lines after it, at least one of them certain."""
    rest = [b for b in blocks[index + 1 :] if isinstance(b, Seg) and not b.furniture]
    return (
        any(
            is_contact(b.text)
            or is_place_and_date(b.text)
            or "_" * 5 in b.text
            or PLACEHOLDER.search(b.text)
            for b in rest
        )
        or not rest
    )


def _plain_name(block: Block) -> bool:
    return (
        isinstance(block, Seg)
        and not block.label
        and is_name(block.text)
        and not block.text.rstrip().endswith((".", ";"))
    )


def _signature_head(blocks: list[Block], index: int, tail: int) -> int:
    """Goes back over the name and the offices that stand above the first certain line."""
    while index > tail:
        previous, block = blocks[index - 1], blocks[index]
        if not isinstance(previous, Seg) or not isinstance(block, Seg) or previous.label:
            break
        below = (
            is_office(block.text)
            or is_contact(block.text)
            or bool(INSTITUTION.match(fold(block.text)))
        )
        named = _plain_name(previous) and below
        if (
            not named
            and not is_office(previous.text)
            and not INSTITUTION.match(fold(previous.text))
        ):
            break
        index -= 1
    return index


def redact(text: str) -> tuple[str, list[str]]:
    """The text without e-mail addresses and telephones, and what was taken out."""
    taken = [m.group().strip() for pattern in (EMAIL, PHONE) for m in pattern.finditer(text)]
    if not taken:
        return text, []
    for pattern in (EMAIL, PHONE):
        text = pattern.sub("\u0000", text)
    text = re.sub(r"[(\[]\s*(?:[\w\s.-]{0,20}[:.]?\s*)?\u0000[^()\[\]]{0,30}[)\]]", "", text)
    text = re.sub(
        r"(?:[,;–—-]\s*)?(?:\b(?:e-?mail|correo|tel(?:[ée]fono|efone)?|contat?c?to|whatsapp|"
        r"cel)\b\s*[:.]?\s*)?\u0000",
        "",
        text,
        flags=re.I,
    )
    return re.sub(r"\s+([.,;])", r"\1", re.sub(r"[ \t]{2,}", " ", text)).strip(" ,;–—-"), taken


def is_rule(text: str) -> bool:
    return bool(RULE.match(text)) and "_" * 5 not in text
