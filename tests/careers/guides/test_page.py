"""A career's page with a guide: every block in its place, safe, sourced and bounded."""

from __future__ import annotations

import gzip
import html
import json
import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers import publishing
from careers.guides.text import read_section
from careers.models import Projection
from careers.profiles.blocks import GROUPS, every_section_has_its_place
from careers.profiles.day import timeline
from careers.profiles.demand import RULE, demand_part, outlook_label
from careers.profiles.short import first_sentence
from careers.vocab import NEIGHBORS, PARTS, Kind
from directory.models import Body, Certification
from directory.vocab import STATES
from tests.careers import world
from tests.careers.guides.samples import sections
from tests.careers.guides.test_publishing import draft_of, stamps
from tests.directory.invented import field_of_study

pytestmark = pytest.mark.django_db

#: A text for every section, in the kind's own form.
FORMS = {
    Kind.MARKDOWN: "Words of {key}.",
    Kind.POINTS: "- Point of {key}.",
    Kind.TOPICS: "## Topic of {key}\nWords.",
    Kind.TIERS: "## Tier of {key} | 1 year\nWords.",
}


@pytest.fixture
def coder(db):
    keepers = world.lamp_keepers()
    return world.career(keepers, "medical-coder", title="Medical coder")


def whole() -> dict[str, str]:
    texts = {key: FORMS[part.kind].format(key=key) for key, part in PARTS.items() if part.kind in FORMS}
    return {**texts, **sections()}


def published(career, **changes: str):
    return publishing.publish(draft=draft_of(career, **{**whole(), **changes}))


def page_of(client, career, query: str = "") -> str:
    return client.get(career.get_absolute_url() + query).content.decode()


def words(page: str) -> str:
    body = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_every_section_of_a_guide_stands_in_one_block():
    assert every_section_has_its_place()


def test_the_blocks_stand_in_the_order_of_the_sections(client, coder):
    published(coder)
    page = page_of(client, coder)
    shown = re.findall(r'<h3 id="([a-z-]+)">', page)
    # The net is drawn where a program is listed.
    assert shown == [block.id for _, _, blocks in GROUPS for block in blocks if block.id != "pathway"]
    contents = re.search(r'<nav aria-label="On this page">.*?</nav>', page, re.DOTALL)
    assert contents
    assert re.findall(r'href="#(?!part-)([a-z-]+)"', contents.group()) == ["in-short", *shown]


def test_every_written_section_is_on_the_page(client, coder):
    published(coder)
    page = words(page_of(client, coder))
    for key, part in PARTS.items():
        if part.kind in FORMS and key not in sections():
            assert f"of {key}" in page, key
    for each in (
        "Remote work Often possible Coding is done on screen.",
        "8:00 AM to 10:30 AM Inpatient charts Code the stays",
        "Finish high school by 18, or later",
        "A denied claim Illustration",
        "No person and no employer in them exists.",
        "Do I need a degree?",
        "2014 A guide gave 15.4% growth",
        "Not today’s figures.",
        "Who may sit , The issuer, dated: 2024, read 31 Jan 2026",
    ):
        assert each in page, each


def test_no_heading_stands_over_nothing_and_no_id_twice(client, coder):
    published(coder)
    for career in (coder, coder.occupation):
        page = page_of(client, career)
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))
        assert not re.search(r"<h([2-6])[^>]*>[^<]*</h\1>\s*</(?:div|section)>", page)
        levels = [int(level) for level in re.findall(r"<h([1-6])", page.split("<main", 1)[1].split("</main>")[0])]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        for target in re.findall(r'href="#([^"]+)"', page):
            assert target in ids, target


def test_a_career_without_a_guide_says_so_and_shows_the_figures(client, coder):
    page = words(page_of(client, coder))
    assert "Nobody has written a guide of this career yet." in page
    assert "$42,000" in page
    assert "The files that we hold count jobs by occupation and place, not by industry" in page
    assert "No state wage file is loaded" in page


