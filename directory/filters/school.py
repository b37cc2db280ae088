"""What the school list understands: the page and `/api/v1/schools/` read the same declaration."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Final

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.http import QueryDict

from directory.filters.question import QuestionFilter, QuestionForm, choice
from directory.filters.school_match import answering, having
from directory.filters.school_text import read
from directory.models import Listing, School
from directory.search.table.matching import EARTH_MILES
from directory.search.table.question import Question
from directory.vocab import CONTROL_OF_SLUG, STATES, VETERAN_MEANINGS, VeteranFact

#: Shorter words ("OH", "St") stand inside too many others to be looked for in the middle of a word.
SHORT: Final = 2
SORTS: Final = {"relevance": "Best match", "name": "Name", "programs": "Most programs", "distance": "Nearest"}
#: Facets that are the school's own; the others are of its programs.
OWN: Final = ("control", "state", "veterans")


class SchoolFilter(QuestionFilter):
    """Schools by their name, by place, by who runs them, and by what their programs are.

    A school fits when it answers to every word and has one program that fits every parameter of programs. With a
    point in `where` each school has `miles`, and with words to match most have `match`.
    """

    sort = choice(list(SORTS.items()), f"Sort schools by one of {', '.join(SORTS)}.")

    noun = "schools"
    sorts: ClassVar[dict[str, str]] = SORTS
    read = staticmethod(read)

    class Meta:
        model = School
        fields: tuple[str, ...] = ()
        form = QuestionForm

    def __init__(self, data: QueryDict | None = None, queryset: QuerySet[Any] | None = None, **rest: Any) -> None:
        super().__init__(data, queryset, **rest)
        self.ask(data)

    @cached_property
    def sort_key(self) -> str:
        """The order in force.

        As chosen; else the best match when a school is named, else the nearest with a point, else the best match with
        any words, else by name. The reasons stand in docs/decisions/0010.
        """
        wanted = self.chosen("sort")
        if wanted and (wanted != "relevance" or self.has_matches) and (wanted != "distance" or self.near_a_point):
            return str(wanted)
        if self.near_a_point and not any(term.kind == "school" for term in self.terms):
            return "distance"
        return "relevance" if self.has_matches else "distance" if self.near_a_point else "name"

    @cached_property
    def count(self) -> int:
        return int(self.qs.count())

    def instead(self, data: QueryDict) -> SchoolFilter:
        return SchoolFilter(data, self.queryset)

    @property
    def has_matches(self) -> bool:
        """Whether some schools answer to the words better than others."""
        return any(map(_has_meaning, self.terms))

    @property
    def programs(self) -> Question:
        """What a program of the school must be."""
        return Question(
            facets={name: values for name, values in self.facets.items() if name not in OWN},
            min_price=self.chosen("min_price"),
            max_price=self.chosen("max_price"),
        )

    def filter_queryset(self, schools: QuerySet[Any]) -> QuerySet[Any]:
        if self.says_nothing:
            return schools.none()
        schools = self._near(self._answering(schools))
        if usps := self.chosen("state"):
            schools = schools.filter(state__in=usps)
        if slugs := self.chosen("control"):
            schools = schools.filter(control__in=[CONTROL_OF_SLUG[slug] for slug in slugs])
        if facts := self.chosen("veterans"):
            schools = schools.filter(_offering(facts))
        if self.programs != Question():
            schools = schools.filter(pk__in=having(self.programs, self.snapshot))
        return self._ordered(schools)

    def _answering(self, schools: QuerySet[Any]) -> QuerySet[Any]:
        """Schools that answer to every word, each with how well as `match`."""
        for word in (word for term in self.terms if not _has_meaning(term) for word in words_of(term.said)):
            schools = schools.filter(_mentions(word))
        if not self.has_matches:
            return schools
        alike: defaultdict[float, list[int]] = defaultdict(list)
        for pk, well in answering(filter(_has_meaning, self.terms), self.programs, self.snapshot).items():
            alike[well].append(pk)
        found = schools.filter(pk__in=[pk for pks in alike.values() for pk in pks])
        if not alike:
            return found
        fits = [When(pk__in=pks, then=Value(well)) for well, pks in alike.items()]
        return found.annotate(match=Case(*fits, output_field=FloatField()))

    def _near(self, schools: QuerySet[Any]) -> QuerySet[Any]:
        """Schools of the state, or those in the circle around the point."""
        place = self.place
        if place is None:
            return schools
        if place.latitude is None or place.longitude is None:
            return schools.filter(state=place.state)
        # The band of latitude is cheap and leaves few schools to work the distance out for.
        band = math.degrees(self.miles / EARTH_MILES)
        banded = schools.filter(latitude__range=(place.latitude - band, place.latitude + band))
        return banded.annotate(miles=miles_from(place.latitude, place.longitude)).filter(miles__lte=self.miles)

    def _ordered(self, schools: QuerySet[Any]) -> QuerySet[Any]:
        by_match = ["-match"] if "match" in schools.query.annotations else []
        by_miles = ["miles"] if self.near_a_point else []
        if self.sort_key == "relevance":
            return schools.order_by(*by_match, *by_miles, "name", "pk")
        if self.sort_key == "distance":
            return schools.order_by(*by_miles, *by_match, "name", "pk")
        if self.sort_key == "name":
            return schools.order_by("name", "pk")
        # A join with one GROUP BY over all programs of the country is more than twice as slow.
        of_school = Listing.objects.listed().filter(school=OuterRef("pk")).order_by().values("school")
        listed = Subquery(of_school.annotate(programs=Count("*")).values("programs"))
        return schools.annotate(listed_programs=listed).order_by("-listed_programs", "name", "pk")


def _has_meaning(term: Any) -> bool:
    """Whether the vocabulary knows what the words stand for; others are looked for as they stand."""
    return bool(term.fields or term.schools or term.programs)


def _offering(facts: Iterable[str]) -> Q:
    """Schools that offer one of the facts to veterans; what nobody reported does not hold."""
    found = Q()
    for fact in map(VeteranFact, facts):
        column = VETERAN_MEANINGS[fact].column
        found |= ~Q((column, "")) if fact == VeteranFact.PAGE else Q((column, True))
    return found


def miles_from(latitude: float, longitude: float) -> Any:
    """Miles from a point to a school's own point by great circle, worked out by the database."""
    here = Value(math.radians(latitude)), Value(math.radians(longitude))
    north, east = (Radians(F("latitude")) - here[0]) / 2, (Radians(F("longitude")) - here[1]) / 2
    half = Power(Sin(north), 2) + Cos(Radians(F("latitude"))) * Value(math.cos(math.radians(latitude))) * Power(
        Sin(east), 2
    )
    one = Value(1.0, output_field=FloatField())
    return Value(2 * EARTH_MILES) * ASin(Sqrt(Least(half, one)), output_field=FloatField())


def words_of(text: str) -> list[str]:
    """The words of a query, without the marks that schools and readers set differently: "St." is "St"."""
    plain = text.replace("’", "'").translate(str.maketrans(",.;()", "     "))
    return plain.split()


def _mentions(word: str) -> Q:
    """Rows in which the word occurs. A short word counts only as a state's code or at the start of a word."""
    if len(word) > SHORT:
        named = [usps for usps, name in STATES.items() if word.lower() in name.lower().split()]
        return Q(name__icontains=word) | Q(aliases__icontains=word) | Q(city__icontains=word) | Q(state__in=named)
    condition = Q(state=word.upper())
    for column in ("name", "city"):
        condition |= Q((f"{column}__istartswith", word))
        condition |= Q((f"{column}__icontains", f" {word}")) | Q((f"{column}__icontains", f"-{word}"))
    return condition
