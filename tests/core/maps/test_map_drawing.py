"""Names beside the cities and the curves between them."""

import re

import pytest

from mutirao.core.maps import SOUTH_AMERICA, Spot, arc, project, spread_labels
from mutirao.core.maps.drawing import text_width

CITIES = {
    "Montevideo": (-56.19, -34.9),
    "Buenos Aires": (-58.38, -34.6),
    "La Plata": (-57.95, -34.92),
    "Rosario": (-60.65, -32.95),
    "Porto Alegre": (-51.2, -30.03),
    "São Paulo": (-46.63, -23.55),
    "Guarulhos": (-46.53, -23.46),
    "Recife": (-34.9, -8.05),
    "Quito": (-78.5, -0.2),
}


def spots():
    return [Spot(name, name, *project(*at, SOUTH_AMERICA)) for name, at in CITIES.items()]


def box(label, size=12):
    width = text_width(label.text, size)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - size * 0.75, left + width, label.y + size * 0.25


def apart(a, b):
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_labels_cover_neither_each_other_nor_a_spot():
    labels = spread_labels(spots(), SOUTH_AMERICA)
    boxes = [box(label) for label in labels]
    assert all(apart(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    dots = [(s.x - 3.9, s.y - 3.9, s.x + 3.9, s.y + 3.9) for s in spots()]
    assert all(apart(a, dot) for a in boxes for dot in dots)


def test_labels_stay_in_the_frame():
    labels = spread_labels(spots(), SOUTH_AMERICA)
    assert {label.key: label.anchor for label in labels}["Recife"] == "end"
    for left, top, right, bottom in map(box, labels):
        assert 0 <= left < right <= SOUTH_AMERICA.width
        assert 0 <= top < bottom <= SOUTH_AMERICA.height


def test_labels_take_the_first_when_there_is_no_room_for_all():
    crowd = [Spot(str(i), f"Cidade número {i}", 200 + i, 300 + i) for i in range(20)]
    labels = spread_labels(crowd, SOUTH_AMERICA)
    assert 0 < len(labels) < 20
    assert labels[0].key == "0"


def test_labels_alone_stand_to_the_right():
    (label,) = spread_labels([Spot("q", "Quito", 100, 100)], SOUTH_AMERICA)
    assert (label.key, label.text, label.anchor) == ("q", "Quito", "start")
    assert label.x > 104


def test_labels_of_places_outside_the_frame_are_left_out():
    assert spread_labels([Spot("l", "Lisboa", 700, -90)], SOUTH_AMERICA) == []


def test_text_width_grows_with_letters_and_size():
    assert text_width("Ili", 12) < text_width("Mam", 12)
    assert text_width("Quito", 24) == pytest.approx(2 * text_width("Quito", 12))


def test_arc_is_one_gentle_curve_between_its_ends():
    path = arc(0, 0, 100, 0)
    assert path == "M0.0 0.0Q50.0 -24.0 100.0 0.0"  # its middle is 12 away: an eighth of the way


def test_arc_there_and_back_are_two_lines():
    there, back = arc(0, 0, 100, 40), arc(100, 40, 0, 0)
    bends = [re.search(r"Q(\S+) (\S+) ", path).groups() for path in (there, back)]
    assert bends[0] != bends[1]


def test_arc_of_a_place_to_itself_is_empty():
    assert arc(7.5, 3, 7.5, 3) == ""