def test_a_career_without_pay_is_complete_and_says_why(client):
    bare = world.career(world.occupation("29-9099", "Fog Callers"), "fog-caller", title="Fog caller")
    published(bare)
    page = words(page_of(client, bare))
    assert "The records that we hold have no pay from the wage survey for this occupation." in page
    assert "The gauge needs the projections" in page
    assert "Often possible" in page
    assert "Median pay Not published" in page


def test_text_of_a_guide_is_harmless_wherever_it_stands(client, coder):
    attack = '<script>alert(1)</script> <img src=x onerror=alert(1)> "quoted" [x](javascript:alert(1))'
    texts = {key: FORMS[part.kind].format(key=attack) for key, part in PARTS.items() if part.kind in FORMS}
    texts |= {
        "headline": f"## {attack} | {attack}\n{attack}",
        "day": f"## {attack} | {attack}\n{attack}",
        "steps": f"## {attack} | {attack}\n{attack}",
        "faq": f"## {attack}\n{attack}",
        "cases": f"## {attack}\n{attack}",
        "organizations": f"## {attack} | javascript:alert(1)\n{attack}",
        "history": f"## {attack} | {attack}\n{attack}",
        "sources": f"## {attack} | {attack}\n- publisher: {attack}\n- link: javascript:alert(1)\n- dated: {attack}",
    }
    draft = publishing.start_draft(career=coder)
    details = {"author": attack[:100], "note": attack}
    publishing.save_draft(draft=draft, sections=texts, details=details, seen=stamps(draft))
    # As if it had been published in spite of the rules.
    draft.publish_at = timezone.now()
    draft.save()
    page = page_of(client, coder)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert not re.search(r'(?:href|src)="javascript', page, re.IGNORECASE)
    tags = re.findall(r"<[a-z][^>]*>", page)
    assert [tag for tag in tags if re.search(r"\son[a-z]+=", re.sub(r'"[^"]*"', '""', tag))] == []


def test_citations_lead_to_the_numbered_sources(client, coder):
    published(coder)
    page = page_of(client, coder)
    listed = re.findall(r'<li id="source-([a-z-]+)">', page)
    assert listed[:3] == ["issuer", "old-guide", "oews"]
    for key, number in re.findall(r'<a href="#source-([a-z-]+)">(\d+)</a>', page):
        assert listed.index(key) + 1 == int(number)


def test_the_day_is_drawn_to_scale():
    day = read_section("## 08:30-10:00 | A\na\n## 10:00-16:00 | B\nb", Kind.DAY)
    drawn = timeline(day.items)
    assert [(block["x"], block["width"]) for block in drawn["blocks"]] == [("6.25%", "18.75%"), ("25.00%", "75.00%")]
    assert [tick["text"] for tick in drawn["ticks"]] == ["8 am", "10 am", "noon", "2 pm", "4 pm"]
    assert timeline(read_section("## soon | A\na", Kind.DAY).items) == {}


@pytest.mark.parametrize(
    ("growth", "openings", "score", "label"),
    [
        (10, 150, 4, "High"),
        (3, 110, 2, "Middle"),
        (1, 50, 0, "Low"),
        (-4, 150, 1, "Below the middle"),
        (5, 80, 3, "Above the middle"),
    ],
)
def test_the_gauge_follows_its_printed_rule(growth, openings, score, label):
    def row(**columns):
        return Projection(jobs=1000, base_year=2024, target_year=2034, **columns)

    total = row(change_percent=3, openings=100)
    demand = demand_part(row(change_percent=growth, openings=openings), total)["demand"]
    assert (demand.score, demand.label) == (score, label)
    assert sum(demand.steps) == score
    assert demand.rule == RULE
    assert demand_part(row(change_percent=None, openings=1), total)["demand"] is None
    assert demand_part(None, total)["demand"] is None


