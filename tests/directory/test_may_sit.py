"""“May you sit it?”: the form of an exam's page and of all exams, by plain GET, and the answers in words."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.eligibility.reference import load_certifications
from directory.models import AccreditationStatement, Agency
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel
from tests.directory import invented

pytestmark = pytest.mark.django_db

LIST = reverse("certification_list")


@pytest.fixture(autouse=True)
def guides():
    load_certifications()


def ask(client, slug: str, **said) -> str:
    return section(client.get(reverse("certification_detail", args=[slug]), said))


def section(response) -> str:
    """The text of the question and its answer on an exam's page."""
    assert response.status_code == 200
    leaf = response.content.decode().partition('id="may-i"')[2].partition("</section>")[0]
    return text_of(leaf)


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_without_a_word_from_the_reader_there_is_a_form_and_no_answer(client):
    text = ask(client, "rhit")
    assert "Say what you have and the rules answer." in text
    assert "You may sit" not in text
    assert "We cannot tell" not in text


def test_a_graduate_of_an_accredited_associate_program_may_sit_the_rhit(client):
    text = ask(client, "rhit", award="associate", cahiim="accredited")
    assert "You may sit After an accredited associate degree" in text
    assert "Not confirmed on AHIMA’s own page." in text


def test_a_school_that_says_so_is_not_enough_to_tell(client):
    text = ask(client, "rhit", award="associate", cahiim="stated")
    assert "We cannot tell" in text
    assert "nobody has confirmed it with CAHIIM: ask CAHIIM." in text


def test_a_certificate_opens_no_way_to_the_rhit(client):
    text = ask(client, "rhit", award="certificate", cahiim="accredited", cip="51.0707")
    assert "Not by any way in that we know" in text
    assert "it takes another program" in text


def test_what_is_still_missing_is_named_with_how_much(client):
    text = ask(client, "chps", award="associate", diploma="yes", **{"privacy-security-management": "40"})
    assert "You may sit after 8 more months of privacy or security management" in text
    assert "8 more months of privacy or security management" in text


def test_recommended_is_not_required(client):
    text = ask(client, "ccs", diploma="yes", coding="6")
    assert "You may sit" in text
    assert "Recommended, not required:" in text
    assert "Not yet, as far as you said" in text


def test_an_exam_that_asks_nothing_answers_at_once(client):
    text = ask(client, "cpc")
    assert "You may sit" in text
    assert "Ask the rules" not in text


def test_a_rule_that_is_not_known_says_whom_to_ask(client):
    text = ask(client, "chda")
    assert "We cannot tell" in text
    assert "ask AHIMA" in text


def test_all_exams_answer_at_once(client):
    text = text_of(client.get(LIST, {"award": "associate", "cahiim": "accredited", "diploma": "yes"}).content.decode())
    rhit = text[text.index("RHIT, Registered") : text.index("RHIA, Registered")]
    rhia = text[text.index("RHIA, Registered") : text.index("CCS, Certified")]
    assert "You may sit" in rhit
    assert "Not by any way in that we know Missing:" in rhia


