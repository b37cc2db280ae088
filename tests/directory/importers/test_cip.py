"""CIP 2020: codes in force, their addresses, and what became of older codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.models import FieldChange, FieldOfStudy, ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.directory.importers.files import write
from tests.directory.importers.samples_cip import CHANGES, CIP, cip_row
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


def with_rows(sample, *rows):
    return sample.but(replace(sample.part, rows=(*sample.part.rows, *rows)))


def test_codes_are_kept_with_family_title_and_an_address(tmp_path):
    run = CIP.load(tmp_path).run
    field = FieldOfStudy.objects.get(cip="51.0707")
    assert (run.state, run.added) == (ImportRun.State.APPLIED, 6)
    assert (field.title, field.family, field.slug) == (
        "Records/Information Technician", "51.07", "records-information-technician-51-0707",
    )  # fmt: skip
    assert field.definition == "First line. Second line."
    assert FieldOfStudy.objects.get(cip="51").family == ""
    assert [each.cip for each in FieldOfStudy.objects.six_digit()] == ["01.0101", "51.0707", "51.0713", "51.0714"]


def test_codes_that_are_no_longer_in_force_stay_out(tmp_path):
    gone = (cip_row("51.0799", "Old", "Deleted"), cip_row("51.0712", "Moved", "Moved from 51.0713"))
    run = with_rows(CIP, *gone).load(tmp_path).run
    assert (run.added, run.rows_skipped) == (6, 2)


def test_codes_wrapped_for_spreadsheets_are_the_same_codes(tmp_path):
    CIP.load(tmp_path)
    before = fingerprint()
    text = CIP.part.csv().replace("51,51.0707,", '="51",="51.0707",')
    run = load(Order(write(tmp_path / "CIPCode2020.csv", text), Source.CIP)).run
    assert run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_list_without_definitions_leaves_those_that_are_held(tmp_path):
    CIP.load(tmp_path)
    before = fingerprint()
    keep = [at for at, name in enumerate(CIP.part.header) if name not in ("CIPDefinition", "Examples")]
    run = load(Order(CIP.but(CIP.part.reordered(keep)).write(tmp_path), Source.CIP)).run
    assert run.state == ImportRun.State.UNCHANGED
    assert FieldOfStudy.objects.get(cip="51.0707").definition == "First line. Second line."
    assert fingerprint() == before


def test_a_list_that_does_not_tell_which_codes_are_in_force_is_refused(tmp_path):
    keep = [at for at, name in enumerate(CIP.part.header) if name != "Action"]
    run = load(Order(CIP.but(CIP.part.reordered(keep)).write(tmp_path), Source.CIP)).run
    assert run.state == ImportRun.State.REFUSED
    assert "lacks the column Action" in run.message


def test_two_codes_with_one_title_have_two_addresses(tmp_path):
    with_rows(CIP, cip_row("51.0799", "Other"), cip_row("51.9999", "Other")).load(tmp_path)
    assert FieldOfStudy.objects.filter(title="Other").values("slug").distinct().count() == 2


def test_a_code_outside_the_series_beside_it_is_rejected(tmp_path):
    run = with_rows(CIP, ("51", "52.0101", "New", "no", "Business.", "", "", "")).load(tmp_path).run
    assert run.rejected == 1
    assert run.rejects.get().column == "CIPCode"


def test_an_older_edition_does_not_overwrite_a_newer_one(tmp_path):
    CIP.load(tmp_path)
    before = fingerprint()
    run = load(Order(CIP.write(tmp_path, name="CIPCode2010.csv"), Source.CIP)).run
    assert run.state == ImportRun.State.REFUSED
    assert "would overwrite" in run.message
    assert fingerprint() == before


def test_what_became_of_older_codes_is_kept_and_new_codes_replace_none(tmp_path):
    new = ("", "", "New", "", "51.0723", "Informatics.")
    run = with_rows(CHANGES, new).load(tmp_path).run
    assert (run.added, run.rows_skipped, run.rejected) == (3, 1, 0)
    assert sorted(FieldChange.objects.values_list("old_cip", "new_cip")) == [
        ("51.0707", "51.0707"), ("51.0712", "51.0713"), ("51.0799", ""),
    ]  # fmt: skip
