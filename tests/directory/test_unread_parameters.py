"""Nothing that stands in an address is ignored in silence, also where a page takes no parameters."""

from __future__ import annotations

import pytest

from tests.templates.drawing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGES = ["/certifications/", "/careers/", "/data/", "/states/", "/states/oh/"]


@pytest.mark.parametrize("page", PAGES)
def test_a_parameter_that_the_page_does_not_know_is_named(client, page):
    response = client.get(page, {"x": "1", "where": "43901"})
    assert response.status_code == 200
    assert "This page has no filter “where”, “x”." in text_of(response.content.decode())


@pytest.mark.parametrize("page", [*PAGES, "/states/oh/?page=1"])
def test_a_page_that_was_read_whole_says_nothing(client, page):
    assert "We left something out" not in client.get(page).content.decode()


def test_a_name_is_shown_as_text(client):
    html = client.get("/data/", {"<script>alert(1)</script>": "1"}).content.decode()
    assert "<script>alert" not in html
