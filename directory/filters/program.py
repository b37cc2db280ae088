"""What the program list understands: the page, `/api/v1/programs/` and whatever follows read this declaration."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django_filters import ChoiceFilter, Filter

from directory import ranking
from directory.filters.fields import CipField, PlaceField, WordsField
from directory.filters.merging import Merged, merge
from directory.filters.parameters import (
    ListFilterSet,
    ListForm,
    SeveralFilter,
    whole_number,
    without_blanks,
)
from directory.filters.spelling import plain
from directory.models import Listing
from directory.search.freshness import Snapshot, current
from directory.search.places import Place
from directory.search.table.answer import Answer
from directory.search.table.question import Circle, Meaning, Question
from directory.search.understanding import Term, Understanding
from directory.vocab import CONTROL_SLUG, STATES, Control, Delivery, Length, LevelGroup, Standing

DEFAULT_MILES: Final = 50
MILES: Final = ("10", "25", "50", "100", "250")
MOST_DOLLARS: Final = 1_000_000
SORTS: Final = {
    "relevance": "Best match",
    "distance": "Nearest",
    "price": "Lowest price",
    "earnings": "Highest earnings",
    "completions": "Most graduates",
    "name": "School name",
}
CONTROL_CHOICES: Final = [(slug, Control(code).label) for code, slug in CONTROL_SLUG.items()]
#: Parameters that choose what is looked at, and not what is asked.
MOMENTARY: Final = ("page", "per_page", "sort")
#: Parameters that the engine counts as facets.
FACETS: Final = ("level", "length", "accreditation", "delivery", "control", "state", "leads_to")


class PlaceFilter(Filter):
    field_class = PlaceField


class CipFilter(Filter):
    field_class = CipField


class WordsFilter(Filter):
    field_class = WordsField


class DollarFilter(Filter):
    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    @property
    def field(self) -> forms.Field:
        return whole_number(0, MOST_DOLLARS, name=self.name)


def choices(offered: Any) -> SeveralFilter:
    listed = ", ".join(value for value, _ in offered)
    return SeveralFilter(choices=offered, message=f"%(value)s: choose among {listed}.")


def choice(offered: Any, message: str) -> ChoiceFilter:
    return ChoiceFilter(choices=offered, error_messages={"invalid_choice": message})


class ProgramForm(ListForm):
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        place: Place | None = found.get("where")
        if found.get("sort") == "distance" and "where" not in self.errors and not (place and place.is_point):
            self.add_error("sort", "“Nearest” needs a place: type a city or a ZIP code.")
        return found


class ProgramFilter(ListFilterSet):
    """Every parameter of the contract. Text becomes filters: what `q` asks for is merged into the other parameters.

    `asked` is the question as it came, `data` the question as it was understood (with what remains of the text in
    `q`), `understood` how the one became the other, and `answer` what the search table says to it.
    """

    q = WordsFilter()
    where = PlaceFilter()
    within = choice([(miles, miles) for miles in MILES], f"The distance is one of {', '.join(MILES)} miles.")
    level = choices(LevelGroup.choices)
    length = choices(Length.choices)
    accreditation = choices(Standing.choices)
    leads_to = SeveralFilter(choices=lambda: _certifications(), message="We know no exam %(value)s.")
    confirmed = choice([("1", "1")], "Write confirmed=1, or leave it out.")
    delivery = choices(Delivery.choices)
    online_too = choice([("1", "1")], "Write online_too=1, or leave it out.")
    control = choices(CONTROL_CHOICES)
    state = SeveralFilter(choices=list(STATES.items()), message="%(value)s: no state. Use its two letters, such as OH.")
    cip = CipFilter()
    max_price = DollarFilter(name="The highest price")
    min_price = DollarFilter(name="The lowest price")
    sort = choice(list(SORTS.items()), f"Sort by one of {', '.join(SORTS)}.")

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()
        form = ProgramForm

    def __init__(self, data: QueryDict | None = None) -> None:
        # Not FilterSet's own beginning, which copies every filter so that it can be bound to a queryset. These only
        # declare parameters; the search table in memory does the filtering.
        self.is_bound, self.filters = True, self.base_filters
        self.form_prefix, self.request, self.queryset = None, None, None
        self.snapshot: Snapshot = current()
        self.asked = plain(without_blanks(data or QueryDict(), self.names()))
        self._misread: dict[str, list[str]] = {}
        self._merged: Merged = merge(self.asked, self.snapshot, readable=self._readable_names())
        self.data = self._merged.data

    def _readable_names(self) -> set[str]:
        """The chosen parameters that can be read; remembers what is wrong with the others."""
        chosen = [name for name in self.asked if name != "q" and name in self.names()]
        if "q" not in self.asked or not chosen:
            return set(chosen)  # without a text nothing will take their place
        form = self.get_form_class()(self.asked)
        self._misread = {name: list(map(str, messages)) for name, messages in form.errors.items() if name in chosen}
        return {name for name in chosen if form.cleaned_data.get(name) not in (None, "", [])}

    @property
    def understood(self) -> Understanding | None:
        """How the text was read; None without a readable text."""
        return self._merged.understood

    @property
    def problems(self) -> dict[str, list[str]]:
        return {**self._misread, **self._merged.problems, **super().problems}

    @cached_property
    def place(self) -> Place | None:
        found: Place | None = self.chosen("where")
        return found

    @property
    def miles(self) -> int:
        return int(self.chosen("within") or DEFAULT_MILES)

    @cached_property
    def sort_key(self) -> str:
        """The order in force: as chosen, else nearest first with a point and no text, else best match."""
        near = self.place is not None and self.place.is_point
        wanted = self.chosen("sort") or ("distance" if near else "relevance")
        return "relevance" if wanted == "distance" and not near else str(wanted)

    @property
    def lasting(self) -> str:
        """The question as something that is kept, such as an alert, asks it again: as understood, in one order.

        What the text was read as is written out, so that a later synonym does not change what a reader asked for.
        """
        kept = {name: values for name, values in self.data.lists() if name not in MOMENTARY}
        return urlencode([(name, value) for name in sorted(kept) for value in sorted(set(kept[name]))])

    @cached_property
    def question(self) -> Question:
        """The question in the terms of the search table; what could not be read is left out."""
        place = self.place
        point = place is not None and place.latitude is not None and place.longitude is not None
        terms = self.understood.terms if self.understood else ()
        return Question(
            facets={name: tuple(self.chosen(name)) for name in FACETS if self.chosen(name)},
            confirmed=bool(self.chosen("confirmed")),
            circle=Circle(place.latitude, place.longitude, self.miles) if place and point else None,  # type: ignore[arg-type]
            usps=place.state if place and not point else "",
            online_too=bool(self.chosen("online_too")),
            cips=tuple(self.chosen("cip") or ()),
            min_price=self.chosen("min_price"),
            max_price=self.chosen("max_price"),
            meanings=(Meaning(),) if self.says_nothing else tuple(map(_meaning, terms)),
            order=self.sort_key,
            match_points=ranking.MATCH_POINTS,
            distance_points=ranking.DISTANCE_POINTS,
        )

    @cached_property
    def answer(self) -> Answer:
        """Count, facets and rows."""
        return Answer(self.question, self.snapshot.columns)

    @property
    def says_nothing(self) -> bool:
        """Whether there is a text of which no word means anything: then nothing is found, and not everything."""
        understood = self.understood
        return bool(understood and understood.unmatched and not understood.terms and not understood.inferred)

    @property
    def text_finds_some(self) -> bool:
        """Whether the words of the text mean something that is listed, whatever else is chosen."""
        return Answer(Question(meanings=self.question.meanings), self.snapshot.columns).count > 0

    @property
    def count(self) -> int:
        return self.answer.count


def _meaning(term: Term) -> Meaning:
    return Meaning(term.fields, term.schools, term.programs)


def _certifications() -> list[tuple[str, str]]:
    return list(current().columns.acronyms.items())
