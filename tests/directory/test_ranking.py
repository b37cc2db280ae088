"""The order has no commercial input: clicks, reviews and enrol links do not move it."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine

from directory import ranking
from directory.models import Certification, ClickCount, FieldOfStudy, Program, ProgramFact, School
from directory.pipeline.refresh import refresh
from directory.profiles.program_list import why
from directory.profiles.student_reviews import review_summary
from directory.vocab import GoKind, Standing
from tests.directory.catalogue import BUILT_ON, LISTED, by_slug
from tests.directory.filters.asking import cards_on, slugs
from tests.directory.invented import fact
from tests.directory.reviews.people import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
QUESTIONS = (
    "",
    "q=coding",
    "q=health&where=43901&within=250&sort=relevance",
    "where=43901&within=250",
    "level=associate",
)


def rebuild() -> None:
    with time_machine.travel(BUILT_ON, tick=False):  # what counts as confirmed depends on the day
        refresh()


def orders() -> dict[str, list[str]]:
    return {query: slugs(query) for query in QUESTIONS}


def test_clicks_do_not_move_it():
    before = orders()
    last = by_slug(before[""][-1])
    for kind in GoKind.values:
        ClickCount.objects.create(program=last, school=last.school, kind=kind, day="2025-08-01", count=100_000)
    rebuild()
    assert orders() == before


def test_enrol_links_do_not_move_it():
    before = orders()
    links = [field.name for field in School._meta.get_fields() if field.name.endswith(("_url", "website"))]
    assert "apply_url" in links
    School.objects.filter(pk=by_slug(before[""][-1]).school_id).update(
        **dict.fromkeys(links, "https://pay.example/apply")
    )
    fact(by_slug(before[""][-1]), ProgramFact.Kind.APPLY_URL, "https://pay.example/apply")
    rebuild()
    assert orders() == before


def test_reviews_do_not_move_it():
    before = orders()
    praised, panned = by_slug(before[""][-1]), by_slug(before[""][0])
    shown(praised, 5, ratings={"overall": 5, "teaching": 5, "work": 5})
    shown(panned, 5, ratings={"overall": 1, "teaching": 1})
    assert review_summary(praised).overall is not None
    rebuild()
    assert orders() == before
    parts = ranking.parts(cip="51.0707", standing=Standing.ACCREDITED, awards_five_years=9, known_facts=2)
    assert not {"reviews", "rating"} & set(parts)


def test_the_formula_knows_no_table_and_takes_only_what_the_data_page_names():
    """Whoever wants it to count readers or money must change this test."""
    tree = ast.parse(Path(ranking.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "typing", "directory.vocab"}
    assert set(inspect.signature(ranking.parts).parameters) == {"cip", "standing", "awards_five_years", "known_facts"}
    assert set(inspect.signature(ranking.query_parts).parameters) == {"match", "miles", "within", "exam"}


def test_each_result_shows_parts_that_add_up_to_its_score(client):
    for query in QUESTIONS:
        for result in client.get(f"/api/v1/programs/?{query}").json()["results"]:
            parts = result["ranking"]["parts"]
            assert set(parts) <= set(ranking.PART_LABELS)
            assert result["ranking"]["score"] == pytest.approx(sum(parts.values()), abs=0.06)


def test_best_match_stands_in_the_order_of_the_scores(client):
    for query in ("", "q=coding", "q=health", "q=health&where=43901&within=250&sort=relevance"):
        scores = [result["ranking"]["score"] for result in client.get(f"/api/v1/programs/?{query}").json()["results"]]
        assert len(scores) > 1
        assert all(left >= right - 0.2 for left, right in pairwise(scores)), (query, scores)


def test_the_card_says_what_the_api_says(client):
    cards = cards_on(client.get("/programs/?q=coding"))
    assert set(cards) <= set(LISTED)
    for result in client.get("/api/v1/programs/?q=coding").json()["results"]:
        for name, points in result["ranking"]["parts"].items():
            assert not points or f"{ranking.PART_LABELS[name][1:]}, {points:g} points" in cards[result["slug"]]


def test_the_reason_names_the_chosen_order_first():
    parts = ranking.parts(cip="51.0707", standing=Standing.ACCREDITED, awards_five_years=9, known_facts=2)
    assert why(parts, order="price").startswith("lowest price first; accreditation known, 30 points")
    assert why(parts, order="relevance").startswith("accreditation known")


def test_programs_for_an_exam_that_anybody_may_sit_begin_with_what_it_is_about(client):
    exam = Certification.objects.get(slug="cca")
    exam.related_cips = ["51.0713", "51.0707", "51.0706"]
    exam.save()
    rebuild()
    results = client.get("/api/v1/programs/?q=cca").json()["results"]
    fields = [result["cip"] for result in results]
    assert set(fields) == {"51.0713", "51.0707", "51.0706"}
    assert fields == sorted(fields, reverse=True)
    points = {result["cip"]: result["ranking"]["parts"]["exam"] for result in results}
    assert points["51.0713"] == ranking.EXAM_POINTS
    assert 0 < points["51.0706"] < points["51.0707"] < points["51.0713"]
    assert {result["cip"] for result in client.get("/api/v1/programs/?leads_to=cca").json()["results"]} == set(fields)


def test_where_the_exam_asks_for_a_program_the_field_earns_nothing(client):
    exam = Certification.objects.get(slug="rhit")
    exam.related_cips = ["51.0707", "51.0706"]
    exam.save()
    rebuild()
    for result in client.get("/api/v1/programs/?q=rhit").json()["results"]:
        assert "exam" not in result["ranking"]["parts"]


def test_health_information_stands_before_another_field_that_is_as_well_known(client):
    one, other = Program.objects.listed().order_by("pk")[:2]
    nursing = FieldOfStudy.objects.create(cip="51.3801", title="Nursing", family="51.38", release=one.field.release)
    Program.objects.filter(pk=other.pk).update(field=nursing)
    rebuild()
    parts = {row["slug"]: row["ranking"]["parts"] for row in client.get("/api/v1/programs/").json()["results"]}
    assert (parts[one.slug]["field"], parts[other.slug]["field"]) == (25.0, 0.0)


def test_points_rise_with_every_part():
    least = ranking.parts(cip="51.3801", standing=Standing.NOT_CONFIRMED, awards_five_years=0, known_facts=0)
    most = ranking.parts(cip="51.0707", standing=Standing.ACCREDITED, awards_five_years=5_000, known_facts=4)
    assert sum(least.values()) == 0
    assert most == {"field": 25.0, "accreditation": 30.0, "activity": 20.0, "facts": 20.0}
    assert ranking.query_parts(match=None, miles=10, within=None) == {}
    assert ranking.query_parts(match=1, miles=0, within=50) == {"match": 100.0, "distance": 20.0}
    assert ranking.query_parts(match=0.5, miles=80, within=50) == {"match": 50.0, "distance": 0.0}
