"""The shipped table of certifications as the engine's rules, without a database."""

from __future__ import annotations

import datetime as dt

from directory.eligibility import rules
from directory.eligibility.described import person_described
from directory.eligibility.engine import judge
from directory.eligibility.table import read_table
from directory.eligibility.table_checks import exams_of

TODAY = dt.date(2026, 11, 22)
TABLE = read_table()
_ACCREDITORS = {agency.acronym: rules.Accreditor(agency.acronym, agency.name) for agency in TABLE.agencies}
EXAMS = {exam.slug: exam for exam in exams_of(TABLE.certifications, _ACCREDITORS)}
COURSES = rules.courses(list(EXAMS.values()))


def described(**values):
    """The person of a description as the API takes it."""
    return person_described(values, credentials=EXAMS, courses=COURSES)


def verdict(exam: str, *, on: dt.date = TODAY, **values):
    """The verdict about such a person."""
    return judge(EXAMS[exam], described(**values), on=on)
