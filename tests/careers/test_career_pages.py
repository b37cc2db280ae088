"""A career's page: every official figure with its source, and words where there is none."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.profiles.held import SILENCES
from careers.vocab import Group
from directory.models import Release
from tests.careers import world
from tests.directory.invented import field_of_study, release

pytestmark = pytest.mark.django_db


def words(response) -> str:
    """The page as a reader sees it: without tags, blanks folded."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


@pytest.fixture
def keepers(db):
    return world.lamp_keepers()


def test_the_head_shows_pay_growth_education_and_openings_with_their_sources(client, keepers):
    page = words(client.get(world.career(keepers).get_absolute_url()))
    assert "Lamp keeper" in page
    assert "Keeps the lamps burning." in page
    assert "Counted as 29-2072 Lamp Keepers" in page
    assert "$42,000 a year BLS OEWS, May 2025 , everyone in the occupation" in page
    assert "10% All occupations: 3% BLS Employment Projections, 2024-34 , everyone in the occupation" in page
    assert "Associate's degree BLS Employment Projections , 2024-34" in page
    assert "150 jobs BLS Employment Projections, 2024-34" in page


def test_an_occupation_without_a_career_has_a_page_by_its_own_address(client, keepers):
    response = client.get("/careers/lamp-keepers-29-2072/")
    assert response.status_code == 200
    assert "SOC 29-2072" in words(response)


@pytest.mark.parametrize("slug", ["nothing", "all-occupations-00-0000", "retired-29-2071", "harbor-29-0000"])
def test_what_is_no_career_has_no_page(client, keepers, slug):
    world.occupation("29-2071", "Retired", in_force=False)
    world.occupation("29-0000", "Harbor", group=Group.MAJOR)
    assert client.get(f"/careers/{slug}/").status_code == 404


def test_only_reading_is_allowed(client, keepers):
    assert client.post(keepers.get_absolute_url()).status_code == 405
    assert client.head(keepers.get_absolute_url()).status_code == 200


def test_pay_is_a_chart_and_a_table_a_year_and_an_hour(client, keepers):
    response = client.get(keepers.get_absolute_url())
    page = words(response)
    assert "Lowest-paid tenth: below $30,000 $14.42" in page
    assert "Median: half above, half below $42,000 $20.19" in page
    assert "Highest-paid tenth: above $64,000 $30.77" in page
    assert response.content.decode().count('role="img"') == 3  # a year, an hour, openings
    assert "the middle half earn $36,000 to $50,000" in response.content.decode()


def test_the_rank_counts_occupations_with_a_published_value_and_not_the_total(client, keepers):
    world.pay(world.occupation("29-9022", "Mud Readers"), annual_median=None)
    world.projection(world.occupation("29-9023", "Tide Readers"), change_percent=-4)
    page = words(client.get(keepers.get_absolute_url()))
    assert "number 2 of 2 detailed occupations with a published median. BLS OEWS , May 2025" in page
    assert "By growth it is number 1 of 2 detailed occupations. BLS Employment Projections , 2024-34" in page


@pytest.mark.parametrize(("median", "tier"), [(42_000, "below"), (50_000, "about the same as"), (70_000, "well above")])
def test_pay_is_compared_with_that_of_all_workers(client, median, tier):
    world.pay(world.total(), annual_median=50_000)
    keepers = world.occupation()
    world.pay(keepers, annual_median=median)
    page = words(client.get(keepers.get_absolute_url()))
    assert f"more than ${median:,} a year: {tier} the median of all workers, $50,000 a year" in page


def test_capped_pay_says_or_more(client):
    keepers = world.occupation()
    world.pay(keepers, annual_p90=239_200, annual_p90_note="capped")
    assert "Highest-paid tenth: above $239,200 or more" in words(client.get(keepers.get_absolute_url()))


def test_hourly_only_pay_heads_the_page_by_the_hour(client):
    keepers = world.occupation()
    nothing: dict[str, Any] = dict.fromkeys(world.ANNUAL)
    world.pay(keepers, hourly_only=True, annual_mean=None, **nothing)
    page = words(client.get(keepers.get_absolute_url()))
    assert "Median pay $20.19 an hour BLS OEWS, May 2025" in page
    assert "publishes only hourly pay" in page


