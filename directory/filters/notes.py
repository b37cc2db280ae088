"""What the reader should know about how the question was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from directory.filters.exam_notes import exam_notes, unopened
from directory.filters.fields import every_word
from directory.filters.query_string import address
from directory.filters.question import DEFAULT_MILES, QuestionFilter
from directory.models import School
from directory.search.places import UnknownPlace, find_place
from directory.search.understanding import Term

#: A school whose name is so much of the words as the best one's may be meant as well.
NEARLY: Final = 0.9
#: So many of their pages are named.
MOST_PAGES: Final = 4


def notes(chosen: QuestionFilter) -> list[str]:
    """Sentences beside the results: what was assumed, and what of the question could not be used."""
    return [*_about_place(chosen), *_about_choices(chosen), *exam_notes(chosen), *_about_text(chosen)]


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
        yield "“Meets every condition of the exam” narrows the exams, and none is chosen."
    lowest, highest = chosen.chosen("min_price"), chosen.chosen("max_price")
    if lowest is not None and highest is not None and lowest > highest:
        yield f"No price is from ${lowest:,} up to ${highest:,}: the lowest is above the highest."


def _about_text(chosen: QuestionFilter) -> Iterator[str]:
    understood = chosen.understood
    if understood is None:
        return
    yield from understood.notes
    yield from _about_schools(chosen)
    if understood.unmatched:
        nothing = f"No match for {every_word(understood.unmatched)}"
        yield f"{nothing}: these are the results without." if chosen.count else f"{nothing}."
    if understood.ignored:
        they = "it says" if len(understood.ignored) == 1 else "they say"
        yield f"Not searched for, because {they} too little: {', '.join(understood.ignored)}."


def _about_schools(chosen: QuestionFilter) -> Iterator[str]:
    for term, schools in _unlisted(chosen):
        if len(schools) == 1:
            yield f"{schools[0].name} is on file, and no program of it is listed here."
        else:
            words = every_word([term.said])
            yield f"{len(schools)} schools on file answer to {words}, and no program of theirs is listed here."


def did_you_mean(chosen: QuestionFilter) -> list[tuple[str, str]]:
    """Other readings of the text, and pages that answer where the list is empty: label and address."""
    pages: list[tuple[str, str]] = []
    for _, schools in _unlisted(chosen):
        pages += [(school.name, school.get_absolute_url()) for school in schools[:MOST_PAGES]]
    pages += [(f"Who may sit for the {exam.acronym}", exam.get_absolute_url()) for exam in unopened(chosen)]
    if guess := _guess(chosen):
        pages.append((f"Near {guess}", address(chosen.asked, where=guess)))
    others = chosen.understood.alternatives if chosen.understood else ()
    return [*pages, *((each.label, address(chosen.asked, q=each.q)) for each in others)]


def _guess(chosen: QuestionFilter) -> str:
    """The place that a mistyped one may mean; "" where there is none."""
    if "where" not in chosen.problems:
        return ""
    try:
        find_place(chosen.asked.get("where", ""), chosen.snapshot.vocabulary.gazetteer)
    except UnknownPlace as unknown:
        return unknown.guess
    return ""


def _unlisted(chosen: QuestionFilter) -> list[tuple[Term, list[School]]]:
    """Each term that names schools of which none has a program in the list, with them. Asks only then."""
    columns = chosen.snapshot.columns
    found = []
    for term in (each for each in chosen.terms if each.kind == "school"):
        places = [columns.schools.position[pk] for pk in term.schools if pk in columns.schools.position]
        if places and columns.rows_of_school.count(np.array(places)):
            continue
        best = [pk for pk, well in term.schools.items() if well >= NEARLY * max(term.schools.values())]
        if schools := list(School.objects.filter(pk__in=best).order_by("name")):
            found.append((term, schools))
    return found
