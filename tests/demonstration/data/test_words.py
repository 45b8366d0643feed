"""What the demonstration says: in three languages where promised, and nobody's contact."""

import re
from datetime import date

import pytest

from mutirao.demonstration.data import NAMES, read, when

# Country or area code, then two groups of four or more figures, with or without separators.
TELEPHONE = re.compile(r"\+?\(?\d{2,3}\)?[\s.-]*\d{3,5}[\s.-]?\d{4}\b")


def texts(value, path=""):
    """Every string of a record with the path that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{path}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}/{index}")


def labels(value):
    """Every text in several languages inside a record."""
    if isinstance(value, dict):
        if "pt" in value or "en" in value:
            yield value
        else:
            for item in value.values():
                yield from labels(item)
    elif isinstance(value, list):
        for item in value:
            yield from labels(item)


@pytest.mark.parametrize("name", ["cities", "agencies", "others", "units", "accounts"])
def test_labels_are_there_in_three_languages(name):
    for record in read(name):
        own = list(labels(record))
        assert own
        for label in own:
            assert set(label) == {"pt", "es", "en"}
            assert all(text.strip() for text in label.values())


@pytest.mark.parametrize("name", ["cities", "agencies", "others", "units"])
def test_descriptions_differ_between_languages(name):
    for record in read(name):
        about = record["about"]
        assert len(set(about.values())) == 3
        assert all(text.endswith(".") for text in about.values())


@pytest.mark.parametrize("name", NAMES)
def test_file_publishes_no_contact(name):
    for path, text in texts(read(name)):
        if "@" in text:
            assert path.endswith("/email")
            assert text.endswith("@demo.mutirao.example")
        assert not TELEPHONE.search(text), path


@pytest.mark.parametrize("name", NAMES)
def test_file_has_no_blank_or_padded_text(name):
    for path, text in texts(read(name)):
        assert text and text == text.strip(), path
        assert "  " not in text, path


def test_read_refuses_an_unknown_file():
    with pytest.raises(KeyError):
        read("people")


def test_day_reads_iso_dates_and_offsets():
    today = date(2026, 11, 23)
    assert when.day("2018-04-16", today) == date(2018, 4, 16)
    assert when.day(-23, today) == date(2026, 10, 31)
    assert when.day(0, today) == today
    with pytest.raises(ValueError):
        when.day("16/04/2018", today)


def test_month_crosses_years_both_ways():
    assert when.month(3, date(2026, 11, 30)) == date(2027, 2, 1)
    assert when.month(-11, date(2026, 11, 30)) == date(2025, 12, 1)
    assert when.month(1, date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize("number", ["+55 11 5555-0100", "(11) 95555-0100", "+598 2900 0100"])
def test_telephone_pattern_catches_numbers(number):
    assert TELEPHONE.search(number)


def test_telephone_pattern_leaves_dates_alone():
    assert not TELEPHONE.search("2018-04-16")
