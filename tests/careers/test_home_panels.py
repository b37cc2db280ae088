"""What careers show on the home page and on a state's page: pay, and the work that asks for an award."""

from __future__ import annotations

from typing import Any

import pytest

from careers.models import Area, Career, FieldOccupation, Occupation, Pay, Projection
from careers.models.pay import MEASURES as PAY_MEASURES
from careers.models.projection import MEASURES as OUTLOOK_MEASURES
from careers.profiles.home import at_a_glance, pay_in_state, with_careers
from careers.vocab import AreaKind, Basis, Group
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel, Missing, Source
from tests.directory.invented import field_of_study, program, release, school
from tests.templates.drawing import draw, text_of

pytestmark = pytest.mark.django_db
RECORDS, REGISTRARS, MANAGERS = "29-2072", "29-9021", "11-9111"
LEVELS = {
    "51.0707": AwardLevel.ASSOCIATE,
    "51.0713": AwardLevel.CERTIFICATE_1_2_YEARS,
    "51.0706": AwardLevel.BACHELORS,
}


def occupation(soc: str, title: str, *, median: int | None = None, entry: str | None = None) -> Occupation:
    """An occupation with national pay around the median and its usual entry education."""
    made = Occupation.objects.create(
        soc=soc,
        title=title,
        group=Group.DETAILED,
        slug=f"occupation-{soc}",
        release=release(Source.SOC, "2018"),
    )
    if median is not None:
        pay(made, "99", AreaKind.NATIONAL, median)
    unknown = {f"{name}_note": Missing.NOT_REPORTED for name in OUTLOOK_MEASURES}
    known: dict[str, Any] = {"entry_education": entry, "entry_education_note": ""} if entry else {}
    Projection.objects.create(
        occupation=made,
        base_year=2024,
        target_year=2034,
        release=release(Source.PROJECTIONS, "2024-34"),
        **{**unknown, **known},
    )
    return made


def pay(of: Occupation, code: str, kind: AreaKind, median: int, usps: str = "") -> None:
    source = release(Source.OEWS, "May 2025")
    area, _ = Area.objects.get_or_create(
        code=code, defaults={"kind": kind, "title": code, "usps": usps, "release": source}
    )
    values = {"annual_p10": 1, "annual_p25": 2, "annual_median": 3, "annual_p75": 4, "annual_p90": 5}
    unknown = {f"{name}_note": Missing.NOT_REPORTED for name in PAY_MEASURES if name not in values}
    amounts = {name: median + (place - 3) * 10_000 for name, place in values.items()}
    Pay.objects.create(occupation=of, area=area, year=2025, release=source, **unknown, **amounts)


@pytest.fixture
def work():
    """Three occupations after three fields, each of which has a listed program."""
    made = {
        RECORDS: occupation(RECORDS, "Records Specialists", median=50_000, entry="Postsecondary nondegree award"),
        REGISTRARS: occupation(REGISTRARS, "Registrars", median=68_000, entry="Associate's degree"),
        MANAGERS: occupation(MANAGERS, "Managers", median=110_000, entry="Bachelor's degree"),
    }
    crosswalk = release(Source.CIP_SOC, "2020")
    at = school()
    for cip, socs in (("51.0707", (RECORDS, REGISTRARS)), ("51.0713", (RECORDS,)), ("51.0706", (MANAGERS, RECORDS))):
        field = field_of_study(cip, f"Field {cip}")
        for soc in socs:
            FieldOccupation.objects.create(field=field, occupation=made[soc], release=crosswalk)
        program(at, field=field, slug=f"program-{cip}", award_level=LEVELS[cip])
    refresh()
    return made


def line(cip: str, level: str) -> dict[str, Any]:
    return {"cip": cip, "level": level, "name": "Line", "css": "", "stops": [{"kind": "Program", "label": cip}]}


