"""The history of a row tells which files wrote to it, and what."""

from __future__ import annotations

import pytest

from directory.models import School
from directory.pipeline import change_log
from directory.pipeline.change_log import tables
from directory.pipeline.load import Order, load
from tests.directory.importers.samples_ipeds import ANNE, MAPLE, hd, school

pytestmark = pytest.mark.django_db
MANY = [school(100300 + number, f"College {number}") for number in range(7)]
FIRST = hd(MAPLE, ANNE, *MANY, year=2023)
SECOND = hd(school(100101, "Maple University", CITY="Oak"), ANNE, *MANY, year=2024)


def bring(sample, folder):
    return load(Order(sample.write(folder), sample.source, keep=True)).run


def told(row):
    return [
        (each.run.file_name, each.brought, {change.name: (change.before, change.after) for change in each.changes})
        for each in change_log.writings(row)
    ]


@pytest.mark.parametrize("size", [1, 2, 2_000])
def test_each_load_says_what_it_wrote_however_many_pieces_lie_before_it(monkeypatch, tmp_path, size):
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", size)
    bring(FIRST, tmp_path)
    bring(SECOND, tmp_path)
    maple, last = School.objects.get(unitid=100101), School.objects.get(unitid=100306)
    (newest, oldest) = told(maple)
    assert oldest == ("hd2023.csv", True, {})
    assert newest[:2] == ("hd2024.csv", False)
    assert newest[2]["name"] == ("Maple Fork College", "Maple University")
    assert newest[2]["release"][1] == "IPEDS institution directory (HD), 2024-25"
    assert [each[2].keys() for each in told(last)] == [{"release"}, set()]


def test_a_load_that_was_taken_back_and_one_of_which_nothing_is_kept_are_not_told(tmp_path):
    FIRST.load(tmp_path)
    run = bring(SECOND, tmp_path)
    maple = School.objects.get(unitid=100101)
    assert [each[0] for each in told(maple)] == ["hd2024.csv"]
    change_log.revert(run, by=None)
    assert told(maple) == []


def test_looking_for_a_row_asks_once_for_each_piece_that_is_looked_at(
    monkeypatch, tmp_path, django_assert_max_num_queries
):
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 1)
    bring(FIRST, tmp_path)
    last = School.objects.get(unitid=100306)
    loads, counts, probes = 3, 2, 4  # 9 pieces of one row each are halved four times at most; none is of changed rows
    with django_assert_max_num_queries(loads + counts + probes):
        assert [each[1] for each in told(last)] == [True]
