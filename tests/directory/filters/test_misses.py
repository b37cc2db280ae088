"""Searches without a result are counted wherever they are made, and no others."""

from __future__ import annotations

import pytest

from directory.models import MissedSearch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def counted(client, address: str) -> bool:
    assert client.get(address, headers={"User-Agent": BROWSER}).status_code == 200
    return MissedSearch.objects.exists()


@pytest.mark.parametrize("root", ["/programs/", "/schools/", "/api/v1/programs/", "/api/v1/schools/"])
@pytest.mark.parametrize(
    "query",
    [
        "q=zzqqx",
        "q=rhit+wyoming",  # all of it is filters
        "q=zzqqx&level=associate&page=1",
    ],
)
def test_a_text_that_finds_nothing_is_counted(client, root, query):
    assert counted(client, f"{root}?{query}")


@pytest.mark.parametrize("root", ["/programs/", "/schools/", "/api/v1/programs/", "/api/v1/schools/"])
@pytest.mark.parametrize(
    "query",
    [
        "q=coding+zzqqx",  # found without the word
        "q=public+zzqqx",
        "q=coding&state=AK",  # the text is not to blame
        "state=AK",
        "",
    ],
)
def test_what_the_text_finds_is_not(client, root, query):
    assert not counted(client, f"{root}?{query}")
