"""The head of each column: what stands there, and the links that move it or take it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from directory.compare.asked import Asked
from directory.links import enrol_links, silent_links
from directory.models import Program, ProgramFact, School
from directory.profiles.program import off_list
from directory.profiles.ways_out import SILENT
from directory.templatetags.figures import as_of
from directory.templatetags.levels import level_class, level_tab
from directory.vocab import STATES, SchoolState

#: Ways to the school at the foot of a column; all of them stand on the record's own page.
WAYS: Final = 2
#: Zero width space: a place where a line may end.
BREAK: Final = "\u200b"


@dataclass(frozen=True, slots=True)
class Head:
    """`left`, `right` and `without` are addresses of the same page; `left` of the first column is empty."""

    title: str
    url: str
    #: A few words for places where the whole title is too long.
    short: str
    where: str
    by: str = ""
    by_url: str = ""
    level: str = ""
    css: str = ""
    notice: str = ""
    left: str = ""
    right: str = ""
    without: str = ""

    @property
    def name(self) -> str:
        """The record in a sentence."""
        plain = self.title.replace(BREAK, "")
        return f"{plain}, {self.by}" if self.by else plain


def program_heads(asked: Asked, programs: Sequence[Program]) -> list[Head]:
    """The heads of programs of `for_comparison`."""
    moves = _moves(asked, [each.slug for each in programs])
    return [
        Head(
            title=breakable(each.display_title),
            url=each.get_absolute_url(),
            short=f"{each.school.name}, {level_tab(each.listing.level).lower()}",
            by=each.school.name,
            by_url=each.school.get_absolute_url(),
            where=f"{each.school.city}, {each.school.state}",
            level=level_tab(each.listing.level),
            css=level_class(each.listing.level),
            notice=off_list(each),
            left=left,
            right=right,
            without=without,
        )
        for each, (left, right, without) in zip(programs, moves, strict=True)
    ]


def school_heads(asked: Asked, schools: Sequence[School]) -> list[Head]:
    """The heads of schools."""
    moves = _moves(asked, [each.slug for each in schools])
    return [
        Head(
            title=each.name,
            url=each.get_absolute_url(),
            short=each.name,
            where=f"{each.city}, {STATES.get(each.state, each.state)}",
            level="School",
            notice="" if each.status == SchoolState.OPEN else str(each.get_status_display()),
            left=left,
            right=right,
            without=without,
        )
        for each, (left, right, without) in zip(schools, moves, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Way:
    """A link at the foot of a column. `host` is where it leaves to, "" for a page of ours.

    Without `url` nobody answers there, and `note` says since when.
    """

    label: str
    url: str
    host: str = ""
    note: str = ""


def ways_on(school: School, program: Program | None = None, facts: Iterable[ProgramFact] = ()) -> list[Way]:
    """The first ways to the school, none to a closed one; and what the program leads to. Asks nothing.

    Of those that do not answer, the one that a student wants first.
    """
    facts = list(facts)
    ways = [Way(link.label, link.url, link.host) for link in enrol_links(school, program, facts)[:WAYS]]
    silent = silent_links(school, program, facts)[:1]
    ways += [Way(each.label, "", note=SILENT.format(day=as_of(each.on))) for each in silent]
    return [*ways, Way("Careers and pay after it", f"{program.get_absolute_url()}#careers")] if program else ways


def breakable(title: str) -> str:
    """The official titles join long words by slashes; a narrow column may break after each."""
    return title.replace("/", f"/{BREAK}")


def _moves(asked: Asked, slugs: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    """For each place: the addresses with it one to the left, one to the right, and without it."""
    last = len(slugs) - 1
    for at in range(len(slugs)):
        yield (
            asked.address(_swapped(slugs, at - 1)) if at else "",
            asked.address(_swapped(slugs, at)) if at < last else "",
            asked.address([*slugs[:at], *slugs[at + 1 :]]),
        )


def _swapped(slugs: Sequence[str], at: int) -> list[str]:
    """The same with the one at that place and the next one changed."""
    return [*slugs[:at], slugs[at + 1], slugs[at], *slugs[at + 2 :]]
