"""Guide files: what is read from them, and what keeps one from being loaded."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from careers.guides.checks import problems
from careers.guides.files import read_file, read_text, shipped_files, write_text
from careers.guides.links import is_ours, links_in
from careers.guides.text import read_section
from careers.vocab import PARTS, Kind
from careers.vocab.blocks import anchors
from tests.careers.guides.samples import GUIDE, sections

DOCS = Path(settings.BASE_DIR) / "docs" / "guides.md"


def test_a_guide_is_read_section_by_section():
    guide = read_text(GUIDE, "medical-coder")
    assert guide.errors == ()
    assert (guide.career, guide.note) == ("medical-coder", "First version")
    assert list(guide.sections) == [key for key in PARTS if key in guide.sections]
    assert problems(guide.sections) == []


def test_what_is_written_reads_back_the_same():
    guide = read_text(GUIDE, "medical-coder")
    again = read_text(write_text(guide.career, guide.note, guide.sections), guide.career)
    assert (again.note, again.sections, again.errors) == (guide.note, guide.sections, ())


def test_a_day_has_its_times_and_a_point_may_run_over_lines():
    day = read_section(sections()["day"], Kind.DAY)
    assert day.intro == "A day in a records office."
    assert (day.items[0].starts, day.items[0].ends, day.items[0].minutes) == (time(8), time(10, 30), 150)
    points = read_section(sections()["duties"], Kind.POINTS)
    assert [item.body for item in points.items] == [
        "Read the record of a visit from beginning to end.",
        "Choose the codes.",
    ]


def test_a_heading_inside_a_code_fence_opens_nothing():
    reading = read_section("## One\n```\n## not an item\n```\n## Two\ntext", Kind.TOPICS)
    assert [item.title for item in reading.items] == ["One", "Two"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what_it_is": ""}, "must be filled"),
        ({"what_it_is": "x" * 20_001}, "longer than"),
        ({"what_it_is": "It pays $50,000."}, "a figure without a citation"),
        ({"what_it_is": "Of them 12 percent work at home."}, "a figure without a citation"),
        ({"what_it_is": "Cited.[^nowhere]"}, "not among the sources"),
        ({"what_it_is": "<script>alert(1)</script>"}, "HTML is shown as it is typed"),
        ({"what_it_is": "[x](javascript:alert)"}, "only https"),
        ({"what_it_is": "[x](data:text/html,1)"}, "only https"),
        ({"what_it_is": "[x](//evil.example/)"}, "only https"),
        ({"what_it_is": "[x](/nowhere/)"}, "no page of ours"),
        ({"what_it_is": "[x](#paay)"}, "no part of this page"),
        ({"what_it_is": "[x](#source-gone)"}, "no part of this page"),
        ({"what_it_is": "It pays 99,999 dollars."}, "a figure without a citation"),
        ({"what_it_is": "Of them thirty percent work at home."}, "a figure without a citation"),
        ({"what_it_is": "![x](https://pictures.example.org/x.png)"}, "pictures are not shown"),
        ({"duties": "No list."}, "has no items"),
        ({"day": "## 10:00-09:00 | Back\ntext"}, "ends before it begins"),
        ({"day": "## 25:00-26:00 | Late\ntext"}, "no time from"),
        ({"day": "## 08:00-10:00 | One\na\n## 09:00-11:00 | Two\nb"}, "begins before"),
        ({"steps": "## Only a heading | a year"}, "without a text"),
        ({"tiers": "## No experience\ntext"}, "not a heading as it should be"),
        ({"faq": "## Not asked\ntext"}, "question mark"),
        ({"faq": "## Why?\na\n## Why?\nb"}, "more than once"),
        ({"organizations": "## Body | ftp://body.example.org/\ntext"}, "only https"),
        ({"history": "## 2014 | It grew\nNo source."}, "a figure without a citation"),
        ({"sources": "## issuer | Rules\n- publisher: x"}, "lacks “- dated"),
        ({"sources": "## oews | Pay\n- publisher: x\n- dated: 2025"}, "cannot be an id"),
        ({"sources": "## a | A\n- publisher: x\n- dated: x\n- author: y"}, "no field of a reference"),
    ],
)
def test_what_keeps_a_guide_from_being_published(change, words):
    assert any(words in problem.text for problem in problems(sections(**change)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no front matter\n", "front matter"),
        ('+++\ncareer = "nurse"\n+++\n', "career must be"),
        ("+++\ncareer = \n+++\n", "front matter"),
        ('+++\ncareer = "medical-coder"\n+++\nwords\n', "before the first section"),
        ('+++\ncareer = "medical-coder"\n+++\n# nothing\n', "is no section"),
        ('+++\ncareer = "medical-coder"\n+++\n# faq\n# faq\n', "twice"),
        ('+++\ncareer = "medical-coder"\n+++\n# faq\n# duties\n', "too late"),
    ],
)
def test_a_file_that_is_no_guide_says_where(text, words):
    assert any(words in error for error in read_text(text, "medical-coder").errors)


def test_the_example_in_the_docs_can_be_published():
    example = re.search(r"```markdown\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    guide = read_text(example[1], "medical-coder")
    assert guide.errors == ()
    assert problems(guide.sections) == []


def test_the_docs_name_every_section_in_order():
    table = [line.split("|")[1] for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert [key for cell in table for key in re.findall(r"`([a-z-]+)`", cell)] == list(PARTS)


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_a_shipped_guide_can_be_published(path):
    guide = read_file(path)
    assert guide.errors == ()
    assert [str(problem) for problem in problems(guide.sections)] == []


def test_the_command_fails_on_a_bad_file(tmp_path, capsys):
    good, bad = tmp_path / "medical-coder.md", tmp_path / "bad" / "medical-coder.md"
    bad.parent.mkdir()
    good.write_text(GUIDE, encoding="utf-8")
    bad.write_bytes(b"+++\xff")
    call_command("check_guides", str(good))
    assert "medical-coder.md: ok" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 file cannot"):
        call_command("check_guides", str(good), str(bad))


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_a_link_to_a_part_of_another_career_leads_to_a_part_that_its_page_has(path):
    pages = {guide.stem: anchors(read_file(guide).sections) for guide in shipped_files()}
    texts = read_file(path).sections.values()
    links = [address for text in texts for line in text.splitlines() for address in links_in(line)]
    for address in links:
        page, _, part = address.partition("#")
        if not (is_ours(address) and page and part):
            continue
        # A link to a part of any other page has to be added here with what tells its parts.
        assert page.startswith("/careers/"), address
        assert part in pages[page.strip("/").removeprefix("careers/")], address


def test_a_part_that_no_careers_page_has_is_refused():
    shop = sections(setting="See [pay](/careers/medical-biller/#pay) and [this](/careers/medical-biller/#payy).")
    assert [str(problem) for problem in problems(shop)] == [
        "setting, line 1: /careers/medical-biller/#payy: no career's page has a part of that name"
    ]
