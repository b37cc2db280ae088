"""Figures that leap from one year to the next are named before a file is approved."""

from __future__ import annotations

import pytest

from directory.vocab import Source
from tests.directory.importers.samples_charges import charges, ic_ay
from tests.directory.importers.samples_distance import tuition
from tests.directory.pipeline.proposals.conftest import work

pytestmark = pytest.mark.django_db


def of_year(year, *rows):
    return tuition(
        *rows, header=("UnitID", "Institution Name", f"TUITION_FEES_{year}_OUTSTATE", f"TUITION_FEES_INSTATE{year}")
    )


MAPLE = ("100101", "Maple Fork College")
ANNE = ("100202", "Institut Sainte-Anne")


def jumps(proposal):
    """(figures compared, what jumps with before and after) of the table of school figures."""
    (done,) = work()
    assert done.preview
    (table,) = (each for each in done.preview["tables"] if each["name"] == "school figures")
    return table["compared"], sorted((each["before"], each["after"]) for each in table["farthest"])


def test_a_price_that_leaps_from_one_year_to_the_next_is_named(tmp_path, propose):
    of_year(2023, (*MAPLE, "9000", "4980"), (*ANNE, "12000", "12000")).load(tmp_path)
    proposal = propose(of_year(2024, (*MAPLE, "9100", "8964"), (*ANNE, "12400", "12400")))
    assert jumps(proposal) == (4, [("4980", "8964")])
    proposal.refresh_from_db()
    assert any("1 of 4 figures in school figures (25%)" in words for words in proposal.preview["warnings"])


def test_a_year_further_back_is_no_year_before(tmp_path, propose):
    of_year(2022, (*MAPLE, "9000", "4980")).load(tmp_path)
    assert jumps(propose(of_year(2024, (*MAPLE, "9100", "8964")))) == (0, [])


def test_a_price_is_compared_once_however_many_releases_say_the_former_one(tmp_path, propose):
    of_year(2023, (*MAPLE, "9000", "4980")).load(tmp_path)
    ic_ay(charges(100101, CHG2AY3="5100", CHG3AY3="20000"), year=2023).load(tmp_path)
    # its own source says what it was, though another one says otherwise
    assert jumps(propose(of_year(2024, (*MAPLE, "20100", "5000")))) == (2, [("9000", "20100")])


def test_a_price_that_another_source_gives_for_the_same_year_is_the_nearest(tmp_path, propose):
    ic_ay(charges(100101, CHG2AY3="5100", CHG3AY3="20000"), year=2023).load(tmp_path)
    assert jumps(
        propose(
            of_year(2023, (*MAPLE, "9000", "5000")),
        )
    ) == (2, [("20000", "9000")])


def test_a_year_that_is_loaded_again_is_compared_with_what_it_replaces(tmp_path, propose):
    of_year(2022, (*MAPLE, "1000", "1000")).load(tmp_path)
    of_year(2023, (*MAPLE, "9000", "4980")).load(tmp_path)
    proposal = propose(of_year(2023, (*MAPLE, "9000", "8964")), source=Source.IPEDS_TUITION)
    assert jumps(proposal)[1] == [("4980", "8964")]
