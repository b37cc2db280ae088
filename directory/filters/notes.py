"""What the reader should know about how the question was read."""

from __future__ import annotations

from typing import Final

import numpy as np

from directory.filters.applied import address
from directory.filters.fields import quoted
from directory.filters.program import DEFAULT_MILES, ProgramFilter
from directory.models import School

#: A school whose name is so much of the words as the best one's may be meant as well.
NEARLY: Final = 0.9


def notes(chosen: ProgramFilter) -> list[str]:
    """Sentences beside the results: what was assumed, and what of the question could not be used."""
    place, within = chosen.place, chosen.chosen("within")
    said: list[str] = []
    if place is not None and place.is_point:
        if not within:
            said.append(f"Showing programs within {DEFAULT_MILES} miles, the usual distance here.")
        if place.also:
            said.append(f"{place.label} it is; there is also {', '.join(place.also)}.")
    elif place is not None and within:
        said.append(f"{place.label} is shown whole: a distance counts from a city or a ZIP code.")
    elif within and "where" not in chosen.problems:
        said.append("The distance needs a place to count from: type a city or a ZIP code.")
    if place is None and chosen.chosen("online_too") and "where" not in chosen.problems:
        said.append("Online programs elsewhere are added to those near a place, and no place is chosen.")
    if chosen.chosen("confirmed") and not chosen.chosen("leads_to"):
        said.append("“Every condition confirmed” narrows the exams, and none is chosen.")
    lowest, highest = chosen.chosen("min_price"), chosen.chosen("max_price")
    if lowest is not None and highest is not None and lowest > highest:
        said.append(f"No price is from ${lowest:,} up to ${highest:,}: the lowest is above the highest.")
    return [*said, *_about_text(chosen)]


def _about_text(chosen: ProgramFilter) -> list[str]:
    understood = chosen.understood
    if understood is None:
        return []
    said = [
        *understood.notes,
        *(f"{school.name} is on file, and no program of it is listed here." for school in _unlisted(chosen)),
    ]
    if understood.unmatched:
        nothing = f"No match for {quoted(understood.unmatched)}"
        said.append(f"{nothing}." if chosen.says_nothing else f"{nothing}: these are the results without.")
    if understood.ignored:
        they = "it says" if len(understood.ignored) == 1 else "they say"
        said.append(f"Not searched for, because {they} too little: {', '.join(understood.ignored)}.")
    return said


def did_you_mean(chosen: ProgramFilter) -> list[tuple[str, str]]:
    """Other readings of the text, and the pages of schools that have nothing in the list: label and address."""
    understood = chosen.understood
    if understood is None:
        return []
    pages = [(school.name, school.get_absolute_url()) for school in _unlisted(chosen)]
    return [*pages, *((each.label, address(chosen.asked, q=each.q)) for each in understood.alternatives)]


def _unlisted(chosen: ProgramFilter) -> list[School]:
    """The school that is meant, where it is one and nothing that it teaches is in the list. Asks only then."""
    columns = chosen.snapshot.columns
    meant = [term.schools for term in chosen.understood.terms if term.kind == "school"] if chosen.understood else []
    keys = []
    for schools in meant:
        places = [columns.schools.position[pk] for pk in schools if pk in columns.schools.position]
        if not places or not columns.rows_of_school.count(np.array(places)):
            best = [pk for pk, well in schools.items() if well >= NEARLY * max(schools.values())]
            keys += best if len(best) == 1 else []
    return list(School.objects.filter(pk__in=keys)) if keys else []
