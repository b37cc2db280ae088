"""The home page: live counts and ranges out of the loaded files, and nothing that no file says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Count, Q, Sum

from directory.models import Certification, FieldOfStudy, Listing, Opening, Release
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS
from directory.profiles.figures import award_year, source_of
from directory.profiles.spreads import Spread, earnings_spread, price_spread
from directory.profiles.state import counts_by_state, newest_completions, programs_url
from directory.querysets.listing import ListingQuerySet
from directory.vocab import (
    CREDENTIAL_OF,
    DEFAULT_CIPS,
    AwardLevel,
    Control,
    Delivery,
    Length,
    LevelGroup,
    Source,
    Standing,
)

CHEAP: Final = 6_000
MOST_EXAMS: Final = 6
#: The two awards that the table compares, with the award level whose Scorecard level they share.
COMPARED: Final = {
    LevelGroup.CERTIFICATE: AwardLevel.CERTIFICATE_1_2_YEARS,
    LevelGroup.ASSOCIATE: AwardLevel.ASSOCIATE,
}
LINES: Final = {
    LevelGroup.CERTIFICATE: ("Certificate line", "lv-cert"),
    LevelGroup.ASSOCIATE: ("Associate line", "lv-assoc"),
    LevelGroup.BACHELORS: ("Bachelor’s line", "lv-bach"),
}
#: Earnings are published for the four-digit family, whose members this site lists.
FAMILIES: Final = sorted({cip[:5] for cip in DEFAULT_CIPS if cip.startswith("51.07")})

#: What the band about sources names, under our own headings.
SOURCE_GROUPS: Final[dict[str, tuple[Source, ...]]] = {
    "accreditation": (Source.ACCREDITATION_EVIDENCE, Source.DAPIP),
    "price": (Source.IPEDS_COMPLETIONS, Source.IPEDS_COST, Source.IPEDS_TUITION, Source.SCORECARD_FIELD),
    "pay": (Source.OEWS, Source.PROJECTIONS),
}


def home_profile() -> dict[str, Any]:
    """The context of the home page; a fixed number of queries, and zeros from an empty database."""
    ours = Listing.objects.listed().of(DEFAULT_CIPS)
    counts = counts_by_state()
    release = newest_completions()
    columns = [_column(level, ours.filter(level=level)) for level in COMPARED]
    return {
        "programs": sum(found["programs"] for found in counts.values()),
        "schools": sum(found["schools"] for found in counts.values()),
        "exams": Certification.objects.count(),
        "places": len(counts),
        "tiles": [{"usps": usps, "count": found["programs"]} for usps, found in counts.items()],
        "release": release,
        "columns": columns,
        "slips": _slips(columns, ours, release),
        "quick": _quick(),
        "paths": [_path(level, ours.filter(level=level), release) for level in LINES],
        "sources": _sources(),
        "online_url": programs_url(delivery=Delivery.ONLINE.value),
        "certificate_url": programs_url(level=LevelGroup.CERTIFICATE.value),
        "associate_url": programs_url(level=LevelGroup.ASSOCIATE.value),
        "bachelors_url": programs_url(level=LevelGroup.BACHELORS.value),
    }


def _column(level: LevelGroup, listings: ListingQuerySet) -> dict[str, Any]:
    """One award of the table: how many, how long, what price, what pay, which exams."""
    found = listings.aggregate(programs=Count("pk"), schools=Count("school", distinct=True))
    return {
        "level": level,
        "url": programs_url(level=level.value),
        **found,
        "lengths": _lengths(level, listings),
        "length_source": LENGTH_SOURCE,
        "price": price_spread(listings.filter(control=Control.PUBLIC), of="programs at public schools"),
        "pay": earnings_spread(families=FAMILIES, credential=CREDENTIAL_OF[COMPARED[level]]),
        "exams": _exams(listings, found["programs"]),
    }


def _lengths(level: LevelGroup, listings: ListingQuerySet) -> list[dict[str, Any]]:
    """Certificates by their IPEDS length, commonest first; a degree has the length of its definition."""
    if level != LevelGroup.CERTIFICATE:
        return [{"label": LENGTH_WORDS[COMPARED[level]], "count": None}]
    rows = listings.order_by().values_list("length").annotate(count=Count("pk")).order_by("-count")
    return [{"label": str(Length(length).label), "count": count} for length, count in rows if length]


def _exams(listings: ListingQuerySet, programs: int) -> list[dict[str, Any]]:
    """The certifications that these programs open, with how many do; `confirmed` when no opening is only stated.

    In the order of the certifications, which begins with those that ask for the most.
    """
    rows = Opening.objects.filter(program__listing__in=listings).order_by().values_list("certification")
    confirmed = Count("pk", filter=Q(basis=Opening.Basis.CONFIRMED))
    counts = {pk: (count, sure) for pk, count, sure in rows.annotate(count=Count("pk"), sure=confirmed)}
    found = Certification.objects.filter(pk__in=counts).order_by("order", "acronym")[:MOST_EXAMS]
    return [
        {
            "label": certification.acronym,
            "url": certification.get_absolute_url(),
            "count": counts[certification.pk][0],
            "of": programs,
            "confirmed": counts[certification.pk][0] == counts[certification.pk][1],
        }
        for certification in found
    ]


def _slips(columns: Sequence[dict[str, Any]], ours: ListingQuerySet, release: Release | None) -> dict[str, Any]:
    """Papers for the hero by name, each with where it comes from; those that the files do not tell are left out."""
    associate = columns[-1]
    slips = {}
    price: Spread | None = associate["price"]
    if price:
        label = "Middle price, associate, public school"
        slips["price"] = _slip(label, f"${price.median:,}", price.source, price.year)
    pay: Spread | None = associate["pay"]
    if pay:
        label = "Middle pay 4 years after an associate"
        slips["pay"] = _slip(label, f"${pay.median:,} a year", pay.source, pay.year)
    if release and release.year:
        total = ours.filter(awards_year=release.year).aggregate(total=Sum("awards"))["total"]
        if total:
            year = award_year(release.year)
            slips["awards"] = _slip("Awards in these fields", f"{total:,} in a year", source_of(release), year)
    return slips


def _slip(label: str, value: str, source: str, year: str) -> dict[str, str]:
    return {"label": label, "value": value, "source": source, "year": year}


def _quick() -> list[dict[str, str]]:
    """Searches worth trying, those that find something."""
    listed = Listing.objects.listed()
    wanted: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
        "Fully online": ({"delivery": Delivery.ONLINE}, {"delivery": "online"}),
        "Said to be CAHIIM accredited": ({"standing": Standing.STATED}, {"accreditation": "stated"}),
        f"Up to ${CHEAP:,} in total": ({"price__lte": CHEAP}, {"max_price": str(CHEAP)}),
        "Under a year": ({"length": Length.UNDER_1_YEAR}, {"length": Length.UNDER_1_YEAR.value}),
        "Public schools": ({"control": Control.PUBLIC}, {"control": "public"}),
    }
    return [
        {"label": label, "url": programs_url(**parameters)}
        for label, (condition, parameters) in wanted.items()
        if listed.filter(**condition).exists()
    ]


def _path(level: LevelGroup, listings: ListingQuerySet, release: Release | None) -> dict[str, Any]:
    """From the commonest field at a level to the exams that its programs open."""
    name, css = LINES[level]
    commonest = listings.order_by().values("cip").annotate(programs=Count("pk"), schools=Count("school", distinct=True))
    row = commonest.order_by("-programs", "cip").first()
    if row is None:
        return {"name": name, "css": css, "level": level, "cip": "", "stops": []}
    field = FieldOfStudy.objects.get(cip=row["cip"])
    paper = {"source": source_of(release), "year": release.vintage} if release else {}
    stops = [
        {
            "kind": "Program",
            "label": field.title,
            "url": programs_url(level=level.value, cip=field.cip),
            "text": f"{row['programs']:,} programs at {row['schools']:,} schools",
            **paper,
        }
    ]
    exams = _exams(listings.filter(cip=field.cip), row["programs"])
    if exams:
        first = exams[0]
        word = "open" if first["confirmed"] else "said to open"
        stops.append(
            {
                "kind": "Credential",
                "label": " or ".join(exam["label"] for exam in exams[:2]),
                "url": first["url"],
                "text": f"{first['label']}: {word} after {first['count']:,} of these programs",
            }
        )
    return {"name": name, "css": css, "level": level, "cip": field.cip, "stops": stops}


def _sources() -> dict[str, list[str]]:
    """The newest release of each source that the band names, as words."""
    newest: dict[str, str] = {}
    for release in Release.objects.filter(source__in=sum(SOURCE_GROUPS.values(), ())).order_by("rank"):
        newest[release.source] = release.label
    return {
        group: [newest[source] for source in sources if source in newest] for group, sources in SOURCE_GROUPS.items()
    }
