"""Walk the installation like a reader: one page of each kind, found by following links."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import Page

from mutirao.core.languages import DJANGO_CODES

# Not pages: files, feeds, exports and what only a machine asks for.
_NOT_PAGES = re.compile(r"\.(ics|pdf|docx|odt|xlsx|csv|json|atom|xml)($|\?)|[?&]format=|/document")


def kind_of(path: str) -> str | None:
    """The name of the view behind a path, with its view parameter when it has one."""
    where = urlsplit(path).path
    with translation.override(DJANGO_CODES.get(where[1:3], "pt-br")):  # resolving knows one prefix
        try:
            return resolve(where).view_name
        except Resolver404:
            return None


def variant(url: str) -> str | None:
    """A page's kind, told apart by the `view` and `by` parameters that change its shape."""
    kind = kind_of(url)
    shape = re.findall(r"[?&](view|by)=(\w+)", url)
    return f"{kind} {shape[0][1]}" if kind and shape else kind


def page_kinds(page: Page, start: str, limit: int = 400) -> dict[str, str]:
    """Kind → address of the first page of that kind reached from `start`, in that language."""
    prefix = start[:4]  # "/pt/"
    found: dict[str, str] = {}
    queue, seen = deque([start]), {start}
    while queue and len(seen) < limit:
        url = queue.popleft()
        kind = variant(url)
        if kind is None or kind in found:
            continue
        answer = page.request.get(url)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[kind] = url
        for link in re.findall(r'<a[^>]+href="([^"#]+)', answer.text()):
            target = urljoin(answer.url, link.replace("&amp;", "&"))
            parts = urlsplit(target)
            if parts.netloc != urlsplit(answer.url).netloc or _NOT_PAGES.search(target):
                continue
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if path.startswith(prefix) and path not in seen:
                seen.add(path)
                queue.append(path)
    return found
