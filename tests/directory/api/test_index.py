"""/api/v1/ lists the endpoints; where there is none, the answer is a problem and no page."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from directory.api.urls import ENDPOINTS
from tests.directory.catalogue import LISTED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_the_entrance_lists_every_endpoint_with_what_it_answers(client):
    endpoints = client.get("/api/v1/").json()["endpoints"]
    # Other parts of the site add theirs.
    assert len(endpoints) >= len(ENDPOINTS) >= 7
    urls = {endpoint["url"] for endpoint in endpoints}
    assert {"http://testserver/api/v1/programs/", "http://testserver/api/v1/schools/{slug}/"} <= urls
    assert {"http://testserver/api/v1/eligibility/", "http://testserver/api/v1/certifications/{slug}/"} <= urls
    assert all(endpoint["answers"] for endpoint in endpoints)


def test_each_listed_address_answers(client):
    slugs = {"programs": LISTED[0], "schools": "maple-fork-college"}
    paths = [urlsplit(endpoint["url"]).path for endpoint in client.get("/api/v1/").json()["endpoints"]]
    for path in paths:
        kind = path.split("/")[3]
        if kind in slugs:
            assert client.get(path.replace("{slug}", slugs[kind])).status_code == 200, path
    assert {path.split("/")[3] for path in paths} >= set(slugs)


@pytest.mark.parametrize("path", ["nope/", "nope", "programs/a/b/", "programs/UPPER case/", "programs/%2e%2e/", "/"])
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_where_there_is_no_endpoint_the_answer_is_a_problem(client, path, method):
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    if method != "head":
        assert answer.json() == {
            "type": "about:blank", "title": "Not Found", "status": 404, "detail": "No endpoint has this address.",
        }  # fmt: skip


@pytest.mark.parametrize("path", ["programs", "schools/maple-fork-college"])
def test_an_address_without_its_slash_leads_on_with_the_question(client, path):
    answer = client.get(f"/api/v1/{path}?page=1")
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/{path}/?page=1")


def test_a_page_that_is_not_there_stays_a_page(client):
    assert client.get("/nope/")["Content-Type"].startswith("text/html")
