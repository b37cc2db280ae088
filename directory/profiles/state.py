"""Programs by state: the whole map, and one state by award level, field and school."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from directory.models import FieldOfStudy, Listing, Release, School
from directory.profiles.school_list import programs_by_level
from directory.profiles.spreads import PRICE_COLUMNS, price_ranges, source_names
from directory.templatetags.levels import level_class, level_tab
from directory.vocab import STATES, Control, Delivery, LevelGroup, Source

MOST_FIELDS: Final = 20


def newest_completions() -> Release | None:
    """The file that says which programs are offered now."""
    return Release.objects.filter(source=Source.IPEDS_COMPLETIONS).order_by("-rank").first()


def programs_by_state() -> dict[str, int]:
    """USPS code -> number of listed programs; states without any are left out."""
    rows = Listing.objects.listed().order_by().values_list("state")
    # COUNT(*) and not of a column: the index on (listed, state) then answers alone.
    return dict(rows.annotate(programs=Count("*")))


def schools_by_state() -> dict[str, int]:
    """USPS code -> number of schools with a listed program."""
    rows = School.objects.listed().order_by().values_list("state")
    return dict(rows.annotate(schools=Count("*")))


def states_overview() -> dict[str, Any]:
    """The context of the list of states: tiles, a plain list in order of name, the sum, the source."""
    programs, schools = programs_by_state(), schools_by_state()
    by_name = sorted(STATES.items(), key=lambda item: item[1])
    places = [
        {
            "usps": usps,
            "slug": usps.lower(),
            "name": name,
            "programs": programs[usps],
            "schools": schools.get(usps, 0),
        }
        for usps, name in by_name
        if usps in programs
    ]
    return {
        "tiles": [{"usps": usps, "count": count} for usps, count in programs.items()],
        "places": places,
        "without": [name for usps, name in by_name if usps not in programs],
        "programs": sum(programs.values()),
        "schools": sum(schools.values()),
        "release": newest_completions(),
        "online_url": programs_url(delivery=Delivery.ONLINE.value),
    }


def state_profile(usps: str) -> dict[str, Any]:
    """The context of one state, without its schools; the queries do not depend on the programs."""
    listed = Listing.objects.listed().filter(state=usps).order_by()
    rows = list(listed.values_list("school", "level", "control", "cip", *PRICE_COLUMNS, named=True))
    by_level = Counter(row.level for row in rows)
    by_control = Counter(row.control for row in rows)
    schools = {row.school for row in rows}
    of_level: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        of_level[row.level].append(row)
    names = source_names()
    release = newest_completions()
    name, programs = STATES[usps], by_level.total()
    return {
        "usps": usps,
        "name": name,
        "programs": programs,
        "schools": len(schools),
        "release": release,
        "crumbs": [{"label": "States", "url": reverse("state_list")}],
        "lead": _lead(programs, len(schools), by_control),
        "keyfigs": _keyfigs(by_level, release),
        "actions": [
            {
                "label": f"Search programs in {name}",
                "url": programs_url(state=usps),
                "note": "Narrow by award, price, accreditation and exam",
            }
        ],
        "sections": [
            {"id": "levels", "label": "By award"},
            {"id": "fields", "label": "By field of study"},
            {"id": "schools", "label": "Schools"},
            {"id": "pay", "label": "Pay"},
        ],
        "online_url": programs_url(delivery=Delivery.ONLINE.value),
        "levels": [
            {
                "url": "" if level == LevelGroup.DOCTORATE else programs_url(state=usps, level=level.value),
                "level": level,
                "label": str(LevelGroup(level).label),
                "css": level_class(level),
                "programs": by_level[level],
                "prices": _prices(of_level[level], names),
            }
            for level in LevelGroup
            if by_level[level]
        ],
        "fields": _fields(usps, Counter(row.cip for row in rows)),
    }


def _prices(rows: Iterable[Any], names: Mapping[int, str]) -> dict[str, Any]:
    found, unknown = price_ranges(rows, names)
    return {"rows": found, "unknown": unknown}


def _fields(usps: str, counts: Counter[str]) -> list[dict[str, Any]]:
    """The fields of study with the most programs in the state."""
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_FIELDS]
    titles = dict(FieldOfStudy.objects.filter(cip__in=dict(most)).values_list("cip", "title"))
    return [
        {"title": titles.get(cip, cip), "url": programs_url(state=usps, cip=cip), "programs": count}
        for cip, count in most
    ]


def _lead(programs: int, schools: int, by_control: Counter[int]) -> str:
    if not programs:
        return "No program on the list."
    where = f"{schools:,} school{'' if schools == 1 else 's'}"
    public = by_control[Control.PUBLIC]
    words = f"{programs:,} program{'' if programs == 1 else 's'} at {where}"
    return f"{words}, {public:,} of them at public schools." if programs > 1 else f"{words}."


def _keyfigs(by_level: Counter[str], release: Release | None) -> list[dict[str, Any]]:
    """The four commonest awards, in the usual order of levels."""
    shown = {level for level, _ in by_level.most_common(4)}
    given = {"source": release.get_source_display(), "year": release.vintage} if release else {}
    return [
        {"label": str(level.label), "value": f"{by_level[level]:,}", **given} for level in LevelGroup if level in shown
    ]


def programs_url(**parameters: str) -> str:
    """The address of the program list with these parameters."""
    return f"{reverse('program_list')}?{urlencode(parameters)}"


def school_lines(schools: list[School]) -> list[dict[str, Any]]:
    """One line per school with its listed programs by level; one query."""
    counts = programs_by_level([school.pk for school in schools])
    return [
        {
            "name": school.name,
            "slug": school.slug,
            "url": school.get_absolute_url(),
            "city": school.city,
            "control": str(Control(school.control).label),
            "levels": [
                {"label": level_tab(level), "css": level_class(level), "count": counts[school.pk][level]}
                for level in LevelGroup
                if counts[school.pk][level]
            ],
        }
        for school in schools
    ]
