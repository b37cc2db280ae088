"""A comparison as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from directory.compare.asked import FEWEST, MOST, PROGRAM, SCHOOL, Asked, compare_url, query
from directory.compare.distance import Where, read_where
from directory.compare.finding import find, suggested
from directory.compare.heads import Head, Way, program_heads, school_heads, ways_on
from directory.compare.programs import program_table
from directory.compare.reading import newest_load, read_programs
from directory.compare.schools import read_schools, school_table
from directory.compare.selection import Selection, name_of, select_programs, select_schools
from directory.compare.table import Says, Table
from directory.filters.query_string import carried
from directory.models import Program, School


@dataclass(frozen=True, slots=True)
class Comparison:
    """The records of an address and their facts. The table is empty with fewer than two."""

    asked: Asked
    selection: Selection[Program] | Selection[School]
    where: Where
    heads: Sequence[Head]
    table: Table
    #: For each record the ways on from it.
    ways: Sequence[Sequence[Way]] = ()
    #: The day of the newest load, None where nothing was read.
    loaded_on: dt.date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the address could be read without leaving anything out."""
        return not (
            self.asked.problems
            or self.asked.is_mixed
            or self.asked.unread
            or self.where.problem
            or self.selection.unknown
            or self.selection.left_out
        )


def compare(asked: Asked) -> Comparison:
    """Six queries for two to four programs and five for schools; one more for a place, and one more for a name
    that is not a present one."""
    return _schools(asked) if asked.kind == SCHOOL else _programs(asked)


def _programs(asked: Asked) -> Comparison:
    selection = select_programs(asked)
    heads = program_heads(asked, selection.chosen)
    where = read_where(asked)
    if len(selection.chosen) < FEWEST:
        return Comparison(asked, selection, where, heads, Table())
    read = read_programs(selection.chosen)
    ways = [ways_on(each.program.school, each.program, each.facts) for each in read.programs]
    return Comparison(asked, selection, where, heads, program_table(read, where.place), ways, read.loaded_on)


def _schools(asked: Asked) -> Comparison:
    selection = select_schools(asked)
    heads = school_heads(asked, selection.chosen)
    where = read_where(asked)
    if len(selection.chosen) < FEWEST:
        return Comparison(asked, selection, where, heads, Table())
    read = read_schools(selection.chosen)
    ways = [ways_on(school) for school in selection.chosen]
    table = school_table(read, where.place)
    return Comparison(asked, selection, where, heads, table, ways, newest_load(read.releases))


def comparison_page(asked: Asked) -> dict[str, Any]:
    """The context of `directory/compare.html`."""
    found = compare(asked)
    chosen = found.selection.chosen
    slugs = found.selection.slugs
    table = found.table.differing() if asked.differences else found.table
    results = find(asked, slugs)
    programs = [each for each in chosen if isinstance(each, Program)]
    room = MOST - len(chosen)
    return {
        "asked": asked,
        "loaded_on": found.loaded_on,
        "title": _title(asked, found.heads),
        "heads": found.heads,
        "columns": len(found.heads),
        "table": table,
        "ways": found.ways,
        "compared": len(chosen) >= FEWEST,
        "hidden_rows": len(found.table.rows) - len(table.rows),
        "differing": found.table.count(Says.DIFFERS),
        "partly": found.table.count(Says.PARTLY),
        "place": found.where.place,
        "problems": asked.problems,
        "said": found.selection.said(),
        "left_out": [{"name": name_of(each), "url": each.get_absolute_url()} for each in found.selection.left_out],
        "instead": _instead(asked, found.selection),
        "mixed": _mixed(asked),
        "all_url": asked.address(slugs, differences=False),
        "differences_url": asked.address(slugs, differences=True),
        "canonical": compare_url(slugs, kind=asked.kind),
        "room": room,
        "found": results,
        "suggested": [] if results or found.where.place else suggested(asked, programs),
        "carried": carried(_kept(asked, slugs), but=("find",)),
        "place_carried": carried(_kept(asked, slugs), but=("where",)),
        "errors": {
            "where": [found.where.problem] if found.where.problem else [],
            "find": list(results.problems) if results else [],
        },
    }


def _kept(asked: Asked, slugs: Sequence[str]) -> Any:
    return query(slugs, kind=asked.kind, where=asked.where, differences=asked.differences)


def _title(asked: Asked, heads: Sequence[Head]) -> str:
    plural = "schools" if asked.kind == SCHOOL else "programs"
    return f"Compare {len(heads)} {plural}" if len(heads) >= FEWEST else f"Compare {plural}"


def _instead(asked: Asked, selection: Selection[Any]) -> str:
    """The address with those that did not fit, when they are enough for a table of their own."""
    rest = [each.slug for each in selection.left_out[:MOST]]
    return asked.address(rest) if len(rest) >= FEWEST else ""


def _mixed(asked: Asked) -> list[dict[str, str]]:
    """The two ways on from an address that names programs and schools; nothing for any other."""
    if not asked.is_mixed:
        return []
    return [
        {"label": "Only the programs", "url": asked.address(asked.slugs, kind=PROGRAM)},
        {"label": "Only the schools", "url": asked.address(asked.others, kind=SCHOOL)},
    ]
