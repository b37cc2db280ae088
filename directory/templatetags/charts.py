"""Charts as inline SVG with every figure in text beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template

from directory.figures import Figure
from directory.templatetags.figures import UNIT_WORDS, amount, number
from directory.templatetags.pay_scale import axis_for, bar, brief, percent, sentence

register = template.Library()


@register.inclusion_tag("partials/charts/pay_range.html")
def pay_range(rows: Iterable[Any], *, heading: str = "h3", key: bool = True) -> dict[str, Any]:
    """Pay bars on one shared axis.

    Each row is {label, url, figures} with five Figures, the 10th, 25th, 50th, 75th and 90th percentile; or
    the five Figures alone; or `rows` is one flat list of five for a single unnamed bar. All rows carry the
    same unit. The paperwork shown is the median's. `heading` is the element of the labels (h3, h4, p), `key`
    the legend.
    """
    given = list(rows)
    if given and isinstance(given[0], Figure):
        given = [given]
    named = [row if isinstance(row, Mapping) else {"figures": row} for row in given]
    axis = axis_for(figure.value for row in named for figure in row["figures"] if figure.value is not None)
    drawn = []
    for row in named:
        label, median = row.get("label", ""), row["figures"][2]
        drawn.append(
            {
                "label": label,
                "url": row.get("url", ""),
                "median": median,
                "median_text": "" if median.value is None else amount(median.value, "usd"),
                "per": UNIT_WORDS[str(median.unit)][0].strip(),
                "words": sentence(label, row["figures"]),
                **bar(axis, row["figures"]),
            }
        )
    return {
        "rows": drawn,
        "ticks": [{"x": percent(axis.at(tick)), "text": brief(tick)} for tick in axis.ticks] if axis else [],
        "heading": heading,
        "key": key,
    }


@register.inclusion_tag("partials/charts/completions.html")
def completions_chart(points: Sequence[Figure]) -> dict[str, Any]:
    """Awards by year, oldest first: one Figure per year. An unknown year is a gap with its reason."""
    tallest = max((point.value for point in points if point.value is not None), default=0)

    def height(point: Figure) -> float | None:
        if point.value is None:
            return None
        return point.value / tallest * 100 if tallest else 0.0

    bars = []
    for point in points:
        share = height(point)
        bars.append(
            {
                "figure": point,
                "text": "" if point.value is None else number(point.value),
                "known": share is not None,
                "y": percent(100 - (share or 0)),
                "height": percent(share or 0),
            }
        )
    return {"bars": bars, "last": points[-1] if points else None}


@register.inclusion_tag("partials/charts/shares.html")
def share_bars(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One bar per {label, figure}, percentages from 0 to 100. The first row's paperwork stands below."""
    bars = [
        {
            "label": row["label"],
            "figure": row["figure"],
            "width": "" if row["figure"].value is None else percent(min(max(row["figure"].value, 0), 100)),
        }
        for row in rows
    ]
    return {"bars": bars, "paper": bars[0]["figure"] if bars else None}


@register.inclusion_tag("partials/charts/openings.html")
def openings_split(openings: Figure, change: Figure, years: int) -> dict[str, Any]:
    """Openings a year as one bar: new jobs, and places that people leave.

    `change` is the change in jobs over so many `years`. The source publishes both figures; that part of the openings
    which is new jobs is worked out from them and said to be. Where jobs are lost, every opening is a place left.
    """
    context: dict[str, Any] = {"openings": openings, "parts": [], "words": "", "count": ""}
    if openings.value is None or change.value is None or openings.value <= 0 or years <= 0:
        return context
    new = min(max(change.value / years, 0), openings.value)
    parts = (
        ("New jobs", "bar-new", new),
        ("Places of people who leave the work or retire", "bar-left", openings.value - new),
    )
    at = 0.0
    for label, css, value in parts:
        share = value / openings.value * 100
        context["parts"].append(
            {
                "label": label,
                "css": css,
                "text": f"about {number(round(value, -2 if value >= 1000 else -1))}" if value else "none",
                "x": percent(at),
                "width": percent(share),
                "drawn": share > 0,
            }
        )
        at += share
    context["count"] = number(openings.value)
    context["words"] = (
        f"{context['count']} openings a year. "
        + "; ".join(f"{part['label'].lower()}: {part['text']}" for part in context["parts"])
        + "."
    )
    return context


@register.inclusion_tag("partials/charts/jobs.html")
def jobs_change(
    now: Figure, then: Figure, change: Figure | None = None, growth: Figure | None = None
) -> dict[str, Any]:
    """Jobs in the base year and projected for the target year (Figures with years), the change in words.

    `change` (jobs) and `growth` (percent) are the source's own columns: it works them out from figures that it does not
    round, so its percentage is not always that of the two that it prints. Without `growth` no percentage is said.
    """
    context: dict[str, Any] = {"now": now, "then": then, "words": ""}
    if now.value is None or then.value is None:
        return context
    most = max(now.value, then.value) or 1
    context["now_width"] = percent(now.value / most * 100)
    context["then_width"] = percent(then.value / most * 100)
    jobs = change.value if change is not None and change.value is not None else then.value - now.value
    if round(jobs) == 0:
        context["words"] = "About the same number of jobs"
    else:
        grown = growth.value if growth is not None else None
        share = f" ({amount(abs(grown), 'percent')})" if grown is not None else ""
        context["words"] = f"{number(abs(jobs))} {'more' if jobs > 0 else 'fewer'} jobs{share}"
    return context
