"""The text of a section, read into an introduction and items.

Reading never fails: what is no item as it should be is still kept and shown in a draft, and `checks` says what is
wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Final

from careers.vocab import Kind

HEADING: Final = re.compile(r"##(?!#)[ \t]*(.*?)[ \t#]*")
POINT: Final = re.compile(r"[-*+][ \t]+(.*)")
FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")
SPAN: Final = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|to)\s*(\d{1,2})[:.](\d{2})")
FIELD: Final = re.compile(r"[-*+][ \t]+([a-z]+):[ \t]*(.*)")
#: What a heading holds before the bar: the time, the date, the id or the label. Elsewhere it is the title.
LABEL_FIRST: Final = frozenset({Kind.DAY, Kind.HISTORY, Kind.REFERENCES, Kind.FACTS})
#: Kinds of which the whole text is one.
WHOLE: Final = frozenset({Kind.MARKDOWN})


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a structured section. `line` counts from 1 within the section; `starts` and `ends` only in a day."""

    title: str
    body: str = ""
    label: str = ""
    line: int = 1
    starts: time | None = None
    ends: time | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The "- field: value" lines of a reference."""
        found = (FIELD.fullmatch(line.strip()) for line in self.body.splitlines())
        return {match[1]: match[2].strip() for match in found if match}

    @property
    def minutes(self) -> int:
        """How long a block of a day lasts; 0 where its times cannot be read."""
        if self.starts is None or self.ends is None:
            return 0
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute


@dataclass(frozen=True, slots=True)
class Reading:
    """A section's text in parts."""

    intro: str = ""
    items: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.intro or self.items)


@dataclass(slots=True)
class _Chunk:
    head: str
    line: int
    body: list[str] = field(default_factory=list)


def read_section(text: str, kind: Kind) -> Reading:
    """Introduction and items of a section's text; everything of free Markdown is introduction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if kind in WHOLE:
        return Reading(intro=text.strip())
    first, *rest = _chunks(text, POINT if kind == Kind.POINTS else HEADING)
    make = _point if kind == Kind.POINTS else _headed
    return Reading("\n".join(first.body).strip(), tuple(make(chunk, kind) for chunk in rest))


def _chunks(text: str, opening: re.Pattern[str]) -> Iterator[_Chunk]:
    """The lines before the first opening, then one chunk per opening line; none opens inside a code fence."""
    chunk, fence = _Chunk("", 1), ""
    for number, line in enumerate(text.split("\n"), 1):
        mark = FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        opened = None if fence else opening.fullmatch(line)
        if opened:
            yield chunk
            chunk = _Chunk(opened[1].strip(), number)
        else:
            chunk.body.append(line)
    yield chunk


def _point(chunk: _Chunk, kind: Kind) -> Item:
    """A point is one text, also where it runs over several lines."""
    return Item(title="", body=" ".join([chunk.head, *(line.strip() for line in chunk.body)]).strip(), line=chunk.line)


def _headed(chunk: _Chunk, kind: Kind) -> Item:
    before, bar, after = (part.strip() for part in chunk.head.partition("|"))
    label, title = (before, after) if kind in LABEL_FIRST else (after, before)
    if kind in LABEL_FIRST and not bar:
        label, title = "", before
    starts, ends = _span(label) if kind == Kind.DAY else (None, None)
    return Item(title, "\n".join(chunk.body).strip(), label, chunk.line, starts, ends)


def _span(label: str) -> tuple[time | None, time | None]:
    match = SPAN.fullmatch(label)
    if not match:
        return None, None
    try:
        return time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        return None, None
