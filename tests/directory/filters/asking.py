"""Asking the program list as the address bar does."""

from __future__ import annotations

import html
import re
from typing import Any

from django.http import QueryDict

from directory.filters.program import ProgramFilter
from directory.filters.school import SchoolFilter
from directory.models import Program, School


def ask(query: str) -> ProgramFilter:
    """The filter for a query string, over the listed programs."""
    return ProgramFilter(QueryDict(query))


def ask_schools(query: str) -> SchoolFilter:
    """The same of the school list."""
    return SchoolFilter(QueryDict(query), School.objects.listed())


def slugs(query: str) -> list[str]:
    """Addresses of the programs found, in order. A question with a mistake in it is a mistake of the test."""
    chosen = ask(query)
    assert not chosen.problems, chosen.problems
    programs = [hit.program for hit in chosen.answer.page(0, chosen.count)]
    by_key = dict(Program.objects.filter(pk__in=programs).values_list("pk", "slug"))
    return [by_key[program] for program in programs]


def found(query: str) -> set[str]:
    return set(slugs(query))


def on_page(response: Any) -> list[str]:
    """Addresses of the programs on a page of results, in order."""
    return re.findall(r'<article class="card[^>]* aria-labelledby="card-([^"]+)"', response.content.decode())


def count_on(response: Any) -> int:
    """How many results the heading of a page of results names."""
    (number,) = re.findall(r'<h1 id="count"><span role="status">([\d,]+) program', response.content.decode())
    return int(number.replace(",", ""))


def complaints_on(response: Any) -> list[str]:
    """What a page of results says it could not read: beside the fields, and above the results."""
    text = response.content.decode()
    beside = re.findall(r'<p class="error"[^>]*>(.*?)</p>', text, re.DOTALL)
    above = re.findall(r'<div class="notice b-bad"[^>]*>.*?</div>', text, re.DOTALL)
    return [html.unescape(each) for each in [*beside, *re.findall("<li>(.*?)</li>", "".join(above))]]


def cards_on(response: Any) -> dict[str, str]:
    """Address of each program on a page of results -> the text of its card."""
    text = response.content.decode()
    cards = re.findall(r'aria-labelledby="card-([^"]+)">(.*?)</article>', text, re.DOTALL)
    return {slug: html.unescape(re.sub(r"<[^>]+>", " ", card)) for slug, card in cards}
