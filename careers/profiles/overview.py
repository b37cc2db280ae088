"""The list of careers, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import Count

from careers.figures import (
    OEWS,
    PROJECTIONS,
    annual_range,
    growth,
    median_pay,
    openings,
    pay_year,
    projection_words,
    projection_years,
)
from careers.models import Career, FieldOccupation, Occupation, Pay, Projection
from careers.profiles.programs import programs_url
from careers.vocab import Group
from directory.models import Listing


class Facts(NamedTuple):
    """National pay and outlook by occupation."""

    pay: dict[str, Pay]
    outlook: dict[str, Projection]


def careers_overview() -> dict[str, Any]:
    """The context of `careers/career_list.html`."""
    careers = list(Career.objects.select_related("occupation", "onet"))
    offered = _offered()
    mine = {career.occupation_id for career in careers}
    facts = facts_of(mine | offered.keys())
    return {
        "groups": _groups(careers, facts, offered),
        "ranges": _ranges(careers, facts),
        "others": _others(offered.keys() - mine, facts, offered),
        "career_count": len(careers),
        "sources": _sources(facts),
    }


def _offered() -> dict[str, list[tuple[str, int]]]:
    """Occupation -> (CIP, listed programs) of the fields of study that lead to it; two queries."""
    rows = Listing.objects.listed().order_by().values_list("cip").annotate(count=Count("*"))
    counts = dict(rows)
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    links = FieldOccupation.objects.filter(occupation__in_force=True).order_by("occupation", "field__cip")
    for soc, cip in links.values_list("occupation", "field__cip"):
        if cip in counts:
            found[soc].append((cip, counts[cip]))
    return dict(found)


def facts_of(socs: set[str]) -> Facts:
    """The newest national pay and outlook of these occupations; two queries."""
    return Facts(
        {row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=socs)},
        {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=socs)},
    )


def _groups(careers: list[Career], facts: Facts, offered: dict[str, list[tuple[str, int]]]) -> list[dict[str, Any]]:
    """One group per occupation, by its first career: careers that are counted together share the figures."""
    by_soc: defaultdict[str, list[Career]] = defaultdict(list)
    for career in careers:
        by_soc[career.occupation_id].append(career)
    return [
        {
            "occupation": members[0].occupation,
            "careers": members,
            "figs": [
                {"label": "Median pay", "figure": median_pay(facts.pay.get(soc))},
                {"label": "Growth in jobs", "figure": growth(facts.outlook.get(soc))},
                projection_words(facts.outlook.get(soc), "entry_education", "Typical entry education").keyfig(),
                {"label": "Openings a year", "figure": openings(facts.outlook.get(soc))},
            ],
            **_programs(soc, offered),
        }
        for soc, members in by_soc.items()
    ]


def _programs(soc: str, offered: dict[str, list[tuple[str, int]]]) -> dict[str, Any]:
    fields = offered.get(soc, [])
    return {
        "program_count": sum(count for _, count in fields),
        "programs_url": programs_url([cip for cip, _ in fields]) if fields else "",
    }


def _ranges(careers: list[Career], facts: Facts) -> list[dict[str, Any]]:
    """Rows of the pay chart: each occupation once, best paid first; none that holds whatever fits nowhere else."""
    occupations = {career.occupation_id: career.occupation for career in careers if not career.occupation.is_catch_all}
    known = [soc for soc in occupations if soc in facts.pay and facts.pay[soc].annual_median]
    known.sort(key=lambda soc: -(facts.pay[soc].annual_median or 0))
    return [
        {
            "label": occupations[soc].title,
            "url": occupations[soc].get_absolute_url(),
            "figures": annual_range(facts.pay[soc]),
        }
        for soc in known
    ]


def _others(socs: set[str], facts: Facts, offered: dict[str, list[tuple[str, int]]]) -> list[dict[str, Any]]:
    """Occupations without a career of ours under their major groups; two queries."""
    titles = dict(Occupation.objects.filter(group=Group.MAJOR).values_list("soc", "title"))
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for occupation in Occupation.objects.listed().filter(soc__in=socs).order_by("title"):
        projection = facts.outlook.get(occupation.soc)
        found[occupation.major].append(
            {
                "occupation": occupation,
                "pay": median_pay(facts.pay.get(occupation.soc)),
                "growth": growth(projection),
                "education": projection_words(projection, "entry_education", "Typical entry education"),
                **_programs(occupation.soc, offered),
            }
        )
    return [{"soc": major, "title": titles.get(major, major), "rows": found[major]} for major in sorted(found)]


def _sources(facts: Facts) -> list[dict[str, str]]:
    """The record marks of the list's columns: {what, source, year, url}."""
    pay = next(iter(facts.pay.values()), None)
    projection = next(iter(facts.outlook.values()), None)
    marks = [
        ("Pay", OEWS, pay_year(pay)),
        ("Growth and entry education", PROJECTIONS, projection_years(projection)),
    ]
    return [
        {"what": what, "source": publisher.name, "year": year, "url": publisher.url}
        for what, publisher, year in marks
        if year
    ]
