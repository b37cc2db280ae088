"""Editors' lists: seen once published, a reason beside each program, the editor's order, and nothing to buy."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client

from directory.models import FeaturedEntry, FeaturedList, Program

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
DAY = dt.date(2026, 3, 2)
EVENINGS = "Its page names evenings."
BOUGHT = re.compile(r"pay|paid|sponsor|price|fee|bid|boost|weight|advert|promot", re.IGNORECASE)


def a_list(*, published: bool = True, **columns: Any) -> FeaturedList:
    state = {"state": "published", "published_on": DAY} if published else {}
    given = {"title": "Evening courses", "slug": "evening", "why": "For people who work by day.", **state, **columns}
    return FeaturedList.objects.create(**given)


def entry(
    of: FeaturedList, program: Program, reason: str = "Its page names evenings.", **columns: Any
) -> FeaturedEntry:
    return FeaturedEntry.objects.create(featured_list=of, program=program, reason=reason, dated=DAY, **columns)


def programs(count: int) -> list[Program]:
    return list(Program.objects.filter(listing__listed=True).order_by("pk")[:count])


def text(client: Client, path: str = "/lists/evening/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_each_program_stands_with_its_reason_day_and_evidence(client):
    entry(a_list(), programs(1)[0], evidence_url="https://maple.example/evenings")
    html = text(client)
    assert "Why it is here:</b> Its page names evenings." in html
    assert "2 March 2026" in html
    assert "https://maple.example/evenings" in html
    assert "Nobody paid" in html


def test_the_order_is_the_editors_and_then_the_alphabets(client):
    of = a_list()
    first, *others = programs(4)
    entry(of, first, position=900)
    for program in others:
        entry(of, program)
    cards = re.findall(r'id="card-([\w-]+)"', text(client))
    names = [Program.objects.get(slug=slug).school.name for slug in cards]
    assert cards[-1] == first.slug
    assert names[:-1] == sorted(names[:-1])


def test_a_draft_and_an_empty_list_have_no_public_address(client):
    entry(a_list(published=False), programs(1)[0])
    a_list(slug="empty", title="Nothing in it")
    for path in ("/lists/evening/", "/lists/empty/", "/lists/none/"):
        assert client.get(path).status_code == 404
    assert "None yet" in text(client, "/lists/")
    assert "/lists/evening/" not in client.get("/sitemap-lists.xml").content.decode()


def test_a_program_that_left_the_lists_is_counted_and_not_shown(client):
    of = a_list()
    stays, left = programs(2)
    entry(of, stays)
    entry(of, left, reason="Gone since")
    left.listing.listed = False
    left.listing.save()
    html = text(client)
    assert "1 more was chosen and has left" in html
    assert "Gone since" not in html


def test_the_lists_page_and_the_sitemap_name_what_is_published(client):
    entry(a_list(), programs(1)[0])
    assert "/lists/evening/" in text(client, "/lists/")
    assert "/lists/evening/" in client.get("/sitemap-lists.xml").content.decode()


def test_many_entries_cost_as_many_queries_as_one(client, django_assert_num_queries, django_assert_max_num_queries):
    of = a_list()
    one, *others = programs(5)
    entry(of, one)
    client.get("/lists/evening/")
    with django_assert_max_num_queries(8) as few:
        client.get("/lists/evening/")
    for program in others:
        entry(of, program)
    with django_assert_num_queries(len(few)):
        client.get("/lists/evening/")


def test_no_list_and_no_entry_has_a_column_that_could_be_bought():
    for model in (FeaturedList, FeaturedEntry):
        assert not [field.name for field in model._meta.concrete_fields if BOUGHT.search(field.name)]


def test_the_database_keeps_no_entry_without_a_reason_and_none_twice():
    of, program = a_list(), programs(1)[0]
    for reason in ("", "First", "Second"):
        try:
            with transaction.atomic():
                entry(of, program, reason)
        except IntegrityError:
            continue
    assert [each.reason for each in of.entries.all()] == ["First"]


class TestTheDesk:
    @pytest.fixture
    def desk(self) -> Client:
        browser = Client()
        browser.force_login(User.objects.create_superuser("chief", password="not used"))
        return browser

    def test_a_draft_is_previewed_by_staff_alone(self, client, desk):
        of = a_list(published=False)
        entry(of, programs(1)[0])
        path = f"/admin/directory/featuredlist/{of.pk}/preview/"
        assert "Preview." in text(desk, path)
        assert client.get(path).status_code == 302

    def form(self, of: FeaturedList, *entries: dict[str, str], state: str = "published") -> dict[str, str]:
        known = of.entries.count()
        form = {
            "title": of.title, "slug": of.slug, "why": of.why, "state": state,
            "entries-TOTAL_FORMS": str(len(entries)), "entries-INITIAL_FORMS": str(known),
        }  # fmt: skip
        for number, each in enumerate(entries):
            form |= {f"entries-{number}-{name}": value for name, value in each.items()}
        return form

    def added(self, reason: str = EVENINGS) -> dict[str, str]:
        program = str(programs(1)[0].pk)
        return {"program": program, "position": "100", "reason": reason, "dated": "2026-03-02", "evidence_url": ""}

    def test_an_empty_list_is_not_published_and_nothing_typed_is_lost(self, desk):
        of = a_list(published=False)
        page = desk.post(f"/admin/directory/featuredlist/{of.pk}/change/", {**self.form(of), "why": "Typed anew."})
        assert "names at least one program" in page.content.decode()
        assert "Typed anew." in page.content.decode()
        of.refresh_from_db()
        assert of.state == "draft"

    @pytest.mark.parametrize("reason", ["", "   ", "\n"])
    def test_a_program_without_a_reason_is_not_published(self, desk, reason):
        of = a_list(published=False)
        page = desk.post(f"/admin/directory/featuredlist/{of.pk}/change/", self.form(of, self.added(reason)))
        assert page.status_code == 200
        assert "This field is required" in page.content.decode()
        of.refresh_from_db()
        assert (of.state, of.entries.count()) == ("draft", 0)

    def test_the_last_program_of_a_published_list_stays(self, desk):
        of = a_list()
        held = entry(of, programs(1)[0])
        kept = {**self.added(), "id": str(held.pk), "featured_list": str(of.pk), "DELETE": "on"}
        page = desk.post(f"/admin/directory/featuredlist/{of.pk}/change/", self.form(of, kept))
        assert "names at least one program" in page.content.decode()
        assert desk.post(f"/admin/directory/featuredentry/{held.pk}/delete/", {"post": "yes"}).status_code == 403
        other = a_list(published=False, slug="other", title="Other")
        moved = {**self.added(), "featured_list": str(other.pk)}
        page = desk.post(f"/admin/directory/featuredentry/{held.pk}/change/", moved)
        assert "only program of a published list" in page.content.decode()
        assert of.entries.count() == 1

    def test_publishing_fills_in_the_day(self, desk):
        of = a_list(published=False)
        form = self.form(of, self.added())
        with time_machine.travel(dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC), tick=False):
            desk.force_login(User.objects.get(username="chief"))
            assert desk.post(f"/admin/directory/featuredlist/{of.pk}/change/", form).status_code == 302
        of.refresh_from_db()
        assert (of.state, of.published_on) == ("published", dt.date(2026, 3, 5))

    def test_an_address_of_another_page_is_refused(self, desk):
        form = {
            "title": "M", "slug": "military-friendly", "why": "x", "state": "draft", "entries-TOTAL_FORMS": "0",
            "entries-INITIAL_FORMS": "0",
        }  # fmt: skip
        assert "page of its own" in desk.post("/admin/directory/featuredlist/add/", form).content.decode()
