"""What the program list understands: the page, `/api/v1/programs/` and whatever follows read this declaration."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Final

from django.http import QueryDict
from django_filters import Filter

from directory import ranking
from directory.filters.exam_fields import own_fields
from directory.filters.fields import CipField
from directory.filters.question import QuestionFilter, QuestionForm, choice
from directory.models import Listing
from directory.search.table.answer import Answer
from directory.search.table.question import Circle, Meaning, Question
from directory.search.understanding import Term

SORTS: Final = {
    "relevance": "Best match",
    "distance": "Nearest",
    "price": "Lowest price",
    "earnings": "Highest earnings",
    "completions": "Most graduates",
    "name": "School name",
}


class CipFilter(Filter):
    field_class = CipField


class ProgramFilter(QuestionFilter):
    """Every parameter of the contract; `answer` is what the search table says to them."""

    confirmed = choice([("1", "1")], "Write confirmed=1, or leave it out.")
    online_too = choice([("1", "1")], "Write online_too=1, or leave it out.")
    cip = CipFilter()
    sort = choice(list(SORTS.items()), f"Sort by one of {', '.join(SORTS)}.")

    noun = "programs"
    sorts: ClassVar[dict[str, str]] = SORTS

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()
        form = QuestionForm

    def __init__(self, data: QueryDict | None = None) -> None:
        # Not FilterSet's own beginning, which copies every filter so that it can be bound to a queryset. These only
        # declare parameters; the search table in memory does the filtering.
        self.is_bound, self.filters = True, self.base_filters
        self.form_prefix, self.request, self.queryset = None, None, None
        self.ask(data)

    @cached_property
    def sort_key(self) -> str:
        """The order in force: as chosen, else nearest first with a point, with words or without, else best match.

        Every result fits all the words; whoever names a place besides asks which of them is near. The reasons stand
        in docs/decisions/0010.
        """
        wanted = self.chosen("sort") or ("distance" if self.near_a_point else "relevance")
        return "relevance" if wanted == "distance" and not self.near_a_point else str(wanted)

    @cached_property
    def question(self) -> Question:
        """The question in the terms of the search table; what could not be read is left out."""
        place = self.place
        point = place is not None and place.latitude is not None and place.longitude is not None
        return Question(
            facets=self.facets,
            confirmed=bool(self.chosen("confirmed")),
            circle=Circle(place.latitude, place.longitude, self.miles) if place and point else None,  # type: ignore[arg-type]
            usps=place.state if place and not point else "",
            online_too=bool(self.chosen("online_too")),
            cips=tuple(self.chosen("cip") or ()),
            min_price=self.chosen("min_price"),
            max_price=self.chosen("max_price"),
            meanings=(Meaning(),) if self.says_nothing else tuple(map(_meaning, self.terms)),
            order=self.sort_key,
            match_points=ranking.MATCH_POINTS,
            preferred=self.preferred,
            preferred_points=ranking.EXAM_POINTS,
            distance_points=ranking.DISTANCE_POINTS,
        )

    @property
    def preferred(self) -> dict[str, float]:
        """The fields that stand first among programs that lead to the chosen exams; empty where words choose."""
        exams = self.facets.get("leads_to", ())
        return own_fields(exams, self.snapshot.vocabulary) if exams and not self.terms else {}

    @cached_property
    def answer(self) -> Answer:
        """Count, facets and rows."""
        return Answer(self.question, self.snapshot.columns)

    def instead(self, data: QueryDict) -> ProgramFilter:
        return ProgramFilter(data)

    @property
    def count(self) -> int:
        return self.answer.count


def _meaning(term: Term) -> Meaning:
    return Meaning(term.fields, term.schools, term.programs)
