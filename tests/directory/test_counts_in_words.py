"""A screen reader says each count with its noun: of one thing in the singular."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string

SAID = re.compile(r'<span class="n">([\d,]+)<span class="vh"> (\w+)</span>')


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_facets_and_bands_of_prices_agree_with_their_counts(client):
    said = set(SAID.findall(client.get("/programs/").content.decode()))
    assert {"1", "2", "0"} <= {count for count, _ in said}
    assert all((count == "1") == (noun == "program") for count, noun in said)


@pytest.mark.parametrize(("count", "words"), [(0, "0 schools"), (1, "1 school<"), (1200, "1,200 schools")])
def test_what_would_be_found_is_counted_in_words(count, words):
    context = {"title": "Nothing", "noun": "school", "suggestions": [{"label": "x", "url": "?", "count": count}]}
    assert words in render_to_string("partials/empty_state.html", context)
