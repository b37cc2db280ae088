"""What the school list understands: the page and `/api/v1/schools/` read the same declaration."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter

from directory.filters.parameters import ListFilterSet, ListForm, SeveralFilter
from directory.filters.spelling import plain
from directory.models import Listing, School
from directory.vocab import CONTROL_SLUG, STATES, Control

LONGEST_TEXT: Final = 200
#: Shorter words ("OH", "St") stand inside too many others to be looked for in the middle of a word.
SHORT: Final = 2

CONTROLS: Final = [(slug, str(Control(code).label)) for code, slug in CONTROL_SLUG.items()]
CONTROL_CODE: Final = {slug: code for code, slug in CONTROL_SLUG.items()}
SORTS: Final = [("name", "Name"), ("programs", "Most programs")]


class SchoolFilter(ListFilterSet):
    """Schools by words of their name or place, by state and by control.

    Every word of `q` must be found; `state` and `control` are repeatable and widen within themselves.
    """

    q = CharFilter(method="search", label="Name, city or state", max_length=LONGEST_TEXT)
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
        error_messages={"invalid_choice": "Schools can be sorted by name or by programs, not by “%(value)s”."},
    )

    class Meta:
        model = School
        fields: list[str] = []
        form = ListForm

    def __init__(self, data: QueryDict | None = None, queryset: QuerySet[Any] | None = None, **rest: Any) -> None:
        super().__init__(plain(data or QueryDict()), queryset, **rest)

    def search(self, schools: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Keep schools in which every word is found: in the name, an alias, the city or the state."""
        for word in words_of(text):
            schools = schools.filter(_mentions(word))
        return schools

    def with_control(self, schools: QuerySet[Any], _name: str, slugs: list[str]) -> QuerySet[Any]:
        return schools.filter(control__in=[CONTROL_CODE[slug] for slug in slugs]) if slugs else schools

    def order(self, schools: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value != "programs":
            return schools.order_by("name", "pk")
        # A join with one GROUP BY over all programs of the country is more than twice as slow.
        of_school = Listing.objects.listed().filter(school=OuterRef("pk")).order_by().values("school")
        listed = Subquery(of_school.annotate(programs=Count("*")).values("programs"))
        return schools.annotate(listed_programs=listed).order_by("-listed_programs", "name", "pk")


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
