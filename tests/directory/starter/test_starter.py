"""The starter catalogue: built from a database and loaded into an empty one, the public sees the same facts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, models

from directory.curation.overrides import correct
from directory.management.commands import build_starter
from directory.models import (
    Accreditation,
    Certification,
    ClickCount,
    FieldOfStudy,
    ImportRun,
    Listing,
    Override,
    Program,
    Release,
    School,
    ZipPoint,
)
from directory.pipeline.refresh import refresh
from directory.pipeline.starter import build, columns, is_empty, tables
from directory.pipeline.starter_loading import load
from directory.vocab import Source
from tests.directory.catalogue import BUILT_ON, by_slug
from tests.directory.filters.asking import count_on
from tests.directory.invented import field_of_study, program, school
from tests.factories.state import fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
#: What the starter does not carry: the exams have a table of their own, from which they are loaded.
OF_THE_EXAMS = ("leads_to", "openings")


def quiet(_line: str) -> None:
    pass


def clear() -> None:
    """An empty database; the transaction of the test brings everything back."""
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            if table.startswith(("directory_", "careers_")):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(BUILT_ON, tick=False):
        yield


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The small catalogue as a file."""
    path = tmp_path / "catalogue.zip"
    build(path, quiet)
    return path


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(path: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(members(path)[f"{name}.csv"])))


def changed(path: Path, to: Path, changes: dict[str, Callable[[str], str]]) -> Path:
    """The catalogue with some members rewritten."""
    with zipfile.ZipFile(to, "w") as archive:
        for name, text in members(path).items():
            archive.writestr(name, changes.get(name, str)(text))
    return to


def public(client: Any) -> dict[str, Any]:
    """What the API says about every program and every school."""
    found = {}
    for slug in Program.objects.order_by("slug").values_list("slug", flat=True):
        body = client.get(f"/api/v1/programs/{slug}/").json()
        found[slug] = {name: value for name, value in body.items() if name not in OF_THE_EXAMS}
    for slug in School.objects.order_by("slug").values_list("slug", flat=True):
        found[slug] = client.get(f"/api/v1/schools/{slug}/").json()
    return found


class TestThereAndBack:
    """What was built and loaded again."""

    def test_the_public_sees_the_same_facts(self, client, built):
        before = public(client)
        columns = [field.attname for field in Listing._meta.concrete_fields if not field.is_relation]
        listings = list(Listing.objects.order_by("program__slug").values_list(*columns))
        clear()
        assert is_empty()
        load(built, quiet)
        assert public(client) == before
        assert list(Listing.objects.order_by("program__slug").values_list(*columns)) == listings

    def test_every_figure_keeps_its_release(self, built):
        before = sorted(Release.objects.exclude(source=Source.CERTIFICATIONS).values_list("source", "vintage", "rank"))
        clear()
        load(built, quiet)
        after = Release.objects.exclude(source=Source.CERTIFICATIONS)
        assert sorted(after.values_list("source", "vintage", "rank")) == before
        assert set(after.values_list("origin", flat=True)) == {Release.Origin.STARTER}

    def test_places_and_former_answers_work_again(self, client, built):
        clear()
        load(built, quiet)
        assert ZipPoint.objects.get(pk="09901").latitude is None
        assert count_on(client.get("/programs/?where=43901&level=associate")) == 2

    def test_the_exams_come_from_their_own_table(self, built):
        clear()
        load(built, quiet)
        assert Certification.objects.filter(slug="rhit").exists()
        assert not Certification.objects.filter(name="Invented RHIT").exists()
        assert FieldOfStudy.objects.get(cip="51.0707").everyday_names

    def test_new_rows_get_numbers_of_their_own_afterwards(self, built):
        clear()
        load(built, quiet)
        at = school(300001, name="Late College")
        assert at.pk > School.objects.exclude(pk=at.pk).order_by("-pk").values_list("pk", flat=True)[0]

    def test_built_twice_it_is_the_same_file_byte_for_byte(self, tmp_path, built):
        again = tmp_path / "again.zip"
        with time_machine.travel(BUILT_ON.replace(year=2031), tick=False):
            build(again, quiet)
        assert again.read_bytes() == built.read_bytes()

    def test_built_from_what_it_filled_it_is_the_same_file_again(self, tmp_path, built):
        clear()
        load(built, quiet)
        again = tmp_path / "again.zip"
        build(again, quiet)
        # The exams' own table brings its accreditor and the everyday names along.
        other = {name for name, text in members(again).items() if text != members(built)[name]}
        assert other <= {"directory.agency.csv", "directory.fieldofstudy.csv"}


