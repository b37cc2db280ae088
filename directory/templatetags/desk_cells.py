"""Cells of the desk's lists with the heading of their column, which a phone shows beside each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()
CELL: Final = re.compile(r"<t[dh]\b")


@register.simple_tag
def labelled(cells: Iterable[str], headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """The cells of a row as Django has made them (`<td …>`), each with its column's heading in `data-label`."""
    return [_labelled(cell, header) for cell, header in zip(cells, headers, strict=False)]


def _labelled(cell: str, header: Mapping[str, Any]) -> SafeString:
    words = strip_tags(str(header["text"])).strip().replace("\xa0", "")
    if not words:
        return mark_safe(cell)  # noqa: S308 - Django's own cell
    label = escape(capfirst(words))
    return mark_safe(CELL.sub(lambda found: f'{found[0]} data-label="{label}"', cell, count=1))  # noqa: S308 - the same
