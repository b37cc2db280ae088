"""The shipped table of certifications: whole, graded, and honest about what is not confirmed."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.eligibility.table import TableError, read_table
from directory.models import CertificationFact

TABLE = read_table()
BY_SLUG = {entry.slug: entry for entry in TABLE.certifications}
AHIMA = ["rhit", "rhia", "ccs", "ccs-p", "cca", "chda", "cdip", "chps"]
SLUGS = [*AHIMA, "cpc", "coc", "cic", "crc", "ods", "cbcs", "cehrs"]
#: Rules that are read on the issuer's own page, by the field's facts.
READ_AT_THE_ISSUER = {"ccs", "chps", "cpc", "coc", "ods"}
NOT_CONFIRMED_AT_ALL = {"chda", "cdip", "cic", "crc"}


def current(slug: str):
    """The rules that are in force until further notice."""
    (rules,) = [rules for rules in BY_SLUG[slug].rule_sets if rules.valid_to is None]
    return rules


def conditions(slug: str, *, required: bool = True):
    found = [condition for route in current(slug).routes for condition in route.conditions]
    return [condition for condition in found if condition.required is required]


def route(slug: str, code: str):
    (found,) = [route for route in current(slug).routes if route.code == code]
    return found


def test_every_exam_guide_of_the_product_is_there():
    assert sorted(BY_SLUG) == sorted(SLUGS)


def test_the_five_bodies_are_named():
    assert {body.acronym for body in TABLE.bodies} == {"AHIMA", "AAPC", "NCRA", "NHA", "HIMSS"}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_certification_says_who_issues_it_what_it_is_and_who_may_sit(slug):
    entry = BY_SLUG[slug]
    assert entry.body in {body.acronym for body in TABLE.bodies}
    assert entry.summary.endswith(".")
    assert entry.issuer_url.startswith("https://")
    assert current(slug)
    assert entry.related_cips


def test_whatever_is_known_says_as_of_when():
    facts = [fact.as_of for entry in TABLE.certifications for fact in entry.facts if fact.grade != "C"]
    rules = [rules.as_of for entry in TABLE.certifications for rules in entry.rule_sets if rules.grade != "C"]
    assert len(facts) > len(rules) > 8
    assert all([*facts, *rules])


def test_what_others_say_about_the_cpc_exam_is_no_word_of_the_issuer():
    exam = {"items", "length", "passing", "fee", "renewal"}
    grades = {fact.kind: fact.grade for fact in BY_SLUG["cpc"].facts if fact.kind in exam}
    assert grades == dict.fromkeys(exam, "B")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_rule_carries_its_grade(slug):
    grade = "A" if slug in READ_AT_THE_ISSUER else "C" if slug in NOT_CONFIRMED_AT_ALL else "B"
    assert current(slug).grade == grade


def test_only_what_sources_contradict_or_leave_to_the_issuer_is_not_confirmed():
    doubted = [
        (slug, route.code, condition.kind)
        for slug in SLUGS
        for route in current(slug).routes
        for condition in route.conditions
        if not condition.confirmed
    ]
    assert sorted(doubted) == [
        ("cbcs", "other", "award-level"),
        ("cehrs", "other", "award-level"),
        ("rhia", "foreign", "reciprocity"),
        ("rhit", "bachelor", "award-level"),
        ("rhit", "foreign", "reciprocity"),
    ]


@pytest.mark.parametrize("slug", sorted(NOT_CONFIRMED_AT_ALL))
def test_a_rule_that_is_not_confirmed_has_no_route_and_says_why(slug):
    assert not current(slug).routes
    assert current(slug).note


def test_no_fact_without_a_source_and_none_that_is_unverified():
    facts = [fact for entry in TABLE.certifications for fact in entry.facts]
    assert facts
    assert {fact.grade for fact in facts} <= {"A", "B"}
    assert all(fact.source.startswith("https://") for fact in facts)
    assert {fact.kind for fact in facts} <= set(CertificationFact.Kind.values)


def test_every_word_fits_its_column():
    assert all(len(fact.text) <= 300 for entry in TABLE.certifications for fact in entry.facts)
    assert all(len(fact.as_of) <= 40 for entry in TABLE.certifications for fact in entry.facts)
    routes = [r for entry in TABLE.certifications for rules in entry.rule_sets for r in rules.routes]
    assert all(len(route.code) <= 8 and len(route.title) <= 200 for route in routes)
    assert all(len(condition.text) <= 300 for route in routes for condition in route.conditions)


def test_only_an_accredited_associate_opens_the_rhit():
    for code in ("degree", "early"):
        kinds = {condition.kind: condition for condition in route("rhit", code).conditions}
        assert list(kinds["award-level"].award_levels) == [3]
        assert kinds["program-accreditation"].agency == "CAHIIM"
    assert "experience" not in {condition.kind for condition in conditions("rhit")}


def test_the_early_test_is_known_of_the_rhit_only():
    early = [slug for slug in SLUGS if "last-term" in {condition.kind for condition in conditions(slug)}]
    assert early == ["rhit"]


def test_the_rhia_asks_for_a_bachelors_a_masters_or_a_certificate_after_the_degree_never_for_the_rhit():
    levels = {level for each in conditions("rhia") for level in each.award_levels}
    assert levels == {5, 6, 7}
    assert not [each for each in conditions("rhia") if each.credentials]


def test_the_ccs_requires_the_diploma_and_recommends_the_rest():
    assert [condition.kind for condition in conditions("ccs")] == ["diploma"]
    recommended = conditions("ccs", required=False)
    assert len(recommended) == 5
    of_ahima, of_others = {"cca", "ccs-p", "rhit", "rhia"}, {"cpc", "coc", "cic", "crc", "cbcs"}
    assert {slug for each in recommended for slug in each.credentials} == of_ahima | of_others


@pytest.mark.parametrize("slug", ["cpc", "coc", "ccs-p"])
def test_exams_open_to_everyone_require_nothing(slug):
    assert [condition.kind for condition in conditions(slug)] == ["none"]


def test_the_chps_has_six_routes_of_education_and_years():
    months = [condition.months for condition in conditions("chps") if condition.kind == "experience"]
    assert months == [72, 48, 48, 24, 24, 12]


def test_the_ods_has_ncras_three_routes_and_its_former_name():
    assert [route.code for route in current("ods").routes] == ["A1", "A2", "B"]
    assert "CTR" in BY_SLUG["ods"].former_name
    before, after = BY_SLUG["ods"].rule_sets
    assert (before.named, before.valid_to, after.valid_from) == ("CTR", dt.date(2023, 12, 31), dt.date(2024, 1, 1))
    assert not before.routes
    hours = [condition.hours for condition in conditions("ods") if condition.hours]
    assert hours == [1950]


@pytest.mark.parametrize(
    ("slug", "amount", "member"),
    [("rhit", 299, 229), ("ccs", 399, 299), ("cca", 299, 199), ("cpc", 399, None)],
)
def test_fees_are_those_of_the_issuer(slug, amount, member):
    (fee,) = [fact for fact in BY_SLUG[slug].facts if fact.kind == "fee"]
    assert (fee.amount, fee.member_amount) == (amount, member)


@pytest.mark.parametrize("slug", SLUGS)
def test_ahimas_process_stands_with_each_of_its_exams_and_with_no_other(slug):
    windows = [fact for fact in BY_SLUG[slug].facts if fact.kind == "window"]
    assert len(windows) == (2 if BY_SLUG[slug].body == "AHIMA" else 0)


@pytest.mark.parametrize(
    ("units", "slugs"), [(20, ["rhit", "cca", "ccs", "ccs-p"]), (30, ["rhia", "chps", "chda", "cdip"])]
)
def test_ahimas_units_of_renewal(units, slugs):
    for slug in slugs:
        first = next(fact for fact in BY_SLUG[slug].facts if fact.kind == "renewal")
        assert f"with {units} continuing education units" in first.text


# --- files that are wrong -------------------------------------------------------------------------

BODIES = 'vintage = "May 2030"\nrank = 203005\n[[bodies]]\nacronym = "ABC"\nname = "A Body"\nwebsite = "https://abc.example/"\n'
ENTRY = (
    'acronym = "XYZ"\nname = "Exam"\nbody = "ABC"\norder = 1\nsummary = "An exam."\n'
    'issuer_url = "https://abc.example/"\nrelated_cips = ["51.0707"]\n'
)
RULES = '[[rule_sets]]\ngrade = "{grade}"\nsource = "https://abc.example/"\n'
ROUTE = '[[rule_sets.routes]]\ncode = "a"\ntitle = "A"\n[[rule_sets.routes.conditions]]\nkind = "{kind}"\ntext = "t"\n'


def written(folder, entry: str):
    (folder / "bodies.toml").write_text(BODIES)
    (folder / "xyz.toml").write_text(entry)
    return folder


def test_the_file_name_is_the_address(tmp_path):
    table = read_table(written(tmp_path, ENTRY + RULES.format(grade="A") + ROUTE.format(kind="none")))
    assert [entry.slug for entry in table.certifications] == ["xyz"]


def test_a_date_in_a_rule_set_is_a_date(tmp_path):
    dated = RULES.format(grade="B") + "valid_from = 2030-01-01\n"
    (entry,) = read_table(written(tmp_path, ENTRY + dated)).certifications
    assert entry.rule_sets[0].valid_from == dt.date(2030, 1, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ENTRY + RULES.format(grade="C") + ROUTE.format(kind="none"), "encodes no route"),
        (ENTRY + RULES.format(grade="Z"), "not A, B or C"),
        (ENTRY + RULES.format(grade="A") + ROUTE.format(kind="luck"), "no kind of condition"),
        (ENTRY + RULES.format(grade="A") + ROUTE.format(kind="experience") + 'experience_kind = "luck"\n', "luck"),
        (ENTRY + RULES.format(grade="A") + ROUTE.format(kind="credential") + 'credentials = ["luck"]\n', "luck"),
        (ENTRY + RULES.format(grade="A") + ROUTE.format(kind="program-accreditation") + 'agency = "LUCK"\n', "LUCK"),
        (ENTRY + 'colour = "blue"\n', "colour"),
        (ENTRY.replace('body = "ABC"\n', ""), "body"),
        (ENTRY + '[[facts]]\nkind = "luck"\ntext = "t"\ngrade = "A"\nsource = "s"\n', "luck"),
        ("acronym = ", "xyz.toml"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong_in_it(tmp_path, text, says):
    with pytest.raises(TableError, match=says) as raised:
        read_table(written(tmp_path, text))
    assert "xyz.toml" in str(raised.value)
