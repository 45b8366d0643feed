"""Countries and places as plans write them. What the document does not say stays None."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .fold import fold

# Names and short forms beyond those of CLDR (which babel carries in the three languages).
ALIASES = {
    "US": "eua|e.u.a|e.u.a.|eeuu|ee.uu|ee.uu.|ee. uu.|ee uu|usa|u.s.a.|u.s.|us|"
    "estados unidos da america|"
    "estados unidos de america|estados unidos|united states of america|united states",
    "GB": "uk|reino unido|inglaterra|england|escocia|scotland|gran bretana|gra-bretanha|"
    "great britain",
    "BR": "br|bra|brasil|brazil",
    "AR": "ar|arg|arg.|argentina|rep. argentina|republica argentina",
    "UY": "uy|uru|uru.|uruguay|uruguai|rou",
    "PY": "py|par|paraguay|paraguai",
    "CL": "cl|chi|chile",
    "BO": "bo|bol|bolivia|estado plurinacional de bolivia",
    "CO": "co|col|colombia",
    "EC": "ec|ecu|ecuador|equador",
    "PE": "peru",
    "VE": "ve|ven|venezuela",
    "MX": "mx|mex|mexico|mejico",
    "ZA": "south africa|africa do sul|sudafrica|za|rsa",
    "ES": "espana|espanha|spain",
    "KR": "corea del sur|coreia do sul|south korea|corea|coreia",
    "NL": "holanda|holland|paises baixos|paises bajos",
    "CZ": "republica checa|republica tcheca|czech republic",
    "AE": "emirados arabes|emiratos arabes|emiratos arabes unidos|uae|eau",
    "RU": "russia|rusia",
    "TR": "turquia|turkey",
    "PS": "palestina|palestine",
    "CV": "cabo verde",
    "VA": "vaticano",
    "FR": "franca|francia|france",
    "CN": "china",
    "DO": "republica dominicana|rep. dominicana",
}
_BR_STATES = "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO"
BR_STATES = frozenset(_BR_STATES.split(" "))
VIRTUAL = re.compile(
    r"^(?:evento |reunion |reuniao |encuentro |encontro |modalidad |modalidade |formato |via |"
    r"por |en |em |en forma )*"
    r"(?:virtual(?:es|mente)?|on-?line|online|a distancia|remot[ao]|en linea|"
    r"v[ií]deo ?conferencias?|zoom|teams|google meet|meet|webinar|plataforma (?:zoom|virtual|"
    r"digital)|"
    r"hibrid[ao]|semi ?presencial)(?:[ ,(].{0,30})?$"
)
MODALITY = re.compile(r"^(?:modalidade? |formato )?presencial$")
SPLIT = re.compile(r"\s*(?:,|;|/|\s[-–—]\s|\s?[–—]\s?|(?<=\w)-\s|\s-(?=\w)|\||\n)\s*")
CITY_WORDS = re.compile(
    r"^(?:(?:la |a |o |el )?(?:ciudad|cidade|municipalidad|municipio|intendencia|prefeitura|"
    r"alcaldia|gobierno|"
    r"governo|ayuntamiento|city)(?: (?:municipal|departamental|autonom[ao]|"
    r"local))?(?: (?:de la ciudad|da cidade))? "
    r"(?:de|da|do|del|of) (?:la ciudad de )?)",
)
KEY = re.compile(
    r"^(?:lugar|local|sede|ciudad(?: sede| anfitriona)?|cidade(?: sede| anfitria)?|place|"
    r"venue|city|localidad|localidade|"
    r"ubicacion|localizacao|donde|onde)\s*[:\-]\s*"
)
SMALL = {
    "de",
    "da",
    "do",
    "das",
    "dos",
    "del",
    "la",
    "las",
    "el",
    "los",
    "e",
    "y",
    "d'",
    "san",
    "of",
    "the",
}
NO_PLACE = re.compile(
    r"\b(?:banco|instituto|red|rede|programa|foro|forum|universidad\w*|edicion|edicao|edition|"
    r"comite|comision|"
    r"comissao|secretaria|ministerio|fundaca?o|fundacion|proyecto|projeto|alianza|alianca|"
    r"asociacion|associacao|"
    r"unidad|unidade|vp|ut|participa\w*|organiza\w*|promo\w*|apoi?y?o|tema|desde|hasta|sobre|"
    r"para|con|com|todos?|todas?|"
    r"cupos?|vagas?|edic\w*|congreso|seminario|taller|encuentro|encontro|oficina|curso|"
    r"reunion|reuniao|feria|feira|"
    r"plataforma|pavilhao|pabellon|inscri\w*|hs|horas?|agencia\w*|mercociudades|mercocidades|"
    r"cumbre|cupula)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """City or venue as the document writes it, region if any, ISO 3166-1 alpha-2 country."""

    name: str | None
    country: str | None
    region: str | None = None
    explicit: bool = False  # a country, a known city, a virtual room: surely a place

    @property
    def full(self) -> str | None:
        return self.name


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for language in ("pt", "es", "en"):
        for code, name in Locale(language).territories.items():
            if (
                len(code) == 2
                and code.isalpha()
                and code not in {"EU", "UN", "ZZ", "XK", "EZ", "QO"}
            ):
                names.setdefault(fold(name), code)
    for city in ("granada", "santa lucia", "san martin", "san bartolome", "macao"):
        names.pop(city, None)  # cities of the region before islands of the same name
    for code, aliases in ALIASES.items():
        names.update(dict.fromkeys(aliases.split("|"), code))
    return names


def country_code(text: str, language: str | None = None) -> str | None:
    """ISO code of a country's name or usual short form; two letters only in capitals."""
    text = text.strip(" .()[]:\n")
    folded = re.sub(
        r"^(?:republica (?:oriental |federativa |bolivariana )?(?:de la |del |de |do |da )?|"
        r"el |la |o |a |the )",
        "",
        fold(text),
    )
    if len(folded) <= 3 and not text.isupper():
        return None
    if language == "pt" and text in BR_STATES:
        return "BR"
    if text == "PE":
        return "PE"
    names = _countries()
    return names.get(fold(text)) or names.get(folded)