@pytest.mark.parametrize(
    ("growth", "label"),
    [(9, "Faster than average"), (3, "About average"), (0, "Slower than average"), (-1, "Fewer jobs than today")],
)
def test_the_outlook_has_a_word(growth, label):
    assert outlook_label(Projection(change_percent=growth), Projection(change_percent=3)) == label


def test_bands_of_pay_say_that_they_are_not_measured(client, coder):
    page = words(page_of(client, coder))
    assert "Entry $30,000 to $36,000 10th to 25th percentile" in page
    assert "Senior $50,000 to $64,000" in page
    assert "Not measured by experience." in page


def test_pay_of_the_chosen_state_stands_beside_the_country_and_its_neighbors(client, coder):
    world.listed_program()
    keepers = coder.occupation
    for code, title, usps in (("39", "Ohio", "OH"), ("18", "Indiana", "IN"), ("06", "California", "CA")):
        world.pay(keepers, at=world.state(code, title, usps), annual_median=39_000)
    drawn = re.findall(r'aria-label="([A-Z][A-Za-z ]+): the lowest', page_of(client, coder, "?where=OH"))
    assert drawn == ["United States", "Ohio", "Indiana"]
    assert re.findall(r'aria-label="(Ohio): the lowest', page_of(client, coder)) == []


def test_every_neighbor_is_a_neighbor_of_its_neighbor():
    assert [(a, b) for a, others in NEIGHBORS.items() for b in others if a not in NEIGHBORS[b]] == []
    assert set(NEIGHBORS) <= set(STATES)
    assert set(STATES) - set(NEIGHBORS) <= {"AS", "FM", "GU", "MH", "MP", "PW", "VI"}


def test_the_first_programs_stand_in_the_open_order_with_their_reason(client, coder):
    listing = world.listed_program()
    page = words(page_of(client, coder))
    assert "First of 1 in the open order" in page
    assert listing.school_name in page
    assert "No school can pay for a place." in page


def test_a_place_that_is_none_is_said_beside_its_field(client, coder):
    world.listed_program()
    page = page_of(client, coder, "?where=Nowhereville+of+the+Moon")
    assert 'aria-invalid="true"' in page
    assert "First of 1" in words(page)
    assert "This page has no filter “color”" in words(page_of(client, coder, "?color=red"))


@pytest.mark.parametrize(
    "query", ["?where=%00", "?where=" + "x" * 5000, "?within=abc", "?where=OH&where=IN", "?where="]
)
def test_no_place_breaks_the_page(client, coder, query):
    world.listed_program()
    assert client.get(coder.get_absolute_url() + query).status_code == 200


# --- for machines -------------------------------------------------------------------------------------


