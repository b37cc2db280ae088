"""Forms without a token: taken from our own pages, and shown once more where the browser says nothing."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SLUG = "maple-hit-associate"


def send(client: Client, headers: dict[str, str] | None = None):
    return client.post("/shortlist/", {"save": SLUG}, headers=headers)


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked as a real one's are."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "http://testserver"},
        {"referer": "http://testserver/programs/?q=coding"},
    ],
)
def test_a_form_of_ours_is_taken(strict, headers):
    assert send(strict, headers).status_code == 303
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": ""},
        {"origin": "null", "referer": "http://testserver/"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:8000"},
        {"origin": "http://testserver.elsewhere.example"},
        {"referer": "http://testserver@elsewhere.example/"},
        {"referer": "http://[broken"},
    ],
)
def test_any_other_is_shown_once_more_and_changes_nothing(strict, headers):
    response = send(strict, headers)
    page = response.content.decode()
    assert response.status_code == 403
    assert f'name="save" value="{SLUG}"' in page
    assert "Save Health Information/Medical Records Technology at Maple Fork College" in page
    assert not Session.objects.exists()


def test_pressing_once_more_does_it(strict):
    page = send(strict).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', page))
    assert strict.post("/shortlist/", fields).status_code == 303
    assert Session.objects.count() == 1


def test_a_made_up_token_is_none(strict):
    send(strict)
    assert strict.post("/shortlist/", {"save": SLUG, "csrfmiddlewaretoken": "a" * 64}).status_code == 403


def test_what_was_typed_is_kept_and_harmless(strict):
    page = strict.post("/shortlist/", {"save": SLUG, "at": '"><script>1</script>'}).content.decode()
    assert "&quot;&gt;&lt;script&gt;" in page
    assert "<script>1" not in page
