"""What the program list understands: the page, `/api/v1/programs/` and whatever follows read this declaration."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django_filters import ChoiceFilter, Filter

from directory.filters.fields import CipField, PlaceField, WordsField
from directory.filters.parameters import (
    ListFilterSet,
    ListForm,
    SeveralFilter,
    capital_states,
    whole_number,
)
from directory.models import Certification, Listing
from directory.querysets.listing import ListingQuerySet
from directory.search import words
from directory.search.places import Place
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
CONTROL_OF: Final = {slug: code for code, slug in CONTROL_SLUG.items()}


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


def choices(name: str, offered: Any) -> SeveralFilter:
    listed = ", ".join(value for value, _ in offered)
    return SeveralFilter(field_name=name, choices=offered, message=f"%(value)s: choose among {listed}.")


def choice(offered: Any, message: str) -> ChoiceFilter:
    return ChoiceFilter(choices=offered, method="leave", error_messages={"invalid_choice": message})


class ProgramForm(ListForm):
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        place: Place | None = found.get("where")
        if found.get("sort") == "distance" and "where" not in self.errors and not (place and place.is_point):
            self.add_error("sort", "“Nearest” needs a place: type a city or a ZIP code.")
        return found


class ProgramFilter(ListFilterSet):
    """Every parameter of the contract, over the search table.

    `qs` is filtered by all that could be read; `without(name)` lifts one parameter, for counts; `sorted()` is in the
    chosen order.
    """

    q = WordsFilter(method="by_text", max_length=words.LONGEST)
    where = PlaceFilter(method="by_place")
    within = choice([(miles, miles) for miles in MILES], f"The distance is one of {', '.join(MILES)} miles.")
    level = choices("level", [c for c in LevelGroup.choices if c[0] != LevelGroup.DOCTORATE])
    length = choices("length", Length.choices)
    accreditation = choices("standing", Standing.choices)
    leads_to = SeveralFilter(
        method="by_opening", choices=lambda: _certifications(), message="We know no exam %(value)s."
    )
    confirmed = choice([("1", "1")], "Write confirmed=1, or leave it out.")
    delivery = choices("delivery", Delivery.choices)
    online_too = choice([("1", "1")], "Write online_too=1, or leave it out.")
    control = SeveralFilter(
        method="by_control",
        choices=CONTROL_CHOICES,
        message=f"%(value)s: choose among {', '.join(CONTROL_OF)}.",
    )
    state = SeveralFilter(choices=list(STATES.items()), message="%(value)s: no state. Use its two letters, such as OH.")
    cip = CipFilter(method="by_cip")
    max_price = DollarFilter(field_name="price", lookup_expr="lte", name="The highest price")
    min_price = DollarFilter(field_name="price", lookup_expr="gte", name="The lowest price")
    sort = choice(list(SORTS.items()), f"Sort by one of {', '.join(SORTS)}.")

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()
        form = ProgramForm

    def __init__(self, data: QueryDict, queryset: ListingQuerySet, *, lifted: str = "") -> None:
        self.lifted = lifted
        super().__init__(capital_states(data), queryset)

    @property
    def place(self) -> Place | None:
        found: Place | None = self.chosen("where")
        return found

    @property
    def miles(self) -> int:
        return int(self.chosen("within") or DEFAULT_MILES)

    @property
    def sort_key(self) -> str:
        """The order in force: as chosen, else nearest first with a point, else best match."""
        near = self.place is not None and self.place.is_point
        wanted = self.chosen("sort") or ("distance" if near else "relevance")
        return "relevance" if wanted == "distance" and not near else str(wanted)

    def without(self, name: str) -> ProgramFilter:
        """The same question with one parameter lifted."""
        lifted = ProgramFilter(self.data, self.queryset, lifted=name)
        lifted._form = self.form  # what was read once need not be read again (a place costs a query)
        return lifted

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for name, filter_ in self.filters.items():
            value = self.form.cleaned_data.get(name)
            if name != self.lifted and value not in (None, "", []):
                queryset = filter_.filter(queryset, value)
        return queryset

    def sorted(self) -> ListingQuerySet:
        """The filtered rows in order; ties fall to school and award, so that pages never overlap."""
        orders: dict[str, list[Any]] = {
            "relevance": [F("rank_points").desc()],
            "distance": [F("miles").asc(nulls_last=True)],
            "price": [F("price").asc(nulls_last=True)],
            "earnings": [F("earnings").desc(nulls_last=True)],
            "completions": [F("awards").desc(nulls_last=True)],
            "name": [],
        }
        rows = self.qs
        if self.place is not None and self.place.is_point:
            rows = rows.with_miles(self.place.latitude, self.place.longitude)
        if self.place is not None and self.chosen("online_too") and self.lifted != "where":
            rows = rows.near_first(self.miles) if self.place.is_point else rows.in_state_first(self.place.state)
            orders = {key: [F("is_near").desc(), *order] for key, order in orders.items()}
        ties = [F("rank_points").desc()] if self.sort_key == "distance" else []
        return rows.order_by(*orders[self.sort_key], *ties, "school_name", "cip", "program_id")

    # --- one method per parameter that is more than a column ---------------------------------------

    def leave(self, queryset: ListingQuerySet, name: str, value: Any) -> ListingQuerySet:
        """Parameters that another one reads."""
        return queryset

    def by_text(self, queryset: ListingQuerySet, name: str, value: str) -> QuerySet[Listing]:
        return queryset.filter(pk__in=Listing.objects.filter(words.condition(value)).values("pk"))

    def by_place(self, queryset: ListingQuerySet, name: str, place: Place) -> QuerySet[Listing]:
        if place.latitude is None or place.longitude is None:
            near = Q(state=place.state)
        else:
            near = queryset.model.objects.near(place.latitude, place.longitude, self.miles)
        return (
            queryset.filter(near | Q(delivery=Delivery.ONLINE)) if self.chosen("online_too") else queryset.filter(near)
        )

    def by_opening(self, queryset: ListingQuerySet, name: str, slugs: list[str]) -> ListingQuerySet:
        return queryset.leading_to(slugs, confirmed_only=bool(self.chosen("confirmed")))

    def by_control(self, queryset: ListingQuerySet, name: str, slugs: list[str]) -> QuerySet[Listing]:
        return queryset.filter(control__in=[CONTROL_OF[slug] for slug in slugs])

    def by_cip(self, queryset: ListingQuerySet, name: str, cips: list[str]) -> ListingQuerySet:
        return queryset.of(cips)


def _certifications() -> list[tuple[str, str]]:
    return list(Certification.objects.values_list("slug", "acronym"))
