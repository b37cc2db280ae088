"""What readers lose and gain by a file is told before it is approved, and again when it is loaded."""

from __future__ import annotations

import pytest

from directory.curation import overrides
from directory.models import Program
from directory.vocab import ListingState
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import awards, completions, hd, school
from tests.directory.importers.samples_places import ZIPS
from tests.directory.pipeline.proposals.conftest import approve, work

pytestmark = pytest.mark.django_db
SCHOOLS = (school(100101, "Example College"), school(100202, "Other College"), school(100303, "Third College"))
OF_2023 = completions(
    *(awards(unitid, "51.0707", 3, 10) for unitid in (100101, 100202, 100303)), year=2023, needs=(CIP, hd(*SCHOOLS))
)
#: The second program is gone, and the first school has a new one.
OF_2024 = completions(
    awards(100101, "51.0707", 3, 11), awards(100303, "51.0707", 3, 10), awards(100101, "51.0713", 21, 4), year=2024
)
OF_2025 = completions(*(awards(unitid, "51.0707", 3, 10) for unitid in (100101, 100202, 100303)), year=2025)


def told(proposal):
    """Lost, new and back, with the names."""
    proposal.refresh_from_db()
    found = proposal.preview["readers"]
    groups = ("lost_for_example", "new_for_example", "back_for_example")
    counts = (found["held"], found["lost"], found["new"], found["gained"] - found["new"])
    return counts, [[each["name"] for each in found[group]] for group in groups]


def test_programs_that_leave_come_and_come_back_are_counted_and_named(tmp_path, propose, ada):
    OF_2023.load(tmp_path)
    proposal = propose(OF_2024)
    work()
    counts, names = told(proposal)
    assert counts == (3, 1, 1, 0)
    assert [len(each) for each in names] == [1, 1, 0]
    assert names[0][0].endswith("Other College")
    assert names[1][0].endswith("Example College")
    assert proposal.preview["readers"]["why"] == {"no longer reported by the school": 1}
    approve(proposal, ada)
    work()
    assert told(proposal) == (counts, names)
    back = propose(OF_2025)
    work()
    counts, names = told(back)
    assert (counts, len(names[2])) == ((2 + 1, 1, 0, 1), 1)


def test_a_school_that_closes_takes_its_programs_along(tmp_path, propose):
    OF_2023.load(tmp_path)
    closed = school(100202, "Other College", ACT="D", CYACTIVE="3", CLOSEDAT="06/30/2025", DEATHYR="2025")
    proposal = propose(hd(SCHOOLS[0], closed, SCHOOLS[2], year=2025))
    work()
    assert told(proposal)[0] == (3, 1, 0, 0)
    assert proposal.preview["readers"]["why"] == {"school closed": 1}
    assert Program.objects.listed().count() == 3


def test_a_program_that_staff_took_off_is_not_lost_a_second_time(tmp_path, propose, ada):
    OF_2023.load(tmp_path)
    gone = Program.objects.get(school__unitid=100202)
    overrides.correct(target=gone, column="state", value=ListingState.WITHDRAWN, reason="It has ended.", by=ada)
    proposal = propose(OF_2024)
    work()
    assert told(proposal)[0] == (2, 0, 1, 0)


def test_a_source_that_feeds_no_list_says_nothing_of_readers(tmp_path, propose):
    proposal = propose(ZIPS)
    work()
    proposal.refresh_from_db()
    assert proposal.preview["readers"] is None