class TestAtAGlance:
    def test_without_any_file_there_is_nothing_to_show(self):
        found = at_a_glance()
        assert (found["count"], found["ranges"], found["first"]) == (0, [], None)

    def test_what_a_certificate_opens_stands_before_what_asks_for_more(self, work):
        assert [row["label"] for row in at_a_glance()["ranges"]] == ["Records Specialists", "Registrars", "Managers"]

    def test_of_jobs_that_ask_for_the_same_the_best_paid_stands_first(self, work):
        Projection.objects.filter(occupation=REGISTRARS).update(entry_education="Bachelor's degree")
        assert [row["label"] for row in at_a_glance()["ranges"]] == ["Records Specialists", "Managers", "Registrars"]

    def test_what_holds_whatever_fits_nowhere_else_is_left_out(self, work):
        Occupation.objects.filter(soc=MANAGERS).update(title="Managers, All Other")
        found = at_a_glance()
        assert [row["label"] for row in found["ranges"]] == ["Records Specialists", "Registrars"]
        assert found["entry"]["bachelors"] == []

    def test_jobs_stand_with_the_award_that_they_usually_ask_for(self, work):
        entry = at_a_glance()["entry"]
        assert [job["label"] for job in entry["certificate"]] == ["Records Specialists"]
        assert [job["label"] for job in entry["associate"]] == ["Registrars"]

    def test_the_first_is_what_most_programs_prepare_for(self, work):
        found = at_a_glance()["first"]
        assert found["label"] == "Records Specialists"
        assert (found["pay"].value, found["pay"].year) == (50_000, "May 2025")

    def test_careers_that_staff_keep_decide_what_is_shown(self, work):
        Career.objects.create(
            slug="registrar", title="Registrar", occupation=work[REGISTRARS], basis=Basis.NAME, evidence="The name.",
            summary="Keeps registers.",
        )  # fmt: skip
        found = at_a_glance()
        assert (found["count"], [row["label"] for row in found["ranges"]]) == (1, ["Registrars"])

    def test_an_occupation_without_pay_is_left_out(self, work):
        Pay.objects.filter(occupation=RECORDS).delete()
        found = at_a_glance()
        assert "Records Specialists" not in [row["label"] for row in found["ranges"]]
        assert found["first"] is None


class TestLines:
    @pytest.mark.parametrize(
        ("cip", "level", "label"),
        [
            ("51.0713", "certificate", "Records Specialists"),
            ("51.0707", "associate", "Registrars"),
            ("51.0707", "certificate", "Records Specialists"),
            ("51.0706", "bachelors", "Managers"),
            ("51.0706", "masters", "Managers"),
        ],
    )
    def test_the_work_fits_the_award(self, work, cip, level, label):
        (found,) = with_careers([line(cip, level)])
        assert found["stops"][-1]["label"] == label
        assert found["stops"][-1]["source"]

    def test_a_field_without_an_occupation_keeps_its_line(self, work):
        before = line("51.2706", "masters")
        assert with_careers([before]) == [before]

    def test_the_given_lines_stay_as_they_were(self, work):
        before = line("51.0707", "associate")
        with_careers([before])
        assert len(before["stops"]) == 1


class TestAState:
    def test_pay_of_the_state_is_shown_where_its_file_is_loaded(self, work):
        pay(work[RECORDS], "39", AreaKind.STATE, 47_000, usps="OH")
        (row,) = pay_in_state("OH")["rows"]
        assert row["figures"][2].value == 47_000
        assert pay_in_state("KY")["rows"] == []

    def test_without_the_file_the_page_says_so(self, work):
        text = text_of(draw("{% load careers_home %}{% pay_in_state 'OH' 'Ohio' %}"))
        assert "No state wage file is loaded" in text


def test_the_home_page_shows_pay_and_lines(client, work):
    text = text_of(client.get("/").content.decode())
    assert "What the work pays" in text
    assert "Median pay, Records Specialists $50,000 a year BLS OEWS, May 2025" in text
    assert "Career Registrars Median $68,000 a year" in text
