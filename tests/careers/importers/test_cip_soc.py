"""CIP–SOC: matches are kept, deliberate non-matches and other sheets are not."""

from __future__ import annotations

import pytest

from careers.models import FieldOccupation
from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.careers.importers.runs import release_of
from tests.careers.samples_bls import CIP_SOC, CIP_SOC_HEADER, SOC, cip_soc
from tests.directory.importers.files import Part
from tests.directory.importers.samples_cip import CIP

pytestmark = pytest.mark.django_db


def links():
    return sorted(FieldOccupation.objects.values_list("field__cip", "occupation_id"))


def test_matches_of_the_right_sheet_are_kept(tmp_path):
    run = CIP_SOC.load(tmp_path).run
    assert (run.state, release_of(run).vintage, run.rejected) == (ImportRun.State.APPLIED, "2020", 0)
    assert links() == [("51.0707", "29-2072"), ("51.0707", "29-9021"), ("51.0713", "29-2072")]


def test_the_codes_for_no_match_are_no_matches(tmp_path):
    run = (
        cip_soc(
            *CIP_SOC.part.rows,
            ("51.0714", "Billing.", "99-9999", "NO MATCH"),
            ("99.9999", "NO MATCH", "29-9021", "Fog Callers"),
        )
        .load(tmp_path)
        .run
    )
    assert (run.rows_skipped, run.rejected, len(links())) == (2, 0, 3)


def test_codes_that_are_not_held_are_rejected_by_name(tmp_path):
    run = (
        cip_soc(*CIP_SOC.part.rows, ("51.9999", "?", "29-2072", "x"), ("51.0713", "?", "29-2071", "x"))
        .load(tmp_path)
        .run
    )
    assert [(each.column, each.value) for each in run.rejects.all()] == [
        ("CIP2020Code", "51.9999"),
        ("SOC2018Code", "29-2071"),
    ]


def test_a_match_that_the_file_no_longer_has_is_taken_off(tmp_path):
    CIP_SOC.load(tmp_path)
    fewer = cip_soc(*CIP_SOC.part.rows[:2])
    run = load(Order(fewer.write(tmp_path), Source.CIP_SOC, force="it is right")).run
    assert (run.removed, len(links())) == (1, 2)


def test_a_crosswalk_of_later_editions_is_read_by_the_same_columns(tmp_path):
    for needed in (CIP, SOC):
        needed.load(tmp_path)
    header = tuple(name.replace("2020", "2030").replace("2018", "2028") for name in CIP_SOC_HEADER)
    later = CIP_SOC.but(Part("CIP-SOC", header, CIP_SOC.part.rows))
    run = load(Order(later.write(tmp_path), Source.CIP_SOC)).run
    assert (run.state, release_of(run).vintage) == (ImportRun.State.APPLIED, "2030")


def test_it_waits_for_the_lists_that_it_refers_to(tmp_path):
    run = load(Order(CIP_SOC.write(tmp_path), Source.CIP_SOC)).run
    assert run.state == ImportRun.State.REFUSED
    assert "load that first" in run.message
