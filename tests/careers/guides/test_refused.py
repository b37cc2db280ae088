"""What the desk refuses: it says why, and what was typed for it still stands in its field."""

from __future__ import annotations

import re

import pytest

from tests.careers import world
from tests.careers.guides.test_desk import ALL, form_of, signed_in, url
from tests.careers.guides.test_publishing import draft_of

pytestmark = pytest.mark.django_db


def value_of(page: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert field
    found = re.search(r'value="([^"]*)"', field.group())
    return found[1] if found else ""


@pytest.fixture
def draft(db):
    return draft_of(world.career(world.occupation(), "medical-coder", title="Medical coder"), faq="")


def test_the_hour_stands_there_when_the_text_is_not_ready(draft):
    desk = signed_in(*ALL)
    answer = desk.post(url("publish", draft), {**form_of(desk, draft), "at": "2031-05-04T09:30"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Not published: 1 thing to mend first" in page
    assert value_of(page, "at") == "2031-05-04T09:30"


def test_the_name_and_the_day_stand_there_when_the_review_is_refused(draft):
    desk = signed_in(*ALL)
    typed = {"review-reviewer": "Example Reader", "review-reviewed_on": "soon"}
    answer = desk.post(url("review", draft), {**form_of(desk, draft), **typed})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The day of the review cannot be read." in page
    assert value_of(page, "review-reviewer") == "Example Reader"
    assert value_of(page, "review-reviewed_on") == "soon"


def test_saving_with_a_verb_keeps_the_text_and_what_the_verb_was_given(draft):
    desk = signed_in(*ALL)
    fields = {**form_of(desk, draft), "setting": "A quiet room.", "at": "2031-05-04T09:30", "then": "publish"}
    page = desk.post(url("change", draft), fields).content.decode()
    assert "A quiet room." in page
    assert value_of(page, "at") == "2031-05-04T09:30"


def test_the_form_of_a_refused_verb_saves_to_the_version_and_not_to_the_verb(draft):
    desk = signed_in(*ALL)
    page = desk.post(url("publish", draft), {**form_of(desk, draft), "at": "x"}).content.decode()
    assert f'id="guide-form" action="{url("change", draft)}"' in page


def test_times_name_their_zone(draft):
    page = signed_in(*ALL).get(url("history", draft)).content.decode()
    assert re.search(r"\d{1,2} \w{3} \d{4}, \d\d:\d\d UTC", page)
