"""Every card that can be ticked stands on a page with the tray that takes the tick to the comparison."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PAGES = (
    "/programs/",
    "/programs/?q=coding&where=43901",
    "/schools/",
    "/schools/maple-fork-college/",
    "/states/oh/",
    "/certifications/cca/",
    "/certifications/cca/?where=43901",
)


def markup(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_boxes_has_one_tray_and_its_stylesheet(client, address):
    page = markup(client, address)
    boxes = re.findall(r'<input type="checkbox" form="compare" name="(program|school)" value="([\w-]+)">', page)
    assert len(boxes) > 1
    assert len(set(boxes)) == len(boxes)
    assert page.count('<form class="tray" id="compare" action="/compare/" method="get"') == 1
    assert "css/tray.css" in page
    assert page.index('id="compare"') > page.rindex('form="compare"')


def test_what_is_ticked_is_compared(client):
    page = markup(client, "/programs/")
    slugs = re.findall(r'form="compare" name="program" value="([\w-]+)"', page)[:3]
    compared = markup(client, "/compare/?" + "&".join(f"program={slug}" for slug in slugs))
    assert re.findall(r'class="col-title" href="/programs/([\w-]+)/"', compared) == slugs


def test_a_box_says_what_it_is_for(client):
    page = " ".join(markup(client, "/programs/").split())
    assert re.search(r'Compare<span class="vh"> [^<]+, Maple Fork College</span>', page)


def test_the_place_of_the_list_goes_along(client):
    tray = markup(client, "/programs/?where=43901").partition('id="compare"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="where" value="43901">' in tray
    tray = markup(client, "/programs/?where=nowhere-at-all").partition('id="compare"')[2].partition("</form>")[0]
    assert "hidden" not in tray


def test_a_list_without_results_has_no_tray(client):
    assert 'id="compare"' not in markup(client, "/programs/?max_price=1")


def test_a_programs_page_leads_to_the_comparison(client):
    assert 'href="/compare/?program=maple-hit-associate"' in markup(client, "/programs/maple-hit-associate/")
