"""What stands on every page: head, foot, navigation, and the pages of a long list."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from directory.templatetags.navigation import section
from tests.templates.drawing import assert_balanced, partial, text_of, visit

pytestmark = pytest.mark.urls("tests.templates.urls")


def frame(path: str = "/programs/", **context: Any) -> str:
    html = render_to_string("base.html", context, visit(path))
    assert_balanced(html)
    return html


def test_the_first_thing_to_press_skips_to_the_main_part():
    html = frame()
    assert html.index('class="skip" href="#main"') < html.index("<header")
    assert '<main id="main"' in html


def test_a_page_names_its_language_and_one_of_each_landmark():
    html = frame()
    assert '<html lang="en-US">' in html
    assert [html.count(f"<{name}") for name in ("main", "header class", "footer class")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("path", "label", "value"),
    [
        ("/programs/", "Programs", "page"),
        ("/programs/health-information/", "Programs", "true"),
        ("/states/oh/", "States", "true"),
        ("/data/", "Our data", "page"),
    ],
)
def test_the_navigation_marks_where_the_reader_is(path, label, value):
    marked = re.findall(r'aria-current="(\w+)">([^<]+)<', frame(path))
    assert marked == [(value, label)]


def test_the_first_page_is_no_part_of_the_navigation():
    assert "aria-current" not in frame("/")


@pytest.mark.parametrize(("name", "part"), [("program_list", "program"), ("data", "data"), (None, ""), ("", "")])
def test_a_page_belongs_to_a_part_of_the_site(name, part):
    assert section(name) == part


def test_the_foot_says_when_the_records_were_rebuilt_if_it_knows():
    assert "Records last rebuilt 18 Nov 2026." in frame(site={"rebuilt_on": dt.date(2026, 11, 18)})
    assert "rebuilt" not in frame()


def test_the_name_of_the_site_is_a_setting():
    assert text_of(frame(site={"name": "Riverbend Training Guide"})).count("Riverbend Training Guide") >= 2


def test_links_lead_only_to_pages_that_exist():
    html = frame()
    for word in ("plan", "compare", "review", "save"):
        assert f'href="/{word}' not in html
    assert 'href="#"' not in html
    assert 'href=""' not in html


def test_the_canonical_address_stands_only_where_one_is_given():
    assert 'rel="canonical"' not in frame()
    assert '<link rel="canonical" href="https://guide.example/programs/">' in frame(
        canonical="https://guide.example/programs/"
    )


def pager(number: int, pages: int = 9) -> str:
    request = visit("/programs/?q=coding&level=associate&level=certificate&page=3")
    return partial("pager", request, page=Paginator(range(pages * 20), 20).page(number))


def test_turning_the_page_keeps_the_search():
    html = pager(3)
    assert_balanced(html)
    assert 'href="?q=coding&amp;level=associate&amp;level=certificate&amp;page=4" rel="next"' in html
    assert 'page=2" rel="prev"' in html


def test_the_pager_marks_the_page_and_leaves_out_the_middle():
    text = text_of(pager(5))
    assert text == "Previous Page 1 … Page 4 Page 5 Page 6 … Page 9 Next"
    assert 'aria-current="page"><span class="vh">Page </span>5<' in pager(5)


def test_the_ends_have_nothing_beyond_them():
    assert 'rel="prev"' not in pager(1)
    assert 'rel="next"' not in pager(9)


def test_a_single_page_needs_no_pager():
    assert pager(1, pages=1).strip() == ""
