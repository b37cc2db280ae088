"""A source is as old as the period that its newest file is of, and has a limit of its own."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from directory.curation.dashboard.freshness import LIMITS, ages, period_end
from directory.models import Release
from directory.vocab import Source

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 9, 1)


def loaded(source, vintage, rank, *, on=dt.date(2025, 3, 1)):
    with time_machine.travel(dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC)):
        return Release.objects.create(source=source, vintage=vintage, rank=rank)


@pytest.mark.parametrize(
    ("rank", "end"),
    [
        (202400, dt.date(2024, 12, 31)),
        (202402, dt.date(2024, 2, 29)),
        (202504, dt.date(2025, 4, 30)),
        (2903, dt.date(2025, 3, 1)),  # a version tells no day: the load counts
        (202413, dt.date(2025, 3, 1)),
        (0, dt.date(2025, 3, 1)),
    ],
)
def test_a_dated_file_counts_from_the_end_of_its_period_and_another_from_its_load(rank, end):
    assert period_end(loaded(Source.OEWS, "some", rank)) == end


def test_the_newest_file_of_a_source_counts():
    loaded(Source.IPEDS_HD, "2022-23", 202200)
    loaded(Source.IPEDS_HD, "2024-25", 202400)
    loaded(Source.IPEDS_HD, "2023-24", 202300)
    (age,) = ages(today=TODAY)
    assert (age.vintage, age.days, age.is_old) == ("2024-25", 244, False)


def test_past_its_limit_a_source_is_old_and_stands_first():
    loaded(Source.IPEDS_HD, "2024-25", 202400)
    loaded(Source.DAPIP, "November 2020", 202011)
    loaded(Source.SOC, "2018", 201800)
    assert [(age.source, age.is_old) for age in ages(today=TODAY)] == [
        ("dapip", True), ("ipeds-hd", False), ("soc", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (1, True)])
def test_the_day_of_the_limit_is_not_old_yet(days, is_old):
    release = loaded(Source.OEWS, "May 2023", 202305)
    day = period_end(release) + dt.timedelta(days=LIMITS[Source.OEWS] + days)
    assert ages(today=day)[0].is_old is is_old


def test_each_source_has_a_limit_but_those_that_stand_until_they_are_replaced():
    without = {Source.CIP, Source.CIP_CHANGES, Source.CIP_SOC, Source.SOC, Source.EIGHT_KEYS, Source.STAFF}
    assert set(Source) - set(LIMITS) == without
