"""Who may do what at the desk: every address as every role, and the table in the manual says the same."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from careers.models import Guide, GuideVersion
from careers.roles import OF_CAREERS
from directory.curation.roles import OF_ACCOUNTS, OF_DIRECTORY, OF_LOCKS, permissions_of
from directory.vocab import Role
from tests.careers import world
from tests.config import roles_walk
from tests.config.roles_walk import BEGIN, END, EVERYBODYS, OUTSIDERS
from tests.directory.admin.shelves import fill

pytestmark = pytest.mark.django_db
MANUAL = settings.BASE_DIR / "docs" / "operations.md"
DECLARED = (("directory", OF_DIRECTORY), ("careers", OF_CAREERS), ("auth", OF_ACCOUNTS), ("axes", OF_LOCKS))
HINT = "WRITE_ROLES=1 script/test tests/config/test_roles.py writes it"


@pytest.fixture
def walked(monkeypatch):
    """The walk asks whether an address opens; what the page would show is other tests' business."""
    if connection.vendor != "sqlite":
        pytest.skip("who may do what does not hang on the database")

    def unrendered(response):
        response.content = b""
        return response

    monkeypatch.setattr(SimpleTemplateResponse, "render", unrendered)
    # Every page carries the list of all tables for its margin, which takes longer than all else and is not rendered.
    of_an_app = admin.site.get_app_list
    monkeypatch.setattr(
        admin.site, "get_app_list", lambda request, app_label=None: of_an_app(request, app_label) if app_label else []
    )
    fill(2, User.objects.create_superuser("chief"))
    career = world.career(world.occupation())
    GuideVersion.objects.create(guide=Guide.objects.create(career=career), number=1)
    return roles_walk.walked()


def test_the_manual_says_who_may_do_what_at_every_address(walked):
    made = roles_walk.table(walked)
    manual = MANUAL.read_text()
    before, _, rest = manual.partition(BEGIN)
    written, _, after = rest.partition(END)
    if os.environ.get("WRITE_ROLES"):
        MANUAL.write_text(f"{before}{BEGIN}{made}{END}{after}")
        written = made
    assert written == made, HINT
    _nobody_else_gets_in(walked)
    _who_looks_at_a_table_looks_at_its_rows_and_their_history(walked)


def _who_looks_at_a_table_looks_at_its_rows_and_their_history(walked):
    for who, found in walked.items():
        for prefix in roles_walk.rows():
            parts = ("changelist", "change", "history", "simple_history")
            seen = {found[name][0] for part in parts if (name := f"{prefix}_{part}") in found}
            assert len(seen) == 1, (who, prefix)


def _nobody_else_gets_in(walked):
    for who in OUTSIDERS:
        allowed = {name for name, (seen, done) in walked[who].items() if seen or done}
        assert allowed <= (EVERYBODYS if who == OUTSIDERS[0] else set()), who


def test_every_table_of_the_desk_has_its_roles():
    declared = {(label, model.lower()) for label, grants in DECLARED for grant in grants for model in grant.models}
    shown = {(model._meta.app_label, model._meta.model_name) for model in admin.site._registry}
    assert declared == shown - {("auth", "group")}


def test_a_group_holds_what_is_declared():
    for label, grants in DECLARED:
        for role, codenames in permissions_of(grants).items():
            held = Group.objects.get(name=role).permissions.filter(content_type__app_label=label)
            assert set(held.values_list("codename", flat=True)) == codenames, (label, role)


def test_no_role_may_more_than_the_administrator():
    most = set(Group.objects.get(name=Role.ADMINISTRATOR).permissions.all())
    for role in Role:
        assert set(Group.objects.get(name=role).permissions.all()) <= most


# --- accounts: nobody rises above the own role ------------------------------------------------------


@pytest.fixture
def administrator():
    user = User.objects.create_user("in charge", password="not used", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    browser = Client()
    browser.force_login(user)
    return browser


def change(user, name="change"):
    return reverse(
        f"admin:auth_user_{name}" if name != "password" else "admin:auth_user_password_change", args=[user.pk]
    )


def test_an_administrator_makes_an_account_of_staff_and_gives_it_a_role(administrator):
    given = {
        "username": "new",
        "usable_password": "true",
        "password1": "long-and-odd-42",
        "password2": "long-and-odd-42",
    }
    assert administrator.post(reverse("admin:auth_user_add"), given).status_code == 302
    made = User.objects.get(username="new")
    assert (made.is_staff, made.is_superuser) == (True, False)
    role = Group.objects.get(name=Role.CURATOR)
    form = {"username": "new", "is_active": "on", "groups": [role.pk]}
    assert administrator.post(change(made), form).status_code == 302
    assert list(made.groups.all()) == [role]


def test_an_administrator_makes_nobody_a_superuser_and_gives_no_single_permissions(administrator):
    account = User.objects.create_user("curator", is_staff=True)
    beside = Permission.objects.get(codename="delete_user")
    form = {"username": "curator", "is_active": "on", "is_superuser": "on", "user_permissions": [beside.pk]}
    administrator.post(change(account), form)
    account.refresh_from_db()
    assert not account.is_superuser
    assert not account.user_permissions.exists()


def test_an_administrator_gives_no_group_that_is_no_role(administrator):
    account = User.objects.create_user("curator", is_staff=True)
    group = Group.objects.create(name="everything")
    page = administrator.post(change(account), {"username": "curator", "is_active": "on", "groups": [group.pk]})
    assert page.status_code == 200
    assert not account.groups.exists()


@pytest.mark.parametrize("name", ["change", "password"])
def test_an_administrator_does_not_touch_who_outranks_them(administrator, name):
    chief = User.objects.create_superuser("chief", password="not used")
    given = {"username": "chief", "usable_password": "true", "password1": "mine-now-4242", "password2": "mine-now-4242"}
    assert administrator.post(change(chief, name), given).status_code == 403
    chief.refresh_from_db()
    assert chief.check_password("not used")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"is_active": "on"}, "Another administrator can take this role from you; you cannot."),
        ({"groups": [Role.ADMINISTRATOR]}, "Another administrator can close your account; you cannot."),
    ],
)
def test_an_administrator_neither_drops_the_own_role_nor_closes_the_own_account(administrator, form, said):
    account = User.objects.get(username="in charge")
    groups = [Group.objects.get(name=name).pk for name in form.get("groups", [])]
    page = administrator.post(change(account), {"username": "in charge", **form, "groups": groups})
    assert said in page.content.decode()
    account.refresh_from_db()
    assert (account.is_active, account.groups.get().name) == (True, Role.ADMINISTRATOR)


def test_an_administrator_takes_the_role_of_a_colleague(administrator):
    colleague = User.objects.create_user("colleague", is_staff=True)
    colleague.groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    assert administrator.post(change(colleague), {"username": "colleague", "is_active": "on"}).status_code == 302
    assert not colleague.groups.exists()


def test_readers_accounts_are_shown_to_nobody(administrator):
    reader = User.objects.create_user("reader", email="somebody@example.com")
    assert "somebody@example.com" not in administrator.get(reverse("admin:auth_user_changelist")).content.decode()
    assert administrator.get(change(reader)).status_code == 302  # as for an account that does not exist
