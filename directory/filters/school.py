"""What the school list understands: the page and `/api/v1/schools/` read the same declaration."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any, Final

from django.db.models import Case, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from django.http import QueryDict
from django_filters import ChoiceFilter

from directory.filters.parameters import ListFilterSet, SeveralFilter, without_blanks
from directory.filters.program import DEFAULT_MILES, MILES, PlaceFilter, ProgramForm, WordsFilter
from directory.filters.school_text import LONGEST, SchoolText, read_text, together
from directory.filters.spelling import plain
from directory.models import Listing, School
from directory.search.freshness import current
from directory.search.places import Place
from directory.search.table.matching import EARTH_MILES
from directory.vocab import CONTROL_SLUG, STATES, Control

#: Shorter words ("OH", "St") stand inside too many others to be looked for in the middle of a word.
SHORT: Final = 2

CONTROLS: Final = [(slug, str(Control(code).label)) for code, slug in CONTROL_SLUG.items()]
CONTROL_CODE: Final = {slug: code for code, slug in CONTROL_SLUG.items()}
SORTS: Final = [("relevance", "Best match"), ("name", "Name"), ("programs", "Most programs"), ("distance", "Nearest")]


class SchoolFilter(ListFilterSet):
    """Schools by words of their name, by what they teach, by distance, by state and by control.

    `asked` is the question as it came. `text` is how `q` was read (`directory.filters.school_text`): places and kinds
    of school join the other parameters in `data`, and of what remains every word must be found. `state` and `control`
    are repeatable and widen within themselves. With a point in `where` each school has `miles`. Unless another order
    is chosen the best match comes first; without words to match, the nearest.
    """

    q = WordsFilter(method="search", label="Name, city or state", max_length=LONGEST)
    where = PlaceFilter(method="near")
    within = ChoiceFilter(
        choices=[(miles, miles) for miles in MILES],
        method="with_place",
        error_messages={"invalid_choice": f"The distance is one of {', '.join(MILES)} miles."},
    )
    state = SeveralFilter(
        choices=list(STATES.items()),
        label="State",
        message="%(value)s: no state that we know. Use its two letters, like OH.",
    )
    control = SeveralFilter(
        choices=CONTROLS,
        method="with_control",
        label="Who runs it",
        message="%(value)s is not one of public, nonprofit and for-profit.",
    )
    sort = ChoiceFilter(
        choices=SORTS,
        method="order",
        empty_label=None,
        label="Order",
        error_messages={
            "invalid_choice": "Schools can be sorted by relevance, name, programs or distance, not by “%(value)s”."
        },
    )

    class Meta:
        model = School
        fields: list[str] = []
        form = ProgramForm

    def __init__(self, data: QueryDict | None = None, queryset: QuerySet[Any] | None = None, **rest: Any) -> None:
        self.asked = plain(without_blanks(data or QueryDict(), self.names()))
        self.text = read_text(self.asked, current()) if _has_text(self.asked) else SchoolText(self.asked)
        super().__init__(self.text.data, queryset, **rest)

    def search(self, schools: QuerySet[Any], _name: str, _text: str) -> QuerySet[Any]:
        """Keep schools that answer to every word, each with how well as `match`."""
        if self.text.nothing:
            return schools.none()
        for word in words_of(" ".join(self.text.loose)):
            schools = schools.filter(_mentions(word))
        if not self.text.wanted:
            return schools
        alike: defaultdict[float, list[int]] = defaultdict(list)
        for pk, well in together(self.text.wanted).items():
            alike[well].append(pk)
        found = schools.filter(pk__in=[pk for pks in alike.values() for pk in pks])
        if not alike:
            return found
        fits = [When(pk__in=pks, then=Value(well)) for well, pks in alike.items()]
        return found.annotate(match=Case(*fits, output_field=FloatField()))

    @property
    def place(self) -> Place | None:
        found: Place | None = self.chosen("where")
        return found

    @property
    def miles(self) -> int:
        return int(self.chosen("within") or DEFAULT_MILES)

    @property
    def near_a_point(self) -> bool:
        return self.place is not None and self.place.is_point

    @property
    def sort_key(self) -> str:
        """The order in force: as chosen, else best match with words to match, else nearest, else by name."""
        wanted = self.chosen("sort")
        if wanted and (wanted != "relevance" or self.has_matches):
            return str(wanted)
        return "relevance" if self.has_matches else "distance" if self.near_a_point else "name"

    @property
    def has_matches(self) -> bool:
        """Whether some schools answer to the words better than others."""
        return bool(self.text.wanted and self.chosen("q"))

    @property
    def notes(self) -> list[str]:
        """What was assumed about the place, and what of the text could not be used, in sentences."""
        return [*self._about_place(), *self.text.notes]

    def _about_place(self) -> list[str]:
        place, within = self.place, self.chosen("within")
        if place is None:
            alone = within and "where" not in self.problems
            return ["The distance needs a place to count from: type a city or a ZIP code."] if alone else []
        said = []
        if place.is_point and not within:
            said.append(f"Showing schools within {DEFAULT_MILES} miles, the usual distance here.")
        elif within and not place.is_point:
            said.append(f"{place.label} is shown whole: a distance counts from a city or a ZIP code.")
        if place.also:
            said.append(f"{place.label} it is; there is also {', '.join(place.also)}.")
        return said

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        return self.order(found, "sort", self.sort_key)

    def near(self, schools: QuerySet[Any], _name: str, place: Place) -> QuerySet[Any]:
        """Schools of the state, or those in the circle around the point."""
        if place.latitude is None or place.longitude is None:
            return schools.filter(state=place.state)
        # The band of latitude is cheap and leaves few schools to work the distance out for.
        band = math.degrees(self.miles / EARTH_MILES)
        banded = schools.filter(latitude__range=(place.latitude - band, place.latitude + band))
        return banded.annotate(miles=miles_from(place.latitude, place.longitude)).filter(miles__lte=self.miles)

    def with_place(self, schools: QuerySet[Any], _name: str, _miles: str) -> QuerySet[Any]:
        return schools  # read together with the place

    def with_control(self, schools: QuerySet[Any], _name: str, slugs: list[str]) -> QuerySet[Any]:
        return schools.filter(control__in=[CONTROL_CODE[slug] for slug in slugs]) if slugs else schools

    def order(self, schools: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "relevance" and "match" in schools.query.annotations:
            return schools.order_by("-match", *(["miles"] if self.near_a_point else []), "name", "pk")
        if value == "distance" and self.near_a_point:
            return schools.order_by("miles", "name", "pk")
        if value != "programs":
            return schools.order_by("name", "pk")
        # A join with one GROUP BY over all programs of the country is more than twice as slow.
        of_school = Listing.objects.listed().filter(school=OuterRef("pk")).order_by().values("school")
        listed = Subquery(of_school.annotate(programs=Count("*")).values("programs"))
        return schools.annotate(listed_programs=listed).order_by("-listed_programs", "name", "pk")


def _has_text(asked: QueryDict) -> bool:
    """Whether there is one text that can be read; of any other its field says what is wrong."""
    texts = set(asked.getlist("q"))
    text = next(iter(texts), "")
    return len(texts) == 1 and len(text) <= LONGEST and "\x00" not in text and any(map(str.isalnum, text))


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
