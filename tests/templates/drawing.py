"""Drawing a piece of template and reading what came out."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

from directory.figures import Figure
from directory.vocab import Level, Missing, Quality, Unit

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def draw(template: str, **context: Any) -> str:
    """The piece, drawn by the engine that draws the pages."""
    return engines["django"].from_string(template).render(context)


def partial(name: str, request: HttpRequest | None = None, /, **context: Any) -> str:
    return render_to_string(f"partials/{name}.html", context, request)


def visit(path: str, urlconf: str = "tests.templates.urls") -> HttpRequest:
    """A reader's request as a view would have it: with the address resolved."""
    request = RequestFactory().get(path)
    request.resolver_match = resolve(request.path, urlconf)
    return request


def text_of(html: str) -> str:
    """What is read, without the elements and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opened and closed at once (SVG)."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another element"


def assert_balanced(html: str) -> None:
    """Every element that is opened is closed, in order."""
    reader = _Balance()
    reader.feed(html)
    assert reader.open == []


def figure(
    value: float | None,
    unit: str = "usd",
    level: str = "program",
    *,
    missing: str | None = None,
    quality: str = "",
    **paper: str,
) -> Figure:
    """A figure about an invented school."""
    return Figure(
        value, Unit(unit), Level(level), missing=Missing(missing) if missing else None,
        quality=Quality(quality), **{"source": "IPEDS IC", "year": "2023-24", **paper},
    )  # fmt: skip
