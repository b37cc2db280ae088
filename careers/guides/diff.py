"""Two texts side by side: what went, what came. Lines first, then words inside the lines that differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import Match, SequenceMatcher
from html import escape
from itertools import accumulate
from typing import Any, Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe

#: The blank that follows a piece belongs to it, and does not count when pieces are compared: as pieces of their own the
#: blanks would be half of a text, and equal everywhere.
WORDS: Final = re.compile(r"\S+\s*|\s+")
LINES: Final = re.compile(r"[^\n]*\n+|[^\n]+")
#: Pairs of equal pieces that one comparison may look at, about a tenth of a second. What is left after that is shown
#: as replaced: true, only coarser. The search repeats for every match, so no limit on the texts' length would bound it.
MOST_STEPS: Final = 2_000_000


class Compared(NamedTuple):
    """Both texts escaped, with <del> and <ins> around what differs."""

    before: SafeString
    after: SafeString
    same: bool


def compare(before: str, after: str) -> Compared:
    """The two texts side by side, in a time that grows with their length and no faster."""
    left, right = [], []
    for same, gone, come in _parts(before, after):
        left.append(escape(gone) if same else _marked("del", gone))
        right.append(escape(come) if same else _marked("ins", come))
    return Compared(_safe(left), _safe(right), before == after)


class _Steps:
    """How much of the search is left, for the lines and all their words together."""

    def __init__(self) -> None:
        self.left = MOST_STEPS


class _Matcher(SequenceMatcher[str]):
    """Finds no further matches once the steps are spent."""

    def __init__(self, old: list[str], new: list[str], steps: _Steps) -> None:
        super().__init__(None, old, new, autojunk=False)
        held = Counter(new)
        self._costs = list(accumulate((1 + held[piece] for piece in old), initial=0))
        self._steps = steps

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: Any = None) -> Match:
        cost = self._costs[-1 if ahi is None else ahi] - self._costs[alo]
        if cost > self._steps.left:
            return Match(alo, blo, 0)
        self._steps.left -= cost
        return super().find_longest_match(alo, ahi, blo, bhi)


def _parts(before: str, after: str) -> Iterator[tuple[bool, str, str]]:
    """Whether it is the same, what stood, what stands."""
    steps = _Steps()
    for same, old, new in _pairs(LINES.findall(before), LINES.findall(after), steps):
        if same or not old or not new:
            yield same, old, new
        else:
            yield from _pairs(WORDS.findall(old), WORDS.findall(new), steps)


def _pairs(old: list[str], new: list[str], steps: _Steps) -> list[tuple[bool, str, str]]:
    matcher = _Matcher([piece.rstrip() for piece in old], [piece.rstrip() for piece in new], steps)
    return [(what == "equal", "".join(old[a:b]), "".join(new[c:d])) for what, a, b, c, d in matcher.get_opcodes()]


def _marked(tag: str, text: str) -> str:
    """Without the blank at the end, unless there is nothing else."""
    core = text.rstrip() or text
    return f"<{tag}>{escape(core)}</{tag}>{escape(text[len(core) :])}" if text else ""


def _safe(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
