"""The network's role in an event: organises, promotes or takes part."""

import re

from .fold import fold

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"\b(?:{words})"))
    for role, words in (
        ("organises", r"(?:co-?)?organi[sz]\w*|realiza(?:d[oa]s?|cao|cion|mos|r|n)?\b|"
                      r"realizad|ejecut\w+|execu\w+|"
         r"lider(?:a|o|es|an|am)?\b|encabeza\w*|hosts?\b|hosted|anfitri\w+|sediad[oa]|"
         r"convoca\w*|a cargo (?:de|da|do)|a cargo del|"
         r"co-?ordina\w*|coordena\w*"),
        ("takes_part", r"particip\w+|asist[ei]\w*|asistencia|attend\w*|tak(?:es|ing) part|"
                       r"presenca|presencia\b|"
         r"delegacion|delegacao|expositor\w*|ponente|palestrante|stand\b|invitad[ao]|"
         r"convidad[ao]|representa\w*"),
        ("promotes", r"promo[vtc]\w*|promueve\w*|apoi[ao]\w*|apoy[ao]\w*|auspici\w*|"
                     r"difu[ns]\w*|divulga\w*|"
         r"patrocin\w*|support\w*|sponsor\w*|respald\w*|aval\b|impulsa\w*|adhier\w*|adhesion|"
         r"acompan\w*"),
    )
)  # fmt: skip
KEY = re.compile(
    r"^(?:rol|papel|role|participacion|participacao|funcion|funcao|tipo de participac\w+|"
    r"caracter|carater|condicion|"
    r"condicao|modalidad de participacion)(?: (?:de|da|do|del) (?:la |a )?(?:vp|ut|unidad\w*|"
    r"unidade\w*|rede?|mercociudades|mercocidades|\w{2,8}))?"
    r"\s*[:\-]\s*"
)
NETWORK = re.compile(
    r"\b(?:vp|vps|ut|uts|ut[a-z]{1,6}|unidad|unidade|red|rede|mercociudades|mercocidades|"
    r"mercociudads|coordinacion|coordenacao|coordinadora|"
    r"coordenadora|coordenador|coordinador|coordenadoria|vice-? ?-? ?presidenc?i?a?|"
    r"vicepresiden\w+|presidencia|secretaria tecnica|stpm|"
    r"sub-?coordinac\w+|sub-?coordenac\w+|network|comision|comissao|grupo de trabajo|"
    r"grupo de trabalho|gt|nos|nosotros|unit|network|vice-presidency)\b"
)
AGENT = re.compile(
    r"\b(?:por|pelo|pela|pelos|pelas|by|a cargo de|a cargo del|a cargo da|"
    r"a cargo do)\b\s*(.*)|:\s*(.+)|^organi[sz]an?\b\s+(.+)"
)


def role_of(text: str, *, own_names: tuple[str, ...] = (), column: bool = False) -> str | None:
    """The role a short phrase states; None where it names another agent or no role at all.

    `own_names` are folded names that stand for the network here (the unit, the presenting city).
    `column` is True for the cell of a role column, which always speaks of the network.
    """
    folded = KEY.sub("", fold(text).replace("\n", " ")).strip(" .,;()[]")
    found = [(m.start(), role) for role, pattern in ROLES if (m := pattern.search(folded))]
    if not found:
        return None
    if not column and _someone_else(folded, own_names):
        return None
    return min(found)[1]


def _someone_else(folded: str, own_names: tuple[str, ...]) -> bool:
    agent = AGENT.search(folded)
    if not agent:
        return False
    name = next((g for g in agent.groups() if g), "").strip()
    if not name or NETWORK.search(name):
        return False
    return not any(own and (own in name or name in own) for own in own_names)


def is_role_phrase(text: str, *, own_names: tuple[str, ...] = ()) -> bool:
    """True for a piece that says nothing but the role ("Realizado pela VP", "Rol: promueve")."""
    folded = fold(text).strip(" .,;()[]")
    if KEY.match(folded):
        return role_of(text, column=True) is not None
    if re.match(
        r"(?:stand|representa|delega|expositor|ponente|palestrante|invitad|convidad)", folded
    ):
        return False  # says the role, and more than the role
    words = folded.split()
    starts = re.sub(
        r"^(?:con |com |con la |com a |la |a (?!cargo)|o |el |se |sera |evento |actividad |"
        r"atividade )+",
        "",
        folded,
    )
    if not any(pattern.match(starts) for _, pattern in ROLES):
        return False
    networked = NETWORK.search(folded) or any(own and own in folded for own in own_names)
    limit = 12 if networked else 3
    return len(words) <= limit and (len(words) == 1 or bool(networked) or _lone(starts))


def _lone(folded: str) -> bool:
    """Two or three words, all of them role words ("organiza y participa", "co-organización")."""
    rest = [
        w
        for w in re.split(r"[ ,/]+", folded)
        if w
        not in {
            "y",
            "e",
            "and",
            "activa",
            "ativa",
            "institucional",
            "com",
            "con",
            "stand",
            "propio",
            "proprio",
        }
    ]
    return all(any(pattern.match(word) for _, pattern in ROLES) for word in rest)
