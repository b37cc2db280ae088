"""Staff members, and forms filled in as a browser would send them."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from directory.admin import imports
from directory.importers import locking


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_superuser("chief", password="not used")


@pytest.fixture
def desk(chief: User) -> Client:
    """A browser in which the administrator is signed in."""
    browser = Client()
    browser.force_login(chief)
    return browser


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    """A browser of somebody with only the permissions named: staff("view_school", "change_school")."""

    def sign_in(*codenames: str) -> Client:
        user = User.objects.create_user("curator", password="not used", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        assert user.user_permissions.count() == len(codenames)
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in


class Form(HTMLParser):
    """The fields of a page's form with the values that a browser would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self._select: tuple[str, bool] | None = None
        self._area: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name"), given.get("type") or "text"
        if tag == "input" and name and kind not in ("submit", "button", "file"):
            if kind in ("checkbox", "radio"):
                if "checked" in given:
                    self._put(name, given.get("value") or "on", many=True)
            else:
                self.fields[name] = given.get("value") or ""
        elif tag == "select" and name:
            self._select = (name, "multiple" in given)
        elif tag == "option" and self._select and "selected" in given:
            self._put(self._select[0], given.get("value") or "", many=self._select[1])
        elif tag == "textarea" and name:
            self._area, self.fields[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n") if not self.fields[self._area] else data

    def _put(self, name: str, value: str, *, many: bool) -> None:
        self.fields[name] = [*self.fields.get(name, []), value] if many else value


def address(row: Any, view: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk])


def filled_in(response: Any) -> dict[str, Any]:
    """What a browser would send back if nobody touched the form; rows that an inline offers for adding are left out."""
    html = response.content.decode()
    start = html.index("<form", html.index('id="content-main"'))
    fields = Form(html[start:]).fields
    return {name: value for name, value in fields.items() if "__prefix__" not in name and name != "action"}


@pytest.fixture
def edit(desk: Client) -> Callable[..., Any]:
    """Opens the form of a row, changes some fields and sends it: edit(school, name="x", why="…")."""

    def send(row: Any, *, browser: Client = desk, **changes: Any) -> Any:
        page = browser.get(address(row))
        assert page.status_code == 200
        return browser.post(address(row), {**filled_in(page), **changes})

    return send


def errors(response: Any) -> dict[str, list[str]]:
    """Field -> messages of the form that came back; nothing when it was saved."""
    if response.context is None:
        return {}
    form = response.context["adminform"].form
    found: dict[str, list[str]] = {name: list(texts) for name, texts in form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        for number, row in enumerate(inline.formset.errors):
            found.update({f"{inline.formset.prefix}-{number}-{name}": list(texts) for name, texts in row.items()})
    return found


@pytest.fixture
def importing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that goes on for longer than a person waits."""
    monkeypatch.setattr(imports, "PATIENCE", 0.0)

    def held(*_: object) -> bool:
        return False

    monkeypatch.setattr(locking, "_lock_postgresql", held)
    monkeypatch.setattr(locking, "_lock_file_of", held)
