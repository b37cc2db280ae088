"""Prices that are older than a year and a half, of the listings that readers use most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from directory.curation.worklists.case import Asked, Case, Kind, change_page, fingerprint, heaviest
from directory.curation.worklists.harm import harm
from directory.models import Listing, ProgramFact
from directory.vocab import Level

#: A price stands beside its year, so that readers can tell that it is old: it misleads less than a dead link.
OWN: Final = 2
ESTIMATE: Final = 1
MONTHS: Final = 18
A_MONTH: Final = dt.timedelta(days=30.4375)
#: Price of so many of the first listings in our own order, and of the most left from, are looked at; of a national
#: file nearly every price has the same age, and nobody can mend a quarter of a million.
FIRST: Final = 500


def find(asked: Asked) -> list[Case]:
    """Prices of files by the academic year they are of, of pages by the day we read them; one query."""
    read_before = asked.today - MONTHS * A_MONTH
    read = ProgramFact.objects.filter(kind=ProgramFact.Kind.PRICE, checked_on__isnull=False).exclude(value="")
    newest = read.filter(program=OuterRef("pk")).order_by("-checked_on", "-pk")
    of_files = Q(price_year__lt=_first_young(read_before))
    first = Listing.objects.filter(of_files, listed=True, price__isnull=False).order_by("-rank_points")
    looked_at = (
        Q(pk__in=first.values("pk")[: max(FIRST, asked.limit)])
        | (of_files & Q(pk__in=[program for program, _ in asked.reach.programs.most_common(FIRST)]))
        | Q(pk__in=read.filter(checked_on__lt=read_before).values("program_id"))
    )
    rows = (
        Listing.objects.filter(looked_at, listed=True, price__isnull=False)
        .order_by()
        .values(
            "pk", "title", "school_name", "price", "price_year", "price_level", "awards_five_years",
            fact=Subquery(newest.values("pk")[:1]), read_on=Subquery(newest.values("checked_on")[:1]),
        )
    )  # fmt: skip
    return heaviest(
        (_case(row, asked) for row in rows if row["read_on"] is None or row["read_on"] < read_before), asked
    )  # fmt: skip


def _first_young(read_before: dt.date) -> str:
    """The first academic year that is young enough: 2023-24 ended in June 2024, so it is too old from 2026 on.

    Years of prices begin with their four digits, so they compare as texts.
    """
    ended = read_before.year if read_before.month >= 7 else read_before.year - 1
    return str(ended)


def _case(row: Mapping[str, Any], asked: Asked) -> Case:
    own = row["price_level"] == Level.PROGRAM
    since: dt.date | None = row["read_on"]
    if since:
        why = f"${row['price']:,} was read on the school’s page on {since:%-d %b %Y}."
    else:
        year = row["price_year"][:4]
        since = dt.date(int(year) + 1, 6, 30) if year.isdecimal() else None
        how = "is the program’s own" if own else "is worked out from the school’s tuition"
        why = f"${row['price']:,} {how}, of {row['price_year']}. Nobody has read a newer one on the school’s page."
    leaves = asked.reach.leaves(program=row["pk"])
    return Case(
        kind=KIND.slug,
        key=f"program-{row['pk']}",
        subject=f"{row['title']}, {row['school_name']}",
        url=_enter(row["pk"], row["fact"]),
        reason=f"{why} A price is too old after {MONTHS} months.",
        harm=harm(
            OWN if own else ESTIMATE,
            leaves=leaves,
            graduates=(row["awards_five_years"] or 0) / 5,
            days=max(0, asked.days_since(since) - int(MONTHS * 30.4375)),
        ),
        fingerprint=fingerprint(row["price"], row["price_year"], since),
        since=since + MONTHS * A_MONTH if since else None,
    )


def _enter(program: int, fact: int | None) -> str:
    """The form of the price that was read, or an empty one for this program."""
    if fact:
        return change_page("directory_programfact", fact)
    return f"{reverse('admin:directory_programfact_add')}?program={program}&kind={ProgramFact.Kind.PRICE}"


KIND: Final = Kind(
    "prices",
    "Old prices",
    f"The price is older than {MONTHS} months; of the listings that come first and those that readers leave from.",
    "directory.view_programfact",
    "directory.add_programfact",
    find,
)
