"""After how many programs an exam opens, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from careers.pathways.facts import Facts, Opened, is_meant_for
from careers.pathways.starts import AWARDS, Start
from directory.models import Certification
from directory.templatetags.levels import level_class
from directory.vocab import LevelGroup

#: What goes with a number, of one and of many: "12 of 30 associate programs".
NOUNS: Final[dict[str, tuple[str, str]]] = {
    LevelGroup.CERTIFICATE: ("certificate program", "certificate programs"),
    LevelGroup.ASSOCIATE: ("associate program", "associate programs"),
    LevelGroup.BACHELORS: ("bachelor’s program", "bachelor’s programs"),
    LevelGroup.POSTBACC_CERTIFICATE: ("certificate after a bachelor’s", "certificates after a bachelor’s"),
    LevelGroup.MASTERS: ("master’s program", "master’s programs"),
    LevelGroup.DOCTORATE: ("doctorate", "doctorates"),
}


class After(NamedTuple):
    """What opens an exam at one award level: so many of so many programs."""

    level: str
    opened: Opened
    of: int


def after(
    facts: Facts, exam: Certification, starts: Sequence[Start], opened: dict[str, dict[int, Opened]]
) -> list[dict[str, str]]:
    """What opens the exam, a line for each award level; one line where every program does: {css, words, basis}."""
    if any(start.opened is not None for start in starts):
        (start,) = starts
        return [_line(level_class(start.level), "this program", opened[start.key][exam.pk])]
    lines = list(_counted(facts, exam, starts, opened))
    every = sum(line.of for line in lines)
    asked = {start.level for start in starts if any(is_meant_for(exam, cip) for cip in start.cips)}
    if len(lines) > 1 and all(line.opened.programs == line.of for line in lines) and len(lines) == len(asked):
        total = Opened(every, sum(line.opened.sure for line in lines))
        return [_line("", f"any of the {every:,} programs in its fields", total)]
    return [_line(level_class(line.level), _of(line), line.opened) for line in lines]


def _counted(
    facts: Facts, exam: Certification, starts: Sequence[Start], opened: dict[str, dict[int, Opened]]
) -> Iterator[After]:
    for level in AWARDS:
        mine = [opened[start.key][exam.pk] for start in starts if start.level == level and exam.pk in opened[start.key]]
        if mine:
            cips = {cip for start in starts if start.level == level for cip in start.cips if is_meant_for(exam, cip)}
            of = sum(facts.offers[level, cip].programs for cip in cips if (level, cip) in facts.offers)
            total = Opened(sum(each.programs for each in mine), sum(each.sure for each in mine))
            yield After(level, total, max(of, total.programs))


def _of(line: After) -> str:
    one, many = NOUNS[line.level]
    if line.opened.programs == line.of:
        return f"the one {one}" if line.of == 1 else f"all {line.of:,} {many}"
    return f"{line.opened.programs:,} of {line.of:,} {many}"


def _line(css: str, words: str, opened: Opened) -> dict[str, str]:
    return {"css": css, "words": words, "basis": _basis(opened)}


def _basis(opened: Opened) -> str:
    if opened.sure == opened.programs:
        return "conditions met"
    return f"conditions met by {opened.sure:,}" if opened.sure else "stated"
