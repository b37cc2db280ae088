"""The official files themselves give the known answers, and hold the evidence of every shipped career."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from careers.models import (
    AlternateTitle,
    Attainment,
    Career,
    FieldOccupation,
    Interest,
    Occupation,
    OnetJobZone,
    OnetOccupation,
    Pay,
    Projection,
    RelatedOccupation,
    Task,
    Technology,
)
from careers.starter import load_careers
from careers.vocab import COMBINED, Basis
from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source

pytestmark = [pytest.mark.official, pytest.mark.django_db]

FILES = {
    Source.CIP: "cip_soc/CIPCode2020.csv",
    Source.SOC: "cip_soc/soc_2018_definitions.xlsx",
    Source.CIP_SOC: "cip_soc/CIP2020_SOC2018_Crosswalk.xlsx",
    Source.OEWS: "bls_oews/national_M2025_dl.xlsx",
    Source.PROJECTIONS: "bls_projections/occupation_2024-2034.xlsx",
    Source.ATTAINMENT: "bls_projections/education_2023.xlsx",
    Source.ONET_JOB_ZONE_REFERENCE: "onet_29_3/Job Zone Reference.xlsx",
    Source.ONET_OCCUPATIONS: "onet_29_3/Occupation Data.xlsx",
    Source.ONET_TASKS: "onet_29_3/Task Statements.xlsx",
    Source.ONET_TECHNOLOGY: "onet_29_3/Technology Skills.xlsx",
    Source.ONET_TITLES: "onet_29_3/Alternate Titles.xlsx",
    Source.ONET_REPORTED_TITLES: "onet_29_3/Sample of Reported Titles.xlsx",
    Source.ONET_RELATED: "onet_29_3/Related Occupations.xlsx",
    Source.ONET_INTERESTS: "onet_29_3/Interests.xlsx",
    Source.ONET_JOB_ZONES: "onet_29_3/Job Zones.xlsx",
}
VINTAGES = {
    Source.SOC: "2018",
    Source.CIP_SOC: "2020",
    Source.OEWS: "May 2025",
    Source.PROJECTIONS: "2024-34",
    Source.ATTAINMENT: "2023",
}
RECORDS, REGISTRARS = "29-2072.00", "29-9021.00"


@pytest.fixture(scope="module")
def runs(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, ImportRun]]:
    """Every file loaded once for the module; rolled back after it."""
    folder = Path(settings.OFFICIAL_DATA_DIR)
    with django_db_blocker.unblock(), transaction.atomic():
        yield {str(source): load(Order(folder / name, source)).run for source, name in FILES.items()}
        transaction.set_rollback(True)


def test_every_file_loads_with_the_vintage_that_it_tells(runs):
    assert {source: run.state for source, run in runs.items()} == dict.fromkeys(map(str, FILES), "applied")
    expected = {str(source): VINTAGES.get(source, "29.3") for source in FILES if source != Source.CIP}
    assert {source: run.release.vintage for source, run in runs.items() if source != Source.CIP} == expected


def test_the_counts_are_those_of_the_files(runs):
    assert Occupation.objects.filter(group="detailed").count() == 867
    assert Pay.objects.of_occupations().count() == 830
    assert Projection.objects.of_occupations().count() == 832
    assert FieldOccupation.objects.count() == 6_097 - 194 - 180
    assert (OnetOccupation.objects.count(), Task.objects.count()) == (1_016, 18_796)
    assert (Technology.objects.count(), RelatedOccupation.objects.count()) == (32_681, 18_460)
    assert (Interest.objects.count(), OnetJobZone.objects.count()) == (8_307, 923)
    assert AlternateTitle.objects.filter(kind="reported").count() == 7_796


def test_little_is_rejected_and_each_with_its_reason(runs):
    rejected = {source: run.rejected for source, run in runs.items() if run.rejected}
    assert rejected == {"attainment": 1, "onet-titles": 2}
    assert runs["attainment"].rejects.get().value == "13-1028"


def test_combined_codes_are_those_that_the_files_use(runs):
    own = set(Occupation.objects.filter(group="combined").values_list("soc", flat=True))
    assert own == {soc for soc in COMBINED if not soc.endswith("0")}
    missing = set(Occupation.objects.filter(group="detailed", pay=None).values_list("soc", flat=True))
    assert {part for parts in COMBINED.values() for part in parts} <= missing


def test_pay_of_records_specialists_and_registrars(runs):
    pay = Pay.objects.get(occupation="29-2072")
    assert pay.employment == 194_720
    annual = (pay.annual_p10, pay.annual_p25, pay.annual_median, pay.annual_p75, pay.annual_p90)
    assert annual == (37_000, 43_490, 51_140, 64_820, 81_150)
    assert (pay.hourly_median_cents, pay.hourly_p90_cents) == (2_459, 3_901)
    registrars = Pay.objects.get(occupation="29-9021")
    assert (registrars.employment, registrars.annual_median) == (38_100, 68_020)


def test_one_sided_pay_and_the_highest_pay(runs):
    assert Pay.objects.of_occupations().filter(annual_only=True).count() == 58
    assert Pay.objects.of_occupations().filter(hourly_only=True).count() == 5
    assert Pay.objects.get(occupation="29-1212").annual_median == 496_010
    actors = Pay.objects.get(occupation="27-2011")
    assert (actors.hourly_only, actors.annual_median, actors.annual_median_note) == (True, None, "not-reported")


def test_outlook_of_records_specialists_and_registrars(runs):
    row = Projection.objects.get(occupation="29-2072")
    assert (row.jobs, row.jobs_projected, str(row.change_percent), row.openings) == (194_800, 208_600, "7.1", 14_200)
    assert (row.median_wage, row.entry_education) == (50_250, "Postsecondary nondegree award")
    assert (row.experience, row.training) == ("None", "None")
    other = Projection.objects.get(occupation="29-9021")
    assert (other.jobs, other.jobs_projected, str(other.change_percent), other.openings) == (
        41_900,
        48_100,
        "14.7",
        3_200,
    )
    assert (other.median_wage, other.entry_education) == (67_310, "Associate's degree")
    assert Projection.objects.filter(median_wage_note="capped").count() > 0


def test_education_of_records_specialists_and_registrars(runs):
    row = Attainment.objects.get(occupation="29-2072")
    shares = (row.less_than_high_school, row.high_school, row.some_college, row.associate, row.bachelors, row.masters)
    assert [str(share) for share in (*shares, row.doctoral)] == ["2.3", "18.8", "31.6", "25.2", "16.4", "4.6", "1.1"]
    assert (row.surveyed, row.inexact) == ("2021-22", False)
    assert Attainment.objects.get(occupation="29-9021").inexact


@pytest.mark.parametrize(
    ("model", "records", "registrars"),
    [(Task, 17, 16), (Technology, 111, 111), (RelatedOccupation, 20, 20), (Interest, 9, 9)],
)
def test_onet_counts(runs, model, records, registrars):
    assert (model.objects.filter(onet=RECORDS).count(), model.objects.filter(onet=REGISTRARS).count()) == (
        records,
        registrars,
    )


def test_onet_titles_and_zones(runs):
    titles = AlternateTitle.objects.filter(onet=RECORDS)
    assert (titles.filter(kind="alternate").count(), titles.filter(kind="reported").count()) == (53, 8)
    others = AlternateTitle.objects.filter(onet=REGISTRARS)
    assert (others.filter(kind="alternate").count(), others.filter(kind="reported").count()) == (28, 2)
    assert set(OnetJobZone.objects.filter(onet__in=(RECORDS, REGISTRARS)).values_list("zone", "rated_by")) == {
        (3, "Analyst - Preliminary")
    }


def test_fields_of_study_lead_where_the_crosswalk_says(runs):
    found = FieldOccupation.objects.filter(field__cip__in=("51.0707", "51.0714", "51.0716"))
    assert sorted(found.values_list("field__cip", "occupation")) == [
        ("51.0707", "29-2072"),
        ("51.0707", "29-9021"),
        ("51.0714", "31-9099"),
        ("51.0714", "43-6013"),
        ("51.0716", "43-6013"),
    ]


def test_the_retired_code_is_nowhere(runs):
    assert not Occupation.objects.filter(soc="29-2071").exists()
    assert not OnetOccupation.objects.filter(code__startswith="29-2071").exists()


def test_every_shipped_career_has_its_evidence_in_the_files(runs):
    assert load_careers().waiting == []
    for career in Career.objects.select_related("occupation"):
        held = {
            Basis.NAME: career.evidence in career.occupation.title,
            Basis.DEFINITION: career.evidence in career.occupation.definition,
            Basis.TITLE: AlternateTitle.objects.filter(onet=career.onet_code, title=career.evidence).exists(),
        }
        assert held[Basis(career.basis)], career


def test_the_same_files_twice_change_nothing(runs):
    folder = Path(settings.OFFICIAL_DATA_DIR)
    for source in (
        Source.SOC,
        Source.CIP_SOC,
        Source.OEWS,
        Source.PROJECTIONS,
        Source.ATTAINMENT,
        Source.ONET_INTERESTS,
    ):
        assert load(Order(folder / FILES[source], source)).run.state == ImportRun.State.UNCHANGED
