"""What holds of every rule and every person, whatever they are."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.eligibility import engine
from directory.eligibility.engine import judge, way_by
from directory.eligibility.person import LEVELS, REFUSED, UNKNOWN, Award, Person, Status
from directory.eligibility.rules import Accreditor, Condition, ExamRules, Experience, Kind, Route, RuleSet
from directory.eligibility.verdict import Answer, Missing
from directory.eligibility.weighing import above_diploma, weigh
from tests.directory.eligibility.shipped import COURSES, EXAMS, TODAY

CAHIIM, NCRA = Accreditor("CAHIIM", "Commission"), Accreditor("NCRA", "Registrars")
ALL_LEVELS = sorted(level for levels in LEVELS.values() for level in levels)
ABOVE = [sorted(set().union(*list(LEVELS.values())[place:])) for place in range(len(LEVELS))]
CIPS = ["51.0706", "51.0707", "51.0713", "52.0201", "51.07"]
SLUGS = sorted(EXAMS)
COURSE_NAMES = sorted(COURSES)

amounts = st.dictionaries(st.sampled_from(list(Experience)), st.integers(0, 2400), max_size=3)
three = st.sampled_from([True, False, UNKNOWN])
accreditations = st.dictionaries(
    st.sampled_from(["cahiim", "ncra", "abhes"]), st.sampled_from(list(Status)), max_size=2
)
awards = st.builds(
    Award,
    levels=st.one_of(st.sampled_from(list(LEVELS.values())), st.frozensets(st.sampled_from(ALL_LEVELS), max_size=4)),
    cip=st.one_of(st.just(UNKNOWN), st.sampled_from(CIPS)),
    accreditation=accreditations,
    otherwise=st.sampled_from([Status.UNKNOWN, Status.NOT_ACCREDITED, Status.NOT_CONFIRMED]),
    last_term=st.booleans(),
)
persons = st.builds(
    Person,
    diploma=three,
    award=st.one_of(st.none(), st.just(UNKNOWN), awards),
    months=amounts,
    hours=amounts,
    credentials=st.frozensets(st.sampled_from(SLUGS), max_size=4),
    credits=st.integers(0, 120),
    completed=st.frozensets(st.sampled_from(COURSE_NAMES), max_size=3),
    school_accreditors=st.one_of(st.just(UNKNOWN), st.frozensets(st.sampled_from(["hlc", "cahiim"]), max_size=2)),
    reciprocity=three,
)


@st.composite
def any_condition(draw):
    """A condition of any kind with what its kind names, and now and then with what it does not."""
    kind = draw(st.sampled_from([kind for kind in Kind if kind != Kind.RULE]))
    work = draw(st.booleans()) or kind == Kind.EXPERIENCE
    return Condition(
        pk=0,
        kind=kind,
        text=f"It is about {kind}",
        required=draw(st.integers(0, 3)) > 0,
        confirmed=draw(st.integers(0, 3)) > 0,
        # "Or higher", as a level is written where more education does not hurt.
        levels=frozenset(draw(st.sampled_from(ABOVE))) if kind != Kind.PROGRAM_ACCREDITATION else frozenset(),
        cips=tuple(draw(st.sets(st.sampled_from(CIPS), min_size=1, max_size=2))),
        vouched=draw(st.booleans()),
        accreditor=draw(st.sampled_from([CAHIIM, NCRA])),
        experience=draw(st.sampled_from(list(Experience))) if work else None,
        months=draw(st.integers(1, 72)) if work else None,
        hours=draw(st.one_of(st.none(), st.integers(1, 4000))) if work else None,
        credits=draw(st.integers(1, 90)),
        credentials=draw(st.frozensets(st.sampled_from(SLUGS), min_size=1, max_size=3)),
        course=draw(st.sampled_from(COURSE_NAMES)),
    )


@st.composite
def exams(draw):
    """A shipped exam, or one with rules that nobody thought of."""
    if draw(st.booleans()):
        return EXAMS[draw(st.sampled_from(SLUGS))]
    key, routes = 0, []
    for number in range(draw(st.integers(0, 4))):
        found = []
        for each in draw(st.lists(any_condition(), max_size=4)):
            key += 1
            found.append(replace(each, pk=key))
        routes.append(Route(number, f"r{number}", f"Route {number}", tuple(found)))
    return ExamRules(
        "made-up",
        "MADE",
        "ISS",
        "https://iss.example/",
        (RuleSet(1, "A", "https://iss.example/", routes=tuple(routes)),),
    )


def answer(exam, person):
    return judge(exam, person, on=TODAY).answer


def by_route(exam, person):
    return {way.route.pk: way.answer for way in judge(exam, person, on=TODAY).ways}


# --- every person gets an answer ----------------------------------------------------------------------


@given(exams(), persons)
def test_judging_is_total_and_always_says_what_decides(exam, person):
    verdict = judge(exam, person, on=TODAY)
    assert isinstance(verdict.answer, Answer)
    assert verdict.deciding.text
    assert verdict.reason
    assert verdict.source.startswith("https://")
    assert (verdict.route is None) == (not verdict.ways)
    if verdict.answer == Answer.MAY_SIT:
        assert not verdict.missing
        assert not verdict.doubts
    if verdict.answer == Answer.MAY_SIT_AFTER:
        assert verdict.missing
        assert all(each.addable for each in verdict.missing)
        assert all(each.amount is None or each.amount > 0 for each in verdict.missing)
    if verdict.answer == Answer.NOT_BY_ANY_ROUTE:
        assert all(way.blocked for way in verdict.ways)


# --- more never hurts ---------------------------------------------------------------------------------

BETTER = [Status.NOT_ACCREDITED, Status.UNKNOWN, Status.ACCREDITED]


@st.composite
def improved(draw, person):
    """The person with more of one thing; the award's level and field stay what they are."""
    change = draw(st.sampled_from(["diploma", "months", "credentials", "credits", "completed", "award", "abroad"]))
    award = person.award
    if change == "diploma":
        return replace(person, diploma=True)
    if change == "months":
        kind = draw(st.sampled_from(list(Experience)))
        more = draw(st.integers(1, 100))
        if kind in person.hours:
            return replace(person, hours={**person.hours, kind: person.hours[kind] + more})
        return replace(person, months={**person.months, kind: person.months.get(kind, 0) + more})
    if change == "credentials":
        return replace(person, credentials=person.credentials | {draw(st.sampled_from(SLUGS))})
    if change == "credits":
        return replace(person, credits=person.credits + draw(st.integers(1, 60)))
    if change == "completed":
        return replace(person, completed=person.completed | {draw(st.sampled_from(COURSE_NAMES))})
    if change == "abroad" or not isinstance(award, Award):
        return replace(person, reciprocity=True)
    better = dict.fromkeys(award.accreditation, Status.ACCREDITED)
    return replace(person, award=replace(award, accreditation=better))


