"""A page's form as a browser would send it back."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark, self.inside, self.select, self.area = mark, False, "", ""
        self.data: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, pairs: list) -> None:
        attrs = dict(pairs)
        if tag == "form":
            self.inside = self.mark in (attrs.get("class") or "")
        if not self.inside:
            return
        if tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and "selected" in attrs:
            self._add(self.select, attrs.get("value", ""))
        elif tag == "textarea":
            self.area = attrs["name"]
            self.data[self.area] = [""]
        elif tag == "input" and "name" in attrs:
            ticks = attrs.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in attrs:
                self._add(attrs["name"], attrs.get("value") or ("on" if ticks else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            # HTML leaves out the first line break of a text area.
            self.data[self.area] = [self.data[self.area][0].removeprefix("\r\n").removeprefix("\n")]
            self.area = ""

    def handle_data(self, text: str) -> None:
        if self.area:
            self.data[self.area][0] += text

    def _add(self, name: str, value: str) -> None:
        self.data.setdefault(name, []).append(value)


def form_of(html: str, mark: str = "event-form") -> dict[str, list[str]]:
    """The fields of the form with that class: {name: values}, filled as the page shows them."""
    form = _Form(mark)
    form.feed(html)
    form.data.pop("csrfmiddlewaretoken", None)
    return form.data
