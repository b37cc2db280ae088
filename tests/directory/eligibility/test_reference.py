"""Bringing the table of certifications into the database."""

from __future__ import annotations

import shutil

import pytest
from django.contrib.auth import get_user_model

from directory.eligibility.reference import load_certifications
from directory.eligibility.table import FOLDER
from directory.models import (
    Agency,
    Body,
    Certification,
    CertificationFact,
    Condition,
    Opening,
    Release,
    Route,
    RuleSet,
)
from directory.pipeline.reference import load_reference
from directory.vocab import AwardLevel, Source
from tests.directory import invented

pytestmark = pytest.mark.django_db

TABLES = (Body, Agency, Certification, CertificationFact, RuleSet, Route, Condition)


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped table that a test may change."""
    return shutil.copytree(FOLDER, tmp_path / "certifications")


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_table_comes_with_its_release():
    loaded = load_certifications()
    assert Certification.objects.count() == 15
    assert loaded.release == Release.objects.get(source=Source.CERTIFICATIONS)
    assert (loaded.release.vintage, loaded.release.origin) == ("November 2026", Release.Origin.STAFF)
    assert loaded.release.rows == 15
    condition = Condition.objects.get(route__code="A1", kind="program-accreditation")
    assert condition.agency == Agency.objects.get(acronym="NCRA")


def test_credentials_named_by_a_condition_are_the_certifications():
    load_certifications()
    condition = Condition.objects.get(route__code="cred", kind="credential")
    assert sorted(each.slug for each in condition.credentials.all()) == ["cca", "ccs", "ccs-p", "rhit"]


def test_the_same_table_twice_changes_nothing(folder):
    assert load_certifications(folder).written
    before, history = rows(), Certification.history.count()
    assert load_certifications(folder).written == 0
    # The same words in another file: the digest differs, the rows do not.
    (folder / "rhit.toml").write_text((folder / "rhit.toml").read_text() + "\n# reviewed\n")
    assert load_certifications(folder).written == 0
    assert rows() == before
    assert Certification.history.count() == history


def test_a_changed_fact_is_changed_in_place(folder):
    load_certifications(folder)
    fee = CertificationFact.objects.get(certification__slug="rhit", kind="fee")
    change(folder, "rhit.toml", "amount = 299", "amount = 305")
    assert load_certifications(folder).written == 1
    fee.refresh_from_db()
    assert fee.amount == 305


def test_what_a_file_no_longer_has_goes(folder):
    load_certifications(folder)
    text = (folder / "cbcs.toml").read_text()
    (folder / "cbcs.toml").write_text(text[: text.rindex("[[rule_sets.routes]]")])
    load_certifications(folder)
    assert [route.code for route in Route.objects.filter(rule_set__certification__slug="cbcs")] == ["training", "work"]


def test_a_certification_that_staff_have_edited_stays_as_it_is(folder):
    load_certifications(folder)
    rules = RuleSet.objects.get(certification__slug="cca")
    rules._history_user = get_user_model().objects.create_user("curator")  # type: ignore[attr-defined]
    rules.note = "AHIMA confirmed this by telephone."
    rules.save()
    change(folder, "cca.toml", "105 questions", "106 questions")
    loaded = load_certifications(folder)
    assert loaded.kept == ["cca"]
    assert CertificationFact.objects.get(certification__slug="cca", kind="items").text.startswith("105")
    rules.refresh_from_db()
    assert rules.note == "AHIMA confirmed this by telephone."


@pytest.fixture
def curator():
    return get_user_model().objects.create_user("curator")


def correct(row, by, **columns):
    for name, value in columns.items():
        setattr(row, name, value)
    row._history_user = by
    row.save()


def test_a_corrected_fact_survives_the_next_table(folder, curator):
    load_certifications(folder)
    fee = CertificationFact.objects.get(certification__slug="rhit", kind="fee")
    correct(fee, curator, amount=310)
    change(folder, "rhit.toml", "amount = 299", "amount = 305")
    assert load_certifications(folder).kept == ["rhit"]
    fee.refresh_from_db()
    assert fee.amount == 310


def test_a_fact_that_staff_have_deleted_does_not_come_back(folder, curator):
    load_certifications(folder)
    fee = CertificationFact.objects.get(certification__slug="rhit", kind="fee")
    fee._history_user = curator  # type: ignore[attr-defined]  # how simple_history is told
    fee.delete()
    change(folder, "rhit.toml", "amount = 299", "amount = 305")
    assert load_certifications(folder).kept == ["rhit"]
    assert not CertificationFact.objects.filter(certification__slug="rhit", kind="fee").exists()


@pytest.mark.parametrize(("model", "acronym"), [(Body, "AHIMA"), (Agency, "CAHIIM")])
def test_what_staff_have_corrected_of_a_body_or_an_accreditor_survives_and_the_rest_follows(
    folder, curator, model, acronym
):
    load_certifications(folder)
    row = model.objects.get(acronym=acronym)
    correct(row, curator, website="https://corrected.example/")
    with_name = model.objects.filter(pk=row.pk)
    other = {"programmatic": False} if model is Agency else {"name": "Another name"}
    with_name.update(**other)
    change(folder, "rhit.toml", "amount = 299", "amount = 305")
    loaded = load_certifications(folder)
    row.refresh_from_db()
    assert row.website == "https://corrected.example/"
    assert not with_name.filter(**other).exists()
    assert loaded.kept == [acronym]


@pytest.mark.parametrize(("model", "acronym"), [(Body, "AHIMA"), (Agency, "CAHIIM")])
def test_a_corrected_acronym_makes_no_second_body_or_accreditor(folder, curator, model, acronym):
    load_certifications(folder)
    row, count = model.objects.get(acronym=acronym), model.objects.count()
    correct(row, curator, acronym="CORR", name="Corrected")
    change(folder, "rhit.toml", "amount = 299", "amount = 305")
    load_certifications(folder)
    assert model.objects.count() == count
    assert model.objects.get(pk=row.pk).acronym == "CORR"


def test_an_accreditor_that_staff_have_corrected_before_it_had_an_acronym_gets_one(curator):
    name = "Commission on Accreditation for Health Informatics and Information Management Education"
    known = Agency.objects.create(name=name)
    correct(known, curator, website="https://corrected.example/")
    load_certifications()
    known.refresh_from_db()
    assert (known.acronym, known.website) == ("CAHIIM", "https://corrected.example/")


def test_an_agency_that_dapip_knows_by_name_is_not_made_twice():
    name = "Commission on Accreditation for Health Informatics and Information Management Education"
    known = Agency.objects.create(name=name.upper(), dapip_id=99)
    load_certifications()
    known.refresh_from_db()
    assert (known.acronym, known.programmatic) == ("CAHIIM", True)
    assert Agency.objects.filter(acronym="CAHIIM").count() == 1


def test_a_broken_file_changes_nothing(folder):
    load_certifications(folder)
    before = rows()
    change(folder, "rhit.toml", "amount = 299", "amount = 305")
    (folder / "zzz.toml").write_text("no table")
    with pytest.raises(ValueError, match=r"zzz\.toml"):
        load_certifications(folder)
    assert rows() == before


def test_the_pipeline_loads_the_table_and_opens_exams_at_once():
    program = invented.program(invented.school(), award_level=AwardLevel.ASSOCIATE)
    load_reference()
    opened = Opening.objects.filter(program=program).values_list("certification__slug", flat=True)
    assert set(opened) == {"ccs", "ccs-p", "cca", "cpc", "coc", "cehrs"}