# --- bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"award": "phd"}, "“phd” is no choice here, so it counts as not said."),
        ({"privacy-security-management": "-1"}, "The number of months is a whole number from 0 to 600."),
        ({"privacy-security-management": "1e9"}, "The number of months is a whole number from 0 to 600."),
        ({"privacy-security-management": "ten"}, "The number of months is a whole number from 0 to 600."),
        ({"holds": "xyz"}, "“xyz” is no choice here and was left out."),
        ({"award": ["associate", "masters"]}, "Give one value, not 2"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_question_and_the_rest_counts(client, said, message):
    text = ask(client, "chps", diploma="yes", **said)
    assert message in text
    assert any(word in text for word in ("You may sit after", "We cannot tell", "Not by any way in"))


@pytest.mark.parametrize("value", ["x" * 5_000, "\x00", "'; --", "<script>", "\ud800", "１２"])
def test_no_text_breaks_a_question(client, value):
    names = ("award", "cahiim", "diploma", "credits", "coding", "holds", "program", "where")
    said = {name: value.encode("utf-8", "replace") for name in names}
    for slug in ("rhit", "chps", "ods"):
        assert client.get(reverse("certification_detail", args=[slug]), said).status_code == 200


def test_a_parameter_that_the_page_does_not_know_is_named(client):
    text = text_of(client.get(reverse("certification_detail", args=["rhit"]), {"awards": "associate"}).content.decode())
    assert "This page has no filter “awards”." in text


def test_an_answered_page_is_not_for_search_engines(client):
    page = reverse("certification_detail", args=["rhit"])
    assert b'content="noindex"' in client.get(page, {"award": "none"}).content
    assert b'content="noindex"' not in client.get(page).content


# --- a program in place of an award ------------------------------------------------------------------


@pytest.fixture
def program():
    school = invented.school(100001, name="Invented College")
    made = invented.program(school, award_level=AwardLevel.ASSOCIATE)
    refresh()
    return made


def test_a_listed_program_stands_for_what_the_reader_has_finished(client, program):
    text = ask(client, "rhit", program=program.slug)
    assert "Counted as finished:" in text
    assert "Invented College" in text
    assert "We know of no statement that CAHIIM accredits the program: ask CAHIIM." in text
    assert "Your highest award" not in text


def test_what_pages_say_of_the_program_counts(client, program):
    AccreditationStatement.objects.create(
        school=program.school,
        program=program,
        agency=Agency.objects.get(acronym="CAHIIM"),
        agency_as_stated="CAHIIM",
        program_title_as_stated="Health Information Technology",
        status_as_stated="Accredited",
        positive=True,
        award_level_basis="stated",
        evidence_kind="school page",
        evidence_url="https://example.org/",
        reliability="high",
        release=program.release,
    )
    assert "nobody has confirmed it with CAHIIM" in ask(client, "rhit", program=program.slug)


def test_a_program_that_is_not_listed_is_said(client):
    text = ask(client, "rhit", program="nowhere", award="associate")
    assert "We list no program of that address" in text
    assert "Your highest award" in text


# --- programs near a place ---------------------------------------------------------------------------


def near(client, **said) -> str:
    response = client.get(reverse("certification_detail", args=["ccs"]), said)
    return text_of(response.content.decode().partition('id="programs"')[2].partition("</section>")[0])


def test_programs_of_a_state_that_open_the_exam(client, program):
    state = program.school.state
    text = near(client, where=state)
    assert re.search(r"1 program in .+ opens the CCS", text)
    assert "Invented College" in text


def test_a_place_that_is_not_known_is_said_beside_the_field_and_the_ranking_stays(client, program):
    text = near(client, where="Atlantis")
    assert "Atlantis" in text
    assert "The first" in text or "Invented College" in text


def test_what_is_typed_stands_in_the_field_and_can_be_sent_again(client, program):
    markup = client.get(reverse("certification_detail", args=["ccs"]), {"where": "Atlantis", "within": "100"}).content
    assert b'name="where" type="text" autocomplete="off" placeholder="State, city or ZIP" value="Atlantis"' in markup


def test_each_form_carries_along_what_the_other_asked(client, program):
    said = {"diploma": "yes", "where": program.school.state}
    markup = client.get(reverse("certification_detail", args=["ccs"]), said).content.decode()
    assert '<input type="hidden" name="diploma" value="yes">' in markup
    assert f'<input type="hidden" name="where" value="{program.school.state}">' in markup


def test_the_page_costs_the_same_for_one_program_and_for_many(client, program):
    page = reverse("certification_detail", args=["ccs"])
    client.get(page, {"diploma": "yes"})
    with CaptureQueriesContext(connection) as one:
        client.get(page, {"diploma": "yes"})
    for at in range(2, 9):
        invented.program(invented.school(100000 + at, name=f"College {at}"), award_level=AwardLevel.ASSOCIATE)
    refresh()
    client.get(page, {"diploma": "yes"})
    with CaptureQueriesContext(connection) as many:
        client.get(page, {"diploma": "yes"})
    assert len(many) == len(one)


def summed(client, **said) -> dict[str, set[str]]:
    """Words of each answer on the list of exams -> the exams under them, as the view gives them to the page."""
    groups = client.get(LIST, said).context["may_sit"].summary
    return {group["words"]: {exam["exam"] for exam in group["exams"]} for group in groups}


def test_the_list_sums_up_every_exam_under_one_answer(client):
    found = summed(client, diploma="yes", award="none")
    assert next(iter(found)) == "You may sit"
    assert {"ccs", "cca", "cpc", "coc", "ccs-p"} <= found["You may sit"]
    assert {"chps", "cbcs", "cehrs", "ods"} <= found["After a further step"]
    assert {"chda", "cdip", "cic", "crc"} <= found["We cannot tell"]
    assert {"rhit", "rhia"} <= found["Not by any way in that we know"]
    assert sum(map(len, found.values())) == 15


def test_before_anything_is_said_the_sum_holds_what_asks_for_nothing(client):
    assert summed(client) == {"You may sit": {"cpc", "coc"}, "We cannot tell": {"chda", "cdip", "cic", "crc"}}
