"""A figure in words: value with unit, or the reason; source, year and level beside it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from directory.templatetags import figures
from directory.vocab import Level, Missing, Unit
from tests.templates.drawing import assert_balanced, draw, figure, text_of


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (9840, "usd", "$9,840"),
        (9840.5, "usd", "$9,841"),
        (Decimal("50250.00"), "usd-per-year", "$50,250 a year"),
        (24.16, "usd-per-hour", "$24.16 an hour"),
        (24, "usd-per-hour", "$24 an hour"),
        (132.5, "usd-per-credit", "$132.50 a credit"),
        (-120, "usd", "-$120"),
        (0, "usd", "$0"),
        (0, "awards", "0 awards"),
        (1, "awards", "1 award"),
        (1, "months", "1 month"),
        (22, "months", "22 months"),
        (58, "percent", "58%"),
        (58.04, "percent", "58%"),
        (58.25, "percent", "58.3%"),
        (12840, "students", "12,840 students"),
        (194800, "jobs", "194,800 jobs"),
        (1.5, "credits", "1.5 credits"),
    ],
)
def test_a_value_is_said_with_its_unit(value, unit, words):
    assert figures.figure_value(figure(value, unit)) == words


def test_every_unit_has_words():
    assert set(figures.UNIT_WORDS) == set(Unit.values)


def test_a_value_at_the_agencys_limit_is_said_to_be_a_lower_bound():
    assert figures.figure_value(figure(239200, "usd-per-year", quality="capped")) == "$239,200 a year or more"


@pytest.mark.parametrize("reason", Missing.values)
def test_a_missing_value_gives_its_reason_and_never_a_number(reason):
    words = figures.figure_value(figure(None, missing=reason))
    assert words == Missing(reason).label
    assert not any(letter.isdigit() for letter in words)
    assert figures.missing_label(reason) == words


def test_a_survey_of_workers_does_not_blame_a_school():
    words = figures.missing_label(figure(None, "usd-per-year", "occupation", missing="not-reported"))
    assert "school" not in words


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_figure_at_all_is_not_known(nothing):
    assert figures.figure_value(nothing) == "Not known"
    assert text_of(draw("{% load figures %}{% figure none %}", none=nothing)) == "Not known"


def test_every_reason_has_a_short_form():
    assert set(figures.SHORT_REASONS) == set(Missing.values)
    assert figures.missing_short(figure(None, missing="suppressed")) == "Withheld"


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("program", "this program"),
        ("field", "this field of study at this school"),
        ("institution", "the whole school"),
        ("occupation", "everyone in the occupation"),
        (Level.PROGRAM, "this program"),
        ("elsewhere", ""),
        (None, ""),
    ],
)
def test_a_level_is_said_in_words(level, words):
    assert figures.level_words(level) == words


def test_the_year_is_said_once():
    assert figures.source_words(figure(1, source="IPEDS IC", year="2021-22")) == "IPEDS IC, 2021-22"
    assert figures.source_words(figure(1, source="IPEDS IC 2021-22", year="2021-22")) == "IPEDS IC 2021-22"
    assert figures.source_words(figure(1, source="", year="")) == ""


def test_a_figure_shows_its_paperwork():
    shown = draw(
        "{% load figures %}{% figure price %}",
        price=figure(9840, "usd", "institution", year="2021-22", note="Estimate: 2 years of tuition"),
    )
    assert_balanced(shown)
    assert text_of(shown) == "$9,840 Estimate: 2 years of tuition IPEDS IC, 2021-22, the whole school"
    assert 'class="missing"' not in shown


def test_a_missing_figure_shows_who_was_asked():
    shown = draw("{% load figures %}{% figure price %}", price=figure(None, missing="suppressed"))
    assert_balanced(shown)
    assert 'class="missing"' in shown
    assert text_of(shown) == "Withheld to protect students’ privacy IPEDS IC, 2023-24, this program"


def test_what_the_agency_says_about_its_value_stands_beside_it():
    assert text_of(draw("{% load figures %}{% src one %}", one=figure(3, "awards", quality="imputed"))).endswith(
        "this program. Estimated by the agency"
    )


def test_the_partials_show_what_the_tags_show():
    price = figure(9840, url="https://example.edu/prices")
    tags = draw("{% load figures %}{% figure price %}|{% src price %}", price=price)
    partials = draw(
        '{% include "partials/figure.html" with figure=price only %}|'
        '{% include "partials/src.html" with figure=price only %}',
        price=price,
    )
    assert partials.replace("\n", "") == tags


def test_a_fact_that_is_no_figure_has_a_record_mark_too():
    shown = draw(
        "{% load figures %}{% src source='School page' year=seen url='https://example.edu/hit' %}",
        seen=dt.date(2026, 11, 9),
    )
    assert text_of(shown) == "School page , 9 Nov 2026"
    assert 'href="https://example.edu/hit"' in shown
    assert draw("{% load figures %}{% src source='' year='2024' %}") == ""


def test_text_of_a_source_cannot_write_markup():
    shown = draw("{% load figures %}{% figure one %}", one=figure(1, note="<b>", source="<i>", year="&"))
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://example.edu/", True),
        ("HTTP://EXAMPLE.EDU", True),
        ("/data/", True),
        ("//example.com/", False),
        ("/\\example.com", False),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://example.edu", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(address, allowed):
    assert bool(figures.web_url(address)) is allowed


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (dt.date(2026, 11, 9), "9 Nov 2026"),
        (dt.datetime(2026, 11, 9, 8, 30, tzinfo=dt.UTC), "9 Nov 2026"),
        ("2024-05-09", "9 May 2024"),
        ("2024-05", "May 2024"),
        ("2024", "2024"),
        ("Fall 2023", "Fall 2023"),
        ("2024-13-01", "2024-13-01"),
        (None, "undated"),
        ("", "undated"),
    ],
)
def test_a_date_reads_as_a_date_and_is_never_cut_in_two(given, words):
    said = figures.as_of(given)
    assert said.replace("\xa0", " ") == words
    if "\xa0" in said:
        assert " " not in said


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (0, "under 1 mile"),
        (0.4, "under 1 mile"),
        (1, "1 mile"),
        (1.2, "1 mile"),
        (12.5, "13 miles"),
        (1204, "1,204 miles"),
        (None, ""),
        ("", ""),
    ],
)
def test_a_distance_is_said_in_miles(distance, words):
    assert figures.miles(distance) == words
