"""Inline SVG icons. They decorate: the words beside them say it all, so screen readers skip each."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SVG: Final = (
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" fill="none"'
    ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
)

#: Drawn on a 20 × 20 grid.
PATHS: Final[dict[str, str]] = {
    "search": '<circle cx="8.5" cy="8.5" r="5.5"/><path d="M13 13l5 5"/>',
    "seal": '<path d="M10 1.8l2.3 1.7 2.8 0 .9 2.7 2.3 1.7-.9 2.6.9 2.7-2.3 1.6-.9 2.7h-2.8L10 18.2l-2.3-1.7H4.9L4 13.8l-2.3-1.6.9-2.7-.9-2.6L4 6.2l.9-2.7h2.8z"/><path d="M6.3 10.2l2.6 2.5 4.8-5.2"/>',  # noqa: E501 - one drawing
    "quote": '<path d="M3 3.5h14v10H9l-4 3.5v-3.5H3z"/><path d="M6.5 7h7M6.5 10h4.5"/>',
    "clock": '<circle cx="10" cy="10" r="8"/><path d="M10 5.5V10l3.2 2"/>',
    "alert": '<path d="M10 2l8.5 15.5h-17z"/><path d="M10 8v4.5M10 14.7v.3"/>',
    "dash": '<circle cx="10" cy="10" r="8" stroke-dasharray="3 2.6"/><path d="M6 10h8"/>',
    "unknown": '<circle cx="10" cy="10" r="8" stroke-dasharray="3 2.6"/><path d="M7.7 8a2.4 2.4 0 1 1 3.3 2.3c-.7.3-1 .8-1 1.5M10 14.4v.1"/>',  # noqa: E501 - one drawing
    "cross": '<circle cx="10" cy="10" r="8"/><path d="M7 7l6 6M13 7l-6 6"/>',
    "x": '<path d="M4 4l12 12M16 4L4 16"/>',
    "plus": '<path d="M10 3.5v13M3.5 10h13"/>',
    "check": '<path d="M3.5 10.5l4.5 4.5 8.5-10"/>',
    "info": '<circle cx="10" cy="10" r="8"/><path d="M10 9v5M10 6v.1"/>',
    "out": '<path d="M8 4H4v12h12v-4M11 3h6v6M17 3l-8 8"/>',
    "pin": '<path d="M10 18s6-5.3 6-10a6 6 0 0 0-12 0c0 4.7 6 10 6 10z"/><circle cx="10" cy="8" r="2"/>',
}

#: Width and height stand in the markup, so that a page without its stylesheet is not all icon.
ICONS: Final[dict[str, SafeString]] = {
    name: mark_safe(f"{_SVG}{paths}</svg>")  # noqa: S308 - our own constant drawings
    for name, paths in PATHS.items()
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing of that name; an unknown name is an error, not an empty place."""
    return ICONS[name]
