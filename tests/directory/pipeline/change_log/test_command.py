"""manage.py revert_release, and the commands that load."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from directory.models import ImportRun, KeptChange, School
from directory.pipeline import change_log
from tests.directory.importers.samples_ipeds import ANNE, BROOK, HD, MAPLE, hd, school
from tests.directory.pipeline.change_log.rounds import bring
from tests.directory.pipeline.change_log.rows import same, state

pytestmark = pytest.mark.django_db


def said(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def run(tmp_path):
    HD.load(tmp_path)
    return bring(hd(school(100101, "Maple University"), ANNE, BROOK, year=2025), tmp_path)


def test_without_apply_it_says_what_it_would_do_and_writes_nothing(run):
    before, words = state(), said("revert_release", str(run.pk))
    assert "hd2025.csv (IPEDS institution directory (HD), 2025-26)" in words
    assert "would be taken back" in words
    assert "2 rows go, 3 get their old values, 0 come back" in words
    assert "schools: 3" in words
    assert same(before, state())
    assert change_log.is_kept(run)


def test_with_apply_it_takes_the_load_back_and_keeps_who_and_why(run):
    User.objects.create_user("pat", is_staff=True)
    words = said("revert_release", str(run.pk), "--apply", "--by", "pat", "--why", "The wrong year")
    assert "taken back" in words
    assert School.objects.get(unitid=100101).name == "Maple Fork College"
    held = ImportRun.objects.get(pk=run.pk)
    assert (str(held.reverted_by), held.revert_reason) == ("pat", "The wrong year")


@pytest.mark.parametrize("how", [(), ("--apply",)])
def test_it_says_why_it_cannot_be_done(tmp_path, run, how):
    bring(hd(school(100101, "Maple Institute"), ANNE, BROOK, year=2026), tmp_path)
    with pytest.raises(CommandError, match="cannot be taken back:\n  A later load changed"):
        said("revert_release", str(run.pk), *how)


def test_without_a_number_it_lists_the_loads_that_are_kept(run):
    assert f"{run.pk}  " in said("revert_release")
    change_log.revert(run, by=None)
    assert said("revert_release").strip() == "Nothing is kept of any load."


def test_an_unknown_number_or_person_is_an_error(run):
    with pytest.raises(CommandError, match="no import run 999"):
        said("revert_release", "999")
    with pytest.raises(CommandError, match="no staff account"):
        said("revert_release", str(run.pk), "--apply", "--by", "nobody")


@pytest.mark.parametrize(("extra", "kept"), [((), True), (("--no-undo",), False), (("--dry-run",), False)])
def test_loads_from_the_command_line_are_kept_unless_told_otherwise(tmp_path, extra, kept):
    words = said("import_release", "ipeds-hd", str(hd(MAPLE).write(tmp_path)), *extra)
    assert KeptChange.objects.exists() == kept
    assert ("(import run " in words) == (not extra or extra == ("--no-undo",))


@pytest.mark.parametrize(("extra", "kept"), [((), True), (("--no-undo",), False), (("--dry-run",), False)])
def test_folders_too(tmp_path, extra, kept):
    hd(MAPLE).write(tmp_path)
    said("import_folder", str(tmp_path), *extra)
    assert KeptChange.objects.exists() == kept


def test_the_daily_command_forgets_what_is_too_old(run, settings):
    settings.UNDO_DAYS = 0
    said("refresh")
    assert not KeptChange.objects.exists()
