"""/data/ names every source, says how we rank out of the code that ranks, and shows the last imports."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import override_settings

from directory import ranking
from directory.context_processors import Site
from directory.models import ImportRun, Release
from directory.profiles.data_sources import ABOUT, PUBLISHERS
from directory.vocab import Source, Standing
from tests.directory.invented import release
from tests.templates.drawing import text_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)


def data(client) -> str:
    response = client.get("/data/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_every_source_has_a_publisher_and_words_of_its_own():
    named = [source for publisher in PUBLISHERS for source in publisher.sources]
    assert sorted(named) == sorted(Source)
    assert set(ABOUT) == set(Source)
    assert all(about.what for about in ABOUT.values())


def test_an_empty_database_says_that_nothing_is_loaded(client):
    text = text_of(data(client))
    assert "Nothing loaded yet" in text
    assert "No import has run yet" in text
    assert "O*NET ®" not in text


def test_a_source_shows_year_rows_day_and_origin(client):
    release(Source.IPEDS_HD, "2024-25", rows=6_072)
    release(Source.IPEDS_HD, "2022-23", rows=6_256, rank=202200)
    Release.objects.update(loaded_at=NOON)
    text = text_of(data(client))
    assert "2024-25: 6,072 rows; 2022-23: 6,256 rows Official file, loaded 1 Sep 2025" in text


def test_a_part_of_a_file_says_which_part(client):
    release(Source.IPEDS_COMPLETIONS, "2023-24", scope="51.0706, 51.0707", origin=Release.Origin.STARTER)
    assert "Starter catalogue, loaded" in data(client)
    assert "only CIP 51.0706, 51.0707" in data(client)


def test_sources_that_are_not_loaded_are_named_as_such(client):
    release(Source.EIGHT_KEYS, "2021")
    assert "Not loaded: VA approved schools (WEAMS)." in text_of(data(client))


def test_the_age_of_each_kind_of_fact_is_that_of_its_newest_file(client):
    release(Source.IPEDS_IC_AY, "2021-22", rank=202100, year=2021)
    release(Source.IPEDS_TUITION, "2023-24", rank=202300, year=2023)
    text = text_of(data(client))
    assert "Tuition and prices 2023-24" in text
    assert "Wages Not loaded yet" in text


def test_the_weights_on_the_page_are_those_of_the_code(client):
    text = text_of(data(client))
    assert f"Ranking, version {ranking.VERSION}" in text
    for standing, points in ranking.STANDING_POINTS.items():
        assert f"{Standing(standing).label} {points}" in text
    assert f"up to {ranking.ACTIVE_POINTS}" in text


def test_the_last_imports_are_shown_with_their_outcome(client):
    for number in range(25):
        ImportRun.objects.create(
            file_name=f"hd{number}.csv", started_at=NOON + dt.timedelta(hours=number), rows_read=10 + number,
            state=ImportRun.State.REFUSED if number % 2 else ImportRun.State.APPLIED, message="/home/someone/hd.csv",
        )  # fmt: skip
    html = data(client)
    assert html.index("hd24.csv") < html.index("hd23.csv")
    assert "hd4.csv" not in html
    assert "Refused" in html
    assert "/home/someone" not in html


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (Source.ONET_OCCUPATIONS, "This page includes information from the O*NET 29.3 Database"),
        (Source.ZIP_POINTS, "Copyright (c) 2007, Dav Glass"),
    ],
)
def test_a_licence_is_named_when_its_data_is_there(client, source, line):
    assert line not in text_of(data(client))
    release(source, "29.3")
    assert line in text_of(data(client))


def test_the_page_costs_the_same_with_many_releases(client, django_assert_num_queries):
    with django_assert_num_queries(4):
        data(client)
    for year in range(2001, 2024):
        release(Source.IPEDS_COMPLETIONS, f"{year}-{(year + 1) % 100:02}", rank=year * 100)
    with django_assert_num_queries(4):
        data(client)


class TestTheFrame:
    def test_the_site_knows_the_day_of_its_newest_load(self):
        assert Site().rebuilt_on is None
        release()
        Release.objects.update(loaded_at=NOON)
        assert Site().rebuilt_on == dt.date(2025, 9, 1)

    def test_the_name_is_a_setting(self, client):
        with override_settings(SITE_NAME="Ohio Workforce Guide"):
            assert "Ohio Workforce Guide" in data(client)

    def test_a_page_that_says_the_database_is_down_does_not_ask_it(self, monkeypatch):
        def broken(**_: object) -> None:
            raise DatabaseError("gone")

        monkeypatch.setattr(Release.objects, "aggregate", broken)
        assert "isn’t filed here" in render_to_string("404.html", {"site": Site()})
