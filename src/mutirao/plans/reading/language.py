"""Portuguese, Spanish or English, by the small words each of them cannot do without."""

import re

from .fold import fold

_WORDS = {
    "pt": (
        "da do das dos na no nas nos em um uma ao aos pela pelo pelas pelos com sao nao mais "
        "e a o as os ou plano trabalho cidade cidades rede apresentado atividades eixos "
        "apoio gestao desenvolvimento acoes realizacao participacao fevereiro marco maio "
        "junho julho setembro outubro novembro dezembro"
    ),
    "es": (
        "el la los las del en un una al por con y o es su sus se lo que plan trabajo ciudad "
        "ciudades red presentado actividades ejes apoyo gestion desarrollo acciones "
        "realizacion participacion febrero marzo mayo junio julio septiembre octubre "
        "noviembre diciembre para"
    ),
    "en": (
        "the of and to in on for with by is are this that work plan city cities network "
        "activities presented management development january february march april may june "
        "july august"
    ),
}
WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
SIGNS = {"pt": re.compile("[ãõâêôç]|nh|lh"), "es": re.compile("ñ|¿|¡|ción|ll")}


def language_of(texts: list[str]) -> str | None:
    """pt, es or en; None where nothing tells."""
    whole = "\n".join(texts)[:60000].lower()
    words = re.findall(r"[a-z]+", fold(whole))
    score = {lang: float(sum(w in known for w in words)) for lang, known in WORDS.items()}
    for lang, pattern in SIGNS.items():
        score[lang] += len(pattern.findall(whole))
    best = max(score, key=lambda lang: score[lang])
    return best if score[best] > 0 else None
