"""A form leaves its empty fields in the address; the list's own address has none of them."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("address", "tidied"),
    [
        ("/programs/?q=coding&where=&within=", "/programs/?q=coding"),
        ("/programs/?q=&where=&within=", "/programs/"),
        ("/programs/?q=+&level=associate&max_price=", "/programs/?level=associate"),
        ("/programs/?q=a%26b&where=&state=OH&state=IN", "/programs/?q=a%26b&state=OH&state=IN"),
        ("/schools/?q=maple&where=&within=&control=", "/schools/?q=maple"),
        ("/certificate-or-associate/?goal=&where=43901", "/certificate-or-associate/?where=43901"),
    ],
)
def test_empty_fields_leave_the_address(client, address, tidied):
    for ask in (client.get, client.head):
        answer = ask(address)
        assert answer.status_code == 302
        assert answer["Location"] == tidied
    assert client.get(tidied).status_code == 200


@pytest.mark.parametrize("query", ["q=coding", "level=", "nonsense=", "page=", "q=%00", "sort="])
def test_everything_else_stays_and_is_answered(client, query):
    assert client.get(f"/programs/?{query}").status_code == 200


def test_it_never_leads_to_another_site(client):
    assert client.get("/programs/?q=&where=//evil.example/")["Location"] == "/programs/?where=%2F%2Fevil.example%2F"


def test_an_address_too_long_to_lead_to_is_answered_as_it_is(client):
    answer = client.get("/programs/", {"q": ["", "*" * 1_500]})
    assert answer.status_code == 200
