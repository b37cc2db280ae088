"""Whole pages are kept for questions that are asked again, and never outlive what they were made of."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from config import kept_pages
from directory.models import MissedSearch, Program, SearchState
from directory.search.freshness import touch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PATHS = ("/programs/?q=coding", "/api/v1/programs/?q=coding")


@pytest.fixture(params=PATHS)
def path(request):
    return request.param


def test_the_second_asking_costs_one_query_and_gets_the_same(client, path, django_assert_num_queries):
    first = client.get(path)
    with django_assert_num_queries(1):
        second = client.get(path)
    assert second.content == first.content
    assert second.headers == first.headers
    assert "coding" in second.content.decode().lower()


def test_a_browser_that_has_the_page_is_told_so(client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert client.get(path, headers={"If-None-Match": 'W/"another"'}).status_code == 200
    assert first["Cache-Control"] == "no-cache"


def test_changed_data_change_the_page_and_its_mark(client, path):
    before = client.get(path)
    slug = "cedar-coding-certificate"
    assert slug in before.content.decode()
    Program.objects.get(slug=slug).listing.delete()
    touch()
    after = client.get(path, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert slug not in after.content.decode()
    assert after["ETag"] != before["ETag"]


def test_a_page_that_was_made_of_older_data_is_not_kept(client, path, monkeypatch):
    """A worker answers from what it holds while it reads anew; the page belongs to the old state."""
    monkeypatch.setattr("directory.search.freshness.Snapshot.state", ("before", "before"))
    assert "ETag" not in client.get(path)
    monkeypatch.undo()
    assert "ETag" in client.get(path)


def test_readers_with_a_session_get_their_own_page(client):
    path = PATHS[0]
    client.get(path)
    slug = "cedar-coding-certificate"
    client.post("/shortlist/", {"save": slug}, headers={"Sec-Fetch-Site": "same-origin"})
    own = client.get(path)
    assert f'name="remove" value="{slug}"' in own.content.decode()
    assert "ETag" not in own
    client.cookies.clear()
    assert f'name="remove" value="{slug}"' not in client.get(path).content.decode()


def test_addresses_hosts_schemes_and_wishes_are_kept_apart(client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    page, api = PATHS
    one, two = (client.get(page, headers={"Host": f"{name}.example"}).content.decode() for name in ("one", "two"))
    assert "http://one.example/programs/?q=coding" in one
    assert "http://two.example/programs/?q=coding" in two
    assert "https://one.example/" in client.get(page, headers={"Host": "one.example"}, secure=True).content.decode()
    assert client.get(api, headers={"Host": "one.example"}).status_code == 200
    assert client.get(api, headers={"Host": "one.example", "Accept": "application/xml"}).status_code == 406
    assert client.get(page, headers={"Host": "three.example"}).status_code == 400


@pytest.mark.parametrize("query", ["?sort=sideways", "?page=999", "?unheard=of"])
def test_a_page_with_mistakes_says_them_each_time(client, query):
    first, second = (client.get("/programs/" + query) for _ in range(2))
    assert first.content == second.content
    assert (client.get("/api/v1/programs/" + query)).status_code == 400
    assert (client.get("/api/v1/programs/" + query)).status_code == 400


def test_searches_that_find_nothing_are_counted_each_time(client):
    for _ in range(2):
        found = client.get("/programs/?q=zzyzx+qqqq", headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
        assert "ETag" not in found
    assert MissedSearch.objects.count() == 1
    assert MissedSearch.objects.get().count == 2


def test_head_and_get_share_a_page_and_other_methods_none(client, path):
    head = client.head(path)
    assert head["ETag"] == client.get(path)["ETag"]
    assert client.post(path).status_code == 405


def test_a_very_long_page_is_sent_but_not_kept(client, path, monkeypatch):
    monkeypatch.setattr(kept_pages, "LARGEST", 100)
    first = client.get(path)
    caches["pages"].clear()
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_an_empty_directory_keeps_nothing(client, path):
    SearchState.objects.all().delete()
    assert "ETag" not in client.get(path)
