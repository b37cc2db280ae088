"""Two listings at the desk: looked at side by side, previewed, merged, undone, or told apart."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.admin.duplicates.finding import named
from directory.admin.duplicates.two import address_of
from directory.importers.locking import ImportRunningError
from directory.models import DuplicatePair, Merge, Override, Program, ProgramFact
from directory.pipeline.refresh import refresh
from directory.vocab import Role, Source
from tests.directory.invented import fact, field_of_study, program, release, school

pytestmark = pytest.mark.django_db
WHY = "The college says that both mean one program."


def at_the_desk(role: Role) -> Client:
    user = User.objects.create_user(f"a {role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def curator() -> Client:
    return at_the_desk(Role.CURATOR)


@pytest.fixture
def pair() -> tuple[Program, Program]:
    at = school()
    one = program(at, field=field_of_study("51.0713", "Coder"), slug="coding", title="Medical Coding", last_year=2022)
    other = program(at, slug="health")
    refresh()
    return one, other


def likely(pair) -> DuplicatePair:
    one, other = pair
    return DuplicatePair.objects.create(
        program=one, other_program=other, score=80, reasons=["Both are called so."], found_at=timezone.now()
    )


def decision(**more: str) -> dict[str, str]:
    return {"stays": "other", "reason": WHY, "take_title": "one", **more}


def test_a_pair_leads_to_both_side_by_side_with_every_field_and_its_source(curator, pair):
    row = likely(pair)
    listed = curator.get(reverse("admin:directory_duplicatepair_changelist")).content.decode()
    assert "Both are called so." in listed
    assert address_of(*pair).replace("&", "&amp;") in listed
    assert curator.get(reverse("admin:directory_duplicatepair_change", args=[row.pk])).status_code == 200
    page = curator.get(address_of(*pair)).content.decode()
    assert "Medical Coding" in page
    assert "IPEDS" in page
    assert page.count('name="take_title"') == 2
    assert 'value="other" checked' in page, "the one that is reported still is suggested"


def test_programs_of_two_schools_are_told_apart_and_neither_is_chosen(curator):
    one = program(school(), slug="one")
    other = program(school(100002, name="Oak Hill College"), slug="other")
    page = curator.get(address_of(one, other)).content.decode()
    assert page.count("at Maple Fork College (") >= 1
    assert "at Oak Hill College (" in page
    assert "They are at different schools, Maple Fork College (" in page
    assert " and Oak Hill College (" in page
    assert 'name="stays"' not in page
    assert "checked" not in page
    assert "Show what merging would do" not in page


def test_two_of_one_school_that_are_called_the_same_have_their_addresses_beside_them(curator, pair):
    Program.objects.update(title="Medical Coding")
    page = curator.get(address_of(*pair)).content.decode()
    assert "/programs/coding/</a></th>" in page
    assert "/programs/health/</a></th>" in page


def test_the_preview_says_what_would_happen_and_nothing_has_happened(curator, pair):
    fact(pair[0], ProgramFact.Kind.CREDITS, "30")
    page = curator.post(address_of(*pair), decision(_preview="1")).content.decode()
    for words in ("facts with evidence", "<ins>Medical Coding</ins>", "public address that leads on", WHY):
        assert words in page
    assert not Merge.objects.exists()
    assert not Override.objects.exists()


def previewed(curator: Client, pair) -> dict[str, str]:
    context = curator.post(address_of(*pair), decision(_preview="1")).context
    return decision(_merge="1", seen=context["seen"])


def test_merged_the_one_is_gone_and_the_record_says_what_went_along(curator, pair, client):
    answer = curator.post(address_of(*pair), previewed(curator, pair))
    merge = Merge.objects.get()
    assert answer.headers["Location"] == merge.get_absolute_url()
    assert (merge.gone_program, merge.program, str(merge.made_by)) == (*pair, "a curator")
    assert client.get("/programs/coding/").headers["Location"] == "/programs/health/"
    page = client.get("/programs/health/").content.decode()
    assert "Medical Coding" in page
    record = curator.get(merge.get_absolute_url()).content.decode()
    assert "values that were taken over" in record
    assert "Undo this merge" in record


def test_a_public_school_does_not_become_a_draft_by_taking_over_the_drafts_status(curator, client):
    draft = school(None, name="Maple Fork Coll", slug="draft", status="draft", release=release(Source.STAFF, "2025"))
    kept = school()
    program(kept, slug="coding")
    refresh()
    pair = (draft, kept)
    assert 'name="take_status"' not in curator.get(address_of(*pair)).content.decode()
    sent = {"stays": "other", "reason": WHY, "take_name": "one", "take_status": "one"}
    seen = curator.post(address_of(*pair), {**sent, "_preview": "1"}).context["seen"]
    curator.post(address_of(*pair), {**sent, "_merge": "1", "seen": seen})
    kept.refresh_from_db()
    assert (Merge.objects.get().school, kept.name, kept.status) == (kept, "Maple Fork Coll", "open")
    for address in (kept.get_absolute_url(), "/programs/coding/"):
        assert client.get(address).status_code == 200


def test_undone_both_stand_again(curator, pair, client):
    curator.post(address_of(*pair), previewed(curator, pair))
    merge = Merge.objects.get()
    assert "Say why" in curator.post(merge.get_absolute_url(), {"reason": ""}).content.decode()
    assert client.get("/programs/coding/").status_code == 301
    curator.post(merge.get_absolute_url(), {"reason": "They are two."})
    assert client.get("/programs/coding/").status_code == 200
    assert "Medical Coding" not in client.get("/programs/health/").context["program"].title
    record = curator.get(merge.get_absolute_url()).content.decode()
    assert "They are two." in record
    assert "Undo this merge" not in record


def test_what_is_missing_is_said_beside_it_and_what_was_typed_is_kept(curator, pair):
    answer = curator.post(address_of(*pair), {"reason": WHY, "take_title": "one", "_preview": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Choose which of the two stays." in page
    assert WHY in page
    answer = curator.post(address_of(*pair), {"stays": "one", "reason": " ", "_preview": "1"})
    assert "Say why they are one" in answer.content.decode()


def test_who_decided_by_an_older_state_sees_the_new_one_and_loses_nothing(curator, pair):
    sent = previewed(curator, pair)
    fact(pair[0], ProgramFact.Kind.CREDITS, "30")
    answer = curator.post(address_of(*pair), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was merged" in page
    assert WHY in page
    assert not Merge.objects.exists()
    assert curator.post(address_of(*pair), {**sent, "seen": answer.context["seen"]}).status_code == 302


def test_the_second_of_two_curators_hears_that_it_is_done(curator, pair):
    sent = previewed(curator, pair)
    curator.post(address_of(*pair), sent)
    answer = curator.post(address_of(*pair), sent)
    assert answer.status_code == 400
    assert "another listing by now" in answer.content.decode()
    assert Merge.objects.count() == 1


def test_nothing_is_merged_in_the_middle_of_an_import(curator, pair, monkeypatch):
    sent = previewed(curator, pair)

    def held(**_):
        raise ImportRunningError

    monkeypatch.setattr("directory.admin.imports.import_lock", held)
    assert curator.post(address_of(*pair), sent).status_code == 409
    assert not Merge.objects.exists()


def test_told_apart_a_pair_is_asked_about_no_more_until_somebody_asks_again(curator, pair):
    row = likely(pair)
    assert curator.post(address_of(*pair), {"_apart": "1", "because": ""}).status_code == 400
    curator.post(address_of(*pair), {"_apart": "1", "because": "Two diplomas."})
    row.refresh_from_db()
    assert (row.not_because, str(row.told_apart_by)) == ("Two diplomas.", "a curator")
    changelist = reverse("admin:directory_duplicatepair_changelist")
    assert curator.get(changelist).context["cl"].result_count == 0
    assert curator.get(changelist, {"decided": "apart"}).context["cl"].result_count == 1
    curator.post(address_of(*pair), {"_again": "1"})
    assert curator.get(changelist).context["cl"].result_count == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.CURATOR, Role.ADMINISTRATOR)])
def test_other_roles_look_and_change_nothing(pair, role):
    likely(pair)
    browser = at_the_desk(role)
    page = browser.get(address_of(*pair))
    assert page.status_code == 200
    assert b"Show what merging would do" not in page.content
    for sent in (decision(_merge="1"), {"_apart": "1", "because": "x"}, {"_again": "1"}):
        assert browser.post(address_of(*pair), sent).status_code == 403
    assert browser.post(reverse("admin:directory_duplicatepair_find")).status_code == 403
    assert browser.get(reverse("admin:directory_merge_add")).status_code == 403
    assert not Merge.objects.exists()


def test_any_two_can_be_named_by_whatever_is_at_hand(curator, pair):
    one, other = pair
    ask = reverse("admin:directory_merge_two")
    answer = curator.get(ask, {"kind": "program", "one": "coding", "other": "https://site.example/programs/health/"})
    assert answer.headers["Location"] == address_of(one, other)
    page = curator.get(ask, {"kind": "program", "one": "coding", "other": "nothing"}).content.decode()
    assert "No program is found by this." in page
    assert (
        "Name another one beside it"
        in curator.get(ask, {"kind": "program", "one": "coding", "other": "coding"}).content.decode()
    )
    for words in ("100001", "maple-fork-100001", "/schools/maple-fork-100001/"):
        assert named("school", words) == one.school
    change = reverse("admin:directory_school_change", args=[one.school_id])
    assert named("school", f"https://site.example{change}") == one.school
    for nonsense in ("", "\0", "http://[", "9" * 400, "/change/", "١٢٣"):
        assert named("program", nonsense) is None


@pytest.mark.parametrize(
    "query", ["", "?kind=program&one=1&other=x", "?kind=list&one=1&other=2", "?one=99&kind=school"]
)
def test_an_address_that_names_no_two_asks_which_two(curator, query):
    assert curator.get(reverse("admin:directory_merge_two") + query).status_code == 200


def test_looking_again_is_a_post_and_says_what_came(curator):
    find = reverse("admin:directory_duplicatepair_find")
    assert curator.get(find).status_code == 405
    school()
    school(100002, name="The Maple Fork College", address="1 Elm Street")
    page = curator.post(find, follow=True).content.decode()
    assert "Looked again: 0 new pairs" in page


def test_looking_again_waits_for_an_import(curator, importing):
    answer = curator.post(reverse("admin:directory_duplicatepair_find"))
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.content.decode()


def test_the_page_of_two_asks_as_much_for_few_belongings_as_for_many(curator, pair, django_assert_max_num_queries):
    with django_assert_max_num_queries(50):
        curator.get(address_of(*pair))
    for number in range(30):
        fact(pair[0], ProgramFact.Kind.CREDITS, str(number), evidence_url=f"https://maplefork.example/{number}")
    with django_assert_max_num_queries(50):
        curator.get(address_of(*pair))


def shown_form(page):
    return page.context["form"]


@pytest.mark.parametrize("at", [0, 1], ids=["program", "school"])
def test_a_listing_beside_itself_is_named_and_asked_about_once(curator, pair, at):
    listing = (pair[0], pair[0].school)[at]
    page = curator.get(address_of(listing, listing))
    said = " ".join(shown_form(page).non_field_errors())
    assert f"Both name {listing}" in said
    assert "is found by this" not in page.content.decode()
    assert shown_form(page)["one"].value() == listing.slug
    typed = {"kind": ("program", "school")[at], "one": listing.slug, "other": listing.get_absolute_url()}
    assert f"Both name {listing}" in curator.get(reverse("admin:directory_merge_two"), typed).content.decode()


@pytest.mark.parametrize("at", [0, 1], ids=["program", "school"])
def test_a_listings_page_leads_to_merging_it_with_another(curator, pair, at):
    listing = (pair[0], pair[0].school)[at]
    kind = ("program", "school")[at]
    shown = curator.get(reverse(f"admin:directory_{kind}_change", args=[listing.pk])).content.decode()
    link = f"{reverse('admin:directory_merge_two')}?kind={kind}&amp;with={listing.pk}"
    assert f'href="{link}">Merge with…</a>' in shown
    page = curator.get(link.replace("&amp;", "&"))
    assert not shown_form(page).is_bound
    assert (shown_form(page)["kind"].value(), shown_form(page)["one"].value()) == (kind, listing.slug)


def test_who_may_not_merge_is_led_nowhere(pair):
    viewer = at_the_desk(Role.VIEWER)
    assert (
        "Merge with…" not in viewer.get(reverse("admin:directory_program_change", args=[pair[0].pk])).content.decode()
    )


def test_a_merged_listing_offers_no_further_merge(curator, pair):
    Program.objects.filter(pk=pair[0].pk).update(merged_into=pair[1])
    shown = curator.get(reverse("admin:directory_program_change", args=[pair[0].pk])).content.decode()
    assert "Merge with…" not in shown


@pytest.mark.parametrize("query", ["?kind=school&with=999999", "?kind=x&with=1", "?kind=school&with=x&one=", "?with="])
def test_a_listing_that_is_none_is_filled_in_nowhere(curator, query):
    page = curator.get(reverse("admin:directory_merge_two") + query)
    assert page.status_code == 200
    assert not shown_form(page)["one"].value()
