"""The pay section of a career's page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Q

from careers.figures import OEWS, annual_range, hourly_range, median_pay, pay_figure, pay_year
from careers.models import Occupation, Pay
from careers.ranks import pay_rank
from careers.vocab import COMBINED, COMBINED_WITH, NATIONAL_AREA, NEIGHBORS, AreaKind
from directory.figures import Figure
from directory.templatetags.figures import amount, missing_label
from directory.vocab import Quality, Unit

PERCENTILES: Final = (
    "Lowest-paid tenth: below",
    "Lowest-paid quarter: below",
    "Median: half above, half below",
    "Highest-paid quarter: above",
    "Highest-paid tenth: above",
)
#: How a median compares with that of all occupations: from this ratio on, in words.
TIERS: Final = (
    (1.25, "well above"),
    (1.05, "above"),
    (0.95, "about the same as"),
    (0.75, "below"),
    (0, "well below"),
)


def pay_rows(occupation: Occupation, socs: Collection[str]) -> tuple[dict[str, Pay], list[Pay]]:
    """National pay by occupation, and that of one occupation by state; one query."""
    by_state = Q(area__kind__in=(AreaKind.STATE, AreaKind.TERRITORY), occupation=occupation)
    # The occupations by themselves, so that their index leads: a file of all areas has hundreds of thousands of rows.
    of_these = Pay.objects.newest().filter(occupation__in={occupation.soc, *socs})
    rows = of_these.filter(Q(area_id=NATIONAL_AREA) | by_state).select_related("area")
    found: dict[str, Pay] = {}
    states = []
    for row in rows:
        if row.area_id == NATIONAL_AREA:
            found[row.occupation_id] = row
        else:
            states.append(row)
    return found, states


def pay_part(occupation: Occupation, pay: Pay | None, total: Pay | None, states: list[Pay]) -> dict[str, Any]:
    """National pay as charts and table, rank, states where they are loaded, and who publishes it together."""
    annual, hourly = annual_range(pay), hourly_range(pay)
    return {
        "pay": pay,
        "annual": annual if any(figure.value is not None for figure in annual) else [],
        "hourly": hourly if any(figure.value is not None for figure in hourly) else [],
        "pay_rows": _table(annual, hourly, pay),
        "bands": _bands(annual),
        "pay_source": {"source": OEWS.name, "year": pay_year(pay), "url": OEWS.url},
        "employment": pay_figure(pay, "employment", caveat="Without the self-employed"),
        "pay_rank": pay_rank(pay),
        "comparison": _comparison(pay, total),
        "state_pay": _states(states),
        "published_with": _published_with(occupation),
    }


#: What people call the parts of the range, and which percentiles bound them.
BANDS: Final = (
    ("Entry", 0, 1, "10th to 25th percentile"),
    ("Middle", 1, 3, "25th to 75th percentile: the middle half"),
    ("Senior", 3, 4, "75th to 90th percentile"),
)


def _bands(annual: list[Figure]) -> list[dict[str, str]]:
    """{label, range, what}; empty unless every bound is published."""
    if any(figure.value is None for figure in annual):
        return []
    return [
        {"label": label, "range": f"{_cell(annual[low])} to {_cell(annual[high])}", "what": what}
        for label, low, high, what in BANDS
    ]


def _table(annual: list[Figure], hourly: list[Figure], pay: Pay | None) -> list[dict[str, str]]:
    """Rows of {label, annual, hourly}: the percentiles, then the mean."""
    mean = ("Mean", pay_figure(pay, "annual_mean"), pay_figure(pay, "hourly_mean_cents"))
    lines: list[tuple[str, Figure, Figure]] = [*zip(PERCENTILES, annual, hourly, strict=True), mean]
    return [{"label": label, "annual": _cell(a), "hourly": _cell(h)} for label, a, h in lines]


def _cell(figure: Figure) -> str:
    """The amount without its unit, which stands in the head of the column."""
    if figure.value is None:
        return missing_label(figure)
    if figure.unit == Unit.USD_HOUR:
        text = f"${figure.value:,.2f}"
    else:
        text = amount(figure.value, Unit.USD)
    return f"{text} or more" if figure.quality == Quality.CAPPED else text


def _comparison(pay: Pay | None, total: Pay | None) -> dict[str, Any]:
    """{tier, total}: the median beside that of all workers; empty where one of them is not published."""
    if not pay or not total or not pay.annual_median or not total.annual_median:
        return {}
    ratio = pay.annual_median / total.annual_median
    return {"tier": next(words for low, words in TIERS if ratio >= low), "total": median_pay(total)}


def _states(found: list[Pay]) -> list[dict[str, Any]]:
    """{label, usps, median …} of each state and territory with pay, best first."""
    rows = sorted(
        found,
        key=lambda row: (-(row.annual_median or row.hourly_median_cents or 0), row.area.title),
    )
    return [
        {
            "label": row.area.title,
            "usps": row.area.usps.lower(),
            "median": median_pay(row),
            "low": pay_figure(row, "annual_p10"),
            "high": pay_figure(row, "annual_p90"),
            "employment": pay_figure(row, "employment"),
        }
        for row in rows
    ]


def pay_near(usps: str, national: Pay | None, states: list[Pay]) -> list[dict[str, Any]]:
    """Rows of bars: the country, the state, its neighbors; empty where the state's pay is not loaded."""
    held = {row.area.usps: row for row in states}
    if national is None or usps not in held:
        return []
    rows = [("United States", national)]
    rows += [(held[code].area.title, held[code]) for code in (usps, *NEIGHBORS.get(usps, ())) if code in held]
    return [
        {"label": label, "url": "", "figures": annual_range(row)}
        for label, row in rows
        if row.annual_median is not None
    ]


def _published_with(occupation: Occupation) -> dict[str, Any]:
    """The code under which BLS publishes this occupation with others, or those that are in this one."""
    whole, parts = COMBINED_WITH.get(occupation.soc, ""), COMBINED.get(occupation.soc, ())
    if not whole and not parts:
        return {"whole": None, "parts": []}
    found = {each.soc: each for each in Occupation.objects.filter(soc__in=(whole, *parts))}
    return {"whole": found.pop(whole, None), "parts": list(found.values())}