def structured(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_structured_data_says_what_the_page_sources(client, coder):
    data = structured(page_of(client, coder))
    assert (data["@type"], data["name"]) == ("Occupation", "Medical coder")
    assert data["occupationalCategory"]["codeValue"] == "29-2072"
    salary = data["estimatedSalary"][0]
    assert (salary["median"], salary["percentile10"], salary["currency"]) == (42_000, 30_000, "USD")
    assert "May 2025 (BLS OEWS)" in salary["name"]
    assert data["educationRequirements"] == "Associate's degree"
    assert "experienceRequirements" not in data  # BLS says "None"


def test_structured_data_leaves_out_what_nobody_publishes(client):
    bare = world.occupation("29-9099", "Fog Callers")
    data = structured(client.get(bare.get_absolute_url()).content.decode())
    assert not {"estimatedSalary", "educationRequirements", "responsibilities", "description"} & set(data)
    capped = world.occupation("29-9098", "Gold Callers")
    world.pay(capped, annual_median=239_200, annual_median_note="capped")
    assert "estimatedSalary" not in structured(client.get(capped.get_absolute_url()).content.decode())


def test_structured_data_cannot_end_its_element(client, coder):
    coder.summary = "</script><script>alert(1)</script>&\u2028"
    coder.save()
    page = page_of(client, coder)
    assert structured(page)["description"] == coder.summary
    assert "<script>alert" not in page


# --- limits -------------------------------------------------------------------------------------------


def measured(client, url: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(captured), len(gzip.compress(answer.content))


def test_a_page_with_every_block_costs_25_queries_at_most_and_as_many_with_50_programs(client, coder):
    published(coder)
    world.listed_program()
    url = coder.get_absolute_url()
    for query in ("", "?where=OH"):
        client.get(url + query)  # reads the tables into memory
    one, _ = measured(client, url)
    near, _ = measured(client, f"{url}?where=OH")
    for number in range(2, 51):
        world.listed_program(unitid=100_000 + number)
    for number in range(20):
        field = field_of_study(f"51.08{number:02d}", f"Field {number}")
        world.leads(field, coder.occupation)
    client.get(url)
    fifty, _ = measured(client, url)
    assert fifty == one
    assert near <= 25
    assert one <= 25


def test_a_page_with_long_texts_stays_below_60_kilobytes(client, coder):
    # Far more words than a reader would want: 40 sections of 2,500 characters that do not repeat.
    def prose(key: str) -> str:
        return " ".join(f"{key}{number * 7919 % 1000:x}" for number in range(180))

    texts = {
        key: FORMS[part.kind].format(key=key) + f"\n{prose(key[:4])}"
        for key, part in PARTS.items()
        if part.kind in FORMS
    }
    published(coder, **{key.replace("-", "_"): text for key, text in texts.items()})
    for unitid in range(100_002, 100_010):
        world.listed_program(unitid=unitid)
    _, size = measured(client, coder.get_absolute_url())
    assert size <= 60_000


def test_exams_that_the_guide_names_come_first_and_the_others_are_folded(client, coder):
    body = Body.objects.create(acronym="KLB", name="Keepers of Lamps", website="https://klb.example.org/")
    for order, (slug, cips) in enumerate((("aaa", ["51.0707"]), ("bbb", ["51.0707"]), ("ccc", ["01.0101"]))):
        Certification.objects.create(
            slug=slug, acronym=slug.upper(), name=f"Exam {slug}", body=body, summary=f"Shows {slug}.", order=order,
            issuer_url="https://klb.example.org/", related_cips=cips, release=world.soc(),
        )  # fmt: skip
    assert "AAA , Exam aaa (KLB) Shows aaa. BBB , Exam bbb" in words(page_of(client, coder))
    published(coder, certification="The exam is the [CCC](/certifications/ccc/).")
    page = words(page_of(client, coder))
    assert "CCC , Exam ccc (KLB) Shows ccc. 2 more for graduates of the fields that lead here AAA , Exam aaa" in page


def test_the_page_begins_with_a_short_version_of_what_is_there(client, coder):
    published(coder)
    page = page_of(client, coder)
    short = words(page[page.index('id="in-short"') : page.index('id="part-the-work"')])
    assert "A coder turns what clinicians wrote into codes." in short
    assert "Finish high school (by 18, or later)." in short
    assert "10% growth over the decade" in short
    assert "Much sitting." in short
    assert "[^" not in short


def test_a_first_sentence_that_says_little_takes_the_second_with_it():
    assert (
        first_sentence("Voluntary. Two bodies give one. Each lasts three years.") == "Voluntary. Two bodies give one."
    )
    long = "Nobody in the U.S. needs a license for this work, as far as we can tell from what we read."
    assert first_sentence(f"{long} More.") == long
    assert first_sentence("No mark at the end") == "No mark at the end"


def test_long_official_lists_are_folded_under_a_guide_and_open_without_one(client, coder):
    assert 'class="fold"' not in page_of(client, coder)
    published(coder)
    page = page_of(client, coder)
    assert '<details class="fold"><summary><h3 id="faq">' in page
    assert '<summary><h3 id="steps">' not in page
