"""Methods other than GET: HEAD without a body, and no word of forms where there are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory

from config import gunicorn

pytestmark = pytest.mark.django_db


def served(method: str, path: str, **environ: Any) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as the application hands them to the server."""
    told: list[Any] = []
    request = RequestFactory().generic(method, path, **environ)

    def begin(status: str, headers: list[tuple[str, str]], _failure: Any = None, /) -> Callable[[bytes], object]:
        told.extend((status, headers))
        return lambda _body: None

    body = get_wsgi_application()(request.environ, begin)
    content = b"".join(body)
    body.close()
    return int(told[0].split()[0]), dict(told[1]), content


@pytest.mark.parametrize(
    "path", ["/healthz", "/", "/programs/", "/programs/results.csv", "/nowhere/", "/api/v1/schools/"]
)
def test_an_answer_to_head_has_the_headers_of_get_and_no_body(path):
    status, headers, body = served("GET", path, HTTP_HOST="localhost")
    head_status, head_headers, head_body = served("HEAD", path, HTTP_HOST="localhost")
    assert body
    assert head_body == b""
    assert (head_status, head_headers.get("Content-Length")) == (status, headers.get("Content-Length"))


@pytest.mark.parametrize("path", ["/", "/programs/", "/schools/", "/data/", "/suggest/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_for_reading_says_which_methods_it_takes(path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_a_form_of_the_desk_without_its_token_is_refused_with_a_page():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "chief"})
    assert response.status_code == 403
    assert "That form was too old" in response.content.decode()


def test_a_long_text_reaches_the_site():
    assert gunicorn.limit_request_line == 8190