def test_jobs_now_and_projected_with_what_the_years_are(client, keepers):
    page = words(client.get(keepers.get_absolute_url()))
    assert "2024 1,300 jobs 2034, projected 1,430 jobs 130 more jobs (10%)" in page
    assert "Self-employed 1% BLS Employment Projections 2024-34" in page


def test_none_needed_is_said_and_a_missing_phrase_is_not_published(client):
    keepers = world.occupation()
    world.projection(keepers, training=None)
    page = words(client.get(keepers.get_absolute_url()))
    assert "Work experience in a related occupation None" in page
    assert "Training on the job Not published" in page


def test_education_is_seven_shares_with_the_years_of_the_survey(client, keepers):
    page = words(client.get(keepers.get_absolute_url()))
    assert "Less than high school 2.3%" in page
    assert "Doctoral or professional degree 1.1%" in page
    assert "BLS educational attainment, 2021-22 , everyone in the occupation" in page
    assert "Not an exact match" not in page


def test_an_inexact_match_is_said(client):
    keepers = world.occupation()
    world.attainment(keepers, inexact=True)
    assert "Not an exact match" in words(client.get(keepers.get_absolute_url()))


def test_what_people_do_and_use_comes_with_onet_and_its_licence(client, keepers):
    response = client.get(keepers.get_absolute_url())
    page = words(response)
    assert "Task 1 of Lamp Keepers." in page
    assert "O*NET’s own source: incumbent, Aug 2023. O*NET , 29.3" in page
    assert "Wickware in demand Lamp software" in page
    assert "Lamp Clerk from the job Lighter" in page
    assert "This page includes information from the O*NET 29.3 Database" in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in response.content.decode()


def test_software_that_does_not_stand_out_is_folded(client, keepers):
    body = client.get(keepers.get_absolute_url()).content.decode()
    folded = re.search(r"<details><summary>1 more</summary>.*?</details>", body, re.DOTALL)
    assert folded
    assert "Oil ledger" in folded.group()


def test_related_occupations_have_their_pay_and_parts_have_none(client, keepers):
    callers = world.occupation("29-9021", "Fog Callers")
    world.related(keepers.onet.get(), world.onet(callers, "01", "Horn Blowers"), 2)
    page = words(client.get(keepers.get_absolute_url()))
    assert "Fog Callers $60,000 a year, median" in page
    assert "Horn Blowers A part of Fog Callers , without pay of its own" in page


def test_a_part_of_an_occupation_is_named_and_not_mixed_in(client, keepers):
    trimmers = world.onet(keepers, "01", "Wick Trimmers")
    world.task(trimmers, 9, text="Trim wicks.")
    page = words(client.get(keepers.get_absolute_url()))
    assert "Wick Trimmers 29-2072.01 Wick Trimmers at work." in page
    assert "Trim wicks." not in page


def test_a_career_of_a_part_shows_its_tasks_and_says_whose_pay_it_is(client, keepers):
    trimmers = world.onet(keepers, "01", "Wick Trimmers")
    world.task(trimmers, 9, text="Trim wicks.")
    world.title(trimmers, "Trimmer")
    trimmer = world.career(keepers, "trimmer", title="Trimmer", onet=trimmers, basis="title", evidence="Trimmer")
    page = words(client.get(trimmer.get_absolute_url()))
    assert "Trim wicks." in page
    assert "Task 1 of Lamp Keepers." not in page
    assert "lists the title “Trimmer” under Wick Trimmers (29-2072.01), a part of Lamp Keepers (29-2072)" in page
    assert "All pay and outlook on this page are those of that occupation." in page


def test_the_same_title_under_another_occupation_is_said(client, keepers):
    callers = world.occupation("29-9021", "Fog Callers")
    world.title(callers.onet.get(), "Lighter")
    lighter = world.career(keepers, "lighter", title="Lighter", basis="title", evidence="Lighter")
    assert "O*NET lists the same title also under Fog Callers (29-9021)" in words(
        client.get(lighter.get_absolute_url())
    )