@settings(max_examples=300)
@given(st.data(), exams(), persons)
def test_more_qualifications_never_turn_may_sit_into_anything_else(data, exam, person):
    before, after = by_route(exam, person), by_route(exam, data.draw(improved(person)))
    for route, word in before.items():
        if word == Answer.MAY_SIT:
            assert after[route] == Answer.MAY_SIT
    if Answer.MAY_SIT in before.values():
        assert Answer.MAY_SIT in after.values()


@given(st.sampled_from(["chps", "ods", "ccs", "cca", "ccs-p", "cpc", "coc"]), persons, st.data())
def test_a_higher_award_never_closes_an_exam_that_asks_for_education_of_some_height(slug, person, data):
    # Not the RHIT: it is for one kind of program, so that a bachelor's is another program and not more of it.
    ladder = [LEVELS[name] for name in ("associate", "bachelors", "masters", "doctorate")]
    low, high = sorted([data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3))])
    award = Award(ladder[low], otherwise=Status.NOT_ACCREDITED)
    before = answer(EXAMS[slug], replace(person, award=award))
    after = answer(EXAMS[slug], replace(person, award=replace(award, levels=ladder[high])))
    if before == Answer.MAY_SIT:
        assert after == Answer.MAY_SIT


@given(exams(), persons)
def test_to_have_finished_is_never_less_than_the_last_term(exam, person):
    kinds = {each.kind for rules in exam.rule_sets for route in rules.routes for each in route.required}
    if isinstance(person.award, Award) and Kind.LAST_TERM not in kinds:
        before = answer(exam, replace(person, award=replace(person.award, last_term=True)))
        after = answer(exam, replace(person, award=replace(person.award, last_term=False)))
        assert after == Answer.MAY_SIT or before != Answer.MAY_SIT


