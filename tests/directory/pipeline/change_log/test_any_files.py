"""Whatever two years of small files say, and whatever staff had corrected: taking the second back leaves the first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.curation.overrides import correct
from directory.models import School
from directory.pipeline import change_log
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import awards, completions, hd, school
from tests.directory.pipeline.change_log.rounds import bring
from tests.directory.pipeline.change_log.rows import same, state
from tests.factories.state import undone

UNITIDS = (100101, 100202, 100303, 100404)
NAMES = ("Maple Fork College", "Oak Institute", "Elm University")
SCHOOLS = st.dictionaries(
    st.sampled_from(UNITIDS),
    st.tuples(st.sampled_from(NAMES), st.sampled_from(("Brook", "Hill")), st.booleans()),
    min_size=1,
)
PROGRAMS = st.dictionaries(
    st.tuples(st.sampled_from(UNITIDS), st.sampled_from(("51.0707", "51.0713")), st.sampled_from((3, 5))),
    st.integers(0, 90),
    min_size=1,
)


def directory(rows, year):
    closed = {"ACT": "D", "CYACTIVE": "3", "CLOSEDAT": "06/30/2024", "DEATHYR": "2024"}
    return hd(
        *(
            school(unitid, f"{name} {unitid}", CITY=city, **(closed if is_closed else {}))
            for unitid, (name, city, is_closed) in sorted(rows.items())
        ),
        year=year,
    )


def year_of_awards(rows, year):
    return completions(
        *(awards(unitid, cip, level, count) for (unitid, cip, level), count in sorted(rows.items())), year=year
    )


@pytest.mark.django_db
@given(st.tuples(SCHOOLS, SCHOOLS), st.tuples(PROGRAMS, PROGRAMS), st.booleans(), st.booleans())
@settings(max_examples=12)
def test_taking_the_second_year_back_leaves_the_first(tmp_path_factory, schools, programs, same_year, corrected):
    folder = tmp_path_factory.mktemp("files")
    # Every school stands in the first directory, so that a program is never left out for the lack of one.
    first = dict.fromkeys(UNITIDS, (NAMES[0], "Brook", False)) | schools[0]
    with undone():
        CIP.load(folder)
        bring(directory(first, 2024), folder, keep=False)
        bring(year_of_awards(programs[0], 2024), folder, keep=False)
        if corrected:
            target = School.objects.get(unitid=UNITIDS[0])
            correct(target=target, column="city", value="Hill", reason="A letter", by=None)
        states, runs = [state()], []
        for sample in (directory(schools[1], 2025), year_of_awards(programs[1], 2024 if same_year else 2025)):
            runs.append(bring(sample, folder))
            states.append(state())
        states.pop()
        for run, before in reversed(list(zip(runs, states, strict=True))):
            if change_log.is_kept(run):
                change_log.revert(run, by=None)
            assert same(before, state())
