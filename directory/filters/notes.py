"""What the reader should know about how the question was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from directory.filters.fields import quoted
from directory.filters.query_string import address
from directory.filters.question import DEFAULT_MILES, QuestionFilter
from directory.models import School

#: A school whose name is so much of the words as the best one's may be meant as well.
NEARLY: Final = 0.9


def notes(chosen: QuestionFilter) -> list[str]:
    """Sentences beside the results: what was assumed, and what of the question could not be used."""
    return [*_about_place(chosen), *_about_choices(chosen), *_about_text(chosen)]


def _about_place(chosen: QuestionFilter) -> Iterator[str]:
    place, within = chosen.place, chosen.chosen("within")
    if place is None:
        if within and "where" not in chosen.problems:
            yield "The distance needs a place to count from: type a city or a ZIP code."
        return
    if place.is_point and not within:
        yield f"Showing {chosen.noun} within {DEFAULT_MILES} miles, the usual distance here."
    elif within and not place.is_point:
        yield f"{place.label} is shown whole: a distance counts from a city or a ZIP code."
    if place.also:
        yield f"{place.label} it is; there is also {', '.join(place.also)}."


def _about_choices(chosen: QuestionFilter) -> Iterator[str]:
    if chosen.place is None and chosen.chosen("online_too") and "where" not in chosen.problems:
        yield "Online programs elsewhere are added to those near a place, and no place is chosen."
    if chosen.chosen("confirmed") and not chosen.chosen("leads_to"):
        yield "“Every condition confirmed” narrows the exams, and none is chosen."
    lowest, highest = chosen.chosen("min_price"), chosen.chosen("max_price")
    if lowest is not None and highest is not None and lowest > highest:
        yield f"No price is from ${lowest:,} up to ${highest:,}: the lowest is above the highest."


def _about_text(chosen: QuestionFilter) -> Iterator[str]:
    understood = chosen.understood
    if understood is None:
        return
    yield from understood.notes
    for school in unlisted(chosen):
        yield f"{school.name} is on file, and no program of it is listed here."
    if understood.unmatched:
        nothing = f"No match for {quoted(understood.unmatched)}"
        yield f"{nothing}." if chosen.says_nothing else f"{nothing}: these are the results without."
    if understood.ignored:
        they = "it says" if len(understood.ignored) == 1 else "they say"
        yield f"Not searched for, because {they} too little: {', '.join(understood.ignored)}."


def did_you_mean(chosen: QuestionFilter) -> list[tuple[str, str]]:
    """Other readings of the text, and the pages of schools that have nothing in the list: label and address."""
    understood = chosen.understood
    if understood is None:
        return []
    pages = [(school.name, school.get_absolute_url()) for school in unlisted(chosen)]
    return [*pages, *((each.label, address(chosen.asked, q=each.q)) for each in understood.alternatives)]


def unlisted(chosen: QuestionFilter) -> list[School]:
    """The school that is meant, where it is one and nothing that it teaches is in the list. Asks only then."""
    columns = chosen.snapshot.columns
    keys = []
    for schools in (term.schools for term in chosen.terms if term.kind == "school"):
        places = [columns.schools.position[pk] for pk in schools if pk in columns.schools.position]
        if not places or not columns.rows_of_school.count(np.array(places)):
            best = [pk for pk, well in schools.items() if well >= NEARLY * max(schools.values())]
            keys += best if len(best) == 1 else []
    return list(School.objects.filter(pk__in=keys)) if keys else []
