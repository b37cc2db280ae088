"""The panel that other pages show: the occupations of a field of study."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from tests.careers import world
from tests.directory.invented import field_of_study, program, school
from tests.templates.drawing import text_of

pytestmark = pytest.mark.django_db

PAGE = Template("{% load careers_panel %}{% careers_for_field field %}")
SHARED = Template(
    "{% load careers_panel pathways %}{% work_of_field program.field as work %}"
    "{% pathway program=program line=True openings=openings work=work %}{% careers_for_field program.field work %}"
)


def panel(field):
    drawn = PAGE.render(Context({"field": field}))
    return drawn, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", drawn)).split())


def test_it_shows_pay_and_outlook_of_each_occupation_with_our_careers():
    keepers = world.lamp_keepers()
    world.career(keepers)
    drawn, text = panel(field_of_study("51.0707"))
    assert "prepares for 1 occupation." in text
    assert "CIP–SOC crosswalk , 2020" in text
    assert "Lamp Keepers BLS OEWS, May 2025" in text
    assert "Median pay $42,000 a year" in text
    assert "Lamp Keepers Usual way in: Associate's degree Growth 2024 to 2034: 10%. Openings a year: 150 jobs." in text
    assert "Careers that are counted in them: Lamp keeper ." in text
    assert 'href="/careers/lamp-keepers-29-2072/"' in drawn


def test_a_field_without_a_match_says_so():
    _, text = panel(field_of_study("51.0799"))
    assert text == "The official crosswalk of programs and occupations names no occupation for this field."


def test_an_occupation_without_pay_is_shown_and_retired_ones_are_not():
    field = field_of_study("51.0707")
    world.leads(field, world.occupation())
    world.leads(field, world.occupation("29-2071", "Retired", in_force=False))
    _, text = panel(field)
    assert "Lamp Keepers" in text
    assert "Retired" not in text
    assert "Not published" in text


def test_many_occupations_cost_as_many_queries_as_one():
    field = field_of_study("51.0707")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            panel(field)
        return len(captured)

    world.career(world.lamp_keepers())
    few = queries()
    for number in range(10, 20):
        other = world.occupation(f"29-90{number}", f"Readers {number}")
        world.pay(other)
        world.projection(other)
        world.leads(field, other)
        world.career(other, f"reader-{number}", title=f"Reader {number}")
    assert queries() == few == 3


def test_a_page_that_draws_the_line_and_the_panel_reads_the_work_once():
    keepers = world.lamp_keepers()
    world.career(keepers)
    one = program(school(), field=field_of_study("51.0707"))
    with CaptureQueriesContext(connection) as captured:
        text = text_of(SHARED.render(Context({"program": one, "openings": []})))
    assert len(captured) == 3
    assert "Work Lamp Keepers $36,000 to $50,000 a year" in text
    assert "Careers that are counted in them: Lamp keeper ." in text


LOCAL = Template(
    "{% load careers_panel %}{% work_of_field field 'OH' as work %}{% careers_for_field field work %}",
)


def local(field):
    drawn = LOCAL.render(Context({"field": field}))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", drawn)).split())


def test_pay_in_the_state_stands_below_the_nations_and_costs_no_query_more():
    keepers = world.lamp_keepers()
    field = field_of_study("51.0707")
    with CaptureQueriesContext(connection) as without:
        assert "No wage file of the states is loaded, so we cannot say what the work pays in Ohio" in local(field)
    world.pay(keepers, at=world.state("39", "Ohio", "OH"), annual_median=47_250)
    world.pay(keepers, at=world.state("21", "Kentucky", "KY"), annual_median=39_990)
    with CaptureQueriesContext(connection) as asked:
        text = local(field)
    assert text.index("Pay in the United States") < text.index("Pay in Ohio") < text.index("$47,250")
    assert "$39,990" not in text
    assert "No wage file" not in text
    assert len(asked) == len(without)
