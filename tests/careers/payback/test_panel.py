"""The panel on a program's page: defaults of loaded files alone, the rest asked, and nothing typed lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.http import QueryDict

from careers.payback.panel import payback_panel
from careers.profiles.panel import work_of_field
from directory.models import Program, SchoolFigure
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, SchoolMeasure, Source
from tests.careers import world
from tests.directory.invented import field_of_study, program, release, school

pytestmark = pytest.mark.django_db
ANSWERS = {"pb_pay_now": "30000", "pb_hours": "0", "pb_chance": "100"}


def tuition(at: Any, measure: SchoolMeasure, value: int, year: int = 2023) -> None:
    paper = release(Source.IPEDS_IC_AY, "2023-24")
    SchoolFigure.objects.create(school=at, measure=measure, year=year, value=value, release=paper)


@pytest.fixture
def slug() -> str:
    """An associate program of a public college in Ohio with two prices, and work after it."""
    at = school()
    tuition(at, SchoolMeasure.TUITION_IN_STATE, 4_000)
    tuition(at, SchoolMeasure.TUITION_OUT_OF_STATE, 9_000)
    made = program(at, field=field_of_study("51.0707"))
    refresh()
    world.lamp_keepers()
    return made.slug


@pytest.fixture
def panel(client, slug):
    """The section of the page: panel(**parameters) -> (markup, words)."""

    def drawn(query: str = "", **parameters: str) -> tuple[str, str]:
        response = client.get(f"/programs/{slug}/{query}", parameters or None)
        assert response.status_code == 200
        page = response.content.decode()
        start = page.index('id="payback"')
        markup = page[start : page.index("</section>", start)]
        return markup, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).replace(" .", ".").split())

    return drawn


def box(name: str, value: str) -> str:
    """A field as it stands in the page."""
    return f'name="{name}" type="text" inputmode="decimal" autocomplete="off" value="{value}"'


def test_what_no_file_has_is_asked_of_the_reader(panel):
    _, words = panel()
    assert "How long until the extra pay has repaid what it costs you?" in words
    assert "Three numbers only you know. Nothing is stored" in words
    for label in (
        "What you earn now",
        "Paid hours that you would give up each week to study",
        "Your chance of finishing",
    ):
        assert f"{label} needed" in words
    assert "How it is worked out" not in words


@pytest.mark.parametrize("name", ANSWERS)
def test_one_missing_answer_is_enough_to_refuse_by_its_name(panel, name):
    labels = {
        "pb_pay_now": "What you earn now",
        "pb_hours": "Paid hours that you would give up each week to study",
        "pb_chance": "Your chance of finishing",
    }
    _, words = panel(**{**ANSWERS, name: ""})
    assert f"Not yet: we do not guess what is missing. Only you know: {labels[name]}. Only you know What" in words


def test_each_default_is_a_loaded_figure_with_its_paper(panel):
    _, words = panel(**ANSWERS)
    assert "Empty means 8,000. Estimate: tuition of state residents for 2 years IPEDS charges" in words
    assert "Empty means 18,000. Estimate: tuition of everybody else for 2 years IPEDS charges" in words
    assert "Empty means 24. The award’s least, full time IPEDS definition of the award, full time" in words
    assert "Empty means 36,000. United States, Lamp Keepers: a quarter earn less BLS OEWS , May 2025" in words
    assert "Empty means 50,000. United States, Lamp Keepers: a quarter earn more BLS OEWS" in words


def test_the_answer_is_a_range_with_drawing_and_sums(panel):
    markup, words = panel(**ANSWERS)
    # 8,000 at 20,000 a year more, 18,000 at 6,000 a year more
    assert "Repaid 4 months to 3 years after you finish." in words
    assert "From your first day of study: 2 years and 3 months to 5 years." in words
    assert "To be repaid $8,000 $18,000" in words
    assert 'role="img" aria-label="From the first day of study: the study itself' in markup
    assert "style=" not in markup


def test_every_assumption_can_be_another(panel):
    mine = {
        "pb_price_from": "1,000", "pb_price_to": "$2,000", "pb_months_from": "6", "pb_months_to": "12",
        "pb_pay_from": "40000", "pb_pay_to": "42000", "pb_hourly": "20.00", "pb_hours": "10",
    }  # fmt: skip
    markup, words = panel(**{**ANSWERS, **mine})
    assert "Pay given up, at $20.00 an hour $5,200 $10,400" in words
    assert "To be repaid $6,200 $12,400" in words
    assert "Repaid 6 to 15 months after you finish." in words
    for name, value in mine.items():
        assert box(name, value) in markup


@pytest.mark.parametrize("value", ["abc", "-5", "1e9", "1000000000", "<b>", "9" * 5000])
def test_a_bad_value_is_said_beside_its_field_and_nothing_typed_is_lost(panel, value):
    names = ("pb_pay_now", "pb_months_to", "pb_hourly", "pb_price_from")
    markup, words = panel(**{**ANSWERS, **dict.fromkeys(names, value)})
    assert "One of the numbers below could not be read." in words
    for name in names:
        ident = "pb-" + name.removeprefix("pb_").replace("_", "-")
        assert f'<p class="error" id="{ident}-error">' in markup
        assert f'{ident}-from {ident}-error" aria-invalid="true"' in markup
        assert box(name, html.escape(value[:80])) in markup
    assert box("pb_hours", "0") in markup
    assert box("pb_chance", "100") in markup


def test_no_hours_given_up_are_an_answer_and_no_months_of_study_are_none(panel):
    assert "Repaid" in panel(**ANSWERS)[1]
    assert "“0” is too little: 1 month or more." in panel(**ANSWERS, pb_months_from="0")[1]


def test_a_range_the_wrong_way_round_is_said_and_one_end_takes_the_other_along(panel):
    _, words = panel(**ANSWERS, pb_price_from="9000", pb_price_to="8000")
    assert "$8,000 is below the lower end, $9,000. Change one of them." in words
    _, words = panel(**ANSWERS, pb_price_from="30000")
    assert "To be repaid $30,000 $30,000" in words


def test_a_repeated_and_an_unknown_parameter_are_said(panel):
    assert "Give one value, not 2: “1”, “2”." in panel("?pb_hours=1&pb_hours=2")[1]
    assert "This form has no field “pb_colour”." in panel("?pb_colour=red")[1]
    # One occupation and no pay of states: neither is a choice, and the address may come from another day.
    assert "“oh” is none of the choices" in panel("?pb_area=oh")[1]
    assert "“11-9111” is none of the choices" in panel("?pb_job=11-9111")[1]


def test_never_is_said_as_never(panel):
    _, words = panel(**{**ANSWERS, "pb_pay_now": "90000"})
    assert "Never, on these assumptions: even the higher pay after it is not above what you earn now." in words


def test_other_parameters_of_the_page_go_along_and_starting_again_drops_ours(panel):
    markup, _ = panel(**ANSWERS, other="kept")
    assert '<input type="hidden" name="other" value="kept">' in markup
    assert 'href="?other=kept#payback">Start again' in markup


def test_each_group_of_residents_has_its_price_at_a_click(panel):
    markup, _ = panel(**ANSWERS)
    found = re.findall(r'href="([^"]+)">(state residents|everybody else), (\$[\d,]+)', markup)
    assert [(who, price) for _, who, price in found] == [("state residents", "$8,000"), ("everybody else", "$18,000")]
    assert all("pb_price_from=8000&amp;pb_price_to=8000" in url for url, who, _ in found if who == "state residents")


def test_pay_of_the_state_comes_first_where_it_is_loaded(panel):
    world.pay(world.occupation(), at=world.state("39", "Ohio", "OH"), annual_p25=35_000, annual_p75=45_000)
    _, words = panel(**ANSWERS)
    assert "Empty means 35,000. Ohio, Lamp Keepers: a quarter earn less" in words
    _, words = panel(**ANSWERS, pb_area="us")
    assert "Empty means 36,000. United States, Lamp Keepers: a quarter earn less" in words
    assert "“tx” is none of the choices" in panel(**ANSWERS, pb_area="tx")[1]


def test_work_that_asks_for_more_than_the_award_is_not_counted_until_chosen(panel, slug):
    managers = world.occupation("11-9111", "Lamp Managers")
    world.leads(Program.objects.get(slug=slug).field, managers)
    world.pay(managers, annual_p25=70_000, annual_p75=130_000)
    world.projection(managers, entry_education="Bachelor's degree")
    _, words = panel(**ANSWERS)
    assert "Empty means 50,000. United States, Lamp Keepers" in words
    assert "Work after it The usual ones for this award" in words
    _, words = panel(**ANSWERS, pb_job="11-9111")
    assert "Empty means 130,000. United States, Lamp Managers" in words


def test_a_program_that_nobody_can_begin_any_more_has_nothing_to_work_out(panel, slug):
    Program.objects.filter(slug=slug).update(state=ListingState.NOT_REPORTED)
    markup, words = panel(**ANSWERS)
    assert "Nobody can begin this program any more, so there is nothing to work out." in words
    assert "<form" not in markup


def test_what_is_assumed_is_no_address_of_its_own_for_machines(client, slug):
    page = client.get(f"/programs/{slug}/", ANSWERS).content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [f"http://testserver/programs/{slug}/"]


def test_a_program_without_price_or_work_asks_for_both(client):
    bare = program(school(100002), field=field_of_study("51.0799"))
    refresh()
    page = html.unescape(client.get(f"/programs/{bare.slug}/", ANSWERS).content.decode())
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert (
        "No file that we hold says: Price of the program, from · Price of the program, to · Pay after it, from · "
        "Pay after it, to" in words
    )
    assert "The official crosswalk names no occupation for this field." in words


def test_the_panel_costs_one_query_however_much_is_assumed(slug, django_assert_num_queries):
    made = Program.objects.select_related("school", "field", "listing__price_release").get(slug=slug)
    work = work_of_field(made.field)
    for query in ("", "pb_pay_now=1&pb_hours=2&pb_chance=3&pb_job=29-2072&pb_area=us&pb_price_to=70000"):
        with django_assert_num_queries(1):
            payback_panel(made, work, [], QueryDict(query))
