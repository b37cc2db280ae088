"""Persons with the verdicts that the field's facts give them, worked out by hand, one by one."""

from __future__ import annotations

from tests.directory.eligibility.persons_ahima import CHPS, RHIA, RHIT
from tests.directory.eligibility.persons_mixed import MIXED
from tests.directory.eligibility.persons_others import CODING, NHA, NOT_KNOWN, ODS

CASES = [*RHIT, *RHIA, *CODING, *NOT_KNOWN, *CHPS, *ODS, *NHA, *MIXED]
