"""What a program opens, weighed condition by condition: no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.eligibility.conditions import ANYBODY, Doubt, Need, Offer, Way, best, open_by, weigh
from directory.models import Condition, Opening
from directory.vocab import AwardLevel, Standing

Kind = Condition.Kind
CAHIIM = 7
PERSONAL = [Kind.EXPERIENCE, Kind.CREDENTIAL, Kind.CREDITS, Kind.COURSE, Kind.RECIPROCITY]


def need(kind: str, *, pk: int = 1, confirmed: bool = True, **columns) -> Need:
    return Need(pk=pk, kind=kind, confirmed=confirmed, **columns)


def offer(cip: str = "51.0707", level: int = AwardLevel.ASSOCIATE, standing: Standing | None = None) -> Offer:
    return Offer(pk=1, cip=cip, award_level=level, standings={CAHIIM: standing} if standing else {})


ASSOCIATE = need(Kind.AWARD_LEVEL, pk=1, award_levels=frozenset({AwardLevel.ASSOCIATE}))
IN_FIELD = need(Kind.FIELD, pk=2, cips=("51.07",))
ACCREDITED = need(Kind.PROGRAM_ACCREDITATION, pk=3, agency=CAHIIM)
DEGREE = Way(pk=10, needs=(ASSOCIATE, IN_FIELD, ACCREDITED))


@pytest.mark.parametrize("kind", [Kind.NONE, Kind.DIPLOMA, Kind.LAST_TERM])
def test_what_anybody_can_meet_does_not_depend_on_the_program(kind):
    assert weigh(need(kind), offer(cip="01.0101", level=AwardLevel.MASTERS)) == Doubt.NONE


@pytest.mark.parametrize("kind", PERSONAL)
def test_what_a_person_must_bring_is_not_opened_by_the_program_alone(kind):
    assert weigh(need(kind), offer(standing=Standing.ACCREDITED)) is None


def test_every_kind_of_condition_is_either_for_anybody_personal_or_read_from_the_program():
    of_program = {Kind.AWARD_LEVEL, Kind.FIELD, Kind.PROGRAM_ACCREDITATION}
    assert {*Kind} == {*ANYBODY, *PERSONAL, *of_program}


def test_an_award_of_another_level_does_not_do():
    assert weigh(ASSOCIATE, offer(level=AwardLevel.ASSOCIATE)) == Doubt.NONE
    assert weigh(ASSOCIATE, offer(level=AwardLevel.BACHELORS)) is None


def test_a_field_is_met_by_its_code_or_its_family():
    assert weigh(need(Kind.FIELD, cips=("51.0707",)), offer("51.0707")) == Doubt.NONE
    assert weigh(need(Kind.FIELD, cips=("51.07",)), offer("51.0713")) == Doubt.NONE
    assert weigh(need(Kind.FIELD, cips=("51.0707",)), offer("51.0713")) is None


@pytest.mark.parametrize(
    ("standing", "doubt"),
    [
        (Standing.ACCREDITED, Doubt.NONE),
        (Standing.STATED, Doubt.PROGRAM),
        (Standing.CANDIDATE, None),
        (Standing.ON_NOTICE, None),
        (Standing.NOT_ACCREDITED, None),
        (Standing.NOT_CONFIRMED, None),
        (None, None),
    ],
)
def test_accreditation_counts_when_confirmed_or_stated_and_never_otherwise(standing, doubt):
    assert weigh(ACCREDITED, offer(standing=standing)) == doubt


def test_an_accreditation_of_another_agency_does_not_do():
    assert weigh(need(Kind.PROGRAM_ACCREDITATION, agency=8), offer(standing=Standing.ACCREDITED)) is None


def test_a_condition_that_nobody_has_read_at_the_issuer_is_only_stated():
    assert weigh(need(Kind.NONE, confirmed=False), offer()) == Doubt.RULE


def test_a_route_opens_when_all_its_conditions_hold():
    assert open_by(DEGREE, offer(standing=Standing.ACCREDITED)) is not None
    assert open_by(DEGREE, offer(level=AwardLevel.BACHELORS, standing=Standing.ACCREDITED)) is None


def test_a_route_without_conditions_opens_nothing():
    assert open_by(Way(pk=1, needs=()), offer()) is None


def test_of_equally_strong_conditions_the_last_decides():
    opened = open_by(DEGREE, offer(standing=Standing.ACCREDITED))
    assert opened is not None
    assert (opened.basis, opened.condition) == (Opening.Basis.CONFIRMED, ACCREDITED.pk)


def test_the_weakest_condition_decides():
    unread = need(Kind.LAST_TERM, pk=4, confirmed=False)
    opened = open_by(Way(pk=1, needs=(*DEGREE.needs, unread)), offer(standing=Standing.STATED))
    assert opened is not None
    assert (opened.basis, opened.condition) == (Opening.Basis.STATED, ACCREDITED.pk)


def test_a_confirmed_route_goes_before_a_stated_one_that_stands_first():
    stated = Way(pk=1, needs=(need(Kind.NONE, confirmed=False),))
    confirmed = Way(pk=2, needs=(need(Kind.NONE),))
    opened = best([stated, confirmed], offer())
    assert opened is not None
    assert opened.route == 2


def test_of_two_routes_of_the_same_strength_the_first_is_named():
    opened = best([Way(pk=1, needs=(need(Kind.NONE),)), Way(pk=2, needs=(need(Kind.DIPLOMA),))], offer())
    assert opened is not None
    assert opened.route == 1


def test_no_route_no_opening():
    assert best([], offer()) is None


NEEDS = st.builds(
    Need,
    pk=st.integers(1, 9),
    kind=st.sampled_from([str(kind) for kind in Kind]),
    confirmed=st.booleans(),
    award_levels=st.frozensets(st.sampled_from([3, 5, 7]), max_size=2),
    cips=st.lists(st.sampled_from(["51.0707", "51.07", "51.2706"]), max_size=2).map(tuple),
    agency=st.sampled_from([None, CAHIIM]),
)
WAYS = st.builds(Way, pk=st.integers(1, 9), needs=st.lists(NEEDS, max_size=4).map(tuple))
OFFERS = st.builds(
    offer,
    cip=st.sampled_from(["51.0707", "51.2706"]),
    level=st.sampled_from([3, 5, 7]),
    standing=st.sampled_from([None, *Standing]),
)


@given(WAYS, OFFERS)
def test_an_opening_is_confirmed_exactly_when_every_condition_is(way, program):
    opened = open_by(way, program)
    doubts = [weigh(each, program) for each in way.needs]
    if None in doubts or not doubts:
        assert opened is None
    else:
        assert opened is not None
        assert (opened.basis == Opening.Basis.CONFIRMED) == all(doubt == Doubt.NONE for doubt in doubts)
        assert opened.condition in [each.pk for each in way.needs]


@given(WAYS, OFFERS, NEEDS)
def test_a_further_condition_never_opens_more_and_never_confirms(way, program, more):
    longer = open_by(Way(way.pk, (*way.needs, more)), program)
    shorter = open_by(way, program)
    if way.needs and longer:
        assert shorter is not None
        assert longer.doubt >= shorter.doubt


@given(st.lists(WAYS, max_size=4), OFFERS, WAYS)
def test_a_further_route_never_takes_an_opening_away(ways, program, more):
    before, after = best(ways, program), best([*ways, more], program)
    if before:
        assert after is not None
        assert not (before.basis == Opening.Basis.CONFIRMED and after.basis == Opening.Basis.STATED)
