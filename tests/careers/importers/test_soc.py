"""SOC: occupations with their groups, addresses that last, and codes that are retired."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careers.models import Occupation
from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.careers.importers.runs import release_of
from tests.careers.samples_bls import CALLERS, LAMPS, SOC, soc
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


def test_codes_are_kept_with_group_definition_and_an_address(tmp_path):
    run = SOC.load(tmp_path).run
    lamps = Occupation.objects.get(soc="29-2072")
    assert (run.state, run.added, run.rejected) == (ImportRun.State.APPLIED, 4, 0)
    assert (release_of(run).vintage, release_of(run).year) == ("2018", 2018)
    assert (lamps.title, lamps.group, lamps.slug) == ("Lamp Keepers", "detailed", "lamp-keepers-29-2072")
    assert lamps.definition.startswith("Keep lamps. Includes lamp trimmers.")
    assert lamps.major == "29-0000"


def test_only_detailed_codes_and_those_that_bls_combines_have_a_page(tmp_path):
    SOC.load(tmp_path)
    assert [each.soc for each in Occupation.objects.listed()] == ["13-1020", "29-2072", "29-9021"]


def test_the_same_file_twice_changes_nothing(tmp_path):
    SOC.load(tmp_path)
    before = fingerprint()
    assert SOC.load(tmp_path).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_list_without_definitions_leaves_those_that_are_held(tmp_path):
    SOC.load(tmp_path)
    before = fingerprint()
    keep = [at for at, name in enumerate(SOC.part.header) if name != "SOC Definition"]
    assert SOC.but(SOC.part.reordered(keep)).load(tmp_path).run.state == ImportRun.State.UNCHANGED
    assert Occupation.objects.get(soc="29-2072").definition.startswith("Keep lamps.")
    assert fingerprint() == before


def test_a_broad_and_a_detailed_code_of_one_title_have_two_addresses(tmp_path):
    soc(LAMPS, ("Broad", "29-2070", "Lamp Keepers", "")).load(tmp_path)
    assert sorted(Occupation.objects.values_list("slug", flat=True)) == ["lamp-keepers-29-2070", "lamp-keepers-29-2072"]


def test_a_new_title_leaves_the_address_as_it_was(tmp_path):
    SOC.load(tmp_path)
    renamed = soc(("Detailed", "29-2072", "Light Keepers", "Keep lights."), *SOC.part.rows[2:], SOC.part.rows[0])
    assert renamed.load(tmp_path).run.changed == 1
    lamps = Occupation.objects.get(soc="29-2072")
    assert (lamps.title, lamps.slug) == ("Light Keepers", "lamp-keepers-29-2072")


def test_a_code_that_the_newer_list_has_dropped_is_retired_and_loses_its_page(tmp_path):
    SOC.load(tmp_path)
    newer = soc(LAMPS, SOC.part.rows[0], SOC.part.rows[3], year=2028)
    run = load(Order(newer.write(tmp_path), Source.SOC)).run
    assert (run.state, run.removed) == (ImportRun.State.APPLIED, 1)
    assert not Occupation.objects.get(soc="29-9021").in_force
    assert "29-9021" not in Occupation.objects.listed().values_list("soc", flat=True)


def test_a_retired_code_comes_back_with_a_list_that_has_it(tmp_path):
    SOC.load(tmp_path)
    Occupation.objects.filter(soc="29-9021").update(in_force=False)
    assert SOC.load(tmp_path).run.changed == 1
    assert Occupation.objects.get(soc="29-9021").in_force


def test_an_older_list_is_refused(tmp_path):
    SOC.load(tmp_path)
    run = soc(LAMPS, CALLERS, year=2010).load(tmp_path).run
    assert run.state == ImportRun.State.REFUSED
    assert "2018" in run.message


def test_a_list_that_does_not_tell_its_year_is_asked_for_it(tmp_path):
    part = replace(SOC.part, name="Definitions")
    run = load(Order(SOC.but(part).write(tmp_path, name="definitions.xlsx"), Source.SOC)).run
    assert run.state == ImportRun.State.REFUSED
    assert "--vintage" in run.message


def test_a_row_of_an_unknown_group_is_rejected_with_line_and_value(tmp_path):
    run = soc(LAMPS, ("Huge", "29-9021", "Fog Callers", "")).load(tmp_path).run
    reject = run.rejects.get()
    assert (reject.line, reject.column, reject.value) == (6, "SOC Group", "Huge")
