"""What the lists say when words, exams or schools lead nowhere, with the catalogue that ships."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from directory.filters.notes import did_you_mean, notes
from directory.filters.question import QuestionFilter
from directory.models import Program
from tests.directory.filters.asking import ask, ask_schools

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
LISTS = pytest.mark.parametrize("ask_list", [ask, ask_schools], ids=["programs", "schools"])


def asking(text: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = text
    return query.urlencode()


def said(chosen: QuestionFilter) -> str:
    return "\n".join(notes(chosen))


@LISTS
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ODS", "No program opens the ODS by itself: besides a program it asks for work in the field or a practicum."),
        ("CHPS", "No program opens the CHPS by itself: besides a program it asks for work in the field"),
        ("CRC", "Who may sit for the CRC is not confirmed, so we say of no program that it opens the exam."),
        ("CHDA", "Who may sit for the CHDA is not confirmed"),
        ("CIC", "Who may sit for the CIC is not confirmed"),
        ("CDIP", "Who may sit for the CDIP is not confirmed"),
    ],
)
def test_an_exam_that_no_program_opens_gives_the_reason_and_its_page(ask_list, text, sentence):
    chosen = ask_list(asking(text))
    assert chosen.count == 0
    assert sentence in said(chosen)
    assert (f"Who may sit for the {text}", f"/certifications/{text.lower()}/") in did_you_mean(chosen)
    chosen = ask_list(f"leads_to={text.lower()}&state=OH")  # also where it was chosen
    assert sentence in said(chosen)


@LISTS
def test_an_exam_that_programs_open_needs_no_reason(ask_list):
    for text in ("rhit", "cca", "RHIT ohio"):
        chosen = ask_list(asking(text))
        assert "Who may sit" not in said(chosen)
        assert "No program" not in said(chosen)


@LISTS
def test_a_former_name_of_an_exam_is_said_to_be_one(ask_list):
    assert "The ODS was named Certified Tumor Registrar (CTR), until 1 January 2024." in said(ask_list(asking("CTR")))
    assert "was named" not in said(ask_list(asking("ODS")))
    assert "was named" not in said(ask_list(asking("registered health information technician")))


@LISTS
def test_no_match_is_not_promised_results_where_there_are_none(ask_list):
    some, none = ask_list(asking("coding xqzvwk")), ask_list(asking("coding xqzvwk masters in guam"))
    assert some.count
    assert "No match for “xqzvwk”: these are the results without." in said(some)
    assert none.count == 0
    assert "No match for “xqzvwk”." in said(none)


@LISTS
def test_every_word_without_a_match_is_named(ask_list):
    words = ("zqzqa", "wqwqb", "xqxqc", "vqvqd", "kqkqe", "jqjqf")
    text = said(ask_list(asking(f"coding {' '.join(words)}")))
    assert all(f"“{word}”" in text for word in words)


@LISTS
def test_community_college_says_how_public_schools_are_meant(ask_list):
    assert "Community colleges are public schools" in said(ask_list(asking("community colleges in texas")))


@LISTS
def test_approved_by_ahima_says_what_that_is(ask_list):
    chosen = ask_list(asking("AHIMA approved coding"))
    assert "a mark of quality" in said(chosen)
    assert chosen.count == ask_list(asking("coding")).count


@LISTS
def test_near_me_says_what_to_type(ask_list):
    assert "type a ZIP code or a city" in said(ask_list(asking("coding near me")))
    assert "type a ZIP" not in said(ask_list(asking("coding near me 43215")))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("osu", "Ohio State University-Main Campus"),
        ("ultimate medical", "Ultimate Medical Academy"),
        ("st john", "St. John's University-New York"),
        ("saint johns", "St. John's University-New York"),
        ("tri-c", "Cuyahoga Community College District"),
        ("43215", "Columbus State Community College"),
        ("nova", "Northern Virginia Community College"),
        ("Ohio State", "Ohio State University-Main Campus"),
        ("cincinati", "Xavier University"),
    ],
)
def test_the_school_list_finds_the_school_that_is_meant(text, first):
    assert ask_schools(asking(text)).qs[0].name == first


def test_an_acronym_of_two_schools_finds_both():
    assert {"University of Maine at Augusta", "Ultimate Medical Academy"} <= {
        school.name for school in ask_schools(asking("uma")).qs
    }


@pytest.mark.parametrize(("text", "parameters"), [("rhit", "leads_to=rhit"), ("online", "delivery=online")])
def test_words_about_programs_find_the_schools_that_have_one(text, parameters):
    schools = set(ask_schools(asking(text)).qs.values_list("pk", flat=True))
    chosen = ask(parameters)
    found = [hit.program for hit in chosen.answer.page(0, chosen.count)]
    assert schools == set(Program.objects.filter(pk__in=found).values_list("school", flat=True))
