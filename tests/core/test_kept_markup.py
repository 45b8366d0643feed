"""What is kept between requests is kept apart by language, and by what is safe and what is not."""

from django.utils import translation
from django.utils.safestring import mark_safe

from mutirao.core.addresses import address
from mutirao.core.states import Visibility, label_of
from mutirao.core.templatetags.mutirao import pill


def test_pill_of_a_text_stays_escaped_after_the_same_text_marked_safe() -> None:
    assert "<b>x</b>" in pill("done", mark_safe("<b>x</b>"))
    assert "&lt;b&gt;x&lt;/b&gt;" in pill("done", "<b>x</b>")


def test_address_is_kept_by_language() -> None:
    found = {}
    for language in ("pt-br", "es", "pt-br", "en"):
        with translation.override(language):
            found[language] = address("plans:plans")
    assert found == {"pt-br": "/pt/plans/", "es": "/es/plans/", "en": "/en/plans/"}


def test_label_of_speaks_the_readers_language_and_leaves_the_unknown_alone() -> None:
    with translation.override("pt-br"):
        assert label_of(Visibility, "public") == str(Visibility.PUBLIC.label) != "public"
    assert label_of(Visibility, "no such") == "no such"