@pytest.mark.parametrize(
    ("basis", "evidence", "said"),
    [
        ("name", "Lamp Keepers", "The official occupation that bears the name is Lamp Keepers (29-2072)."),
        ("definition", "keep things", "The official definition of Lamp Keepers (29-2072) says: “keep things”."),
        ("closest", "they hold lamps", "The closest official occupation is Lamp Keepers (29-2072): they hold lamps."),
    ],
)
def test_a_career_says_why_it_is_counted_there(client, keepers, basis, evidence, said):
    found = world.career(keepers, basis=basis, evidence=evidence, mapping_note="Mind the fog.")
    page = words(client.get(found.get_absolute_url()))
    assert said in page
    assert "Read this first: Mind the fog." in page


def test_programs_lead_here_through_the_crosswalk(client, keepers):
    world.listed_program()
    world.leads(field_of_study("51.0713", "Field 51.0713"), keepers)
    response = client.get(keepers.get_absolute_url())
    page = words(response)
    assert "Field 51.0707 CIP 51.0707 · 1 program" in page
    assert "1 field without a listed program Field 51.0713" in page
    assert 'href="/programs/?cip=51.0707"' in response.content.decode()
    assert "See 1 program" in page


def test_states_are_listed_where_their_pay_is_loaded(client, keepers):
    world.pay(keepers, at=world.state("39", "Ohio", "OH"), annual_median=39_000)
    response = client.get(keepers.get_absolute_url())
    assert "Ohio $39,000 a year" in words(response)
    assert 'href="/states/oh/"' in response.content.decode()


def test_whole_files_without_a_row_say_so_in_their_name(client):
    for silence in SILENCES.values():
        release(silence.source, "x")
    page = words(client.get(world.occupation().get_absolute_url()))
    assert "Median pay Not published" in page
    assert [silence.official for silence in SILENCES.values() if silence.official not in page] == []
    assert "The records that we hold" not in page
    assert "USDOL/ETA" not in page


def test_the_starter_catalogue_does_not_speak_for_files_of_which_it_has_a_part(client):
    for silence in SILENCES.values():
        release(silence.source, "x", origin=Release.Origin.STARTER)
    page = words(client.get(world.occupation().get_absolute_url()))
    assert "The records that we hold have no tasks for this occupation." in page
    assert "The records that we hold have no fields of study for this occupation." in page
    assert "O*NET lists no" not in page
    assert "The wage survey (OEWS) publishes no pay for this occupation alone." in page


def test_what_was_never_loaded_is_missing_in_our_records(client):
    page = words(client.get(world.occupation().get_absolute_url()))
    assert "The records that we hold have no pay from the wage survey for this occupation." in page


def test_an_occupation_that_is_published_with_others_leads_to_them(client):
    together = world.occupation("31-1120", "Boat and Raft Aides", group=Group.BROAD)
    world.pay(together)
    part = world.occupation("31-1121", "Boat Aides")
    alone = words(client.get(part.get_absolute_url()))
    assert "It publishes pay for Boat and Raft Aides (31-1120), which includes it." in alone
    assert "These figures cover Boat Aides together." in words(client.get(together.get_absolute_url()))


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_many_rows_cost_as_many_queries_as_one(client, keepers):
    found = world.career(keepers, basis="title", evidence="Lighter")
    world.listed_program()
    world.pay(keepers, at=world.state("39", "Ohio", "OH"))
    callers = world.occupation("29-9021", "Fog Callers")
    world.title(callers.onet.get(), "Lighter")
    world.onet(keepers, "01", "Wick Trimmers")
    client.get(found.get_absolute_url())
    few = queries(client, found.get_absolute_url())

    whole = keepers.onet.get(code="29-2072.00")
    for number in range(10, 20):
        world.task(whole, number)
        world.technology(whole, f"Tool {number}", hot=True)
        world.title(whole, f"Title {number}")
        other = world.occupation(f"29-90{number}", f"Readers {number}")
        world.pay(other)
        world.related(whole, world.onet(other), number)
        world.title(other.onet.get(), "Lighter")
        world.leads(field_of_study(f"51.07{number}", f"Field {number}"), keepers)
        world.onet(keepers, str(number), f"Part {number}")
        world.pay(keepers, at=world.state(str(number), f"State {number}", "OH"))
        world.career(keepers, f"career-{number}", title=f"Career {number}")
    assert queries(client, found.get_absolute_url()) == few
