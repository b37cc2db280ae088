"""The answer in words that claim no more than the assumptions bear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from directory.payback import HORIZON, End, Payback, rounded_down, rounded_up

MONTHS_A_YEAR: Final = 12
#: From here on, people count in years.
YEARS_FROM: Final = 24
TOO_FAR: Final = f"more than {HORIZON // MONTHS_A_YEAR} years"


def length(months: int) -> str:
    """ "1 month", "18 months", "2 years and 3 months", "30 years"."""
    if months < YEARS_FROM:
        return f"{months} month{'' if months == 1 else 's'}"
    years, rest = divmod(months, MONTHS_A_YEAR)
    return f"{years} years" + (f" and {length(rest)}" if rest else "")


def span(soonest: Fraction | None, latest: Fraction | None) -> str:
    """Both ends, rounded away from each other: "8 to 13 months", "2 years to never"; "" where both are never."""
    if soonest is None:
        return ""
    if soonest > HORIZON:
        return TOO_FAR
    first = rounded_down(soonest)
    if latest is None:
        return f"{length(first)} to never" if first else "under a month to never"
    if latest > HORIZON:
        return f"{length(first)} to {TOO_FAR}"
    last = rounded_up(latest)
    if last <= 1:
        return "under a month"
    if first == last:
        return length(first)
    if not first:
        return f"up to {length(last)}"
    if last < YEARS_FROM:
        return f"{first} to {length(last)}"
    return f"{length(first)} to {length(last)}"


def headline(found: Payback) -> str:
    """The answer in one sentence."""
    soonest, latest = found.soonest, found.latest
    if not latest.cost:
        return "There is nothing to repay: it costs you no money and no pay."
    if soonest.months is None:
        return f"Never, on these assumptions: {_why_never(found)}"
    if soonest.months > HORIZON:
        return f"Not within {HORIZON // MONTHS_A_YEAR} years, on these assumptions."
    if latest.months is None:
        return f"At the soonest {_soonest(soonest.months)} after you finish, or never: {_why_latest_never(latest)}"
    return f"Repaid {span(soonest.months, latest.months)} after you finish."


def _soonest(months: Fraction) -> str:
    return length(rounded_down(months)) if months >= 1 else "a month"


def _why_never(found: Payback) -> str:
    if not found.chance:
        return "nobody is repaid by a program that they do not finish."
    return "even the higher pay after it is not above what you earn now."


def _why_latest_never(latest: End) -> str:
    if latest.extra < 0:
        return "at the lower pay you would earn less than you do now."
    return "at the lower pay you would earn no more than you do now."


def asides(found: Payback) -> list[str]:
    """What belongs to the answer: without the chance of not finishing, and from the first day of study."""
    soonest, latest = found.soonest, found.latest
    said: list[str] = []
    if not latest.cost:
        return said
    if 0 < found.chance < 100 and soonest.if_finished is not None:
        finished = span(soonest.if_finished, latest.if_finished)
        said.append(
            f"Of 100 people who start, {found.chance} finish on this assumption, and those {found.chance} repay what "
            f"all 100 spent. If you do finish: {finished}."
        )
    if soonest.months is not None and soonest.months <= HORIZON:
        first = soonest.months + soonest.study
        last = None if latest.months is None else latest.months + latest.study
        said.append(f"From your first day of study: {span(first, last)}.")
    return said


def sums(found: Payback) -> Sequence[dict[str, str]]:
    """Every step of the calculation, at both ends: {label, soonest, latest}."""
    hours = f"Pay given up, at ${float(found.hourly):,.2f} an hour"
    rows: tuple[tuple[str, Callable[[End], str]], ...] = (
        ("Price of the program", lambda end: money(end.price)),
        (hours, lambda end: money(end.given_up)),
        ("To be repaid", lambda end: money(end.cost)),
        ("Extra pay a year", lambda end: money(end.extra)),
        (f"On average, at a chance of {found.chance}%", lambda end: money(Fraction(end.extra * found.chance, 100))),
        ("Until it is repaid, after you finish", lambda end: _months(end.months, up=end is found.latest)),
    )
    certain = found.chance == 100
    return [
        {"label": label, "soonest": say(found.soonest), "latest": say(found.latest)}
        for label, say in rows
        if not (certain and label.startswith("On average"))
    ]


def money(amount: Fraction | int) -> str:
    """Whole dollars, rounded half up."""
    whole = int(Fraction(amount) * 2 + 1) // 2 if amount >= 0 else -(int(-Fraction(amount) * 2 + 1) // 2)
    return f"−${-whole:,}" if whole < 0 else f"${whole:,}"


def _months(months: Fraction | None, *, up: bool) -> str:
    if months is None:
        return "Never"
    if months > HORIZON:
        return upper_first(TOO_FAR)
    return length(rounded_up(months) if up else rounded_down(months))


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
