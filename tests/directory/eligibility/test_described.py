"""A description of a person is read, or refused by its fields: whatever it holds."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from directory.eligibility.described import FIELDS, BadDescription
from directory.eligibility.engine import judge
from directory.eligibility.person import LEVELS, UNKNOWN, Award, Person, Status
from directory.eligibility.rules import Experience
from tests.directory.eligibility.shipped import COURSES, EXAMS, TODAY, described

plain = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=60),
    st.sampled_from(["51.0707", "51.07", "CAHIIM", "accredited", *LEVELS, *EXAMS, *COURSES, *Status, *Experience]),
)  # fmt: skip
names = st.text(max_size=10) | plain.map(str)
anything = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
fields = st.one_of(st.sampled_from(sorted(FIELDS)), st.text(max_size=60))


@given(st.dictionaries(fields, anything, max_size=8))
def test_whatever_is_written_is_judged_or_refused_by_its_fields(values):
    errors = {}
    try:
        person = described(**values)
    except BadDescription as bad:
        errors = bad.errors
    else:
        assert set(values) <= FIELDS
        for exam in EXAMS.values():
            judge(exam, person, on=TODAY)
    assert all(errors.values())
    assert json.dumps(errors, ensure_ascii=False).encode("utf-8")


def test_a_whole_description_becomes_a_whole_person():
    person = described(
        diploma=True,
        award_level="masters",
        award_cip="51.0706",
        program_accreditor="CAHIIM",
        program_accreditation_status="candidate",
        last_term=True,
        experience_months={"coding": 5},
        experience_hours={"cancer-registry": 7},
        credentials=["rhit"],
        credits=9,
        completed=["ncra-practicum"],
        school_accreditor="HLC",
        reciprocity=True,
    )
    assert person == Person(
        diploma=True,
        award=Award(LEVELS["masters"], "51.0706", {"cahiim": Status.CANDIDATE}, Status.NOT_ACCREDITED, last_term=True),
        months={Experience.CODING: 5},
        hours={Experience.CANCER_REGISTRY: 7},
        credentials=frozenset({"rhit"}),
        credits=9,
        completed=frozenset({"ncra-practicum"}),
        school_accreditors=frozenset({"hlc"}),
        reciprocity=True,
    )


def test_nothing_said_is_a_person_of_whom_nothing_is_known():
    assert described() == Person()
    assert described().award is UNKNOWN
