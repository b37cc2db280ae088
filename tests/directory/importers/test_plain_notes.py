"""Readers see what a page says, never how the tables of evidence were made."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest

from directory.importers.plain_notes import accreditor, for_readers
from directory.pipeline.starter import CATALOGUE

#: Identifiers of files and columns, rows, and words for the reading itself.
INSIDE = re.compile(
    r"\w_\w|\.csv|\.xlsx|\brow\b|UNITID|matched by|text seen|seen text|in the text|in the store|\bhosts?\b"
)
TABLES = {"directory.accreditationstatement.csv": ("agency_as_stated", "note"), "directory.programfact.csv": ("note",)}


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("newspaper; undated (after 2010); same source as a row in evidence_B", "newspaper; undated (after 2010)"),
        ("program sheet, undated; matched by name only (unique in HD)", "program sheet, undated"),
        ("seal on the page (no sentence in the text seen); undated", "seal on the page; undated"),
        ("catalog (year not in the text; same in volumes 1 and 3); street city Oak in the catalog",
         "catalog (year not given; same in volumes 1 and 3)"),
        ("newspaper, undated in the text (Jan. 23 meeting)", "newspaper, undated (Jan. 23 meeting)"),
        ("handbook on a document host", "handbook on a site that keeps documents"),
        ("side find", ""), ("", ""), ("100% online", "100% online"), ("old; page is old", "old; page is old"),
    ],
)  # fmt: skip
def test_remarks_about_our_own_work_are_left_out(note, told):
    assert for_readers(note) == told


def test_an_accreditor_that_nobody_names_is_said_plainly():
    assert {accreditor(each) for each in ("(not named in the text seen)", "(not named)", "(none named)")} == {
        "Accreditor not named"
    }
    assert accreditor("AHIMA (as named by the article)") == "AHIMA (as named by the article)"


def test_the_starter_catalogue_says_nothing_of_the_kind():
    with zipfile.ZipFile(CATALOGUE) as archive:
        for table, columns in TABLES.items():
            rows = csv.DictReader(io.TextIOWrapper(archive.open(table), encoding="utf-8"))
            told = [row[column] for row in rows for column in columns]
            assert not [each for each in told if INSIDE.search(each)]
            assert any(told)
