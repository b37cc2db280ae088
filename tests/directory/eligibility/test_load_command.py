"""manage.py load_certifications: a changed table reaches a site that is in use."""

from __future__ import annotations

import io
import shutil

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from directory.curation.signature import sign
from directory.eligibility.table import FOLDER
from directory.management.commands import load_certifications as command
from directory.models import Certification, Opening
from directory.vocab import AwardLevel
from tests.architecture.files import ROOT
from tests.directory import invented

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped table that a test may change."""
    return shutil.copytree(FOLDER, tmp_path / "certifications")


def rename(folder, name="cpc.toml", old="Certified Professional Coder", new="Certified Lamp Coder"):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(folder, verbosity=1):
    out = io.StringIO()
    call_command("load_certifications", folder=folder, stdout=out, verbosity=verbosity)
    return out.getvalue()


def test_a_change_of_the_table_reaches_the_site_with_its_openings(folder):
    program = invented.program(invented.school(), award_level=AwardLevel.ASSOCIATE)
    assert "rows written" in said(folder)
    assert Opening.objects.filter(program=program, certification__slug="cpc").exists()
    rename(folder)
    assert "1 row written" in said(folder)
    assert Certification.objects.get(slug="cpc").name == "Certified Lamp Coder"


def test_the_same_table_again_does_nothing_and_waits_for_nobody(folder, monkeypatch):
    said(folder)
    monkeypatch.setattr(command, "load_reference", None)
    assert said(folder) == ""
    assert "already" in said(folder, verbosity=2)


def test_what_staff_have_edited_is_left_and_named(folder):
    said(folder)
    cpc = Certification.objects.get(slug="cpc")
    sign(cpc, by=get_user_model().objects.create_user("curator"), why="Clearer")
    cpc.summary = "In our own words."
    cpc.save()
    rename(folder)
    assert said(folder).endswith("Left as staff have edited them: cpc.\n")
    assert Certification.objects.get(slug="cpc").name == "Certified Professional Coder"


def test_a_table_with_a_fault_is_named_and_changes_nothing(folder):
    (folder / "zzz.toml").write_text("no table")
    with pytest.raises(CommandError, match=r"zzz\.toml"):
        said(folder)
    assert not Certification.objects.exists()
    with pytest.raises(CommandError, match="no folder"):
        said(folder / "nowhere")


def test_each_start_of_the_site_looks_for_a_changed_table():
    lines = (ROOT / "script" / "bootstrap").read_text(encoding="utf-8").splitlines()
    starter = next(number for number, line in enumerate(lines) if "manage.py load_starter" in line)
    assert "manage.py load_certifications" in lines[starter + 1]
