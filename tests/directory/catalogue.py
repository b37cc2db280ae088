"""A small catalogue of invented schools, complete from the facts to the search table.

`build()` fills an empty database; `BUILT_ON` is the day on which it counts as built, so that "confirmed
within the review interval" means the same in every year. Distances are easy to work out by hand: the schools
of Ohio and Kentucky stand on one meridian, a degree of latitude is 69.09 miles.

    slug            school                  state  control     from Maple Fork, OH
    maple-…         Maple Fork College      OH     public      0 miles
    birch-…         Birch Valley College    OH     public      20.7 (0.3 degrees north)
    cedar-…         Cedar Ridge Institute   KY     for-profit  69.1 (1 degree south)
    dunmore-…       Dunmore University      CA     nonprofit   far away, one program online
    elm-…           Elm Grove Seminary      TX     nonprofit   no point on the map
    fern-…          Fern Hollow School      OH     closed, went into Maple Fork College
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import time_machine

from directory.models import (
    Accreditation,
    AccreditationStatement,
    Agency,
    Body,
    Certification,
    Completions,
    Condition,
    FieldOfStudy,
    FieldOutcome,
    Program,
    ProgramCharge,
    ProgramDelivery,
    ProgramFact,
    Route,
    RuleSet,
    School,
    SchoolFigure,
    ZipPoint,
)
from directory.models.certification import Grade
from directory.pipeline.refresh import refresh
from directory.vocab import (
    AccreditationStatus,
    AwardLevel,
    Control,
    Delivery,
    ListingState,
    Missing,
    Reliability,
    SchoolMeasure,
    SchoolState,
    Source,
)
from tests.directory.invented import fact, field_of_study, program, release, school

BUILT_ON: Final = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
ZIPS: Final = (
    ("43901", "Maple Fork", "OH", 40.0, -83.0),
    ("43902", "Maple Fork", "OH", 40.0, -83.0),
    ("40901", "Maple Fork", "KY", 38.0, -83.0),
    ("43911", "Birch Valley", "OH", 40.3, -83.0),
    ("63901", "Saint Alder", "MO", 38.6, -90.2),
    ("63902", "St Brook", "MO", 38.7, -90.3),
    ("90901", "Dunmore", "CA", 37.0, -122.0),
    ("00901", "Rio Claro", "PR", 18.4, -66.1),
    ("63903", "O Alder", "MO", 38.8, -90.4),
    ("98901", "Washington", "DC", 38.9, -77.0),
    ("09901", "Apo", "AE", None, None),
)
LEVELS: Final = {
    "certificate": AwardLevel.CERTIFICATE_12_WEEKS_1_YEAR,
    "associate": AwardLevel.ASSOCIATE,
    "bachelors": AwardLevel.BACHELORS,
    "postbacc": AwardLevel.POSTBACC_CERTIFICATE,
    "masters": AwardLevel.MASTERS,
    "short": AwardLevel.CERTIFICATE_UNDER_12_WEEKS,
    "year": AwardLevel.CERTIFICATE_1_2_YEARS,
    "long": AwardLevel.CERTIFICATE_2_4_YEARS,
}
CONFIRMED: Final = dt.date(2025, 6, 1)  # within the review interval of BUILT_ON
LONG_AGO: Final = dt.date(2021, 6, 1)


def build() -> None:
    """All of it. Belongs into a transaction that somebody rolls back."""
    with time_machine.travel(BUILT_ON, tick=False):
        _places()
        _fields()
        _schools()
        _programs()
        _accreditation()
        _exams()
        refresh()


def by_slug(slug: str) -> Program:
    return Program.objects.get(slug=slug)


def _places() -> None:
    source = release(Source.ZIP_POINTS, "2020")
    ZipPoint.objects.bulk_create(
        ZipPoint(zip_code=code, city=city, state=state, latitude=lat, longitude=lon, release=source)
        for code, city, state, lat, lon in ZIPS
    )


def _fields() -> None:
    for cip, title, names in (
        ("51.0707", "Health Information/Medical Records Technology", "HIT, medical records"),
        ("51.0713", "Medical Insurance Coding Specialist", "medical coding, coder"),
        ("51.0706", "Health Information Administration", "HIM"),
        ("51.2706", "Medical Informatics", ""),
    ):
        field = field_of_study(cip, title)
        FieldOfStudy.objects.filter(pk=field.pk).update(everyday_names=names)


def _schools() -> None:
    common = {"website": "www.{}.example", "apply_url": "apply.{}.example"}
    for number, (name, slug, columns) in enumerate(SCHOOLS, start=1):
        addresses = {key: text.format(slug.partition("-")[0]) for key, text in common.items()}
        made = school(100000 + number, name=name, slug=slug, **{**addresses, **columns})
        for measure, value, reason in TUITION.get(slug, ()):
            SchoolFigure.objects.create(
                school=made, measure=measure, year=2023, value=value, value_note=reason,
                release=release(Source.IPEDS_TUITION, "2023-24"),
            )  # fmt: skip


SCHOOLS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    (
        "Maple Fork College",
        "maple-fork-college",
        {"latitude": 40.0, "longitude": -83.0, "aliases": "MFC | Forkers"},
    ),
    (
        "Birch Valley College",
        "birch-valley-college",
        {"city": "Birch Valley", "latitude": 40.3, "longitude": -83.0},
    ),
    (
        "Cedar Ridge Institute",
        "cedar-ridge-institute",
        {
            "city": "Cedar Ridge", "state": "KY", "control": Control.FOR_PROFIT,
            "latitude": 39.0, "longitude": -83.0,
        },
    ),
    (
        "Dunmore University",
        "dunmore-university",
        {
            "city": "Dunmore", "state": "CA", "control": Control.NONPROFIT,
            "latitude": 37.0, "longitude": -122.0,
        },
    ),
    (
        "Elm Grove Seminary",
        "elm-grove-seminary",
        {"city": "Elm Grove", "state": "TX", "control": Control.NONPROFIT},
    ),
    (
        "Fern Hollow School",
        "fern-hollow-school",
        {
            "city": "Fern Hollow", "control": Control.FOR_PROFIT, "latitude": 40.1, "longitude": -83.0,
            "status": SchoolState.CLOSED, "act": "D", "closed_year": 2024, "successor_unitid": 100001,
        },
    ),
)  # fmt: skip
TUITION: Final = {
    "maple-fork-college": (
        (SchoolMeasure.TUITION_IN_STATE, 4_000, ""),
        (SchoolMeasure.TUITION_OUT_OF_STATE, 9_000, ""),
    ),
    "birch-valley-college": ((SchoolMeasure.TUITION_IN_STATE, 5_000, "imputed"),),
    "elm-grove-seminary": ((SchoolMeasure.TUITION_IN_STATE, None, Missing.NOT_REPORTED),),
}

#: slug -> school, CIP, award level, {IPEDS year: awards or a reason}.
PROGRAMS: Final[dict[str, tuple[str, str, str, dict[int, int | str]]]] = {
    "maple-hit-associate": ("maple-fork-college", "51.0707", "associate", {2022: 30, 2023: 35, 2024: 40}),
    "maple-coding-certificate": ("maple-fork-college", "51.0713", "certificate", {2023: 0, 2024: 12}),
    "maple-coding-short": ("maple-fork-college", "51.0713", "short", {2024: 0}),
    "birch-hit-associate": ("birch-valley-college", "51.0707", "associate", {2024: 20}),
    "birch-coding-year": ("birch-valley-college", "51.0713", "year", {2024: 8}),
    "cedar-coding-certificate": ("cedar-ridge-institute", "51.0713", "certificate", {2024: 90}),
    "cedar-coding-long": ("cedar-ridge-institute", "51.0713", "long", {2024: 3}),
    "dunmore-him-bachelors": ("dunmore-university", "51.0706", "bachelors", {2024: 55}),
    "dunmore-hit-associate": ("dunmore-university", "51.0707", "associate", {2024: 60}),
    "dunmore-informatics-masters": ("dunmore-university", "51.2706", "masters", {2024: 15}),
    "elm-him-postbacc": ("elm-grove-seminary", "51.0706", "postbacc", {2024: Missing.SUPPRESSED}),
    "elm-hit-associate": ("elm-grove-seminary", "51.0707", "associate", {2024: 5}),
    "fern-coding-certificate": ("fern-hollow-school", "51.0713", "certificate", {2022: 7}),
    "birch-him-bachelors": ("birch-valley-college", "51.0706", "bachelors", {2021: 4, 2022: 2}),
}
GONE: Final = ("fern-coding-certificate", "birch-him-bachelors")
LISTED: Final = tuple(slug for slug in PROGRAMS if slug not in GONE)


def _programs() -> None:
    schools = {each.slug: each for each in School.objects.all()}
    for slug, (at, cip, level, years) in PROGRAMS.items():
        made = program(
            schools[at], slug=slug, field=field_of_study(cip), award_level=LEVELS[level],
            first_year=min(years), last_year=max(years),
            state=ListingState.NOT_REPORTED if slug in GONE else ListingState.LISTED,
        )  # fmt: skip
        for year, awards in years.items():
            vintage = f"{year - 1}-{year % 100}"
            Completions.objects.create(
                program=made,
                year=year,
                awards=None if isinstance(awards, str) else awards,
                awards_note=awards if isinstance(awards, str) else "",
                release=release(Source.IPEDS_COMPLETIONS, vintage, rank=year * 100, year=year),
            )
    ProgramCharge.objects.create(
        school=schools["cedar-ridge-institute"], cip="51.0713", position=1, year=2023, price=14_500,
        supplies=1_200, hours=720, hour_unit=1, months=9, release=release(Source.IPEDS_IC_PY, "2023-24"),
    )  # fmt: skip
    _outcomes(schools)
    _deliveries()


def _outcomes(schools: dict[str, School]) -> None:
    source = release(Source.SCORECARD_FIELD, "April 2025", rank=202504, year=2025)
    unknown = {f"{name}_note": Missing.NOT_COLLECTED for name in FieldOutcome.MEASURES}
    for slug, credential, values in (
        ("maple-fork-college", 2, {"earnings_4yr": 41_000, "earnings_1yr": 33_000, "debt_here": 9_500}),
        ("cedar-ridge-institute", 1, {"earnings_4yr": 29_000}),
        ("birch-valley-college", 2, {"earnings_4yr_note": Missing.SUPPRESSED}),
    ):
        given = {f"{name}_note": "" for name in values if not name.endswith("_note")}
        FieldOutcome.objects.create(
            school=schools[slug],
            family="51.07",
            credential=credential,
            release=source,
            **{**unknown, **given, **values},
        )


def _deliveries() -> None:
    fact(by_slug("dunmore-hit-associate"), ProgramFact.Kind.DELIVERY, Delivery.ONLINE)
    fact(by_slug("maple-hit-associate"), ProgramFact.Kind.CREDITS, "64", unit="semester credits", year="2024")
    source = release(Source.IPEDS_DISTANCE_PROGRAMS, "2023-24")
    for slug, word in (
        ("maple-hit-associate", Delivery.CAMPUS),
        ("birch-hit-associate", Delivery.HYBRID),
        ("dunmore-him-bachelors", Delivery.CAMPUS),
    ):
        ProgramDelivery.objects.create(program=by_slug(slug), year=2024, delivery=word, release=source)


def _accreditation() -> None:
    cahiim = Agency.objects.create(name="Commission on Invented Programs", acronym="CAHIIM", programmatic=True)
    for slug, status, checked_on in (
        ("maple-hit-associate", AccreditationStatus.ACCREDITED, CONFIRMED),
        ("dunmore-him-bachelors", AccreditationStatus.CANDIDATE, CONFIRMED),
        ("dunmore-hit-associate", AccreditationStatus.PROBATION, CONFIRMED),
        ("elm-him-postbacc", AccreditationStatus.WITHDRAWN, CONFIRMED),
        ("elm-hit-associate", AccreditationStatus.ACCREDITED, LONG_AGO),
    ):
        of = by_slug(slug)
        Accreditation.objects.create(
            school=of.school, program=of, agency=cahiim, program_name="Health information", status=status,
            checked_on=checked_on, evidence_url="https://accreditor.example/list",
        )  # fmt: skip
    said_of = by_slug("birch-hit-associate")
    for date, url in (("", "https://www.birch.example/hit"), ("2023", "https://www.birch.example/old")):
        AccreditationStatement.objects.create(
            school=said_of.school, program=said_of, agency=cahiim, agency_as_stated="CAHIIM",
            program_title_as_stated="Health Information Technology AAS", status_as_stated="accredited",
            positive=True, award_level_basis="stated", evidence_kind="school_page", evidence_url=url,
            evidence_date=date, reliability=Reliability.HIGH,
            release=release(Source.ACCREDITATION_EVIDENCE, "2025"),
        )  # fmt: skip


def _exams() -> None:
    """An exam that asks for accreditation, one that asks for a diploma, and one of coders that asks for nothing."""
    cahiim = Agency.objects.get(acronym="CAHIIM")
    rhit = _exam("rhit", ["51.0707"], Grade.ISSUER)
    _asks(rhit, Condition.Kind.AWARD_LEVEL, "An associate degree", award_levels=[AwardLevel.ASSOCIATE])
    _asks(rhit, Condition.Kind.PROGRAM_ACCREDITATION, "A program accredited by CAHIIM", agency=cahiim)
    _asks(_exam("cca", ["51.0707", "51.0713"], Grade.ISSUER), Condition.Kind.DIPLOMA, "A diploma")
    _asks(_exam("ccs-p", ["51.0713"], Grade.ISSUER), Condition.Kind.NONE, "Nothing is required")


def _exam(slug: str, cips: list[str], grade: Grade) -> Route:
    """A certification with one route, still without conditions."""
    body, _ = Body.objects.get_or_create(
        acronym="IHB", defaults={"name": "Invented Health Body", "website": "https://body.example"}
    )
    made = Certification.objects.create(
        slug=slug, acronym=slug.upper(), name=f"Invented {slug.upper()}", body=body, summary="Shows something.",
        order=Certification.objects.count(), issuer_url=f"https://body.example/{slug}", related_cips=cips,
        release=release(Source.CERTIFICATIONS, "2025"),
    )  # fmt: skip
    rules = RuleSet.objects.create(
        certification=made, as_of="2025-05", grade=grade, source_url=f"https://body.example/{slug}/rules"
    )
    return Route.objects.create(rule_set=rules, code="A1", title="By education")


def _asks(route: Route, kind: Condition.Kind, text: str, **columns: Any) -> None:
    order = route.conditions.count() + 1
    confirmed = route.rule_set.confirmed
    Condition.objects.create(route=route, kind=kind, text=text, order=order, confirmed=confirmed, **columns)
