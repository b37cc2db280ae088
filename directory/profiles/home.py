"""The home page: live counts and ranges out of the loaded files, and nothing that no file says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from directory.models import Certification, FieldOfStudy, Listing, Opening, Release, School
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS
from directory.profiles.figures import award_year, source_of
from directory.profiles.spreads import (
    PRICE_COLUMNS,
    PriceRange,
    Spread,
    earnings_spread,
    price_ranges,
    source_names,
)
from directory.profiles.state import newest_completions, programs_by_state, programs_url
from directory.templatetags.badges import LOOKS
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


#: What the page reads of each listing in our fields.
COLUMNS: Final = ("school", "cip", "level", "length", "control", "awards", "awards_year", *PRICE_COLUMNS)


def home_profile() -> dict[str, Any]:
    """The context of the home page; a fixed number of queries, and zeros from an empty database."""
    rows = list(_ours().values_list(*COLUMNS, named=True))
    exams, names, release = Exams(), source_names(), newest_completions()
    by_state = programs_by_state()
    columns = [_column(level, [row for row in rows if row.level == level], exams, names) for level in COMPARED]
    return {
        "programs": sum(by_state.values()),
        "schools": School.objects.listed().count(),
        "exams": len(exams.certifications),
        "places": len(by_state),
        "tiles": [{"usps": usps, "count": count} for usps, count in by_state.items()],
        "release": release,
        "columns": columns,
        "slips": _slips(columns, rows, release),
        "quick": _quick(),
        "paths": _paths(rows, exams, release),
        "sources": _sources(),
        "online_url": programs_url(delivery=Delivery.ONLINE.value),
        "certificate_url": programs_url(level=LevelGroup.CERTIFICATE.value),
        "associate_url": programs_url(level=LevelGroup.ASSOCIATE.value),
        "bachelors_url": programs_url(level=LevelGroup.BACHELORS.value),
    }


def _ours() -> QuerySet[Listing]:
    """Listed programs in health information, whatever else is loaded."""
    return Listing.objects.listed().filter(cip__in=DEFAULT_CIPS).order_by()


class Exams:
    """How many of our listed programs open each certification, by level and field; two queries."""

    def __init__(self) -> None:
        self.certifications = list(Certification.objects.order_by("order", "acronym"))
        ours = {"program__listing__listed": True, "program__listing__cip__in": DEFAULT_CIPS}
        grouped = (
            Opening.objects.filter(**ours)
            .order_by()
            .values_list("certification", "program__listing__level", "program__listing__cip")
        )
        sure = Count("pk", filter=Q(basis=Opening.Basis.CONFIRMED))
        self.counts = list(grouped.annotate(count=Count("pk"), sure=sure))

    def after(self, level: str, programs: int, *, cip: str = "") -> list[dict[str, Any]]:
        """The first certifications that programs of a level open; `confirmed` when none is only stated.

        In the order of the certifications, which begins with those that ask for the most.
        """
        opened: Counter[int] = Counter()
        confirmed: Counter[int] = Counter()
        for certification, at, field, count, sure in self.counts:
            if at == level and cip in ("", field):
                opened[certification] += count
                confirmed[certification] += sure
        return [
            {
                "label": certification.acronym,
                "url": certification.get_absolute_url(),
                "count": opened[certification.pk],
                "of": programs,
                "confirmed": opened[certification.pk] == confirmed[certification.pk],
            }
            for certification in self.certifications
            if opened[certification.pk]
        ][:MOST_EXAMS]


def _column(level: LevelGroup, rows: Sequence[Any], exams: Exams, names: Mapping[int, str]) -> dict[str, Any]:
    """One award of the table: how many, how long, what price, what pay, which exams."""
    prices, unknown = price_ranges(rows, names)
    return {
        "level": level,
        "url": programs_url(level=level.value),
        "programs": len(rows),
        "schools": len({row.school for row in rows}),
        "lengths": _lengths(level, rows),
        "length_source": LENGTH_SOURCE,
        "prices": {"rows": prices, "unknown": unknown},
        "pay": earnings_spread(families=FAMILIES, credential=CREDENTIAL_OF[COMPARED[level]]),
        "exams": exams.after(level, len(rows)),
    }


def _lengths(level: LevelGroup, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Certificates by their IPEDS length, commonest first; a degree has the length of its definition."""
    if level != LevelGroup.CERTIFICATE:
        return [{"label": LENGTH_WORDS[COMPARED[level]], "count": None}]
    counts = Counter(row.length for row in rows if row.length)
    return [{"label": str(Length(length).label), "count": count} for length, count in counts.most_common()]


