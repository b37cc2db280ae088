"""Templates that are rendered once and filled many times.

A page of results shows twenty cards and a hundred choices that differ from those of the page before in a few words.
Rendering each of them anew costs more than finding the results, so a stencil renders a template once, with holes
where the differences are, and filling it is one string operation.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

#: From the private use area of Unicode: no text of ours holds them, and no escaping touches them.
OPEN, CLOSE = "\ue000", "\ue001"


class Stencil:
    """A rendered template with holes. What fills them must be safe already."""

    def __init__(
        self, template: str, holes: tuple[str, ...], context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> None:
        marks = {name: self.hole(name) for name in holes}
        # A file ends with a line end, which has no place in the middle of a sentence.
        rendered = render_to_string(template, {**context, **marks}, request).removesuffix("\n")
        #: The text for Python's `%` with a dict; for loops in which even calling `fill` is noticed.
        self.pattern = str(rendered.replace("%", "%%").replace(OPEN, "%(").replace(CLOSE, ")s"))

    @staticmethod
    def hole(name: str) -> SafeString:
        """The mark of a hole, for a template that looks for it inside of something else."""
        return mark_safe(f"{OPEN}{name}{CLOSE}")  # noqa: S308 - our own names

    def fill(self, **parts: SafeString | str) -> SafeString:
        """The template's text with every hole filled."""
        return SafeString(self.pattern % parts)  # safe: the text comes from a template, and so do the parts


@cache
def stencil(template: str, holes: tuple[str, ...] = ()) -> Stencil:
    """The stencil of a template that needs nothing but what fills its holes."""
    return Stencil(template, holes, {})
