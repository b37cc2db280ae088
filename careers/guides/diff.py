"""Two texts word by word: what went, what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe

WORDS: Final = re.compile(r"\s+|[^\s]+")
LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")
#: Comparing takes time with the square of the pieces; above this, lines are compared and not words.
MOST_PIECES: Final = 4_000


class Compared(NamedTuple):
    """Both texts escaped, with <del> and <ins> around what differs."""

    before: SafeString
    after: SafeString
    same: bool


def compare(before: str, after: str) -> Compared:
    """The two texts side by side."""
    old, new = _pieces(before), _pieces(after)
    if len(old) + len(new) > 2 * MOST_PIECES:
        old, new = LINES.findall(before), LINES.findall(after)
    if len(old) + len(new) > 2 * MOST_PIECES:
        old, new = [before], [after]
    left, right = [], []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        left.append(gone if what == "equal" or not gone else f"<del>{gone}</del>")
        right.append(come if what == "equal" or not come else f"<ins>{come}</ins>")
    return Compared(_safe(left), _safe(right), before == after)


def _pieces(text: str) -> list[str]:
    return WORDS.findall(text)


def _safe(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
