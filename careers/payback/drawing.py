"""Geometry of the drawn range: study, then the months in which it is repaid. Only percentages of the width."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from directory.payback import HORIZON, Payback, rounded_down, rounded_up
from directory.templatetags.pay_scale import percent

MONTHS_A_YEAR: Final = 12
#: Years between two marks of the axis, the first that leaves no more than MOST_TICKS.
YEARS: Final = (1, 2, 5, 10)
MOST_TICKS: Final = 7
#: Where a mark's label would leave the drawing, it is anchored at its edge.
EDGE: Final = 6.0


def drawn(found: Payback) -> dict[str, Any]:
    """{study, sure, range, open, ticks}: bars as {x, width}, marks as {x, text, anchor}; {} where there is no bar.

    The range begins at the soonest and ends at the latest, or runs out of the drawing where that is never or beyond
    the horizon (`open`). Everything counts from the first day of study; study is the longer one.
    """
    soonest, latest = found.soonest, found.latest
    if soonest.months is None or soonest.months > HORIZON or not latest.cost:
        return {}
    start = soonest.study + rounded_down(soonest.months)
    ends = latest.months is not None and latest.months <= HORIZON
    end = latest.study + rounded_up(latest.months) if ends and latest.months is not None else None
    whole = Fraction(end if end is not None else max(start * 2, start + 10 * MONTHS_A_YEAR)) * Fraction(106, 100)
    whole = max(whole, Fraction(MONTHS_A_YEAR))

    def bar(first: int | Fraction, last: int | Fraction) -> dict[str, str]:
        return {"x": percent(float(first / whole * 100)), "width": percent(float((last - first) / whole * 100))}

    return {
        "study": bar(0, soonest.study),
        "study_more": bar(soonest.study, latest.study) if latest.study > soonest.study else None,
        "range": bar(start, whole if end is None else max(Fraction(end), start + whole / 100)),
        "open": end is None,
        "ticks": _ticks(whole),
    }


def _ticks(whole: Fraction) -> list[dict[str, str]]:
    years = float(whole) / MONTHS_A_YEAR
    step = next((each for each in YEARS if years / each <= MOST_TICKS), YEARS[-1])
    return [_tick(year, year / years * 100) for year in range(0, int(years) + 1, step)]


def _tick(year: int, x: float) -> dict[str, str]:
    anchor = "start" if x < EDGE else "end" if x > 100 - EDGE else "middle"
    return {"x": percent(x), "anchor": anchor, "text": f"{year} yr" if year else "Start"}
