"""Attainment: seven shares by name, inexact matches, and years of the survey."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careers.models import Attainment
from directory.models import ImportRun
from tests.careers.importers.runs import release_of
from tests.careers.samples_bls import ATTAINMENT, ATTAINMENT_HEADER, attainment

pytestmark = pytest.mark.django_db

TOTAL = ATTAINMENT.part.rows[0]


def test_seven_shares_are_kept_and_helper_columns_are_not(tmp_path):
    run = ATTAINMENT.load(tmp_path).run
    row = Attainment.objects.get(occupation="29-2072")
    assert (run.state, release_of(run).vintage, run.rejected) == (ImportRun.State.APPLIED, "2023", 0)
    assert [str(row.less_than_high_school), str(row.high_school), str(row.associate)] == ["2.3", "18.8", "25.2"]
    assert [str(row.bachelors), str(row.masters), str(row.doctoral)] == ["16.4", "4.6", "1.1"]
    assert (row.year, row.surveyed, row.inexact) == (2023, "2021-22", False)


def test_a_footnote_at_the_title_says_that_the_match_is_not_exact(tmp_path):
    ATTAINMENT.load(tmp_path)
    assert Attainment.objects.get(occupation="29-9021").inexact


def test_a_dash_is_missing(tmp_path):
    attainment(TOTAL, ("Lamp keepers", "29-2072", "—", "18.8", "31.6", "25.2", "16.4", "4.6", "1.1", "")).load(tmp_path)
    row = Attainment.objects.get(occupation="29-2072")
    assert (row.less_than_high_school, row.less_than_high_school_note) == (None, "not-reported")


def test_shares_that_do_not_add_up_are_rejected(tmp_path):
    run = (
        attainment(TOTAL, ("Lamp keepers", "29-2072", "2.3", "18.8", "31.6", "16.4", "4.6", "1.1", "56.8", ""))
        .load(tmp_path)
        .run
    )
    assert "do not add up" in run.rejects.get().reason


def test_a_code_of_another_list_is_left_over(tmp_path):
    run = (
        attainment(*ATTAINMENT.part.rows, ("Buyers", "13-1028", "7", "23", "19", "10", "25", "12", "4", ""))
        .load(tmp_path)
        .run
    )
    assert (run.state, run.rejects.get().value) == (ImportRun.State.APPLIED, "13-1028")


def test_columns_are_found_by_name_in_any_order_and_year(tmp_path):
    order = [1, 0, 8, 7, 6, 5, 4, 3, 2]
    part = ATTAINMENT.part.reordered(order)
    header = tuple(name.replace("2023", "2025") for name in part.header)
    ATTAINMENT.but(replace(part, header=header, typed=())).load(tmp_path)
    row = Attainment.objects.get(occupation="29-2072")
    assert (row.year, str(row.high_school), str(row.doctoral)) == (2025, "18.8", "1.1")


def test_a_copy_without_the_title_does_not_guess_the_years_of_the_survey(tmp_path):
    part = ATTAINMENT.part
    ATTAINMENT.but(replace(part, above=())).load(tmp_path)
    assert Attainment.objects.get(occupation="29-2072").surveyed == ""


def test_the_header_names_a_missing_share(tmp_path):
    header = tuple("Masters" if name == "Master's degree" else name for name in ATTAINMENT_HEADER)
    run = attainment(*ATTAINMENT.part.rows, header=header).load(tmp_path).run
    assert run.state == ImportRun.State.REFUSED
    assert "Master's degree" in run.message
