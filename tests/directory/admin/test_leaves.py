"""How often readers left for a school: what staff see above the list."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.admin.derived import leaves_in_words
from directory.models import ClickCount
from directory.vocab import GoKind
from tests.directory.admin.test_lists import listing
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def left():
    at = program(school())
    for day, kind, of, count in ((1, "apply", at, 1_200), (2, "apply", None, 34), (2, "aid", at, 1)):
        day_ = dt.date(2025, 9, day)
        ClickCount.objects.create(day=day_, kind=GoKind(kind), school=at.school, program=of, count=count)


@pytest.mark.usefixtures("left")
def test_the_list_says_how_many_leaves_it_sums_up_by_kind(desk):
    assert "1,235 leaves: 1,234 Apply, 1 Financial aid" in desk.get(listing(ClickCount)).content.decode()
    one_kind = desk.get(listing(ClickCount), {"kind__exact": "aid"})
    assert "1 leave: 1 Financial aid" in one_kind.content.decode()
    one_day = desk.get(listing(ClickCount), {"day__year": "2025", "day__month": "9", "day__day": "1"})
    assert "1,200 leaves: 1,200 Apply" in one_day.content.decode()


def test_an_empty_list_says_none():
    assert leaves_in_words(ClickCount.objects.all()) == "0 leaves"