def parse_place(text: str, language: str | None = None) -> Place:
    """Splits "City – State – Country" in any of its usual spellings."""
    text = re.sub(r"\s+", " ", text.replace("\n", ", ")).strip(" .;,-–—")
    text = re.sub(r"^(?i:en|em|in)\s+(?=[A-ZÀ-Ý])", "", text)
    key = KEY.match(fold(text))
    text = text[key.end() :].strip() if key else text
    if VIRTUAL.match(fold(text)):
        core = re.sub(
            r"^(?i:(?:en|em|de|por|via|vía|modalida(?:de|d)|formato|forma)\s+)+(?!l[íi]nea)",
            "",
            text,
        )
        return Place(core if VIRTUAL.match(fold(core)) else text, None, explicit=True)
    if MODALITY.match(fold(text)) or not text:
        return Place(None, None)
    text = re.sub(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$", r", \1", text)
    parts = [p for p in SPLIT.split(text) if p]
    parts, country = _take_country(parts, language)
    if country is None:
        return _known_or_plain(parts)
    return _joined(parts, country)


def _take_country(parts: list[str], language: str | None) -> tuple[list[str], str | None]:
    last = parts[-1] if parts else ""
    if code := country_code(last, language):
        return parts[:-1], code
    if is_known_city(last):
        return parts, None
    # "São Paulo-Brasil": a hyphen without spaces, where what follows is a country.
    for found in reversed(list(re.finditer(r"(?<=\w)[-–—/](?=\w)|\.\s|\s", last))):
        if code := country_code(last[found.end() :], language):
            if found.group() == " " and len(last[found.end() :]) <= 3:
                continue
            head = re.sub(r"\s+(?:de|da|do|del|en|em|in)$", "", last[: found.start()]).strip(
                " -–—,"
            )
            return [*parts[:-1], *[p for p in SPLIT.split(head) if p]], code
    if len(parts) > 1 and (code := country_code(parts[0], language)) and len(parts[0]) > 3:
        return parts[1:], code
    return parts, None


def _joined(parts: list[str], country: str) -> Place:
    parts = [p for p in parts if not (country == "BR" and p in BR_STATES)]
    parts = [
        re.sub(r"(?:[-/ ]| ?\()([A-Z]{2})\)?$", "", p)
        if country == "BR" and p.rstrip(")")[-2:] in BR_STATES
        else p
        for p in parts
    ]
    name = ", ".join(parts) or None
    return Place(name, country, parts[-1] if len(parts) > 1 else None, explicit=True)


def _known_or_plain(parts: list[str]) -> Place:
    name = ", ".join(parts) or None
    known = bool(parts) and any(is_known_city(p) for p in parts)
    return Place(name, None, None, explicit=known)


def city_of(text: str, language: str | None = None) -> Place:
    """Presenting city: name alone, with region and country beside it."""
    words = re.sub(r"\s+", " ", text).strip(" .;:,-–—")
    prefix = CITY_WORDS.match(fold(words))
    words = words[prefix.end() :] if prefix else words
    place = parse_place(words, language)
    parts = SPLIT.split(place.name) if place.name else []
    if len(parts) <= 1 or place.country is None:
        return place
    return Place(parts[0], place.country, ", ".join(parts[1:]), explicit=True)


def looks_like_place(text: str) -> bool:
    """True for one to six capitalised words without digits, verbs or institutions."""
    text = text.strip(" .")
    words = re.findall(r"[^\s,/–—-]+", text)
    if not words or len(words) > 6 or any(c.isdigit() for c in text) or NO_PLACE.search(fold(text)):
        return False
    if len(words) == 1 and text.isupper() and len(text) <= 6:
        return False  # (GMI), (BID): a short name, not a place
    return all(w[0].isupper() or fold(w) in SMALL for w in words) and words[0][0].isupper()


def is_known_city(text: str) -> bool:
    return fold(re.sub(r"\s*\(.*", "", text)).strip(" .") in CITIES


_CITIES = (
    "buenos aires|rosario|cordoba|la plata|mar del plata|santa fe|mendoza|tandil|quilmes|"
    "avellaneda|moron|parana|salta|san miguel de tucuman|neuquen|bahia blanca|rafaela|"
    "villa maria|rio cuarto|gualeguaychu|esteban echeverria|lomas de zamora|la matanza|tigre|"
    "san isidro|hurlingham|pergamino|resistencia|corrientes|posadas|san salvador de jujuy|"
    "concordia|montevideo|canelones|salto|paysandu|rivera|tacuarembo|maldonado|"
    "colonia del sacramento|durazno|san jose|florida|artigas|punta del este|asuncion|"
    "encarnacion|ciudad del este|san lorenzo|villeta|carlos antonio lopez|horqueta|santiago|"
    "valparaiso|vina del mar|concepcion|quilpue|penalolen|coquimbo|la serena|arica|iquique|"
    "calama|rancagua|la paz|el alto|cochabamba|sucre|tarija|santa cruz de la sierra|oruro|"
    "potosi|bogota|medellin|cali|barranquilla|manizales|cartagena|bucaramanga|pereira|quito|"
    "guayaquil|cuenca|portoviejo|esmeraldas|lima|arequipa|cusco|trujillo|jesus maria|"
    "miraflores|caracas|maracaibo|libertador|brasilia|sao paulo|rio de janeiro|porto alegre|"
    "curitiba|florianopolis|belo horizonte|salvador|recife|fortaleza|belem|manaus|goiania|"
    "campinas|guarulhos|santos|osasco|barueri|santana de parnaiba|niteroi|canoas|gravatai|"
    "caxias do sul|pelotas|santa maria|bage|uberlandia|juiz de fora|contagem|vitoria|"
    "sao luis|joinville|londrina|maringa|foz do iguacu|sao bernardo do campo|santo andre|"
    "sao carlos|piracicaba|ribeirao preto|nova iguacu|macae|joao pessoa|natal|aracaju|maceio|"
    "teresina|campo grande|cuiaba|new york|nova york|nueva york|barcelona|madrid|lisboa|"
    "lisbon|paris|bruselas|bruxelas|roma|genebra|ginebra|washington|johanesburgo|"
    "johannesburgo|ciudad de mexico|cidade do mexico|san jose de costa rica|panama|bilbao|"
    "ciudad de panama|ciudad de guatemala|el cairo|dubai|nairobi"
)
CITIES = frozenset(_CITIES.split("|"))
