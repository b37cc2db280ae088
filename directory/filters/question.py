"""What the lists of programs and of schools are both asked: a text, a place, and what a program is and costs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property, partial
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django_filters import ChoiceFilter, Filter

from directory.filters.fields import PlaceField, WordsField
from directory.filters.merging import Merged, merge
from directory.filters.parameters import ListFilterSet, ListForm, SeveralFilter, whole_number, without_blanks
from directory.filters.remaining import first_meaning, without_words
from directory.filters.spelling import plain
from directory.search.freshness import Snapshot, current
from directory.search.places import Place
from directory.search.recognizers import distances
from directory.search.understand import understand
from directory.search.understanding import Term, Understanding
from directory.vocab import CONTROL_CHOICES, STATES, Delivery, Length, LevelGroup, Standing, VeteranFact

DEFAULT_MILES: Final = 50
MILES: Final = tuple(map(str, distances.MILES))
MOST_DOLLARS: Final = 1_000_000
#: Parameters that the search table counts as facets.
FACETS: Final = ("level", "length", "accreditation", "delivery", "control", "state", "leads_to", "veterans")
#: Parameters that choose what is looked at, and not what is asked.
MOMENTARY: Final = ("page", "per_page", "sort")


class PlaceFilter(Filter):
    field_class = PlaceField


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


class QuestionForm(ListForm):
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        place: Place | None = found.get("where")
        if found.get("sort") == "distance" and "where" not in self.errors and not (place and place.is_point):
            self.add_error("sort", "“Nearest” needs a place: type a city or a ZIP code.")
        return found


class QuestionFilter(ListFilterSet):
    """A list whose text becomes filters: what `q` asks for is merged into the other parameters.

    `asked` is the question as it came, `data` the question as it was understood (with what remains of the text in
    `q`), and `understood` how the one became the other. A list declares its own order, and may read a text in its
    own way (`read`).
    """

    q = WordsFilter()
    where = PlaceFilter()
    within = choice([(miles, miles) for miles in MILES], f"The distance is one of {', '.join(MILES)} miles.")
    level = choices(LevelGroup.choices)
    length = choices(Length.choices)
    accreditation = choices(Standing.choices)
    leads_to = SeveralFilter(choices=lambda: _certifications(), message="We know no exam %(value)s.")
    delivery = choices(Delivery.choices)
    control = choices(CONTROL_CHOICES)
    veterans = choices(VeteranFact.choices)
    state = SeveralFilter(choices=list(STATES.items()), message="%(value)s: no state. Use its two letters, such as OH.")
    max_price = DollarFilter(name="The highest price")
    min_price = DollarFilter(name="The lowest price")

    #: What is listed, in the plural.
    noun: ClassVar[str]
    #: Sort key -> its words.
    sorts: ClassVar[dict[str, str]]
    #: How a text becomes an understanding.
    read: ClassVar[Callable[..., Understanding]] = staticmethod(understand)

    class Meta:
        form = QuestionForm

    def ask(self, data: QueryDict | None) -> None:
        """Read the question; everything else is worked out from it."""
        self.snapshot: Snapshot = current()
        self.asked = plain(without_blanks(data or QueryDict(), self.names()))
        self._misread: dict[str, list[str]] = {}
        self._merged: Merged = merge(self.asked, self.snapshot, readable=self._readable_names(), read=self.read)
        self.data = self._merged.data

    def _readable_names(self) -> Collection[str]:
        """The chosen parameters that can be read; remembers what is wrong with the others."""
        chosen = [name for name in self.asked if name != "q" and name in self.names()]
        if "q" not in self.asked or not chosen:
            return set(chosen)  # without a text nothing will take their place
        form = self.get_form_class()(self.asked)
        self._misread = {name: list(map(str, messages)) for name, messages in form.errors.items() if name in chosen}
        return {name for name in chosen if form.cleaned_data.get(name) not in (None, "", [])}

    @cached_property
    def problems(self) -> dict[str, list[str]]:
        return {**self._misread, **self._merged.problems, **super().problems}

    @property
    def lasting(self) -> str:
        """The question as something that is kept, such as an alert, asks it again: as understood, in one order.

        What the text was read as is written out, so that a later synonym does not change what a reader asked for.
        """
        kept = {name: values for name, values in self.data.lists() if name not in MOMENTARY}
        return urlencode([(name, value) for name in sorted(kept) for value in sorted(set(kept[name]))])

    @property
    def count(self) -> int:
        """How many there are."""
        raise NotImplementedError

    def instead(self, data: QueryDict) -> QuestionFilter:
        """Another question about the same list."""
        raise NotImplementedError

    # --- the text ----------------------------------------------------------------------------------

    @property
    def understood(self) -> Understanding | None:
        """How the text was read; None without a readable text."""
        return self._merged.understood

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words that remain when filters are taken out; all of them must be answered to."""
        return self.understood.terms if self.understood else ()

    @property
    def says_nothing(self) -> bool:
        """Whether there is a text of which no word means anything: then nothing is found, and not everything."""
        return self._merged.says_nothing

    @property
    def is_miss(self) -> bool:
        """Whether nothing is found, and nothing would be if only the text had been asked. A text too long is none."""
        if self.understood is None or self.count or "q" in self._merged.problems:
            return False
        alone = QueryDict(mutable=True)
        alone["q"] = str(self.asked["q"])
        return set(self.asked) <= {"q", *MOMENTARY} or self.instead(alone).count == 0

    def without(self, term: Term) -> str:
        """The text that remains without one of its terms, and means the others."""
        others = [each for each in self.terms if each is not term]
        read = partial(self.read, vocabulary=self.snapshot.vocabulary)
        left = without_words(self.data.get("q", ""), term.said)
        meant = first_meaning(others, [left], read, beside=set(self.data))
        return left if meant is None else meant

    # --- the place ---------------------------------------------------------------------------------

    @cached_property
    def place(self) -> Place | None:
        found: Place | None = self.chosen("where")
        return found

    @property
    def near_a_point(self) -> bool:
        """Whether there is a point to count from, and not a whole state."""
        return self.place is not None and self.place.is_point

    @property
    def miles(self) -> int:
        return int(self.chosen("within") or DEFAULT_MILES)

    @property
    def sort_key(self) -> str:
        """The order in force."""
        raise NotImplementedError

    @cached_property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """What is chosen of each facet, where anything is."""
        return {name: tuple(self.chosen(name)) for name in FACETS if self.chosen(name)}


def _certifications() -> list[tuple[str, str]]:
    return list(current().columns.acronyms.items())
