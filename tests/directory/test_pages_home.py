"""The home page: live counts and ranges with their sources, and an empty database that says what to do."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from directory.models import Certification, FieldOutcome, Listing, SchoolFigure
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel, Level, Missing, SchoolMeasure, Source
from tests.directory.catalogue import LISTED
from tests.directory.invented import field_of_study, program, release, school
from tests.templates.drawing import text_of

pytestmark = pytest.mark.django_db


def home(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


class TestWithoutData:
    def test_the_page_stands_and_says_what_to_do(self, client):
        text = text_of(home(client))
        assert "The shelves are empty" in text
        assert "script/bootstrap" in text

    def test_nothing_is_counted_that_is_not_there(self, client):
        text = text_of(home(client))
        assert "Programs 0 listed" in text
        assert "$" not in text


@pytest.mark.usefixtures("catalogue")
class TestCounts:
    def test_the_folder_tabs_count_what_is_listed(self, client):
        text = text_of(home(client))
        assert f"Programs {len(LISTED)} listed" in text
        assert "Schools 5 listed" in text
        assert f"Exams {Certification.objects.count()} guides" in text

    def test_every_state_with_programs_is_on_the_map_with_its_number(self, client):
        html = home(client)
        counted = re.findall(r'class="tile[^"]*" href="/states/(\w\w)/">\w\w<span class="vh">, [^:]*: ([\d,]+) ', html)
        found = {state.upper(): int(count) for state, count in counted if count != "0"}
        assert found == {"OH": 5, "KY": 2, "CA": 3, "TX": 2}

    def test_the_search_asks_for_programs(self, client):
        html = home(client)
        assert f'action="{reverse("program_list")}" method="get" role="search"' in html
        assert 'name="q"' in html
        assert 'name="where"' in html

    def test_a_search_worth_trying_finds_something(self, client):
        links = re.findall(
            r'href="(/programs/\?[^"]*)"', home(client).partition('class="quick"')[2].partition("</p>")[0]
        )
        assert "/programs/?delivery=online" in links
        for link in links:
            assert client.get(link).status_code == 200


@pytest.mark.usefixtures("catalogue")
class TestCertificateOrAssociate:
    def test_both_awards_are_counted_with_their_source(self, client):
        text = text_of(home(client))
        assert "5 programs at 3 schools IPEDS Completions (C_A), 2023-24" in text
        assert "4 programs at 4 schools IPEDS Completions (C_A), 2023-24" in text

    def test_few_prices_stand_from_the_lowest_to_the_highest_published_and_estimated_apart(self, client):
        text = text_of(home(client))
        assert "$8,000 to $10,000 Estimated from the school’s in-state tuition: 2 programs" in text
        assert "Published for the program itself: " in text

    def test_the_price_is_the_middle_half_of_all_schools_published_and_estimated_apart(self, client):
        for number in range(11):
            at = school(110_000 + number, name=f"School {number}")
            SchoolFigure.objects.create(
                school=at, measure=SchoolMeasure.TUITION_IN_STATE, year=2023, value=1_000 * (number + 1),
                release=release(Source.IPEDS_TUITION, "2023-24"),
            )  # fmt: skip
            program(at, award_level=AwardLevel.ASSOCIATE, slug=f"priced-{number}")
        refresh()
        text = text_of(home(client))
        # Two catalogue schools cost 8,000 and 10,000; the others 2,000, 4,000 … 22,000.
        assert "$8,000 to $16,000 Estimated from the school’s in-state tuition: middle half of 13 programs" in text
        assert "IPEDS tuition and fees, custom table, 2023-24" in text
        assert "Middle price, associate. Estimated from the school’s in-state tuition $10,000" in text

    def test_pay_after_it_is_the_middle_half_of_the_schools_medians(self, client):
        unknown = {f"{name}_note": Missing.NOT_COLLECTED for name in FieldOutcome.MEASURES}
        for number in range(9):
            FieldOutcome.objects.create(
                school=school(120_000 + number, name=f"School {number}"), family="51.07", credential=2,
                release=release(Source.SCORECARD_FIELD, "April 2025"),
                **{**unknown, "earnings_4yr": 30_000 + 1_000 * number, "earnings_4yr_note": ""},
            )  # fmt: skip
        text = text_of(home(client))
        assert "$32,250 to $36,750 a year Middle half of 10 schools’ medians" in text
        assert "College Scorecard, field of study, April 2025" in text

    def test_an_exam_is_counted_with_how_sure_it_is(self, client):
        text = text_of(home(client))
        assert "RHIT after 3 of 4, stated" in text
        assert "CCA after 4 of 4 " in text

    def test_other_fields_than_health_information_stay_out_of_the_table(self, client):
        program(school(130_000), field=field_of_study("47.0201", "Heating"), slug="heating")
        refresh()
        text = text_of(home(client))
        assert f"Programs {len(LISTED) + 1} listed" in text
        assert "4 programs at 4 schools IPEDS Completions" in text


@pytest.mark.usefixtures("catalogue")
class TestLines:
    def test_a_line_goes_from_the_commonest_field_to_its_first_exam(self, client):
        text = text_of(home(client)).partition("Where each award can take you")[2]
        assert "Associate line Program Health Information/Medical Records Technology 4 programs at 4 schools" in text
        assert "RHIT: said to open after 3 of these programs" in text

    def test_an_exam_whose_conditions_are_all_confirmed_is_open(self, client):
        Listing.objects.filter(program__slug="maple-hit-associate").update(listed=True)
        text = text_of(home(client)).partition("Certificate line")[2]
        assert "CCA: open after 5 of these programs" in text


@pytest.mark.usefixtures("catalogue")
def test_each_price_level_in_the_word_is_known():
    assert set(Listing.objects.values_list("price_level", flat=True)) <= set(Level.values)


@pytest.mark.usefixtures("catalogue")
def test_the_sources_band_names_the_newest_release_of_each_source(client):
    text = text_of(home(client)).partition("Where the facts come from")[2]
    assert "IPEDS Completions (C_A), 2023-24" in text
    assert "2022-23" not in text


@pytest.mark.usefixtures("catalogue")
def test_the_page_costs_the_same_for_many_schools(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(80) as few:
        home(client)
    for number in range(30):
        program(school(140_000 + number, name=f"School {number}"), slug=f"one-{number}")
    refresh()
    with django_assert_max_num_queries(80) as some:
        home(client)
    for number in range(30, 90):
        program(school(140_000 + number, name=f"School {number}"), slug=f"one-{number}")
    refresh()
    with django_assert_max_num_queries(80) as many:
        home(client)
    assert len(many) == len(some) == len(few)


@pytest.mark.usefixtures("catalogue")
def test_each_cell_of_the_comparison_says_whose_it_is_for_narrow_pages(client):
    html = client.get("/").content.decode()
    table = html[html.index('<table class="versus">') :].partition("</table>")[0].partition("<tbody>")[2]
    cells = table.split("<td>")[1:]
    assert len(cells) > 8
    sides = ["Certificate" if "lv-cert" in cell.partition("</span>")[0] else "Associate degree" for cell in cells]
    assert sides == ["Certificate", "Associate degree"] * (len(cells) // 2)
    assert all(f">{side}</span>" in cell for side, cell in zip(sides, cells, strict=True))
