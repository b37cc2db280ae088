"""Staff read what readers did not find, most often first, and answer with a synonym."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.contrib import admin
from django.urls import reverse

from directory.models import MissedSearch, SearchState, Synonym
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
