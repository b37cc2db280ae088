"""Every kind of answer carries the content security policy: pages, the admin, errors, the API."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

PAGES = ["/", "/programs/", "/schools/", "/certifications/", "/careers/", "/states/", "/data/"]
OTHERS = ["/admin/login/", "/healthz", "/no-such-page/", "/api/v1/programs/", "/api/v1/schools/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, *OTHERS])
def test_the_policy_comes_with_every_answer(client, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response.status_code == (404 if address == "/no-such-page/" else 200)


@pytest.mark.django_db
def test_readers_get_no_cookie(client):
    for address in PAGES:
        assert not client.get(address).cookies, address


@pytest.mark.django_db
def test_only_staff_come_past_the_admins_door(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", password="not staff"))
    response = client.get(reverse("admin:index"))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_readers_sign_in_by_code_and_nowhere_else():
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    doors = {name for name in names if "login" in name or "signup" in name or "register" in name}
    assert doors == {"account_login", "account_confirm_login_code"}
