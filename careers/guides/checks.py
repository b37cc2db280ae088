"""What keeps a guide from being published: missing parts, unreadable items, figures without a source, unsafe links.

Drafts are loose: the same list is then only shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from careers.guides.links import dead_link, link_problem, links_in
from careers.guides.text import Item, Reading, read_section
from careers.vocab import CITED_LIVE, PARTS, Kind, Section
from careers.vocab.blocks import anchors

MOST_CHARACTERS: Final = 20_000
LONGEST_TITLE: Final = 160
LONGEST_LABEL: Final = 60
CITATION: Final = re.compile(r"\[\^([^\]\s]{0,60})\]")
ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: Money and shares: what a reader would want to look up. Years, hours and counts of things are no such figures.
FIGURE: Final = re.compile(
    r"[$€£]\s?\d|\d\s?(?:%|percent\b|per cent\b|(?:US )?dollars\b|USD\b)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twelve|eleven|\w+ty|hundred|half a) per ?cent\b",
    re.IGNORECASE,
)
TAG: Final = re.compile(r"<(?:[a-zA-Z/!?])[^>\n]*>?")
PICTURE: Final = re.compile(r"!\[[^\]]*\]\(")
REQUIRED_OF_REFERENCE: Final = ("publisher", "dated")
FIELDS_OF_REFERENCE: Final = {"publisher", "dated", "link", "read"}
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Problem(NamedTuple):
    """What is wrong, and where: key of the section and line in it (0: the section as a whole)."""

    section: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.section}, line {self.line}: {self.text}" if self.line else f"{self.section}: {self.text}"


def problems(sections: Mapping[str, str]) -> list[Problem]:
    """Everything that must be mended before these sections can be published, in the order of the page."""
    cited = cited_ids(sections.get(Section.SOURCES, ""))
    filled = {key for key in PARTS if sections.get(key, "").strip()}
    targets = anchors(filled) | {f"source-{id_}" for id_ in cited}
    return [problem for key in PARTS for problem in _of_section(key, sections.get(key, ""), cited, targets)]


def open_parts(sections: Mapping[str, str]) -> list[str]:
    """Keys of the sections that hold nothing, required or not."""
    return [key for key in PARTS if not sections.get(key, "").strip()]


def cited_ids(sources: str) -> frozenset[str]:
    """What a text may cite: the live official sources, and those of the section "sources"."""
    return frozenset(CITED_LIVE) | {item.label for item in read_section(sources, Kind.REFERENCES).items}


def _of_section(key: str, text: str, cited: frozenset[str], targets: frozenset[str]) -> Iterator[Problem]:
    part = PARTS[key]
    if not text.strip():
        if part.required:
            yield Problem(key, 0, "must be filled")
        return
    if len(text) > MOST_CHARACTERS:
        yield Problem(key, 0, f"is longer than {MOST_CHARACTERS:,} characters")
        return
    reading = read_section(text, part.kind)
    if part.kind != Kind.MARKDOWN and not reading.items:
        yield Problem(key, 0, f"has no items; {FORMS[part.kind]}")
    for number, line in enumerate(text.splitlines(), 1):
        yield from (Problem(key, number, words) for words in _of_line(line, cited, targets))
    yield from (Problem(key, line, words) for line, words in _of_figures(reading, part.kind))
    yield from (Problem(key, line, words) for line, words in _of_items(reading.items, part.kind))


def _of_line(line: str, cited: frozenset[str], targets: frozenset[str]) -> Iterator[str]:
    prose = re.sub(r"`[^`]*`", "", line)
    if "\x00" in line:
        yield "holds a NUL character"
    if tag := TAG.search(re.sub(r"<https?://[^>\s]+>", "", prose)):
        yield f"HTML is shown as it is typed and does nothing: {tag[0][:40]}"
    if PICTURE.search(prose):
        yield "pictures are not shown"
    for found in CITATION.findall(prose):
        if found not in cited:
            yield f"cites “{found}”, which is not among the sources"
    for address in links_in(prose):
        if reason := link_problem(address) or dead_link(address, targets):
            yield f"{address[:60]}: {reason}"


def _of_figures(reading: Reading, kind: Kind) -> Iterator[tuple[int, str]]:
    """Amounts and percentages need a citation in the same paragraph, or in the same item."""
    if kind == Kind.REFERENCES:
        return
    line = 1
    for paragraph in re.split(r"(\n\s*\n)", reading.intro):
        if FIGURE.search(paragraph) and not CITATION.search(paragraph):
            yield line, "a figure without a citation in its paragraph: add [^id]"
        line += paragraph.count("\n")
    for item in reading.items:
        whole = f"{item.label} {item.title}\n{item.body}"
        if (FIGURE.search(whole) or kind == Kind.HISTORY) and not CITATION.search(item.body):
            yield item.line, "a figure without a citation in its item: add [^id] to the text"


FORMS: Final[dict[Kind, str]] = {
    Kind.POINTS: "write “- text”",
    Kind.TOPICS: "write “## Title” and a text under it",
    Kind.FACTS: "write “## Label | value” and a text under it",
    Kind.DAY: "write “## 08:30-10:00 | Title” and a text under it",
    Kind.STEPS: "write “## Title | how long” and a text under it",
    Kind.TIERS: "write “## Title | how much experience” and a text under it",
    Kind.QUESTIONS: "write “## Question?” and the answer under it",
    Kind.CASES: "write “## Title” and a text under it",
    Kind.LINKS: "write “## Name | https://address” and a text under it",
    Kind.HISTORY: "write “## When | what was said” and a text under it",
    Kind.REFERENCES: "write “## id | Title” and “- publisher: …”, “- dated: …”, “- link: …” under it",
}
#: Kinds whose headings need both parts.
LABELLED: Final = frozenset({Kind.FACTS, Kind.DAY, Kind.TIERS, Kind.LINKS, Kind.HISTORY, Kind.REFERENCES})


def _of_items(items: tuple[Item, ...], kind: Kind) -> Iterator[tuple[int, str]]:
    for item in items:
        if kind == Kind.POINTS:
            if not item.body:
                yield item.line, "an empty point"
            continue
        if not item.title or (kind in LABELLED and not item.label):
            yield item.line, f"not a heading as it should be; {FORMS[kind]}"
        if len(item.title) > LONGEST_TITLE or (len(item.label) > LONGEST_LABEL and kind != Kind.LINKS):
            yield item.line, f"a heading longer than {LONGEST_TITLE} ({LONGEST_LABEL} beside the bar) characters"
        if not item.body and kind != Kind.FACTS:
            yield item.line, "an item without a text"
        yield from _of_kind(item, kind)
    if kind == Kind.DAY:
        yield from _of_day(items)
    names = [item.label if kind in (Kind.REFERENCES, Kind.FACTS) else item.title for item in items]
    for item, name in zip(items, names, strict=True):
        if name and kind != Kind.HISTORY and names.count(name) > 1:
            yield item.line, f"“{name}” stands there more than once"


def _of_kind(item: Item, kind: Kind) -> Iterator[tuple[int, str]]:
    if kind == Kind.QUESTIONS and not item.title.endswith("?"):
        yield item.line, "a question ends with a question mark"
    elif kind == Kind.LINKS and (reason := link_problem(item.label)):
        yield item.line, f"{item.label[:60]}: {reason}"
    elif kind == Kind.REFERENCES:
        yield from _of_reference(item)


def _of_reference(item: Item) -> Iterator[tuple[int, str]]:
    given = item.fields
    if not ID.fullmatch(item.label) or item.label in CITED_LIVE:
        yield item.line, f"“{item.label}” cannot be an id: small letters, digits and hyphens, and no official one"
    for name in REQUIRED_OF_REFERENCE:
        if not given.get(name):
            yield item.line, f"lacks “- {name}: …”"
    for name in sorted(set(given) - FIELDS_OF_REFERENCE):
        yield item.line, f"“{name}” is no field of a reference"
    if given.get("link") and (reason := link_problem(given["link"])):
        yield item.line, f"{given['link'][:60]}: {reason}"
    if given.get("read") and not DAY.fullmatch(given["read"]):
        yield item.line, "the day on which it was read is written 2026-03-31"


def _of_day(items: tuple[Item, ...]) -> Iterator[tuple[int, str]]:
    for item in items:
        if item.label and item.minutes <= 0:
            if item.starts and item.ends:
                yield item.line, f"“{item.label}” ends before it begins, or lasts no time"
            else:
                yield item.line, f"“{item.label}” is no time from … to, as in 08:30-10:00"
    timed = [item for item in items if item.starts and item.ends]
    for earlier, later in pairwise(timed):
        if later.starts and earlier.ends and later.starts < earlier.ends:
            yield later.line, "begins before the block above it ends"
