"""Where the reader is: the current part of the site and the pages of a long list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template

register = template.Library()


@register.filter
def section(url_name: Any) -> str:
    """The part of the site of a page: "program" for "program_list" and "program_detail"; else ""."""
    return str(url_name or "").partition("_")[0]


@register.filter
def elided(page: Any) -> Iterator[int | str]:
    """Page numbers around a Django Page, with "…" for what is left out: 1 … 4 5 6 … 19."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
