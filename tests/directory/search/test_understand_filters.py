"""Awards, delivery, control, accreditation, exams, money and orders become filters."""

from __future__ import annotations

import pytest

from tests.directory.search.vocabulary import filters, read


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("certificate", ("certificate",)), ("cert", ("certificate",)), ("diploma", ("certificate",)),
        ("associate's degree", ("associate",)), ("associates", ("associate",)), ("A.A.S.", ("associate",)),
        ("AAS HIT", ("associate",)), ("2-year", ("associate",)), ("two year degree", ("associate",)),
        ("AS degree", ("associate",)), ("bachelor's", ("bachelors",)), ("BS in HIM", ("bachelors",)),
        ("4 year degree", ("bachelors",)), ("master’s", ("masters",)), ("MS in HIM", ("masters",)),
        ("post-bacc certificate", ("postbacc-certificate",)), ("degree", ("associate", "bachelors", "masters")),
        ("PhD HIT", ("doctorate",)), ("doctorate HIT", ("doctorate",)), ("doctoral degree", ("doctorate",)),
        ("certificate or associate degree", ("certificate", "associate")), ("assocaite degree", ("associate",)),
    ],
)  # fmt: skip
def test_award_words_are_levels(typed, level):
    assert filters(typed)["level"] == level


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("under 12 weeks", ("under-12-weeks",)), ("less than a year", ("under-12-weeks", "under-1-year")),
        ("6 month medical coding", ("under-1-year",)), ("18 months", ("1-2-years",)), ("9 mo", ("under-1-year",)),
        ("1 year certificate", ("under-1-year", "1-2-years")), ("short", ("under-12-weeks", "under-1-year")),
        ("2 year certificate", ("1-2-years", "2-4-years")), ("12 weeks or less", ("under-12-weeks",)),
    ],
)  # fmt: skip
def test_lengths_are_the_ranges_that_they_fall_into(typed, length):
    assert filters(typed)["length"] == length


@pytest.mark.parametrize(
    ("typed", "delivery"),
    [
        ("online", ("online",)), ("on line", ("online",)), ("on-line", ("online",)), ("from home", ("online",)),
        ("at home", ("online",)), ("distance learning", ("online",)), ("remote", ("online",)), ("onlin", ("online",)),
        ("hybrid", ("hybrid",)), ("on campus", ("campus", "unknown")), ("in person", ("campus", "unknown")),
        ("not online", ("campus", "hybrid", "unknown")), ("online or hybrid", ("online", "hybrid")),
    ],
)  # fmt: skip
def test_ways_of_delivery(typed, delivery):
    assert filters(typed)["delivery"] == delivery


@pytest.mark.parametrize(
    ("typed", "control"),
    [
        ("community college", ("public",)), ("cc", ("public",)), ("comm coll", ("public",)),
        ("state school", ("public",)), ("private", ("nonprofit", "for-profit")), ("nonprofit", ("nonprofit",)),
        ("non-profit", ("nonprofit",)), ("for profit", ("for-profit",)), ("not for profit", ("nonprofit",)),
    ],
)  # fmt: skip
def test_who_runs_the_school(typed, control):
    assert filters(typed)["control"] == control


def test_public_health_is_a_field_and_no_control():
    found = read("public health")
    assert found.inferred == ()
    assert found.terms[0].fields["51.2201"] == 1.0


@pytest.mark.parametrize(
    ("typed", "money"),
    [
        ("under 5000", {"max_price": ("5000",)}), ("less than $5,000", {"max_price": ("5000",)}),
        ("below 5k", {"max_price": ("5000",)}), ("<$5000", {"max_price": ("5000",)}),
        ("$5000", {"max_price": ("5000",)}), ("5000 dollars or less", {"max_price": ("5000",)}),
        ("$2,500.00 max", {"max_price": ("2500",)}), ("HIT 5000 tops", {"max_price": ("5000",)}),
        ("over 2000", {"min_price": ("2000",)}), ("at least $2k", {"min_price": ("2000",)}),
        ("between 2000 and 6000", {"min_price": ("2000",), "max_price": ("6000",)}),
        ("$6,000-2,000", {"min_price": ("2000",), "max_price": ("6000",)}),
        ("2-6k", {"min_price": ("2000",), "max_price": ("6000",)}),
        ("under 99999999999", {"max_price": ("1000000",)}),
        ("under 25 weeks", {}), ("5000", {}), ("under 5", {}), ("51.0707", {}),
    ],
)  # fmt: skip
def test_money_is_a_price_and_other_numbers_are_not(typed, money):
    found = {name: values for name, values in filters(typed).items() if name.endswith("price")}
    assert found == money


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("RHIT", ("rhit",)), ("registered health information technician", ("rhit",)), ("for the CCS exam", ("ccs",)),
        ("ccs-p", ("ccs-p",)), ("ccsp", ("ccs-p",)), ("CTR", ("ods",)), ("certified tumor registrar", ("ods",)),
        ("RHIT or CCS", ("rhit", "ccs")), ("rhti", ("rhit",)),
    ],
)  # fmt: skip
def test_exams_are_what_a_program_leads_to(typed, slugs):
    assert filters(typed) == {"leads_to": slugs}


