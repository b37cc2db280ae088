"""The short version at the head of a career's page: the guide's own first sentences beside live figures.

Nothing is written for it: a line is there when the guide or an official file holds what it says.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from careers.profiles.guide import GuideView, Written
from careers.vocab import Section
from directory.figures import Figure

#: A sentence ends at its mark and the space after it, not at the point of "U.S." or "e.g.".
SENTENCE: Final = re.compile(r"(?<![.\s(][A-Z])(?<!e\.g)(?<!i\.e)[.!?](?=\s|$)")

#: "Voluntary." or "There is no license." need what comes after them.
SAYS_LITTLE: Final = 60
EXAMS_NAMED: Final = 4


class Line(NamedTuple):
    """One line: a sentence of the guide, figures, or both, and the part of the page that says more."""

    label: str
    anchor: str
    text: str = ""
    figures: tuple[tuple[str, Figure], ...] = ()


def first_sentence(text: str) -> str:
    """The first sentence of plain words, with the second where the first alone says little; the whole if none ends."""
    ends = [found.end() for found in SENTENCE.finditer(text)][:2]
    if not ends:
        return text
    return text[: ends[0] if ends[0] >= SAYS_LITTLE else ends[-1]]


def short_part(guide: GuideView, context: dict[str, Any]) -> dict[str, list[Line]]:
    """{short}: at most seven lines, none without a guide."""
    if not guide:
        return {"short": []}
    figures = {fact["label"]: fact for fact in context["keyfigs"]}
    entry = str(figures.get("Typical entry education", {}).get("value") or "")
    way = _says(guide, Section.CERTIFICATE_OR_ASSOCIATE)
    lines = [
        Line("What it is", Section.WHAT_IT_IS, _says(guide, Section.WHAT_IT_IS) or str(context["lead"])),
        Line("Pay", Section.PAY, figures=(("median", figures["Median pay"]["figure"]),)),
        Line(
            "Jobs",
            Section.PROJECTIONS,
            figures=(
                ("growth over the decade", figures["Growth in jobs"]["figure"]),
                ("open a year", figures["Openings a year"]["figure"]),
            ),
        ),
        Line(
            "Usual way in",
            Section.CERTIFICATE_OR_ASSOCIATE,
            " ".join(part for part in (f"{entry}, by BLS." if entry else "", way) if part),
        ),
        Line("First step", Section.STEPS, _first_step(guide)),
        Line("Exam", Section.CERTIFICATION, _exam(guide, context)),
        Line("The hard part", Section.CONS, _says(guide, Section.CONS)),
    ]
    return {"short": [line for line in lines if line.text or any(each.value is not None for _, each in line.figures)]}


def _says(guide: GuideView, key: Section) -> str:
    """The first sentence of a section, without marks and citations; of a list its first point."""
    part = guide.sections.get(key)
    if part is None:
        return ""
    return first_sentence(part.plain_items[0] if part.kind == "points" and part.plain_items else part.plain)


def _exam(guide: GuideView, context: dict[str, Any]) -> str:
    names = ", ".join(exam.acronym for exam in context.get("exams", ())[:EXAMS_NAMED])
    listed = f"Exams on this page: {names}." if names else ""
    return " ".join(part for part in (listed, _says(guide, Section.CERTIFICATION)) if part)


def _first_step(guide: GuideView) -> str:
    part: Written | None = guide.sections.get(Section.STEPS)
    if part is None or not part.items:
        return ""
    label = part.items[0].get("label")
    return f"{part.plain_titles[0]}{f' ({label})' if label else ''}."