# --- the condition that decides, decides --------------------------------------------------------------


def turned(way, person):
    """The same route for the same person, were the deciding condition otherwise: met if lacking, lacking if met."""
    decides = way.deciding
    lacking = any(each.condition is decides for each in way.missing)
    flipped = None if lacking else Missing(decides, "Otherwise", addable=False)

    def otherwise(condition, of):
        return flipped if condition is decides else weigh(condition, of)

    with mock.patch.object(engine, "weigh", otherwise), mock.patch.object(engine, "vouched_for", return_value=False):
        finished = person
        early = any(condition.kind == Kind.LAST_TERM for condition in way.route.required)
        if lacking and not early and isinstance(person.award, Award):
            finished = replace(person, award=replace(person.award, last_term=False))
        return way_by(way.route, finished)


@settings(max_examples=300)
@given(exams(), persons)
def test_every_verdict_names_a_condition_that_changes_it(exam, person):
    verdict = judge(exam, person, on=TODAY)
    if verdict.way is None:
        assert verdict.deciding.kind == Kind.RULE
        return
    assert verdict.deciding in verdict.way.route.required
    other = turned(verdict.way, person)
    assert (other.answer, other.missing, other.doubts) != (verdict.answer, verdict.missing, verdict.doubts)
    # Where nothing else is lacking and nothing else is doubted, the answer itself is another one.
    if verdict.answer == Answer.MAY_SIT or (verdict.answer == Answer.CANNOT_TELL and not verdict.missing):
        assert other.answer == Answer.NOT_BY_ANY_ROUTE
    if len(verdict.missing) == 1 and not verdict.doubts:
        assert other.answer == Answer.MAY_SIT


@given(exams(), persons)
def test_what_is_recommended_never_changes_a_verdict(exam, person):
    def without(exam):
        rules = [
            replace(each, routes=tuple(replace(route, conditions=route.required) for route in each.routes))
            for each in exam.rule_sets
        ]
        return replace(exam, rule_sets=tuple(rules))

    verdict, bare = judge(exam, person, on=TODAY), judge(without(exam), person, on=TODAY)
    assert (verdict.answer, verdict.deciding, verdict.missing) == (bare.answer, bare.deciding, bare.missing)
    assert not bare.recommended


# --- unknown is unknown -------------------------------------------------------------------------------


@st.composite
def resolved(draw, person):
    """Two persons that an unknown may turn out to be; the person twice where nothing is unknown."""
    award = person.award
    choices = []
    if person.diploma is UNKNOWN and not above_diploma(award):
        choices.append([replace(person, diploma=word) for word in (True, False)])
    if award is UNKNOWN:
        choices.append([replace(person, award=each) for each in (None, draw(awards))])
    if person.reciprocity is UNKNOWN:
        choices.append([replace(person, reciprocity=word) for word in (True, False)])
    if person.school_accreditors is UNKNOWN:
        choices.append([replace(person, school_accreditors=frozenset(each)) for each in ((), ("cahiim",))])
    if isinstance(award, Award):
        if award.cip is UNKNOWN:
            choices.append([replace(person, award=replace(award, cip=cip)) for cip in ("51.0706", "52.0201")])
        for who, word in award.accreditation.items():
            if word not in {*REFUSED, Status.ACCREDITED}:
                words = (Status.ACCREDITED, Status.NOT_ACCREDITED)
                choices.append(
                    [
                        replace(person, award=replace(award, accreditation={**award.accreditation, who: each}))
                        for each in words
                    ]
                )
    return draw(st.sampled_from(choices)) if choices else [person, person]


@settings(max_examples=300)
@given(st.data(), exams(), persons)
def test_unknown_is_never_firmer_than_what_it_may_turn_out_to_be(data, exam, person):
    word = answer(exam, person)
    either = {answer(exam, each) for each in data.draw(resolved(person))}
    if word != Answer.CANNOT_TELL:
        assert either == {word}
