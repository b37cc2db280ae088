"""The rows of a page of results in one query, light enough to be read for every page.

Loading twenty listings with their programs, schools and releases as models costs more than finding them. A row here
answers to the same names as a Listing does, as far as a card reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from django.db import connection
from django.urls import reverse

from directory.models import Listing, Release
from directory.profiles.cards import Exam
from directory.profiles.rule_papers import RulePaper, rule_papers
from directory.profiles.standing_papers import StandingPapers, standing_papers
from directory.search.freshness import Snapshot
from directory.search.table.answer import Hit


class ProgramRef(NamedTuple):
    slug: str
    award_level: int

    def get_absolute_url(self) -> str:
        return _address("program_detail", self.slug)


class SchoolRef(NamedTuple):
    slug: str
    city: str
    unitid: int | None

    def get_absolute_url(self) -> str:
        return _address("school_detail", self.slug)


def _address(name: str, slug: str) -> str:
    return _pattern(name).replace("-SLUG-", slug)


@cache
def _pattern(name: str) -> str:
    """What `reverse` would say, worked out once and not for each of forty links."""
    return reverse(name, args=["-SLUG-"])


class ListingRow(NamedTuple):
    """A listing as a card reads it."""

    program_id: int
    title: str
    school_name: str
    cip: str
    level: str
    length: str
    control: int
    state: str
    standing: str
    delivery: str
    delivery_basis: str
    price: int | None
    price_note: str
    price_level: str
    price_year: str
    price_caveat: str
    earnings: int | None
    earnings_note: str
    awards: int | None
    awards_note: str
    awards_year: int | None
    awards_five_years: int
    known_facts: int
    program: ProgramRef
    school: SchoolRef
    price_release: Release | None
    earnings_release: Release | None
    awards_release: Release | None


_NAMES: Final = tuple(ListingRow.__annotations__)
OWN: Final = _NAMES[: _NAMES.index("program")]
JOINED: Final = (
    "program__slug", "program__award_level", "school__slug", "school__city", "school__unitid",
    "price_release_id", "earnings_release_id", "awards_release_id",
)  # fmt: skip


class Paperwork(NamedTuple):
    """What all rows share and few rows need."""

    releases: Mapping[int, Release]
    standings: StandingPapers
    rules: Mapping[str, RulePaper]


def paperwork(snapshot: Snapshot) -> Paperwork:
    """Read once for each state of the data."""
    token = snapshot.token
    held = _papers.get(token)
    if held is None:
        held = Paperwork({release.pk: release for release in Release.objects.all()}, standing_papers(), rule_papers())
        _papers.clear()
        _papers[token] = held
    return held


_papers: dict[str, Paperwork] = {}


def rows(programs: Sequence[int], snapshot: Snapshot) -> list[ListingRow]:
    """The rows of some programs, in no order; one query once the paperwork is read."""
    releases = paperwork(snapshot).releases
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_query(connection.vendor, len(programs)), programs)
        raw = cursor.fetchall()
    for values in raw:
        own, joined = values[: len(OWN)], values[len(OWN) :]
        papers = (releases.get(pk) for pk in joined[5:])
        found.append(ListingRow._make((*own, ProgramRef(*joined[:2]), SchoolRef(*joined[2:5]), *papers)))  # noqa: SLF001
    return found


@lru_cache(maxsize=256)
def _query(vendor: str, count: int) -> str:
    """The text of the query for so many programs; the ORM takes longer to write it than the database to answer it."""
    asked = Listing.objects.filter(pk__in=range(count)).order_by().values_list(*OWN, *JOINED)
    text, parameters = asked.query.get_compiler(connection=connection).as_sql()
    if len(parameters) != count:
        raise AssertionError("The keys must be the only parameters.")
    return str(text)


def exams(hits: Sequence[Hit], snapshot: Snapshot) -> dict[int, tuple[Exam, ...]]:
    """Program -> the exams it opens, in the certifications' order. Asks nothing of the database."""
    columns = snapshot.columns
    of = columns.combinations
    found: dict[int, tuple[Exam, ...]] = {}
    made: dict[int, tuple[Exam, ...]] = {}
    for hit in hits:
        combination = int(columns.combination[hit.row])
        if combination not in made:
            opens, confirmed = of.opens[combination], of.confirmed[combination]
            made[combination] = tuple(
                Exam(acronym, _address("certification_detail", slug), "confirmed" if confirmed[at] else "stated")
                for at, (slug, acronym) in enumerate(columns.acronyms.items())
                if opens[at]
            )
        found[hit.program] = made[combination]
    return found
