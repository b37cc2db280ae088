"""The pay bars: one axis, percentages only, and the same facts in words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from directory.figures import Figure
from directory.templatetags.pay_scale import NARROW, axis_for, bar, sentence
from tests.templates.drawing import assert_balanced, draw, figure, text_of


def pay(*values: Any, unit: str = "usd-per-year", quality: str = "") -> list[Figure]:
    """The five percentiles of an invented occupation; None is withheld."""
    return [
        figure(value, unit, "occupation", source="BLS OEWS", year="May 2024", quality=quality)
        if value is not None
        else figure(None, unit, "occupation", source="BLS OEWS", year="May 2024", missing="suppressed")
        for value in values
    ]


CODER = pay(33400, 39800, 50250, 63100, 80900)
ANALYST = pay(52700, 66000, 84900, 106400, 127800)


def shown(rows: Any, options: str = "") -> str:
    html = draw("{% load charts %}{% pay_range rows " + options + " %}", rows=rows)
    assert_balanced(html)
    return html


@pytest.mark.parametrize(
    "values",
    [(33400, 80900), (16.06, 38.9), (20, 20), (1, 2), (100000, 239200), (0.5, 0.6), (0, 0), (7, 9000)],
)
def test_an_axis_has_few_round_ticks_inside_its_ends(values):
    axis = axis_for(values)
    assert axis is not None
    assert axis.low < min(values)
    assert axis.high > max(values)
    assert 1 <= len(axis.ticks) <= 7
    assert all(axis.low <= tick <= axis.high for tick in axis.ticks)
    assert list(axis.ticks) == sorted(set(axis.ticks))


def test_ticks_of_yearly_pay_are_round_thousands():
    axis = axis_for([33400, 127800])
    assert axis is not None
    assert axis.ticks == (40000, 60000, 80000, 100000, 120000)


def test_no_values_make_no_axis():
    assert axis_for([]) is None


def test_a_value_lies_where_it_belongs_on_the_axis():
    axis = axis_for([0, 100])
    assert axis is not None
    assert axis.at(axis.low) == 0
    assert axis.at(axis.high) == 100
    assert axis.at(50) == pytest.approx(50)


def test_parts_that_are_not_known_are_left_out():
    axis = axis_for([41000, 112000])
    assert set(bar(axis, pay(41000, None, None, None, 112000))) == {"full", "ends"}
    assert set(bar(axis, pay(None, None, 50000, None, None))) == {"median_x", "ends"}
    assert bar(None, pay(None, None, None, None, None)) == {"ends": []}


def test_a_short_bar_has_one_label_for_both_ends():
    axis = axis_for([30000, 130000])
    assert axis is not None
    wide = bar(axis, pay(30000, 50000, 60000, 90000, 130000))["ends"]
    narrow = bar(axis, pay(33000, 34000, 35000, 36000, 38000))["ends"]
    right = bar(axis, pay(121000, 122000, 123000, 124000, 128000))["ends"]
    assert [end["text"] for end in wide] == ["$30k", "$130k"]
    assert [end["text"] for end in narrow] == ["$33k to $38k"]
    assert (narrow[0]["anchor"], right[0]["anchor"]) == ("start", "end")
    assert axis.at(38000) - axis.at(33000) < NARROW


def test_the_words_say_all_that_the_bar_says():
    assert sentence("Coder", CODER) == (
        "Coder: the lowest-paid tenth earn under $33,400; the middle half earn $39,800 to $63,100; "
        "the median is $50,250 a year; the highest-paid tenth earn over $80,900."
    )


def test_the_words_leave_out_what_is_not_known():
    assert sentence("Coder", pay(None, None, 50250, None, None)) == "Coder: the median is $50,250 a year."
    assert sentence("", pay(None, None, None, None, None)) == "Pay is not published."


def test_all_rows_share_one_axis():
    html = shown([{"label": "Coder", "figures": CODER}, {"label": "Analyst", "figures": ANALYST}])
    alone = shown([{"label": "Analyst", "figures": ANALYST}])
    lefts = re.findall(r'<rect class="bar-full" x="([\d.]+)%"', html)
    assert float(lefts[0]) < float(lefts[1])
    assert re.findall(r'<rect class="bar-full" x="([\d.]+)%"', alone) != lefts[1:]
    ticks = [re.findall(r'class="gridline" x1="([\d.]+%)"', part) for part in html.split('class="range"')[1:]]
    assert ticks[0] == ticks[1]


def test_every_coordinate_across_is_a_percentage_of_the_width():
    html = shown([CODER, ANALYST], "key=False")
    for name in ("bar-full", "bar-mid"):
        assert re.findall(rf'<rect class="{name}" x="[\d.]+%" width="[\d.]+%"', html)
    assert "style=" not in html


def test_a_row_shows_its_median_its_unit_and_its_paperwork():
    html = shown([{"label": "Coder", "url": "/careers/coder/", "figures": CODER}])
    assert "Median pay $50,250 a year" in text_of(html)
    assert "BLS OEWS, May 2024" in text_of(html)
    assert '<h3><a href="/careers/coder/">Coder</a></h3>' in html


def test_one_list_of_five_is_one_bar():
    assert shown(CODER).count('role="img"') == 1
    assert "$24.16 an hour" in text_of(shown(pay(16.06, 19.13, 24.16, 30.34, 38.9, unit="usd-per-hour")))


def test_pay_at_the_agencys_limit_is_marked():
    html = shown([pay(100000, 120000, 150000, 200000, 239200, quality="capped")])
    assert "$239k+" in html


def test_a_withheld_median_says_so():
    html = shown([{"label": "Rare", "figures": pay(None, None, None, None, None)}])
    assert "Withheld" in text_of(html)
    assert "Rare: pay is not published." in html


def test_no_rows_draw_an_empty_chart():
    assert 'role="img"' not in shown([])


def test_a_label_cannot_write_markup():
    assert "<i>x" not in shown([{"label": "<i>x", "figures": CODER}])
