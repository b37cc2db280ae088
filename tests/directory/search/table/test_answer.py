"""The search table in memory: what counts, in which order, and that a question never mixes with another."""

from __future__ import annotations

import random

import pytest

from directory.models import Listing, Program
from directory.search.freshness import current
from directory.search.table.answer import SORTS, Answer
from directory.search.table.question import Circle, Meaning, Question
from tests.directory.catalogue import LISTED, by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
HERE = Circle(40.0, -83.0, 50)


def ask(**question) -> Answer:
    return Answer(Question(**question), current().columns)


def slugs(answer: Answer) -> list[str]:
    named = dict(Program.objects.values_list("pk", "slug"))
    return [named[hit.program] for hit in answer.page(0, answer.count)]


def test_no_condition_finds_everything_in_the_order_of_the_points():
    answer = ask()
    points = dict(Listing.objects.values_list("program__slug", "rank_points"))
    assert answer.count == len(LISTED)
    assert set(slugs(answer)) == set(LISTED)
    assert [points[slug] for slug in slugs(answer)] == sorted((points[slug] for slug in LISTED), reverse=True)


def test_pages_never_overlap_and_never_leave_a_row_out():
    for order in SORTS:
        for circle in (None, Circle(40.0, -83.0, 250)):
            answer = ask(order=order, circle=circle)
            whole = answer.page(0, answer.count)
            pages = [answer.page(start, start + 3) for start in range(0, answer.count, 3)]
            assert [hit for page in pages for hit in page] == whole
            assert [hit for chunk in answer.chunks(4) for hit in chunk] == whole
            assert len({hit.program for hit in whole}) == answer.count


def test_a_page_beyond_the_end_is_empty():
    assert ask().page(1_000, 1_020) == []


def test_meanings_hold_together_and_each_is_met_by_field_school_or_program():
    coding = Meaning(fields={"51.0713": 1.0})
    maple = Meaning(schools={by_slug("maple-coding-short").school_id: 1.0})
    own = Meaning(programs={by_slug("maple-hit-associate").pk: 1.0})
    both = set(slugs(ask(meanings=(coding, maple))))
    assert both == set(slugs(ask(meanings=(coding,)))) & set(slugs(ask(meanings=(maple,))))
    assert both
    assert slugs(ask(meanings=(own,))) == ["maple-hit-associate"]
    assert ask(meanings=(coding, own)).count == 0


def test_a_family_stands_for_its_fields():
    family = set(slugs(ask(meanings=(Meaning(fields={"51.07": 0.5}),))))
    assert family == set(Listing.objects.listed().of(["51.07"]).values_list("program__slug", flat=True))
    assert family == set(slugs(ask(cips=("51.07",))))
    assert family == set(slugs(ask(meanings=(Meaning(fields={"51": 1.0}),), cips=("51.07",))))


def test_a_meaning_of_nothing_finds_nothing():
    assert ask(meanings=(Meaning(),)).count == 0
    assert ask(meanings=(Meaning(schools={10**9: 1.0}, fields={"99.9999": 1.0}),)).count == 0


def test_the_better_match_comes_first_by_its_points_and_says_how_well_it_fits():
    meaning = Meaning(fields={"51.0713": 1.0, "51.0707": 0.2})
    answer = ask(meanings=(meaning,), match_points=1_000)
    hits = answer.page(0, answer.count)
    assert [hit.match for hit in hits] == sorted((hit.match for hit in hits), reverse=True)
    assert {hit.match for hit in hits} == {1.0, 0.2}
    weightless = ask(meanings=(meaning,), match_points=0)
    assert slugs(weightless) == [slug for slug in slugs(ask()) if slug in set(slugs(weightless))]


def test_several_ways_to_meet_a_meaning_count_as_the_best_of_them():
    program = by_slug("maple-coding-short")
    meaning = Meaning(fields={"51.0713": 0.4}, schools={program.school_id: 0.7}, programs={program.pk: 0.9})
    found = {hit.program: hit.match for hit in ask(meanings=(meaning,)).page(0, 100)}
    assert found[program.pk] == 0.9
    assert {round(match, 1) for match in found.values()} == {0.4, 0.7, 0.9}


def test_nearness_counts_only_where_the_best_match_comes_first():
    near = ask(circle=Circle(40.0, -83.0, 100), distance_points=10_000)
    miles = [hit.miles or 0.0 for hit in near.page(0, near.count)]
    assert miles == sorted(miles)
    assert len(set(miles)) > 1


def test_a_school_without_a_point_is_in_no_circle():
    everywhere = set(slugs(ask(circle=Circle(40.0, -83.0, 13_000))))
    assert everywhere == {slug for slug in LISTED if not slug.startswith("elm")}


def test_online_programs_elsewhere_come_last_in_every_order():
    for order in SORTS:
        for place in ({"circle": HERE}, {"usps": "OH"}):
            hits = ask(order=order, online_too=True, **place).page(0, 100)
            assert [hit.near for hit in hits] == sorted((hit.near for hit in hits), reverse=True)
            assert not hits[-1].near


def test_what_nobody_knows_comes_last():
    for order, column in (("price", "price"), ("earnings", "earnings"), ("completions", "awards")):
        values = dict(Listing.objects.values_list("program__slug", column))
        known = [values[slug] is not None for slug in slugs(ask(order=order))]
        assert known == sorted(known, reverse=True)


def test_few_and_many_candidates_are_looked_for_in_two_ways_that_agree(monkeypatch):
    """Below a share of the rows the conditions fetch their rows, above it every row is looked at."""
    chance = random.Random(1)  # noqa: S311 - a fixed list of questions, no secret
    columns = current().columns
    schools = list(columns.schools.position)
    for _ in range(60):
        question = Question(
            meanings=tuple(
                Meaning(
                    fields=dict.fromkeys(chance.sample(columns.cips, k=chance.randint(0, 2)), 0.5),
                    schools=dict.fromkeys(chance.sample(schools, k=chance.randint(0, 2)), 0.8),
                )
                for _ in range(chance.randint(1, 2))
            ),
            circle=chance.choice((None, HERE)),
            match_points=40,
        )
        answers = []
        for few in (0.001, 1_000_000):
            monkeypatch.setattr("directory.search.table.matching.FEW", few)
            answers.append(Answer(question, columns))
        fetched, looked_at = answers
        assert fetched.count == looked_at.count
        assert fetched.facets == looked_at.facets
        assert fetched.page(0, 20) == looked_at.page(0, 20)
