"""Asking the program list as the address bar does."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from directory.filters.program import ProgramFilter
from directory.models import Listing


def ask(query: str) -> ProgramFilter:
    """The filter for a query string, over the listed programs."""
    return ProgramFilter(QueryDict(query), Listing.objects.listed())


def slugs(query: str) -> list[str]:
    """Addresses of the programs found, in order. A question with a mistake in it is a mistake of the test."""
    chosen = ask(query)
    assert not chosen.problems, chosen.problems
    return [listing.program.slug for listing in chosen.sorted().select_related("program")]


def found(query: str) -> set[str]:
    return set(slugs(query))


def on_page(response: Any) -> list[str]:
    """Addresses of the programs on a page of results, in order."""
    return [card["slug"] for card in response.context["results"].cards]