class TestWhatIsInIt:
    def test_programs_outside_the_family_stay_out_and_their_schools_too(self, tmp_path):
        nursing = field_of_study("51.3801", "Registered Nursing")
        at = school(300001, name="Nursing School")
        program(at, field=nursing, slug="nursing")
        program(School.objects.get(slug="maple-fork-college"), field=nursing, slug="maple-nursing")
        build(tmp_path / "some.zip", quiet)
        text = "".join(members(tmp_path / "some.zip").values())
        assert "Nursing School" not in text
        assert "maple-nursing" not in text
        assert "maple-hit-associate" in text

    def test_a_closed_school_comes_with_the_school_it_went_into(self, tmp_path):
        school(300002, name="Heir of Fern Hollow", slug="heir-of-fern-hollow")
        School.objects.filter(slug="fern-hollow-school").update(successor_unitid=300002)
        build(tmp_path / "some.zip", quiet)
        assert "heir-of-fern-hollow" in {row["slug"] for row in rows(tmp_path / "some.zip", "directory.school")}

    def test_no_account_no_click_no_correction_and_no_import_is_in_it(self, tmp_path):
        person = get_user_model().objects.create_user("pat-canary", "pat@canary.example", "canary-password")
        at = School.objects.get(slug="maple-fork-college")
        official = at.website
        correct(target=at, column="website", value="www.canary-site.example", reason="canary-reason", by=person)
        ClickCount.objects.create(day=BUILT_ON.date(), kind="visit", school=at, count=424242)
        Accreditation.objects.update(checked_by=person)
        ImportRun.objects.create(file_name="canary-file.csv", started_at=BUILT_ON)
        build(tmp_path / "some.zip", quiet)
        for name, text in members(tmp_path / "some.zip").items():
            assert "canary" not in text, name
            assert "424242" not in text, name
            assert "checked_by" not in text, name
        kept = {row["slug"]: row["website"] for row in rows(tmp_path / "some.zip", "directory.school")}
        assert kept["maple-fork-college"] == official
        at.refresh_from_db()
        assert at.website == "www.canary-site.example"  # building leaves the correction in force
        assert Override.objects.get().active

    def test_no_table_of_accounts_history_or_derived_rows_is_listed(self):
        listed = {model._meta.label for model, _ in tables()}
        assert not {label for label in listed if label.startswith(("auth.", "admin.", "sessions."))}
        assert not {label for label in listed if "Historical" in label}
        assert not listed & {"directory.Listing", "directory.Opening", "directory.Override", "directory.ClickCount"}

    def test_every_column_of_a_listed_table_survives_as_text(self):
        """A list or a dictionary would come back as the words that Python has for it."""
        for model, _ in tables():
            for field in columns(model):
                assert not isinstance(field, (models.JSONField, models.BinaryField, models.FileField)), field

    def test_every_fact_names_its_source_and_vintage(self, built):
        releases = {f"{row['source']}@{row['vintage']}" for row in rows(built, "directory.release")}
        for name, text in members(built).items():
            table = list(csv.DictReader(io.StringIO(text)))
            if table and "release_id" in table[0]:
                named = {row["release_id"] for row in table} - {""}
                assert named <= releases, name
        assert all(row["release_id"] for row in rows(built, "directory.program"))


