"""A cell as the export wrote it asks for nothing; what somebody typed is read as people and spreadsheets write it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from directory.curation.batches.cells import LEAVE, Formula, asked, bare, guarded, written
from directory.curation.batches.columns import columns, model_field
from directory.vocab import Control, ListingKind, ListingState, SchoolState

S, P = ListingKind.SCHOOL, ListingKind.PROGRAM
TEXTS: list[tuple[str, str]] = [
    *((str(S), name) for name in columns(S) if model_field(S, name).get_internal_type() == "CharField"),
    (str(P), "title"),
]


@given(st.sampled_from(TEXTS), st.text())
@example((S, "name"), "=1+1")
@example((S, "name"), "'=1+1")
@example((S, "name"), "''=1+1")
@example((S, "name"), "(clear)")
@example((S, "name"), "'(Clear)")
@example((S, "name"), "-5")
@example((S, "name"), " ")
@example((S, "name"), "a\r\nb")
@example((S, "zip_code"), "01234")
def test_whatever_text_stands_there_its_own_cell_changes_nothing(where, text):
    kind, column = where
    assert asked(kind, column, written(kind, column, text), text) is LEAVE


@given(st.floats(-90, 90))
def test_whatever_point_stands_there_its_own_cell_changes_nothing(degrees):
    assert asked(S, "latitude", written(S, "latitude", degrees), degrees) is LEAVE
    assert asked(S, "latitude", f"{degrees:.15g}", degrees) is LEAVE


@pytest.mark.parametrize("value", [True, False, None])
def test_a_yes_or_no_changes_nothing_either(value):
    assert asked(S, "rotc", written(S, "rotc", value), value) is LEAVE


@given(st.text())
@example("'=x")
@example("''(clear)")
def test_no_text_is_written_so_that_a_spreadsheet_runs_it_and_each_is_read_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert bare(guarded(text)) == text


@pytest.mark.parametrize(
    ("where", "cell", "kept", "value"),
    [
        ((S, "city"), " Maple Fork ", "Oak", "Maple Fork"),
        ((S, "city"), "'=Maple", "Oak", "=Maple"),
        ((S, "zip_code"), "1234", "43215", "01234"),
        ((S, "zip_code"), "1234", "01234", LEAVE),
        ((S, "zip_code"), "602", "43215", "00602"),
        ((S, "zip_code"), "7", "43215", "7"),
        ((S, "zip_code"), "07", "43215", "07"),
        ((S, "county"), "(Clear)", "Oak", ""),
        ((S, "county"), "(clear)", "", LEAVE),
        ((S, "successor_unitid"), "(clear)", 100001, None),
        ((S, "successor_unitid"), "100002.0", None, 100002),
        ((S, "closed_on"), "5/31/2024", None, dt.date(2024, 5, 31)),
        ((S, "closed_on"), "5/31/2024", "2024-05-31", LEAVE),
        ((S, "rotc"), "TRUE", None, True),
        ((S, "rotc"), "no", True, False),
        ((S, "control"), "Public", Control.NONPROFIT, Control.PUBLIC),
        ((S, "control"), "nonprofit", Control.NONPROFIT, LEAVE),
        ((S, "status"), "closed", "open", SchoolState.CLOSED),
        ((S, "state"), "oh", "IN", "OH"),
        ((S, "longitude"), "-82.5", None, -82.5),
        ((P, "state"), "Taken off the list by staff", "listed", ListingState.WITHDRAWN),
        ((P, "title"), "", "HIT", LEAVE),
    ],
)
def test_a_cell_asks_for_what_its_words_say(where, cell, kept, value):
    kind, column = where
    assert asked(kind, column, cell, kept) == value


@pytest.mark.parametrize(
    ("where", "cell", "words"),
    [
        ((S, "city"), Formula("=1+1"), "formula"),
        ((S, "city"), "=HYPERLINK(1)", "formula"),
        ((S, "city"), "(clear)", "cannot be empty"),
        ((S, "city"), "x" * 81, "at most 80"),
        ((S, "state"), "Ohio-ish", "valid choice"),
        ((S, "status"), "shut", "Write one of: draft, open"),
        ((S, "control"), "mine", "Write one of: public"),
        ((S, "rotc"), "maybe", "yes or no"),
        ((S, "closed_on"), "31.5.2024", "2025-05-31"),
        ((S, "successor_unitid"), "many", "whole number"),
        ((S, "successor_unitid"), "-5", "greater than or equal"),
        ((S, "latitude"), "north", "number"),
        ((S, "latitude"), "nan", "number"),
        ((P, "state"), "gone", "Write one of"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(where, cell, words):
    with pytest.raises(ValidationError, match=words):
        asked(where[0], where[1], cell, None)
