"""Staff see how the search reads what they put in place of a reader's words, and are told what it cannot use."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from directory.models import Synonym
from directory.pipeline.refresh import refresh
from directory.search import freshness
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.invented import school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADD = "admin:directory_synonym_add"


def add(desk: Any, words: str, means: str, **more: str) -> Any:
    return desk.post(reverse(ADD), {"words": words, "means": means, "active": "on", **more})


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.mark.parametrize(
    ("means", "shown"),
    [
        ("HIT online", "Fully online · Health Information/Medical Records Technology (1 field)"),
        ("zzgrbl", "“zzgrbl” matches nothing"),
        ("the", "Nothing that the search knows"),
    ],
)
def test_a_synonym_shows_what_it_is_read_as(desk, means, shown):
    page = desk.get(address(Synonym.objects.create(words="charts", means=means))).content.decode()
    assert shown in page


def test_a_new_synonym_has_nothing_to_show(desk):
    assert desk.get(reverse(ADD)).status_code == 200


def test_every_change_is_kept_with_its_author(desk, edit, chief):
    row = Synonym.objects.create(words="charts", means="HIT")
    edit(row, means="RHIT")
    assert list(row.history.values_list("means", "history_user")) == [("RHIT", chief.pk), ("HIT", None)]


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "means", "field", "because"),
    [
        ("charts", "Charts", "means", "“charts” would be read as itself"),
        ("charts", "charts!", "means", "would be read as itself"),
        ("charts", "zzgrbl", "means", "“zzgrbl” means nothing to the search"),
        ("charts", "HIT zzgrbl", "means", "“zzgrbl” means nothing to the search"),
        ("charts", "the", "means", "only filling words"),
        ("charts", "!!", "means", "at least one word"),
        ("the", "HIT", "words", "“the” is only filling words"),
        ("of the", "HIT", "words", "only filling words"),
        ("!!", "HIT", "words", "at least one word"),
        ("a b c d e f g", "HIT", "words", "At most 6 words"),
        ("nsu", "Nowhere State University", "means", "No school in the catalogue is called “Nowhere State"),
    ],
)  # fmt: skip
def test_what_the_search_cannot_use_is_refused_beside_the_field(desk, words, means, field, because):
    response = add(desk, words, means)
    found = errors(response)
    assert list(found) == [field]
    assert because in found[field][0]
    assert not Synonym.objects.exists()


def test_a_circle_is_refused_however_long(desk):
    Synonym.objects.create(words="bb", means="cc")
    Synonym.objects.create(words="cc", means="dd")
    found = errors(add(desk, "dd", "BB"))
    assert found == {"means": ["This goes in a circle: “dd” → “BB” → “cc” → “dd”."]}


def test_the_same_words_written_otherwise_are_refused(desk):
    Synonym.objects.create(words="tri-c", means="HIT")
    assert "read as “HIT”" in errors(add(desk, "Tri C", "HIT"))["words"][0]


def test_a_synonym_of_a_synonym_is_told_what_to_write(desk):
    Synonym.objects.create(words="zzcharts", means="HIT")
    freshness.touch()
    assert errors(add(desk, "zzfiles", "zzcharts")) == {
        "means": ["“zzcharts” is itself a synonym, and read as “HIT”: write that here."]
    }


def test_a_school_of_which_only_half_the_name_is_in_the_catalogue_is_refused(desk):
    school(100009, name="Maple Fork State University")
    refresh()
    (message,) = errors(add(desk, "osu", "Ohio State University"))["means"]
    assert message.startswith("No school in the catalogue is called “Ohio State University”")


def test_a_school_of_the_catalogue_is_no_reason_to_refuse(desk):
    school(100009, name="Maple Fork State University")
    refresh()
    assert errors(add(desk, "mfsu", "Maple Fork State University")) == {}


def test_what_is_kept_is_in_small_letters_and_single_blanks(desk):
    add(desk, "  Hospital   CHARTS ", "  HIT   online ")
    assert Synonym.objects.values_list("words", "means").get() == ("hospital charts", "HIT online")


def test_the_note_of_an_old_one_can_be_written_though_its_school_has_gone(edit):
    row = Synonym.objects.create(words="nsu", means="Nowhere State University")
    assert errors(edit(row, note="Asked the school")) == {}
    assert "means" in errors(edit(row, means="Nowhere State College"))


# --- what is said ----------------------------------------------------------------------------------


def test_a_name_that_it_hides_is_named_and_no_reason_to_refuse(desk):
    assert "name already" not in said(add(desk, "charts", "HIT"))
    assert "“rhit” is a name already: the exam RHIT" in said(add(desk, "rhit", "HIT"))
    assert Synonym.objects.filter(words="rhit").exists()


# --- before and after ------------------------------------------------------------------------------


def test_the_preview_shows_what_is_found_before_and_after_and_keeps_nothing(desk):
    page = add(desk, "zzcharts", "HIT", _preview="1").content.decode()
    assert "Without it: 0 programs" in page
    assert "With it: " in page
    assert "With it: 0 programs" not in page
    assert "<li>" in page[page.index("With it: ") : page.index("With it: ") + 900]
    assert "errornote" not in page
    assert not Synonym.objects.exists()


def test_the_preview_names_what_the_words_hide(desk):
    page = add(desk, "rhit", "HIT", _preview="1").content.decode()
    assert '<li class="warning">“rhit” is a name already: the exam RHIT' in page


def test_the_preview_of_what_is_refused_says_why(desk):
    response = add(desk, "charts", "charts", _preview="1")
    assert errors(response) == {"means": ["“charts” would be read as itself."]}


def test_the_form_of_one_that_is_in_force_compares_with_the_search_without_it(desk):
    row = Synonym.objects.create(words="zzcharts", means="HIT")
    freshness.touch()
    page = desk.get(address(row)).content.decode()
    assert "Without it: 0 programs" in page
    assert "With it: 0 programs" not in page
    changed = desk.post(address(row), {**filled_in(desk.get(address(row))), "means": "the", "_preview": "1"})
    assert "only filling words" in errors(changed)["means"][0]
    row.refresh_from_db()
    assert row.means == "HIT"


def test_who_may_not_add_gets_no_preview_either(staff):
    browser = staff("view_synonym")
    assert add(browser, "zzcharts", "HIT", _preview="1").status_code == 403
    row = Synonym.objects.create(words="zzcharts", means="HIT")
    page = browser.get(address(row))
    assert b"_preview" not in page.content
    assert browser.post(address(row), {"words": "x", "means": "HIT", "_preview": "1"}).status_code == 403
