"""Exam guides: what is required and what only recommended, how well each rule is known, and what opens it."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.eligibility.reference import load_certifications
from directory.models import Certification, CertificationFact, Listing, RuleSet
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel, ListingState
from tests.directory import invented

pytestmark = pytest.mark.django_db

LIST = reverse("certification_list")


@pytest.fixture
def guides():
    load_certifications()


def address(slug: str) -> str:
    return reverse("certification_detail", args=[slug])


def words(response) -> str:
    """The text of the page as a reader sees it, blanks folded."""
    assert response.status_code == 200
    return text_of(response.content.decode())


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def part(response, section: str) -> str:
    """The text of one section of a guide."""
    leaves = response.content.decode().partition("<footer")[0].split('<section class="leaf" ')
    (found,) = [leaf for leaf in leaves if leaf.startswith(f'id="{section}"')]
    return text_of(f"<section {found}")


def add_programs(number: int, *, first: int = 100001, **columns) -> None:
    for at in range(number):
        invented.program(invented.school(first + at, name=f"College {first + at}"), **columns)
    refresh()


# --- the list ----------------------------------------------------------------------------------------


def test_every_exam_stands_under_its_issuer(client, guides):
    text = words(client.get(LIST))
    order = [
        "American Health Information Management Association (AHIMA)",
        "RHIT,",
        "CHPS,",
        "AAPC,",
        "CPC,",
        "ODS,",
        "CEHRS,",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert text.count("Work it leads to ") == 16  # the column's head, and each exam where the table stacks


def test_a_card_says_who_may_sit_what_it_costs_and_how_well_that_is_known(client, guides):
    text = words(client.get(LIST))
    card = text[text.index("RHIT, Registered") : text.index("RHIA, Registered")]
    assert "Rule not confirmed" in card
    assert (
        "After an accredited associate degree; or early, in your last term; or after a bachelor’s degree, which is"
        in card
    )
    assert "$299 $229 for members" in card
    assert "Not confirmed, check with AHIMA , undated, noted November 2026" in card
    assert "Every 2 years With 20 continuing education units AHIMA’s own page , about 2019" in card


def test_an_acronym_keeps_its_letters_in_the_line(client, guides):
    assert "or CCA, CCS, CCS-P or RHIT and 4 years; or bachelor’s degree" in words(client.get(LIST))


def test_what_nobody_has_checked_says_so(client, guides):
    text = words(client.get(LIST))
    card = text[text.index("CHDA, Certified") : text.index("CDIP, Certified")]
    assert "Rule not known: Ask AHIMA" in card
    assert "Fee Not checked yet" in card
    assert "Not known: the rule is not confirmed" in card


def test_the_list_is_there_before_anything_is_loaded(client):
    assert "No certifications are loaded yet" in words(client.get(LIST))


def test_the_marks_are_their_owners(client, guides):
    assert "marks of their owners" in words(client.get(LIST))
    assert "marks of their owners" in words(client.get(address("cpc")))


# --- one exam ------------------------------------------------------------------------------------------


def test_required_and_recommended_stand_apart(client, guides):
    who = part(client.get(address("ccs")), "who")
    required, recommended = who.split("Recommended, not required")
    assert "You have a high school diploma" in required
    assert "coding work" not in required.split("With a high school diploma")[1]
    assert "Or 2 years of coding work" in recommended
    assert "Or the CCS-P, the RHIT or the RHIA" in recommended


def test_a_rule_read_at_the_issuer_says_so_and_links_the_page(client, guides):
    response = client.get(address("ods"))
    who = part(response, "who")
    assert "Rule confirmed Read on NCRA’s own page, undated, noted November 2026" in who
    assert "Not confirmed" not in who
    assert "https://www.ncra-usa.org/ODS-Credential/Potential-ODS/Eligibility" in response.content.decode()


def test_a_rule_from_another_party_says_not_confirmed_and_sends_the_reader_to_the_issuer(client, guides):
    response = client.get(address("rhit"))
    who = part(response, "who")
    assert "Rule not confirmed" in who
    assert "Ask AHIMA before you enroll or pay" in who
    assert "Sources disagree" in who
    assert "The program is accredited by CAHIIM Said by another party, not read on AHIMA’s own page" in who
    assert "which one page says is enough Not confirmed" in who
    assert "wait for the degree or the transcript Confirmed: read on AHIMA’s own page" in who
    assert 'href="https://www.ahima.org/"' in response.content.decode()


@pytest.mark.parametrize("slug", ["chda", "cdip", "cic", "crc"])
def test_a_rule_that_is_not_known_names_no_way_in_and_no_program(client, guides, slug):
    add_programs(1)
    response = client.get(address(slug))
    assert "Required" not in part(response, "who")
    assert "Nobody has confirmed who may sit" in part(response, "who")
    assert "we cannot say which programs open this exam" in part(response, "programs")


def test_six_ways_in_are_six(client, guides):
    who = part(client.get(address("chps")), "who")
    assert "There are six ways in. One is enough" in who
    assert who.count("Required") == 6


def test_a_former_name_is_still_found(client, guides):
    assert "Formerly named Certified Tumor Registrar (CTR), until 1 January 2024." in words(client.get(address("ods")))


def test_each_fact_has_its_source_and_its_date_or_undated(client, guides):
    exam = part(client.get(address("cpc")), "exam")
    assert "Questions 100 multiple-choice questions Not confirmed, check with AAPC , about 2022" in exam
    assert "say $425 for one try Not confirmed, check with AAPC , undated, noted November 2026" in exam


def test_a_fact_that_is_missing_is_not_left_out(client, guides):
    assert "Passing score Not checked yet Ask NHA" in part(client.get(address("cbcs")), "exam")


def test_how_to_keep_it_is_dated_too(client, guides):
    assert "40% of the units must come from AHIMA" in part(client.get(address("rhia")), "renewal")
    assert "Not checked yet. Ask AAPC." in part(client.get(address("coc")), "renewal")


def test_only_rules_in_force_are_shown(client, guides):
    RuleSet.objects.filter(certification__slug="cpc").update(valid_to="2001-01-01")
    assert "We hold no rule for this exam" in part(client.get(address("cpc")), "who")


# --- the programs that open it ---------------------------------------------------------------------


def test_the_guide_counts_the_programs_that_open_it_and_links_them(client, guides):
    add_programs(3)
    response = client.get(address("cpc"))
    programs = part(response, "programs")
    assert "The exam is open to everyone: you need no program to sit it." in programs
    assert "What decides: No education or experience is required before you sit" in programs
    assert 'href="/programs/?leads_to=cpc"' in response.content.decode()


@pytest.mark.parametrize(("slug", "for_anybody"), [("cpc", True), ("ccs", True), ("cehrs", False)])
def test_an_exam_that_asks_nothing_of_a_program_says_so(client, guides, slug, for_anybody):
    add_programs(1)
    text = part(client.get(address(slug)), "programs")
    assert ("in the fields of study that it is meant for" in text) is for_anybody
    assert ("opens this exam by itself" in text) is not for_anybody


def test_one_program_is_spoken_of_as_one(client, guides):
    add_programs(1)
    response = client.get(address("cca"))
    assert "1 listed program is in the fields of study" in part(response, "programs")
    assert "See 1 program" in words(response)


def test_the_first_ten_by_ranking_are_shown(client, guides):
    add_programs(12)
    best = Listing.objects.order_by("-pk")[0]
    Listing.objects.filter(pk=best.pk).update(rank_points=99)
    programs = part(client.get(address("cpc")), "programs")
    assert "The first 10 by our open ranking" in programs
    assert programs.count("Awards given") == 10
    assert programs.index(best.school_name) < programs.index("College 100001")


def test_programs_off_the_lists_are_not_counted(client, guides):
    add_programs(1)
    add_programs(1, first=100101, state=ListingState.NOT_REPORTED)
    assert "1 listed program is in" in part(client.get(address("ccs")), "programs")


def test_an_exam_that_asks_for_more_than_a_program_says_that_none_opens_it(client, guides):
    add_programs(1, award_level=AwardLevel.BACHELORS, field=invented.field_of_study("51.0706"))
    assert "No listed program opens this exam by itself" in part(client.get(address("chps")), "programs")


def test_the_program_list_has_as_many_as_the_guide_says(client, guides):
    add_programs(2)
    assert "2 listed programs" in part(client.get(address("ccs")), "programs")
    assert Listing.objects.listed().leading_to(["ccs"]).count() == 2


# --- addresses and cost ------------------------------------------------------------------------------


def test_the_addresses_are_those_of_the_contract(guides):
    assert LIST == "/certifications/"
    assert Certification.objects.get(slug="ccs-p").get_absolute_url() == "/certifications/ccs-p/"


def test_machines_read_who_recognises_the_credential(client, guides):
    markup = client.get(address("rhit")).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', markup)
    found = json.loads(text)
    assert found["@type"] == "EducationalOccupationalCredential"
    assert found["name"] == "Registered Health Information Technician"
    assert found["recognizedBy"]["alternateName"] == "AHIMA"


def test_no_text_of_staff_ends_the_data_for_machines(client, guides):
    Certification.objects.filter(slug="rhit").update(summary="</script><script>alert(1)</script>")
    markup = client.get(address("rhit")).content.decode()
    assert "<script>alert" not in markup
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', markup)
    assert json.loads(text)["description"] == "</script><script>alert(1)</script>"


def test_an_unknown_exam_is_not_found(client, guides):
    assert client.get(address("xyz")).status_code == 404


@pytest.mark.parametrize("path", [LIST, "/certifications/rhit/"])
def test_a_guide_can_only_be_read(client, guides, path):
    assert client.post(path).status_code == 405


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_one_exam_and_for_all(client, guides):
    add_programs(2)
    every = queries(client, LIST)
    CertificationFact.objects.exclude(certification__slug="rhit").delete()
    Certification.objects.exclude(slug="rhit").delete()
    assert queries(client, LIST) == every
    assert every <= 10


def test_a_guide_costs_the_same_for_one_program_and_for_fifty(client, guides):
    def warm() -> int:
        queries(client, address("cpc"))  # what is worked out once for all questions
        return queries(client, address("cpc"))

    add_programs(1)
    one = warm()
    add_programs(49, first=100101)
    assert warm() == one
    assert one <= 20


def test_a_guide_near_a_place_does_not_read_the_programs_that_it_leaves_out(client, guides):
    add_programs(12)
    path = f"{address('cpc')}?where=OH"
    queries(client, path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).context["near"]["count"] == 12
    assert not [each for each in captured.captured_queries if 'FROM "directory_accreditationstatement"' in each["sql"]]
