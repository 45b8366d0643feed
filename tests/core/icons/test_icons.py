"""Icons are markup of their own, named by meaning."""

from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from mutirao.core.icons import NAMES, icon_svg

SVG = "{http://www.w3.org/2000/svg}"
ASKED_FOR = """
    search calendar list map table plan axis activity commitment evidence link file upload
    download print pdf edit delete add up down drag check late clock progress cancel comment
    history person organisation city agency unit network mandate language sign-in sign-out switch
    settings filter sort next previous close menu warning info error success external feed lock
    public bell learn cooperate meet fund trade follow place online globe copy eye sun moon
"""


def parsed(markup):
    # Inside a page the name space is understood; a reader of XML needs it written.
    return ElementTree.fromstring(markup.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def test_icon_names_cover_the_words_of_the_interface():
    assert set(ASKED_FOR.split()) - set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
def test_icon_is_small_drawn_and_without_inner_frame(name):
    markup = icon_svg(name)
    drawing = parsed(markup)
    assert len(markup) < 900
    assert drawing.findall(f"{SVG}path")
    assert 'd="M0 0h24v24H0z"' not in markup
    assert drawing.get("stroke") == "currentColor"


def test_icon_without_label_is_hidden_from_screen_readers():
    drawing = parsed(icon_svg("search"))
    assert (drawing.get("aria-hidden"), drawing.get("role")) == ("true", None)
    assert drawing.find(f"{SVG}title") is None


def test_icon_with_label_is_an_image_with_that_name():
    drawing = parsed(icon_svg("delete", label="Excluir", size=16))
    assert (drawing.get("aria-hidden"), drawing.get("role")) == (None, "img")
    assert drawing[0].tag == f"{SVG}title"
    assert drawing[0].text == "Excluir"
    assert (drawing.get("width"), drawing.get("height")) == ("16", "16")


def test_icon_escapes_its_label():
    markup = icon_svg("info", label='<script>"&')
    assert "<script>" not in markup
    assert parsed(markup)[0].text == '<script>"&'


def test_icon_prints_as_it_is_in_a_template():
    markup = icon_svg("bell")
    assert isinstance(markup, SafeString)
    assert Template("{{ icon }}").render(Context({"icon": markup})) == markup


def test_icon_unknown_name_tells_the_known_ones():
    with pytest.raises(KeyError, match=r"'unicorn'.*activity, add, .*warning"):
        icon_svg("unicorn")
