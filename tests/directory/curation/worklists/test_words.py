"""Numbers in sentences: one of a kind, several, and what began today."""

from __future__ import annotations

import pytest

from directory.curation.worklists.case import counted, for_days


@pytest.mark.parametrize(
    ("number", "said"), [(0, "since today"), (1, "for 1 day"), (2, "for 2 days"), (1200, "for 1,200 days")]
)
def test_a_time_of_no_days_is_since_today(number, said):
    assert for_days(number) == said


def test_one_of_a_kind_is_no_plural():
    assert (counted(1, "program"), counted(0, "program")) == ("1 program", "0 programs")
