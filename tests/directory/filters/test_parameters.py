"""Every parameter of the contract: each of its values, OR within itself, AND against the others."""

from __future__ import annotations

import pytest

from tests.directory.catalogue import GONE, LISTED
from tests.directory.filters.asking import ask, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
OHIO = {slug for slug in LISTED if slug.startswith(("maple", "birch"))}
CODING = {slug for slug in LISTED if "coding" in slug}


def test_without_any_parameter_every_listed_program_is_there_and_no_other():
    assert found("") == set(LISTED)
    assert not found("") & set(GONE)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("level=certificate", CODING),
        ("level=associate", {slug for slug in LISTED if slug.endswith("associate")}),
        ("level=bachelors", {"dunmore-him-bachelors"}),
        ("level=postbacc-certificate", {"elm-him-postbacc"}),
        ("level=masters", {"dunmore-informatics-masters"}),
        ("length=under-12-weeks", {"maple-coding-short"}),
        ("length=under-1-year", {"maple-coding-certificate", "cedar-coding-certificate"}),
        ("length=1-2-years", {"birch-coding-year"}),
        ("length=2-4-years", {"cedar-coding-long"}),
        ("accreditation=accredited", {"maple-hit-associate"}),
        ("accreditation=stated", {"birch-hit-associate", "elm-hit-associate"}),  # a page; a check of long ago
        ("accreditation=candidate", {"dunmore-him-bachelors"}),
        ("accreditation=on-notice", {"dunmore-hit-associate"}),
        ("accreditation=not-accredited", {"elm-him-postbacc"}),
        ("accreditation=not-confirmed", CODING | {"dunmore-informatics-masters"}),
        ("leads_to=rhit", {"maple-hit-associate", "birch-hit-associate", "elm-hit-associate"}),
        ("leads_to=ccs-p", CODING),
        ("leads_to=rhit&confirmed=1", {"maple-hit-associate"}),
        ("leads_to=ccs-p&confirmed=1", CODING),
        ("delivery=campus", {"maple-hit-associate", "dunmore-him-bachelors"}),
        ("delivery=hybrid", {"birch-hit-associate"}),
        ("delivery=online", {"dunmore-hit-associate"}),
        ("delivery=unknown&level=masters", {"dunmore-informatics-masters"}),
        ("control=public", OHIO),
        ("control=for-profit", {"cedar-coding-certificate", "cedar-coding-long"}),
        ("control=nonprofit&level=associate", {"dunmore-hit-associate", "elm-hit-associate"}),
        ("state=KY", {"cedar-coding-certificate", "cedar-coding-long"}),
        ("state=ky", {"cedar-coding-certificate", "cedar-coding-long"}),
        ("state=AK", set()),
        ("cip=51.2706", {"dunmore-informatics-masters"}),
        ("cip=51.27", {"dunmore-informatics-masters"}),
        ("cip=51.07", set(LISTED) - {"dunmore-informatics-masters"}),
        ("max_price=3000", {"maple-coding-certificate", "maple-coding-short"}),  # itself included
        ("max_price=2999", {"maple-coding-short"}),
        ("min_price=14500", {"cedar-coding-certificate"}),
        ("min_price=14501", set()),
        ("min_price=0&max_price=1000000", OHIO | {"cedar-coding-certificate"}),
        ("q=coding&where=ohio", CODING & OHIO),
    ],
)  # fmt: skip
def test_a_value_keeps_what_it_names(query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "level=associate&level=masters", "length=1-2-years&length=2-4-years", "leads_to=rhit&leads_to=ccs-p",
        "accreditation=accredited&accreditation=candidate", "delivery=online&delivery=hybrid",
        "control=public&control=for-profit", "state=OH&state=KY", "cip=51.0707&cip=51.27",
    ],
)  # fmt: skip
def test_a_repeated_parameter_widens(query):
    one, other = query.split("&")
    assert found(query) == found(one) | found(other)
    assert found(one) - found(other)
    assert found(other) - found(one)


def test_different_parameters_narrow_one_another():
    apart = ["level=associate", "state=OH&state=TX", "accreditation=stated", "leads_to=rhit", "cip=51.0707"]
    every = set.intersection(*map(found, apart))
    assert found("&".join(apart)) == every == {"birch-hit-associate", "elm-hit-associate"}
    assert found("&".join([*apart, "max_price=20000"])) == {"birch-hit-associate"}


def test_a_price_that_nobody_knows_is_neither_low_nor_high():
    unknown = {"elm-hit-associate", "dunmore-him-bachelors", "cedar-coding-long"}
    assert unknown <= found("")
    assert not unknown & (found("max_price=1000000") | found("min_price=0"))


def test_a_state_is_a_place_and_says_nothing_about_delivery():
    assert "dunmore-hit-associate" not in found("state=OH&delivery=online")
    assert found("state=CA&delivery=online") == {"dunmore-hit-associate"}


def test_every_condition_confirmed_is_a_matter_of_the_chosen_exams_alone():
    assert found("confirmed=1") == set(LISTED)
    assert "maple-hit-associate" in found("leads_to=cca&leads_to=rhit&confirmed=1")


@pytest.mark.parametrize("query", ["", "q=&where=&level=&max_price=", "q=%20%20&level=&within=&sort=&page="])
def test_what_a_form_sends_blank_is_no_choice(query):
    assert ask(query).problems == {}
    assert found(query) == set(LISTED)


def test_the_same_value_twice_counts_once():
    assert found("level=masters&level=masters&sort=name&sort=name") == {"dunmore-informatics-masters"}
