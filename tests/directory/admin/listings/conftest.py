"""Some listings, and the pages that change many of them, filled in as a browser would send them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from directory.models import Program, School
from directory.pipeline.refresh import refresh
from directory.vocab import Role
from tests.directory.invented import program, school

WHY = "The schools wrote to us"


@pytest.fixture
def curator(db: None) -> User:
    user = User.objects.create_user("kim", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=Role.CURATOR)[0])
    return user


@pytest.fixture
def browser(desk: Client) -> Client:
    return desk


def example_schools(count: int) -> list[School]:
    """Example Colleges 0, 1, …, each with a program."""
    made = [
        school(100001 + number, name=f"Example College {number}", website="www.example.edu") for number in range(count)
    ]
    for at in made:
        program(at)
    refresh()
    return made


def bulk_form(rows: Iterable[School | Program], values: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the form of a bulk edit sends: the new values, their boxes, and a reason."""
    sent = {"chosen": ",".join(str(row.pk) for row in rows), "why": WHY}
    for name, value in values.items():
        sent |= {f"do_{name}": "on", f"new_{name}": value}
    return sent | more


@pytest.fixture
def bulk(desk: Client) -> Callable[..., Any]:
    """bulk(rows, {"county": "Elm"}): previews, then applies what the preview showed."""

    def send(rows: list[Any], values: dict[str, Any], *, by: Client = desk, **more: Any) -> Any:
        address = reverse(f"admin:directory_{rows[0]._meta.model_name}_bulk")
        sent = bulk_form(rows, values, **more)
        page = by.post(address, {**sent, "_preview": "Preview"})
        assert page.status_code == 200
        assert page.context["preview"], page.context["form"].errors
        return by.post(address, {**sent, "_apply": "Apply", "signature": page.context["preview"]["signature"]})

    return send


def said(response: Any) -> str:
    """The messages that the next page shows."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