def test_the_word_certification_after_an_exam_belongs_to_it_and_is_no_level():
    assert filters("RHIT certification") == {"leads_to": ("rhit",)}
    assert filters("CCS cert") == {"leads_to": ("ccs",)}


def test_a_body_is_no_exam_but_its_exams_are_named():
    found = read("AHIMA")
    assert found.inferred == ()
    assert "RHIT, CCS-P, CCS" in found.notes[0]


def test_accredited_asks_for_what_is_confirmed_and_what_is_stated():
    assert filters("accredited") == filters("CAHIIM approved") == {"accreditation": ("accredited", "stated")}
    assert filters("not accredited") == {"accreditation": ("not-accredited",)}


@pytest.mark.parametrize(
    ("typed", "sort"),
    [
        ("cheap HIT", "price"),
        ("most affordable HIT", "price"),
        ("highest paying HIT", "earnings"),
        ("nearest HIT 43901", "distance"),
    ],
)
def test_orders(typed, sort):
    assert filters(typed)["sort"] == (sort,)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("evening classes HIT", "evening"), ("weekend part time HIT", "not published"), ("free HIT", "net price"),
        ("self-paced HIT", "self-paced"), ("best HIT programs", "open formula"), ("HIT near me", "where you are"),
        ("nearest HIT", "where you are"), ("within 25 miles HIT", "where you are"), ("HIT certification", "exam"),
        ("financial aid HIT", "aid"), ("trade school HIT", "Trade school"),
    ],
)  # fmt: skip
def test_what_nobody_publishes_is_said(typed, says):
    found = read(typed)
    assert says in " ".join(found.notes)
    assert [term.said for term in found.terms] == ["HIT"]


def test_a_chosen_parameter_wins_and_the_text_keeps_its_words():
    found = read("HIT certificate in Ohio online", "level", "where")
    assert [each.name for each in found.inferred] == ["delivery"]
    assert "award level is chosen already" in " ".join(found.notes)
    assert "place is chosen already" in " ".join(found.notes)
    assert found.rest == "HIT certificate in Ohio"


def test_near_me_is_no_question_once_there_is_a_place():
    assert not read("HIT near me", "where").notes
    assert filters("nearest HIT", "where") == {"sort": ("distance",)}


def test_one_order_at_a_time():
    found = read("cheap and highest paying HIT")
    assert filters("cheap and highest paying HIT")["sort"] == ("price",)
    assert "“highest paying” was not used" in " ".join(found.notes)


def test_each_filter_quotes_the_words_that_ask_for_it():
    found = read("Cheap HIT Certificates near Houston under $9,000")
    assert {each.name: each.said for each in found.inferred} == {
        "sort": "Cheap", "level": "Certificates", "where": "near Houston", "max_price": "under $9,000",
    }  # fmt: skip
    assert found.rest == "HIT"


@pytest.mark.parametrize(
    "typed",
    [
        "how much does HIT cost", "how many HIT are there", "what is HIT and what do they do", "is HIT worth it",
        "should I become a HIT", "where can I get HIT", "how long does HIT take", "tell me about HIT",
    ],
)  # fmt: skip
def test_words_of_questions_ask_for_nothing(typed):
    found = read(typed)
    assert found.inferred == ()
    assert [term.said for term in found.terms] == ["HIT"]
    assert found.notes == ()
    assert found.unmatched == ()
    assert found.alternatives == ()


@pytest.mark.parametrize("typed", ["mych HIT", "micha HIT", "HIT tennn", "HIT calix", "HIT minnm"])
def test_no_word_is_corrected_to_the_abbreviation_of_a_state(typed):
    assert filters(typed) == {}
