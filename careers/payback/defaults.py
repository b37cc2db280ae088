"""What loaded files say for each assumption: the value, and whose word it is. Nothing here is a guess of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from careers.decision.prices import MONTHS
from careers.figures import OEWS, pay_year
from careers.models import Occupation, Pay, Projection
from directory.figures import Figure, half_up
from directory.models import Listing, Program
from directory.profiles.cards import LENGTH_SOURCE
from directory.profiles.figures import program_price
from directory.templatetags.figures import lower_first, missing_label
from directory.vocab import LEVEL_GROUP, USUAL_YEARS, Level, LevelGroup, SchoolMeasure, Unit

#: BLS's phrases for the usual way in, from the least to the most; an award opens what asks for no more than it.
LADDER: Final = (
    "No formal educational credential",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Postsecondary nondegree award",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)
RUNG_OF: Final[dict[str, int]] = {
    LevelGroup.CERTIFICATE: 3,
    LevelGroup.ASSOCIATE: 4,
    LevelGroup.BACHELORS: 5,
    LevelGroup.POSTBACC_CERTIFICATE: 5,
    LevelGroup.MASTERS: 6,
    LevelGroup.DOCTORATE: 7,
}
RESIDENTS: Final = (
    (SchoolMeasure.TUITION_IN_DISTRICT, "local residents"),
    (SchoolMeasure.TUITION_IN_STATE, "state residents"),
    (SchoolMeasure.TUITION_OUT_OF_STATE, "everybody else"),
)


@dataclass(frozen=True, slots=True)
class Default:
    """A value with the words for where it is from; without a value, the words say why."""

    value: int | None
    words: str
    source: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What one group of residents pays for the whole program."""

    who: str
    value: int


# --- price ------------------------------------------------------------------------------------------


def price_defaults(listing: Listing, cost_rows: Sequence[Mapping[str, Any]]) -> tuple[Default, Default, list[Price]]:
    """From and to, and what each group of residents pays where that differs.

    The program's own price, to the same with books where they are published; else tuition for the usual length of the
    award, from the cheapest residents to the dearest. `cost_rows` as the page shows them: {label, figure}.
    """
    own = program_price(listing)
    if own.value is None:
        words = f"Price: {lower_first(missing_label(own))}. Ask the school."
        return Default(None, words), Default(None, words), []
    if own.level == Level.PROGRAM:
        return *_published(own, cost_rows), []
    return _estimated(own, listing.program.award_level, cost_rows)


def _published(own: Figure, rows: Sequence[Mapping[str, Any]]) -> tuple[Default, Default]:
    price = _whole(own)
    low = Default(price, "Tuition and fees of the whole program", own.source, own.year)
    charges = (
        figure for label, figure in _figures(rows) if figure.level == Level.PROGRAM and label.startswith("Books")
    )
    books = next((figure for figure in charges if figure.unit == Unit.USD and figure.value), None)
    if books is None:
        return low, low
    return low, Default(price + _whole(books), "The same with books and supplies", books.source, books.year)


def _estimated(
    own: Figure, award_level: int, rows: Sequence[Mapping[str, Any]]
) -> tuple[Default, Default, list[Price]]:
    years = USUAL_YEARS.get(award_level, 0)
    yearly = dict(_figures(rows))
    found = [
        (Price(who, half_up(figure.value * years)), figure)
        for measure, who in RESIDENTS
        if years and (figure := yearly.get(str(measure.label))) is not None and figure.value is not None
    ]
    # Only of one year: what a year's rise adds is no difference between residents.
    newest = max((figure.year for _, figure in found), default="")
    found = [(price, figure) for price, figure in found if figure.year == newest]
    if len({price.value for price, _ in found}) < 2:
        same = Default(_whole(own), own.note, own.source, own.year)
        return same, same, []
    length = f"{years:g} year{'' if years == 1 else 's'}"
    ends = [
        Default(price.value, f"Estimate: tuition of {price.who} for {length}", figure.source, figure.year)
        for price, figure in sorted(found, key=lambda each: each[0].value)
    ]
    return ends[0], ends[-1], [price for price, _ in found]


def _figures(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Figure]]:
    """The rows that hold a figure, not words."""
    return ((row["label"], row["figure"]) for row in rows if row.get("figure") is not None)


def _whole(figure: Figure) -> int:
    return half_up(figure.value or 0)


# --- length -----------------------------------------------------------------------------------------


def months_defaults(program: Program, cost_rows: Iterable[Mapping[str, Any]]) -> tuple[Default, Default]:
    """Months that the school states for the program, else those of its award at full time."""
    stated = (figure for _, figure in _figures(cost_rows) if figure.unit == Unit.MONTHS and figure.value)
    if figure := next(stated, None):
        same = Default(_whole(figure), "As the school states it, full time", figure.source, figure.year)
        return same, same
    if program.award_level not in MONTHS:
        unknown = Default(None, "No file says how long this award takes. Ask the school.")
        return unknown, unknown
    low, high = MONTHS[program.award_level]
    if not low and high is None:
        unknown = Default(None, "This award has no set length. Ask the school.")
        return unknown, unknown
    if not low:
        # No least is set. The most in its place makes nothing look sooner than a file bears out.
        most = Default(high, "The award’s most, full time; put less if the school’s program is shorter", LENGTH_SOURCE)
        return most, most
    least = Default(low, "The award’s least, full time", LENGTH_SOURCE)
    if high is None:
        return least, Default(low, "No most is set: put more if you study part time", LENGTH_SOURCE)
    return least, Default(high, "The award’s most, full time; more if you study part time", LENGTH_SOURCE)


# --- pay after --------------------------------------------------------------------------------------


def usual_jobs(
    occupations: Sequence[Occupation], outlook: Mapping[str, Projection], award_level: int
) -> list[Occupation]:
    """Those whose usual way in asks for no more than the award; all of them where that is said of none."""
    rung = RUNG_OF.get(LEVEL_GROUP.get(award_level, ""), 0)
    named = [each for each in occupations if not each.is_catch_all] or list(occupations)

    def opened(occupation: Occupation) -> bool:
        asked = outlook[occupation.soc].entry_education if occupation.soc in outlook else None
        return asked in LADDER and LADDER.index(asked) <= rung

    return [each for each in named if opened(each)] or named


def pay_defaults(jobs: Sequence[Occupation], pay: Mapping[str, Pay], area: str) -> tuple[Default, Default]:
    """The least 25th and the most 75th percentile of yearly pay in those jobs; `area` in words."""
    lows = [(row.annual_p25, job) for job in jobs if (row := pay.get(job.soc)) and row.annual_p25 is not None]
    highs = [(row.annual_p75, job) for job in jobs if (row := pay.get(job.soc)) and row.annual_p75 is not None]
    if not lows or not highs:
        words = "No yearly pay is published for " + (jobs[0].title if len(jobs) == 1 else "these occupations")
        unknown = Default(None, f"{words if jobs else 'The official crosswalk names no occupation for this field'}.")
        return unknown, unknown
    (low, least), (high, most) = min(lows, key=lambda each: each[0]), max(highs, key=lambda each: each[0])
    return tuple(
        Default(value, f"{area}, {job.title}: a quarter earn {which}", OEWS.name, pay_year(pay[job.soc]), OEWS.url)
        for value, job, which in ((low, least, "less"), (high, most, "more"))
    )  # type: ignore[return-value]  # two, as written
