"""The pay section of a career's page."""

from __future__ import annotations

from typing import Any, Final

from careers.figures import OEWS, annual_range, hourly_range, median_pay, pay_figure, pay_year
from careers.models import Occupation, Pay
from careers.ranks import pay_rank
from careers.vocab import COMBINED, COMBINED_WITH
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


def pay_part(occupation: Occupation, pay: Pay | None, total: Pay | None) -> dict[str, Any]:
    """National pay as charts and table, rank, states where they are loaded, and who publishes it together."""
    annual, hourly = annual_range(pay), hourly_range(pay)
    return {
        "pay": pay,
        "annual": annual if any(figure.value is not None for figure in annual) else [],
        "hourly": hourly if any(figure.value is not None for figure in hourly) else [],
        "pay_rows": _table(annual, hourly, pay),
        "pay_source": {"source": OEWS.name, "year": pay_year(pay), "url": OEWS.url},
        "employment": pay_figure(pay, "employment", caveat="Without the self-employed"),
        "pay_rank": pay_rank(pay),
        "comparison": _comparison(pay, total),
        "state_pay": _states(occupation),
        "published_with": _published_with(occupation),
    }


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


def _states(occupation: Occupation) -> list[dict[str, Any]]:
    """{label, url, figures} of each state and territory with pay, best first."""
    rows = list(Pay.objects.by_state().newest().filter(occupation=occupation).select_related("area"))
    rows.sort(key=lambda row: (-(row.annual_median or row.hourly_median_cents or 0), row.area.title))
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


def _published_with(occupation: Occupation) -> dict[str, Any]:
    """The code under which BLS publishes this occupation with others, or those that are in this one."""
    whole = COMBINED_WITH.get(occupation.soc, "")
    others = Occupation.objects.filter(soc__in=(whole, *COMBINED.get(occupation.soc, ())))
    found = {each.soc: each for each in others}
    return {"whole": found.pop(whole, None), "parts": list(found.values())}
