"""Completions, shares and jobs: bars beside figures that stand in the text."""

from __future__ import annotations

import re
from typing import Any

import pytest

from directory.figures import Figure
from tests.templates.drawing import assert_balanced, draw, figure, text_of


def shown(tag: Any, **context: Any) -> str:
    html = draw("{% load charts %}{% " + tag + " %}", **context)
    assert_balanced(html)
    assert "style=" not in html
    return html


def awards(year: Any, value: Any, missing: str | None = None) -> Figure:
    return figure(value, "awards", source="IPEDS Completions", year=year, missing=missing)


POINTS = [
    awards("2021-22", 20),
    awards("2022-23", None, "not-collected"),
    awards("2023-24", 0),
    awards("2024-25", 40),
]


def test_each_year_stands_with_its_figure_in_the_text():
    text = text_of(shown("completions_chart points", points=POINTS))
    assert "2021-22 20 awards" in text
    assert "2023-24 0 awards" in text
    assert "2024-25 40 awards" in text


def test_an_unknown_year_is_a_gap_with_its_reason_and_not_a_zero():
    html = shown("completions_chart points", points=POINTS)
    assert html.count("bar-gap") == 1
    assert html.count("bar-year") == 3
    assert "2022-23: not collected by this source." in text_of(html)


def test_bars_are_measured_against_the_best_year():
    heights = re.findall(r'bar-year"[^>]* height="([\d.]+%)"', shown("completions_chart points", points=POINTS))
    assert heights == ["50.00%", "0.00%", "100.00%"]


def test_years_without_any_award_do_not_divide_by_zero():
    assert "0.00%" in shown("completions_chart points", points=[awards("2023-24", 0)])


def test_no_years_draw_nothing():
    assert text_of(shown("completions_chart points", points=[])) == ""


def test_a_share_has_a_bar_of_its_length_and_its_figure():
    rows = [
        {"label": "Associate", "figure": figure(22.2, "percent", "occupation", source="BLS", year="2023")},
        {"label": "Doctorate", "figure": figure(None, "percent", "occupation", missing="suppressed")},
        {"label": "Odd", "figure": figure(120, "percent", "occupation")},
    ]
    html = shown("share_bars rows", rows=rows)
    assert re.findall(r'bar-share" width="([\d.]+%)"', html) == ["22.20%", "100.00%"]
    text = text_of(html)
    assert "Associate 22.2%" in text
    assert "Doctorate Withheld" in text
    assert text.endswith("BLS, 2023, everyone in the occupation")


def test_no_shares_draw_nothing():
    assert text_of(shown("share_bars rows", rows=[])) == ""


def jobs(year: Any, value: Any, missing: str | None = None) -> Figure:
    return figure(value, "jobs", "occupation", source="BLS Projections", year=year, missing=missing)


def percent(value: Any) -> Figure:
    return figure(value, "percent", "occupation", source="BLS Projections", year="2023-33")


def test_growth_is_said_in_the_columns_of_the_source_and_not_worked_out_again():
    given = {"now": jobs("2023", 42000), "then": jobs("2033", 48100)}
    given |= {"change": jobs("2023-33", 6200), "growth": percent(14.7)}
    text = text_of(shown("jobs_change now then change growth", **given))
    assert "6,200 more jobs (14.7%)" in text
    assert "14.5" not in text


def test_growth_is_said_in_jobs_and_per_cent():
    given = {"now": jobs("2023", 194800), "then": jobs("2033", 212300), "growth": percent(9.0)}
    text = text_of(shown("jobs_change now then growth=growth", **given))
    assert "2023 194,800 jobs" in text
    assert "2033, projected 212,300 jobs" in text
    assert "17,500 more jobs (9%)" in text


def test_decline_is_said_plainly():
    given = {"now": jobs("2023", 50000), "then": jobs("2033", 47500), "growth": percent(-5.0)}
    html = shown("jobs_change now then growth=growth", **given)
    assert "2,500 fewer jobs (5%)" in text_of(html)
    assert 'bar-now" width="100.00%"' in html
    assert 'bar-then" width="95.00%"' in html


def test_no_change_is_no_number():
    assert "About the same" in text_of(shown("jobs_change now then", now=jobs("2023", 9), then=jobs("2033", 9)))


def test_from_no_jobs_there_is_no_rate():
    assert "5 more jobs" in text_of(shown("jobs_change now then", now=jobs("2023", 0), then=jobs("2033", 5)))


def test_an_unknown_projection_gives_its_reason_and_no_change():
    text = text_of(shown("jobs_change now then", now=jobs("2023", 9), then=jobs("2033", None, "suppressed")))
    assert "Withheld" in text
    assert "more" not in text


def split(openings: int | None, change: int, years: int = 10) -> str:
    figures = {
        "openings": jobs("2024-34", openings, None if openings is not None else "not-reported"),
        "change": jobs("2024-34", change),
    }
    return shown("openings_split openings change years", years=years, **figures)


def test_openings_are_one_bar_of_new_jobs_and_places_that_people_leave():
    html = split(14_200, 13_800)
    assert 'class="bar-new" x="0.00%" width="9.72%"' in html
    assert 'class="bar-left" x="9.72%" width="90.28%"' in html
    text = text_of(html)
    assert "14,200 openings a year" in text
    assert "New jobs: about 1,400" in text
    assert "Places of people who leave the work or retire: about 12,800" in text
    assert 'role="img" aria-label="14,200 openings a year. new jobs: about 1,400; places' in html
    assert "worked out" in text


def test_where_jobs_are_lost_every_opening_is_a_place_left():
    html = split(7_000, -2_000)
    assert 'bar-new" x' not in html
    assert 'class="bar-left" x="0.00%" width="100.00%"' in html
    assert "New jobs: none" in text_of(html)


@pytest.mark.parametrize(("openings", "years"), [(None, 10), (0, 10), (500, 0)])
def test_openings_that_cannot_be_split_draw_nothing(openings, years):
    assert text_of(split(openings, 100, years)) == ""
