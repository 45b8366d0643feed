"""The reference vocabularies are data people will read and tag with: what must hold in them.

Counts, codes and colours are facts of the 2030 Agenda (A/RES/70/1) and of the New Urban Agenda
(A/RES/71/256); they are written out here again so that a slip in a file cannot confirm itself.
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import mutirao

FOLDER = Path(mutirao.__file__).parent / "topics" / "data"
LANGUAGES = {"pt", "es", "en"}
LONGEST_LABEL = 70
LONGEST_STATEMENT = 170

# Targets per goal: how many are numbered and which letters follow.
TARGETS_OF_GOAL = {
    1: (5, "ab"),
    2: (5, "abc"),
    3: (9, "abcd"),
    4: (7, "abc"),
    5: (6, "abc"),
    6: (6, "ab"),
    7: (3, "ab"),
    8: (10, "ab"),
    9: (5, "abc"),
    10: (7, "abc"),
    11: (7, "abc"),
    12: (8, "abc"),
    13: (3, "ab"),
    14: (7, "abc"),
    15: (9, "abc"),
    16: (10, "ab"),
    17: (19, ""),
}
COUNTS = [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]
COLOURS = [
    "#E5243B",
    "#DDA63A",
    "#4C9F38",
    "#C5192D",
    "#FF3A21",
    "#26BDE2",
    "#FCC30B",
    "#A21942",
    "#FD6925",
    "#DD1367",
    "#FD9D24",
    "#BF8B2E",
    "#3F7E44",
    "#0A97D9",
    "#56C02B",
    "#00689D",
    "#19486A",
]
# First and last paragraph of each part of the Quito implementation plan that we carry.
SECTIONS = {
    "social-inclusion": (25, 42),
    "prosperity": (43, 62),
    "environment": (63, 80),
    "governance": (85, 92),
    "spatial-planning": (93, 125),
    "means": (126, 160),
    "follow-up": (161, 175),
}
# Words that are truly the same in the three languages; everything else alike is a slip.
COGNATES: set[str] = set()
NOT_PORTUGUESE = re.compile(r"ñ|ción\b|ciones\b|¿|¡|\b(y|el|los|las|del|para la|sin)\b", re.I)
# "e" stands before an i-sound in Spanish too, and "da" is also a verb there.
NOT_SPANISH = re.compile(r"[ãõçêâô]|\be (?!h?[ií])|\b(os|as|do|das|dos|em|com|sem|não)\b", re.I)
NOT_ENGLISH = re.compile(r"[áéíóúãõçñêâô]|\b(de|y|para|los|las|dos|das)\b", re.I)
EUROPEAN_PORTUGUESE = re.compile(
    r"\bgéneros?\b|económic|planeamento|\bfactos?\b|telemóvel|utilizador|equipa\b|\bregisto"
    r"|\bautocarro|\bgestão de stocks|desporto|\bcontrolo\b|\bresiduais urbanas\b",
    re.I,
)


def records(name: str) -> list[dict]:
    """The records of one vocabulary file, in the file's order."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


GOALS = records("goals")
TARGETS = records("targets")
AGENDA_SECTIONS = records("agenda_sections")
AGENDA = records("agenda")
THEMES = records("themes")
CODES = [target["code"] for target in TARGETS]


def all_texts() -> list[tuple[str, dict[str, str], int]]:
    """Every trilingual text as (where it stands, the text, the longest it may be)."""
    found = []
    for goal in GOALS:
        found.append((f"goal {goal['number']} title", goal["title"], LONGEST_LABEL))
        found.append((f"goal {goal['number']} statement", goal["statement"], LONGEST_STATEMENT))
    for record in TARGETS + AGENDA_SECTIONS + AGENDA + THEMES:
        found.append((record["code"], record["label"], LONGEST_LABEL))
    return found


def span(paragraphs: str) -> tuple[int, int]:
    """First and last of a paragraph range, "74" or "77-78"."""
    first, _, last = paragraphs.partition("-")
    return int(first), int(last or first)


def expected_codes() -> list[str]:
    """The 169 target codes as the 2030 Agenda numbers them."""
    return [
        f"{goal}.{part}"
        for goal, (numbered, letters) in TARGETS_OF_GOAL.items()
        for part in [*range(1, numbered + 1), *letters]
    ]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("goals", ["number", "colour", "title", "statement"]),
        ("targets", ["code", "goal", "label"]),
        ("agenda_sections", ["code", "part", "paragraphs", "label"]),
        ("agenda", ["code", "section", "paragraphs", "label", "targets", "goals"]),
        ("themes", ["code", "parent", "label"]),
    ],
)
def test_records_have_the_same_keys_in_the_same_order(name, keys):
    assert {tuple(record) for record in records(name)} == {tuple(keys)}


@pytest.mark.parametrize("name", ["goals", "targets", "agenda_sections", "agenda", "themes"])
def test_file_holds_one_record_per_line(name):
    lines = (FOLDER / f"{name}.json").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line.rstrip(",")) for line in lines[1:-1]] == records(name)


def test_texts_are_present_in_three_languages_and_short_enough():
    wrong = [
        (where, language)
        for where, text, longest in all_texts()
        for language in LANGUAGES | set(text)
        if not 3 <= len(text.get(language, "")) <= longest
    ]
    assert wrong == []
    assert {frozenset(text) for _, text, _ in all_texts()} == {frozenset(LANGUAGES)}


def test_texts_carry_no_stray_space_and_begin_with_a_capital():
    wrong = [
        (where, language)
        for where, text, _ in all_texts()
        for language, words in text.items()
        if words != " ".join(words.split()) or not (words[0].isupper() or words[0].isdigit())
    ]
    assert wrong == []