class TestRefusals:
    def refuses(self, path: Path, says: str) -> None:
        """The command ends with words, and the empty database stays empty."""
        clear()
        before = fingerprint(without=())
        with pytest.raises(CommandError) as refusal:
            call_command("load_starter", path=path, verbosity=0)
        assert says in str(refusal.value)
        assert fingerprint(without=()) == before

    def test_a_database_that_holds_something_is_left_alone(self, built):
        before = fingerprint(without=())
        with pytest.raises(CommandError, match="not empty"):
            call_command("load_starter", path=built)
        with pytest.raises(ValueError, match="not empty"):
            load(built, quiet)
        assert fingerprint(without=()) == before

    def test_if_empty_does_nothing_then(self, built, capsys):
        before = fingerprint(without=())
        call_command("load_starter", path=built, if_empty=True)
        assert fingerprint(without=()) == before
        assert capsys.readouterr().out == ""

    def test_if_empty_fills_an_empty_one(self, built, capsys):
        clear()
        call_command("load_starter", path=built, if_empty=True)
        assert Listing.objects.listed().count() == 12
        assert "rows are in" in capsys.readouterr().out

    def test_a_missing_catalogue_is_named(self, tmp_path):
        self.refuses(tmp_path / "nowhere.zip", "no catalogue at")

    def test_an_unknown_column_is_named(self, built, tmp_path):
        def add(text: str) -> str:
            head, _, rest = text.partition("\n")
            return f"{head},shoe_size\n" + rest.replace("\n", ",42\n")

        other = changed(built, tmp_path / "other.zip", {"directory.program.csv": add})
        self.refuses(other, "columns that directory.Program lacks: shoe_size")

    def test_an_unknown_release_is_named(self, built, tmp_path):
        other = changed(
            built, tmp_path / "other.zip", {"directory.program.csv": lambda text: text.replace("@2023-24", "@1999-00")}
        )
        self.refuses(other, "1999-00")

    def test_a_value_that_does_not_fit_is_named_with_its_table(self, built, tmp_path):
        other = changed(
            built, tmp_path / "other.zip", {"directory.completions.csv": lambda text: text.replace(",2024,", ",year,")}
        )
        self.refuses(other, "directory.Completions")

    def test_a_row_that_lost_its_end_is_named(self, built, tmp_path):
        other = changed(built, tmp_path / "other.zip", {"directory.program.csv": lambda text: text[:-40]})
        self.refuses(other, "directory.Program")

    def test_a_row_that_the_database_forbids_is_refused_whole(self, built, tmp_path):
        def twice(text: str) -> str:
            return text + text.splitlines()[-1] + "\n"

        other = changed(built, tmp_path / "other.zip", {"directory.program.csv": twice})
        self.refuses(other, "directory.Program")

    @pytest.mark.parametrize(
        ("content", "says"), [(b"", "no zip file"), (b"<html>", "no zip file"), (b"PK\x03\x04cut", "no zip file")]
    )
    def test_what_is_no_zip_file_is_refused(self, tmp_path, content, says):
        path = tmp_path / "broken.zip"
        path.write_bytes(content)
        self.refuses(path, says)

    def test_a_zip_of_something_else_is_refused(self, tmp_path):
        path = tmp_path / "other.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hd2024.csv", "UNITID\n")
        self.refuses(path, "no starter catalogue")


class TestBuilding:
    def test_the_command_says_what_is_in_it_and_how_large_it_is(self, tmp_path, capsys):
        path = tmp_path / "made.zip"
        call_command("build_starter", to=path)
        said = capsys.readouterr().out
        assert "programs: 14 rows" in said
        assert f"made.zip: {path.stat().st_size:,} bytes" in said

    def test_an_empty_database_builds_nothing(self, tmp_path):
        clear()
        with pytest.raises(CommandError, match="empty"):
            call_command("build_starter", to=tmp_path / "made.zip")
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_grows_too_large_leaves_the_old_one(self, tmp_path, monkeypatch):
        path = tmp_path / "made.zip"
        path.write_bytes(b"the old one")
        monkeypatch.setattr(build_starter, "LARGEST", 100)
        with pytest.raises(CommandError, match="more than the 100"):
            call_command("build_starter", to=path)
        assert path.read_bytes() == b"the old one"
        assert [each.name for each in tmp_path.iterdir()] == ["made.zip"]

    def test_a_failure_half_way_leaves_the_old_one(self, tmp_path, monkeypatch):
        path = tmp_path / "made.zip"
        path.write_bytes(b"the old one")

        def fail(*_: Any) -> str:
            raise OSError("disk full")

        monkeypatch.setattr("directory.pipeline.starter._releases_as_csv", fail)
        with pytest.raises(OSError, match="disk full"):
            call_command("build_starter", to=path)
        assert path.read_bytes() == b"the old one"
        assert [each.name for each in tmp_path.iterdir()] == ["made.zip"]


def test_loading_again_after_a_refusal_works(built, tmp_path):
    clear()
    other = changed(built, tmp_path / "other.zip", {"directory.program.csv": lambda text: text[:-40]})
    with pytest.raises(ValueError, match="Program"):
        load(other, quiet)
    load(built, quiet)
    refresh()
    assert Listing.objects.get(program=by_slug("maple-hit-associate")).price == 8000
