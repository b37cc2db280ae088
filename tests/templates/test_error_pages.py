"""Error pages say what happened and where to go on, whatever broke."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

from tests.templates.drawing import assert_balanced, text_of, visit

pytestmark = pytest.mark.urls("tests.templates.urls")


def test_a_page_that_is_not_there_offers_a_search():
    html = render_to_string("404.html", {}, RequestFactory().get("/programs/nowhere/"))
    assert_balanced(html)
    assert "This record isn’t filed here" in text_of(html)
    assert 'role="search"' in html


def test_near_matches_are_shown_when_a_view_has_some():
    context = {"suggestions": [{"label": "Maple Fork College", "url": "/schools/maple-fork/"}]}
    assert 'href="/schools/maple-fork/"' in render_to_string("404.html", context, visit("/data/"))


def test_a_broken_site_still_says_so_without_context_database_or_file_list(settings):
    # No database either: pytest-django refuses one to a test that does not ask for it.
    settings.STORAGES = {"staticfiles": {"BACKEND": "nowhere.Storage"}}
    settings.ROOT_URLCONF = "tests.templates.no_such_urls"
    answer = defaults.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert_balanced(answer.content.decode())
    assert "Something broke on our side" in answer.content.decode()


def test_the_page_for_a_broken_site_loads_only_files_that_exist():
    html = defaults.server_error(RequestFactory().get("/")).content.decode()
    paths = [part.split('"')[0] for part in html.split('href="/static/')[1:]]
    assert paths
    assert all(finders.find(path) for path in paths)
    assert settings.STATIC_URL == "/static/"


def test_a_request_that_makes_no_sense_is_answered_without_a_request_in_the_context():
    answer = defaults.bad_request(RequestFactory().get("/"), ValueError())
    assert answer.status_code == 400
    assert_balanced(answer.content.decode())


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "429.html"])
def test_refusals_are_whole_pages(name):
    html = render_to_string(name, {}, visit("/programs/"))
    assert_balanced(html)
    assert html.count("<h1>") == 1


@pytest.mark.parametrize(("seconds", "words"), [(1, "in 1 second."), (30, "in 30 seconds."), (None, "Wait a minute")])
def test_too_many_requests_says_when_to_come_back(seconds, words):
    html = render_to_string("429.html", {"retry_after": seconds}, visit("/programs/"))
    assert words in html
