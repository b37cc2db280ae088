"""What is not loaded, what the refusal says, and that a refusal writes nothing but its own record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model

from directory.importers.base import Scope, Vintage
from directory.importers.job import KEPT_REJECTS
from directory.models import ImportReject, ImportRun, Release, School
from directory.pipeline.load import Order, Outcome, load
from directory.vocab import Source
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import ANNE, COMPLETIONS, HD, MAPLE, hd, school
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


def refused(outcome: Outcome) -> str:
    """The message of a refusal; it is stored, and has no technical leftovers."""
    assert outcome.run.state == ImportRun.State.REFUSED
    stored = ImportRun.objects.get(pk=outcome.run.pk)
    assert stored.message == outcome.run.message
    assert stored.finished_at is not None
    assert "Error(" not in stored.message
    return stored.message


def many(count: int):
    return [school(100_101 + number, f"College {number}") for number in range(count)]


@pytest.mark.parametrize(
    "column",
    [
        "UNITID", "INSTNM", "ADDR", "CITY", "STABBR", "ZIP", "COUNTYNM", "LATITUDE", "LONGITUD", "OPEID", "CONTROL",
        "SECTOR", "LOCALE", "WEBADDR", "ADMINURL", "APPLURL", "FAIDURL", "ACT", "CLOSEDAT",
    ],
)  # fmt: skip
def test_a_missing_column_is_named(tmp_path, column):
    part = HD.part
    keep = [at for at, name in enumerate(part.header) if name != column]
    message = refused(load(Order(HD.but(part.reordered(keep)).write(tmp_path), Source.IPEDS_HD)))
    assert message == f"hd2024.csv is not IPEDS institution directory (HD): it lacks the column {column}."
    assert School.objects.count() == 0


def test_several_missing_columns_are_all_named(tmp_path):
    part = HD.part
    keep = [at for at, name in enumerate(part.header) if name not in ("CITY", "STABBR", "ACT")]
    outcome = load(Order(HD.but(part.reordered(keep)).write(tmp_path), Source.IPEDS_HD))
    assert "lacks the columns CITY, STABBR, ACT." in refused(outcome)


def test_a_column_that_stands_twice_is_named(tmp_path):
    part = HD.part
    twice = part.reordered([*range(len(part.header)), part.header.index("STABBR")])
    assert "STABBR (it stands there 2 times)" in refused(load(Order(HD.but(twice).write(tmp_path), Source.IPEDS_HD)))


def test_the_file_of_another_source_is_refused_under_its_own_name(tmp_path):
    message = refused(load(Order(CIP.write(tmp_path), Source.IPEDS_HD, vintage=Vintage("2024-25", 202400, 2024))))
    assert message.startswith("CIPCode2020.csv is not IPEDS institution directory (HD)")


def test_an_unknown_source_is_refused_with_the_known_ones(tmp_path):
    message = refused(load(Order(HD.write(tmp_path), "ipeds-directory")))
    assert "ipeds-hd" in message
    assert "ipeds-completions" in message


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    assert "There is no file" in refused(load(Order(tmp_path / "hd2024.csv", Source.IPEDS_HD)))


def test_a_header_without_rows_is_refused(tmp_path):
    empty = HD.but(replace(HD.part, rows=()))
    assert "no data rows" in refused(load(Order(empty.write(tmp_path), Source.IPEDS_HD)))


def test_a_file_of_which_no_row_can_be_read_is_refused_with_the_first_reason(tmp_path):
    rows = [school("abc", "Maple"), school("def", "Brook")]
    message = refused(load(Order(hd(*rows).write(tmp_path), Source.IPEDS_HD)))
    assert "None of the 2 rows" in message
    assert "line 2, UNITID 'abc': not a whole number" in message


def test_rejected_rows_are_stored_with_line_column_value_and_reason(tmp_path):
    rows = [MAPLE, school(100202, "Brook", STABBR="XX"), school(100303, "Oak", CLOSEDAT="soon"), ANNE[:1] + MAPLE[1:]]
    run = load(Order(hd(*rows).write(tmp_path), Source.IPEDS_HD)).run
    assert list(run.rejects.values_list("line", "column", "value")) == [(3, "STABBR", "XX"), (4, "CLOSEDAT", "soon")]
    assert all(run.rejects.values_list("reason", flat=True))


def test_of_very_many_rejects_the_first_thousand_are_kept_and_all_are_counted(tmp_path):
    rows = [MAPLE, *(school(f"x{number}", "No") for number in range(KEPT_REJECTS + 200))]
    run = load(Order(hd(*rows).write(tmp_path), Source.IPEDS_HD)).run
    assert (run.rejected, ImportReject.objects.count()) == (KEPT_REJECTS + 200, KEPT_REJECTS)


# --- Too small ------------------------------------------------------------------------------------
def test_a_file_with_less_than_nine_tenths_of_the_rows_held_is_refused(tmp_path):
    load(Order(hd(*many(20)).write(tmp_path), Source.IPEDS_HD))
    before = fingerprint()
    message = refused(load(Order(hd(*many(17)).write(tmp_path), Source.IPEDS_HD)))
    assert "17 usable rows" in message
    assert "20 rows are held" in message
    assert "--force" in message
    assert fingerprint() == before


def test_nine_tenths_are_enough(tmp_path):
    load(Order(hd(*many(20)).write(tmp_path), Source.IPEDS_HD))
    assert load(Order(hd(*many(18)).write(tmp_path), Source.IPEDS_HD)).run.state == ImportRun.State.APPLIED


def test_rejected_rows_do_not_count_as_rows(tmp_path):
    load(Order(hd(*many(10)).write(tmp_path), Source.IPEDS_HD))
    spoilt = [*many(8), school("x", "No"), school("y", "No")]
    refused(load(Order(hd(*spoilt).write(tmp_path), Source.IPEDS_HD)))


def test_another_year_may_be_smaller(tmp_path):
    load(Order(hd(*many(20), year=2023).write(tmp_path), Source.IPEDS_HD))
    assert load(Order(hd(*many(12)).write(tmp_path), Source.IPEDS_HD)).run.state == ImportRun.State.APPLIED


def test_a_forced_file_is_loaded_and_the_reason_and_the_person_are_kept(tmp_path):
    person = get_user_model().objects.create_user("pat")
    load(Order(hd(*many(20)).write(tmp_path), Source.IPEDS_HD))
    small = hd(*many(5)).write(tmp_path)
    run = load(Order(small, Source.IPEDS_HD, force="NCES withdrew them", forced_by=person)).run
    stored = ImportRun.objects.get(pk=run.pk)
    assert (stored.state, stored.force_reason, stored.forced_by) == ("applied", "NCES withdrew them", person)
    assert stored.removed == 15


def test_after_a_refusal_the_next_good_file_is_compared_with_what_is_held(tmp_path):
    for count, force in ((20, ""), (5, ""), (19, "")):
        load(Order(hd(*many(count)).write(tmp_path), Source.IPEDS_HD, force=force))
    assert list(ImportRun.objects.order_by("pk").values_list("state", flat=True)) == ["applied", "refused", "applied"]


def test_each_scope_of_a_release_is_compared_with_itself(tmp_path):
    COMPLETIONS.load(tmp_path)
    path = COMPLETIONS.write(tmp_path)
    for scope in (Scope(("51.0713",)), Scope(("51.07",)), Scope(("51.0713",))):
        run = load(Order(path, Source.IPEDS_COMPLETIONS, scope=scope)).run
        assert run.state == ImportRun.State.UNCHANGED, run.message
    assert Release.objects.get(source=Source.IPEDS_COMPLETIONS).scope == "all"


def test_a_list_of_codes_too_long_to_keep_is_refused(tmp_path):
    scope = Scope(tuple(f"51.{number:04}" for number in range(60)))
    COMPLETIONS.load(tmp_path)
    outcome = load(Order(COMPLETIONS.write(tmp_path), Source.IPEDS_COMPLETIONS, scope=scope))
    assert "too long a list" in refused(outcome)


@pytest.mark.parametrize(
    "name", ["hd2024" + "x" * 240 + ".csv", "hd2024 ü 中 '\".csv", b"hd2024\xff.csv".decode("utf-8", "surrogateescape")]
)
def test_odd_file_names_are_no_matter(tmp_path, name):
    run = load(Order(HD.write(tmp_path, name=name), Source.IPEDS_HD)).run
    assert run.state == ImportRun.State.APPLIED
    assert len(ImportRun.objects.get().file_name) <= 200
