"""Search of long tables: the words are looked up in the short tables first.

A LIKE over programs joined with schools and fields took up to 3.4 s on PostgreSQL for 267,564 programs. Over
6,072 schools and 2,686 fields of study, with their keys in an IN, the same search took 0.2 to 0.8 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

from directory.models import FieldOfStudy, School

Like = Callable[[str], QuerySet]


def schools_like(word: str) -> QuerySet:
    """Keys of schools by a part of the name, or by UNITID."""
    number = Q(unitid=int(word)) if word.isdecimal() and len(word) == 6 else Q()
    return School.objects.filter(Q(name__icontains=word) | number).order_by().values("pk")


def fields_like(word: str) -> QuerySet:
    """Keys of fields of study by a part of the title, or by the beginning of the CIP code."""
    return FieldOfStudy.objects.filter(Q(title__icontains=word) | Q(cip__startswith=word)).order_by().values("pk")


#: For tables whose rows belong to a program: relation -> which of its rows a word means.
OF_PROGRAM: tuple[tuple[str, Like], ...] = (
    ("program__school", schools_like),
    ("program__field", fields_like),
)
OF_SCHOOL: tuple[tuple[str, Like], ...] = (("school", schools_like),)


class SearchThrough:
    """Every word of a search must fit one of `search_fields` (whole lookups) or a row that this one names."""

    search_fields: ClassVar[tuple[str, ...]]
    search_through: ClassVar[tuple[tuple[str, Like], ...]]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        for word in words(search_term):
            fits = Q(pk__in=())
            for lookup in self.search_fields:
                fits |= Q((lookup, word))
            for relation, like in self.search_through:
                fits |= Q((f"{relation}__in", like(word)))
            queryset = queryset.filter(fits)
        return queryset, False


def words(search_term: str) -> Iterator[str]:
    """Words, and phrases in quotation marks, as Django's own search reads them."""
    for bit in smart_split(search_term):
        quoted = len(bit) > 1 and bit[0] in "\"'" and bit[0] == bit[-1]
        yield unescape_string_literal(bit) if quoted else bit
