"""What the home page and the page of a state show of careers: pay, and which jobs ask for which award."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Count

from careers.figures import OEWS, annual_range, median_pay, pay_year, projection_words
from careers.models import Career, FieldOccupation, Occupation, Pay, Projection
from directory.models import Listing
from directory.templatetags.figures import figure_value
from directory.vocab import DEFAULT_CIPS

#: How many occupations a chart compares where staff have chosen none.
MOST: Final = 6
#: The award that BLS's phrase for the usual entry education means.
ENTRY: Final[dict[str, str]] = {
    "certificate": "Postsecondary nondegree award",
    "associate": "Associate's degree",
    "bachelors": "Bachelor's degree",
}


def at_a_glance() -> dict[str, Any]:
    """Number of careers, pay of their occupations, and those that usually ask for each award; five queries.

    Where no career is kept, the occupations are those that the most listed programs prepare for. What is counted
    under "all other" tells nothing of the one job that a reader has in mind, so it is left out. The jobs that a
    certificate opens come first, the best paid of them before the rest.
    """
    careers = list(Career.objects.values_list("occupation", flat=True))
    socs = list(dict.fromkeys(careers)) or _most_prepared_for()
    pay, outlook = _pay(socs), _outlook(socs)
    occupations = Occupation.objects.in_bulk(socs)
    known = [
        soc for soc in socs if soc in pay and pay[soc].annual_median is not None and not occupations[soc].is_catch_all
    ]
    known.sort(key=lambda soc: (_entry_rank(outlook.get(soc)), -(pay[soc].annual_median or 0)))
    ranges = [
        {"label": occupations[soc].title, "url": occupations[soc].get_absolute_url(), "figures": annual_range(pay[soc])}
        for soc in known
    ]
    first = socs[0] if socs and socs[0] in known else None
    return {
        "count": len(careers),
        "ranges": ranges,
        "entry": {
            level: [
                {**_job(occupations[soc], pay.get(soc)), "asks": _asks(outlook[soc])}
                for soc in known
                if soc in outlook and outlook[soc].entry_education == words
            ]
            for level, words in ENTRY.items()
        },
        "first": _job(occupations[first], pay[first]) if first else None,
    }


def with_careers(paths: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines {cip, level, stops} with a third stop: the occupation that the crosswalk names and the award fits.

    Of several occupations the one whose usual entry education is the line's award, else the first with pay; four
    queries. A field without an occupation keeps its line as it is.
    """
    lines = [dict(path) for path in paths]
    links = FieldOccupation.objects.filter(
        field__cip__in=[line["cip"] for line in lines], occupation__in_force=True
    ).order_by("occupation")
    after: dict[str, list[str]] = {}
    for cip, soc in links.values_list("field__cip", "occupation"):
        after.setdefault(cip, []).append(soc)
    socs = sorted({soc for found in after.values() for soc in found})
    pay, outlook, occupations = _pay(socs), _outlook(socs), Occupation.objects.in_bulk(socs)
    for line in lines:
        fits = [soc for soc in after.get(line["cip"], []) if soc in pay]
        wanted = ENTRY.get(str(line["level"]))
        fits.sort(key=lambda soc: soc not in outlook or outlook[soc].entry_education != wanted)
        if fits and line["stops"]:
            line["stops"] = [*line["stops"], _stop(occupations[fits[0]], pay[fits[0]])]
    return lines


def pay_in_state(usps: str) -> dict[str, Any]:
    """Pay of our careers' occupations in a state, best paid first; no rows while no state file is loaded."""
    socs = set(Career.objects.values_list("occupation", flat=True)) or _most_prepared_for()
    rows = Pay.objects.by_state().newest().filter(area__usps=usps, occupation__in=socs)
    found = [
        row
        for row in rows.select_related("occupation", "area")
        if row.annual_median is not None and not row.occupation.is_catch_all
    ]
    found.sort(key=lambda row: -(row.annual_median or 0))
    return {
        "rows": [
            {
                "label": row.occupation.title,
                "url": row.occupation.get_absolute_url(),
                "figures": annual_range(row),
            }
            for row in found
        ]
    }


def _most_prepared_for() -> list[str]:
    """The occupations after our fields, those first that the most listed programs lead to; two queries."""
    offered = Listing.objects.listed().of(DEFAULT_CIPS).order_by().values_list("cip")
    programs = dict(offered.annotate(count=Count("pk")))
    counts: Counter[str] = Counter()
    links = FieldOccupation.objects.filter(field__cip__in=programs, occupation__in_force=True)
    for cip, soc in links.values_list("field__cip", "occupation"):
        counts[soc] += programs[cip]
    return [soc for soc, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST]]


def _pay(socs: Iterable[str]) -> dict[str, Pay]:
    return {row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=list(socs))}


def _outlook(socs: Iterable[str]) -> dict[str, Projection]:
    return {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=list(socs))}


def _entry_rank(projection: Projection | None) -> int:
    """Jobs that a certificate opens come first, then those of each further award, then all others."""
    awards = list(ENTRY.values())
    asked = projection.entry_education if projection else None
    return awards.index(asked) if asked in awards else len(awards)


def _asks(projection: Projection) -> Any:
    return projection_words(projection, "entry_education", "Typical entry education")


def _job(occupation: Occupation, pay: Pay | None) -> dict[str, Any]:
    return {"label": occupation.title, "url": occupation.get_absolute_url(), "pay": median_pay(pay)}


def _stop(occupation: Occupation, pay: Pay) -> dict[str, Any]:
    return {
        "kind": "Career",
        "label": occupation.title,
        "url": occupation.get_absolute_url(),
        "text": f"Median {figure_value(median_pay(pay))}, everyone in the occupation",
        "source": OEWS.name,
        "year": pay_year(pay),
        "source_url": OEWS.url,
    }