def test_labels_have_no_full_stop_and_statements_are_one_sentence():
    for where, text, _ in all_texts():
        for words in text.values():
            # "4.0" is a name, not the end of a sentence.
            stops = len(re.findall(r"\.(?!\d)", words))
            assert stops == (1 if where.endswith("statement") else 0), (where, words)
            assert words.endswith(".") == where.endswith("statement"), (where, words)


def test_texts_alike_in_three_languages_are_known_cognates():
    alike = {text["pt"] for _, text, _ in all_texts() if len(set(text.values())) == 1}
    assert alike == COGNATES


def test_texts_alike_in_english_and_another_language_do_not_exist():
    alike = [where for where, text, _ in all_texts() if text["en"] in (text["pt"], text["es"])]
    assert alike == []


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("pt", NOT_PORTUGUESE),
        ("es", NOT_SPANISH),
        ("en", NOT_ENGLISH),
        ("pt", EUROPEAN_PORTUGUESE),
    ],
)
def test_texts_stay_in_their_language(language, foreign):
    strays = [text[language] for _, text, _ in all_texts() if foreign.search(text[language])]
    assert strays == []


def test_goals_are_the_seventeen_in_order():
    assert [goal["number"] for goal in GOALS] == list(range(1, 18))


def test_goal_colours_are_the_official_ones():
    assert [goal["colour"] for goal in GOALS] == COLOURS


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_goal_titles_and_statements_are_distinct(language):
    assert len({goal["title"][language] for goal in GOALS}) == 17
    assert len({goal["statement"][language] for goal in GOALS}) == 17


def test_targets_are_the_169_codes_in_order():
    assert expected_codes() == CODES
    assert len(CODES) == 169


def test_targets_count_per_goal_as_in_the_agenda():
    counted = Counter(target["goal"] for target in TARGETS)
    assert [counted[number] for number in range(1, 18)] == COUNTS


def test_targets_belong_to_the_goal_of_their_code():
    assert [t["code"] for t in TARGETS if t["code"].split(".")[0] != str(t["goal"])] == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_target_labels_are_distinct_everywhere(language):
    counted = Counter(target["label"][language].casefold() for target in TARGETS)
    assert [label for label, times in counted.items() if times > 1] == []


def test_target_labels_have_three_to_nine_words():
    wrong = [
        (target["code"], language)
        for target in TARGETS
        for language, words in target["label"].items()
        if not 3 <= len(words.split()) <= 9
    ]
    assert wrong == []


def test_agenda_sections_keep_the_paragraphs_of_the_text():
    spans = {section["code"]: span(section["paragraphs"]) for section in AGENDA_SECTIONS}
    assert spans == SECTIONS
    assert list(spans) == list(SECTIONS)


def test_agenda_sections_belong_to_a_part():
    assert [section["part"] for section in AGENDA_SECTIONS] == [
        *["transformative"] * 3,
        *["implementation"] * 3,
        "follow-up",
    ]


def test_agenda_codes_are_unique_and_name_the_first_paragraph():
    assert [c["code"] for c in AGENDA] == [f"NUA-{span(c['paragraphs'])[0]}" for c in AGENDA]
    assert len({commitment["code"] for commitment in AGENDA}) == len(AGENDA)


def test_agenda_paragraphs_stand_inside_their_section():
    wrong = []
    for commitment in AGENDA:
        first, last = span(commitment["paragraphs"])
        low, high = SECTIONS[commitment["section"]]
        if not low <= first <= last <= high:
            wrong.append(commitment["code"])
    assert wrong == []


def test_agenda_covers_each_commitment_paragraph_once():
    covered = []
    for commitment in AGENDA:
        first, last = span(commitment["paragraphs"])
        covered.extend(range(first, last + 1))
    # 81-84 open the second half and promise nothing of their own; after 164 the text
    # speaks of the UN's reports, not of what a city does.
    assert covered == [*range(25, 81), *range(85, 165)]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_agenda_labels_are_distinct(language):
    assert len({c["label"][language].casefold() for c in AGENDA}) == len(AGENDA)


def test_crosswalk_codes_exist_and_keep_their_order():
    for commitment in AGENDA:
        known = [code for code in CODES if code in commitment["targets"]]
        assert commitment["targets"] == known, commitment["code"]
        assert 2 <= len(known) <= 7, commitment["code"]


def test_crosswalk_goals_are_those_of_its_targets():
    goal_of = {target["code"]: target["goal"] for target in TARGETS}
    for commitment in AGENDA:
        goals = sorted({goal_of[code] for code in commitment["targets"]})
        assert commitment["goals"] == goals, commitment["code"]


def test_crosswalk_reaches_every_goal_and_all_of_the_goal_on_cities():
    reached = {code for commitment in AGENDA for code in commitment["targets"]}
    assert {goal for commitment in AGENDA for goal in commitment["goals"]} == set(range(1, 18))
    assert {code for code in CODES if code.startswith("11.")} <= reached


def test_theme_codes_are_unique_slugs():
    codes = [theme["code"] for theme in THEMES]
    assert len(set(codes)) == len(codes)
    assert [c for c in codes if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", c)] == []


def test_themes_have_two_levels_and_follow_their_parent():
    current = None
    for theme in THEMES:
        if theme["parent"] is None:
            current = theme["code"]
        else:
            assert theme["parent"] == current, theme["code"]


def test_themes_at_the_top_have_several_below_them():
    below = Counter(theme["parent"] for theme in THEMES if theme["parent"])
    tops = [theme["code"] for theme in THEMES if theme["parent"] is None]
    assert len(tops) == 15
    assert [code for code in tops if not 4 <= below[code] <= 12] == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_theme_labels_are_distinct(language):
    assert len({theme["label"][language].casefold() for theme in THEMES}) == len(THEMES)
