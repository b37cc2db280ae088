"""Staff read what readers did not find, most often first, and answer with a synonym."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse

from directory.models import MissedSearch, SearchState, Synonym
from tests.directory.admin.conftest import address, errors
from tests.directory.admin.test_lists import listing

pytestmark = pytest.mark.django_db
MONTH = dt.date(2025, 9, 1)
LINK = re.compile(r'href="(/admin/directory/synonym/add/[^"]*)"')


@pytest.fixture(autouse=True)
def _searches():
    rows = [("mbc", 4), ("r.n. & <b>bold</b>", 9), ("", 30)]
    MissedSearch.objects.bulk_create(
        MissedSearch(month=MONTH, digest=str(number), text=text, count=count)
        for number, (text, count) in enumerate(rows)
    )


def test_texts_stand_by_how_often_they_were_searched_and_those_not_kept_on_request(desk):
    def shown(query: str = "") -> list[int]:
        return [row.count for row in desk.get(listing(MissedSearch, query)).context["cl"].result_list]

    assert shown() == [9, 4]
    assert shown("?text=not-kept") == [30]
    assert shown("?text=all") == [30, 9, 4]
    MissedSearch.objects.filter(count=9).update(decision="not-ours", reason="No school", decided_on=MONTH)
    assert shown() == [4]
    assert shown("?answer=not-ours") == [9]
    assert shown("?answer=all") == [9, 4]
    assert shown("?q=mbc") == [4]


def test_the_link_opens_the_form_of_a_synonym_with_the_text_in_it(desk):
    page = desk.get(listing(MissedSearch)).content.decode()
    assert "<b>bold</b>" not in page
    first, second = (unescape(link) for link in LINK.findall(page) if "words=" in link)
    form = desk.get(first).context["adminform"].form
    assert form["words"].value() == "r.n. & <b>bold</b>"
    assert form["note"].value() == "Searched 9 times without a result in September 2025"
    assert desk.get(second).context["adminform"].form["words"].value() == "mbc"


def test_only_who_may_add_synonyms_is_offered_to(staff):
    page = staff("view_missedsearch").get(listing(MissedSearch)).content.decode()
    assert "mbc" in page
    assert not LINK.search(page)


def test_the_list_says_how_often_and_when_it_was_searched_last(desk):
    MissedSearch.objects.filter(text="mbc").update(last_seen=dt.date(2025, 9, 17))
    page = desk.get(listing(MissedSearch)).content.decode()
    assert "17 Sep 2025" in page
    assert "Searched again since" not in page


def test_a_decision_needs_its_reason_and_is_kept_with_its_author(desk, edit, chief):
    row = MissedSearch.objects.get(text="mbc")
    assert "reason" in errors(edit(row, decision="not-ours"))
    assert "decision" in errors(edit(row, reason="A bank"))
    MissedSearch.objects.filter(pk=row.pk).update(count=5)  # readers go on searching meanwhile
    assert errors(edit(row, decision="not-ours", reason=" A  bank ")) == {}
    row.refresh_from_db()
    assert (row.decision, row.reason, row.count) == ("not-ours", "A bank", 5)
    assert row.decided_on is not None
    assert [(each.reason, each.history_user) for each in row.history.all()] == [("A bank", chief)]
    assert errors(edit(row, decision="", reason="")) == {}
    row.refresh_from_db()
    assert row.decision == ""
    assert row.decided_on is None


def test_nobody_adds_deletes_or_decides_about_a_text_that_is_not_kept(desk):
    row = MissedSearch.objects.get(text="")
    assert desk.get(reverse("admin:directory_missedsearch_add")).status_code == 403
    assert desk.post(address(row), {"decision": "not-ours", "reason": "x"}).status_code == 403
    assert desk.post(address(MissedSearch.objects.get(text="mbc"), "delete"), {"post": "yes"}).status_code == 403
    assert desk.post(address(MissedSearch.objects.get(text="mbc")), {"text": "x", "count": 1}).status_code == 302
    assert sorted(MissedSearch.objects.values_list("text", "count")) == [
        ("", 30), ("mbc", 4), ("r.n. & <b>bold</b>", 9),
    ]  # fmt: skip


def test_a_synonym_answers_the_searches_for_its_words(desk):
    given = {"words": "MBC", "means": "certificate", "active": "on"}
    response = desk.post(reverse("admin:directory_synonym_add"), given)
    assert "marked as answered" in " ".join(map(str, get_messages(response.wsgi_request)))
    row = MissedSearch.objects.get(text="mbc")
    assert (row.decision, row.reason) == ("answered", "Is read as “certificate”")


def test_who_may_not_decide_answers_nothing_by_a_synonym(staff):
    browser = staff("view_synonym", "add_synonym", "view_missedsearch")
    browser.post(reverse("admin:directory_synonym_add"), {"words": "mbc", "means": "certificate", "active": "on"})
    assert Synonym.objects.exists()
    assert MissedSearch.objects.get(text="mbc").decision == ""


def test_only_who_may_see_the_table_does(staff):
    assert staff("view_school").get(listing(MissedSearch)).status_code == 403


def test_what_tells_readers_apart_is_not_shown(desk):
    row = MissedSearch.objects.first()
    assert row is not None
    MissedSearch.objects.filter(pk=row.pk).update(text="", marks="ab12", day=MONTH, digest="d1a9e57")
    for page in (listing(MissedSearch, "?text=all"), reverse("admin:directory_missedsearch_change", args=[row.pk])):
        html = desk.get(page).content.decode()
        assert "ab12" not in html
        assert "d1a9e57" not in html


def test_a_synonym_that_changes_or_goes_makes_the_search_read_anew(desk):
    def token() -> str:
        return SearchState.objects.get().token

    desk.post(reverse("admin:directory_synonym_add"), {"words": "mbc", "means": "certificate", "active": "on"})
    synonym, seen = Synonym.objects.get(), [token()]
    change = reverse("admin:directory_synonym_change", args=[synonym.pk])
    desk.post(change, {"words": "mbc", "means": "associate degree", "active": "on"})
    seen.append(token())
    desk.post(listing(Synonym), {"action": "delete_selected", "_selected_action": [synonym.pk], "post": "yes"})
    seen.append(token())
    assert len(set(seen)) == 3
    assert not Synonym.objects.exists()
    assert admin.site.is_registered(Synonym)
