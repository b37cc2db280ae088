"""What leads to a career stands on its page as a net of programs, exams and the work."""

from __future__ import annotations

import re
from typing import Any

import pytest

from careers.pathways.reading import around_occupation
from tests.careers.decision.conftest import catalogue  # noqa: F401  the fixture is used by its name
from tests.templates.drawing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def block(response: Any) -> str:
    page = response.content.decode()
    found = re.search(r'<h3 id="pathway">.*?(?=<h3 id=|</section>\s*<section class="leaf")', page, re.DOTALL)
    return found.group() if found else ""


class TestNet:
    def test_it_shows_awards_exams_and_the_one_occupation(self, client):
        page = block(client.get("/careers/lamp-keeper/"))
        text = text_of(page)
        assert "Associate degree 4 programs" in text
        assert 'id="stop-rhit"' in page
        assert 'id="stop-29-2072"' in page
        assert 'id="stop-29-9021"' not in page

    def test_it_is_the_net_that_the_map_draws_around_the_occupation(self, client):
        response = client.get("/careers/lamp-keeper/")
        net, alone = response.context["pathway"], around_occupation(response.context["occupation"])
        assert net["programs"] == alone["programs"]
        assert net["exams"] == alone["exams"]
        assert net["work"][0]["low"] == alone["work"][0]["low"]
        assert net["sources"] == alone["sources"]

    def test_the_contents_of_the_page_lead_to_it(self, client):
        assert 'href="#pathway"' in client.get("/careers/lamp-keeper/").content.decode()