def _slips(columns: Sequence[dict[str, Any]], rows: Sequence[Any], release: Release | None) -> dict[str, Any]:
    """Papers for the hero by name, each with where it comes from; those that the files do not tell are left out."""
    associate = columns[-1]
    slips = {}
    ranges: Sequence[PriceRange] = associate["prices"]["rows"]
    if ranges:
        price = max(ranges, key=lambda each: each.count)
        label = f"Middle price, associate. {price.label}"
        slips["price"] = _slip(label, f"${price.median:,}", price.source, price.year)
    pay: Spread | None = associate["pay"]
    if pay:
        label = "Middle pay 4 years after an associate"
        slips["pay"] = _slip(label, f"${pay.median:,} a year", pay.source, pay.year)
    if release and release.year:
        total = sum(row.awards or 0 for row in rows if row.awards_year == release.year)
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
        LOOKS[Standing.STATED].label: ({"standing": Standing.STATED}, {"accreditation": "stated"}),
        f"Up to ${CHEAP:,} in total": ({"price__lte": CHEAP}, {"max_price": str(CHEAP)}),
        "Under a year": ({"length": Length.UNDER_1_YEAR}, {"length": Length.UNDER_1_YEAR.value}),
        "Public schools": ({"control": Control.PUBLIC}, {"control": "public"}),
    }
    return [
        {"label": label, "url": programs_url(**parameters)}
        for label, (condition, parameters) in wanted.items()
        if listed.filter(**condition).exists()
    ]


def _paths(rows: Sequence[Any], exams: Exams, release: Release | None) -> list[dict[str, Any]]:
    """A line for each level that has programs: from its commonest field to the first exams that it opens."""
    commonest = {}
    for level in LINES:
        counts = Counter(row.cip for row in rows if row.level == level)
        if counts:
            commonest[level] = min(counts, key=lambda cip: (-counts[cip], cip))
    titles = dict(FieldOfStudy.objects.filter(cip__in=commonest.values()).values_list("cip", "title"))
    paper = {"source": source_of(release), "year": release.vintage} if release else {}
    lines = []
    for level, cip in commonest.items():
        found = [row for row in rows if row.level == level and row.cip == cip]
        name, css = LINES[level]
        program = {
            "kind": "Program",
            "label": titles[cip],
            "url": programs_url(level=level.value, cip=cip),
            "text": f"{len(found):,} programs at {len({row.school for row in found}):,} schools",
            **paper,
        }
        stops = [program, *_credential(exams.after(level, len(found), cip=cip))]
        lines.append({"name": name, "css": css, "level": level, "cip": cip, "stops": stops})
    return lines


def _credential(exams: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The middle stop of a line; none when nothing opens."""
    if not exams:
        return []
    first = exams[0]
    word = "open" if first["confirmed"] else "said to open"
    return [
        {
            "kind": "Credential",
            "label": " or ".join(exam["label"] for exam in exams[:2]),
            "url": first["url"],
            "text": f"{first['label']}: {word} after {first['count']:,} of these programs",
        }
    ]


def _sources() -> dict[str, list[str]]:
    """The newest release of each source that the band names, as words."""
    newest: dict[str, str] = {}
    for release in Release.objects.filter(source__in=sum(SOURCE_GROUPS.values(), ())).order_by("rank"):
        newest[release.source] = release.label
    return {
        group: [newest[source] for source in sources if source in newest] for group, sources in SOURCE_GROUPS.items()
    }
