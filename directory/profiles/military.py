"""What schools say they offer to veterans: each fact with its source, its counts and what it does not prove."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import CharField, Count, Q
from django.http import QueryDict
from django.urls import reverse

from directory.filters.program import ProgramFilter
from directory.filters.query_string import address
from directory.models import Release, School
from directory.profiles.corrections import paper
from directory.profiles.program_list import results
from directory.vocab import VETERAN_MEANINGS, Source, VeteranFact

#: What the page asks; the rest of the question belongs to the program list.
ASKED: Final = ("where", "within", "veterans")
SHOWN: Final = 10


def military_question(asked: QueryDict) -> ProgramFilter:
    """The page's parameters as the program list reads them; only so many results."""
    question = QueryDict(mutable=True)
    for name in ASKED:
        question.setlist(name, asked.getlist(name))
    question["per_page"] = str(SHOWN)
    return ProgramFilter(question)


def military_profile(chosen: ProgramFilter) -> dict[str, Any]:
    """The context of `directory/military_list.html`, without the cards; two queries besides the question's own.

    Programs are counted near the place that was asked for, schools everywhere.
    """
    found = results(chosen)
    releases = _releases()
    schools = _schools()
    counts = {choice.value: choice for choice in found.facets["veterans"]}
    facts = [
        {
            "value": fact.value,
            "label": str(fact.label),
            "means": meaning.means,
            "proves_not": meaning.proves_not,
            "official": meaning.official,
            "programs": counts[fact.value].count,
            "selected": counts[fact.value].selected,
            "programs_url": _address("program_list", chosen, fact),
            "known": meaning.source in releases and schools[fact.value][1] > 0,
            "schools": schools[fact.value][0],
            "schools_url": f"{reverse('school_list')}{address(QueryDict(), veterans=fact.value)}",
            **paper(releases.get(meaning.source)),
        }
        for fact, meaning in VETERAN_MEANINGS.items()
    ]
    picked = [fact for fact in facts if fact["selected"]]
    every = address(chosen.asked, without=["per_page"])
    return {
        "facts": facts,
        "picked": picked,
        "found": found,
        "shows": bool(picked) and found.count > 0,
        "more": max(0, found.count - SHOWN),
        "all_url": f"{reverse('program_list')}{every}",
        "place": chosen.place.label if chosen.place else "",
        "miles": chosen.miles if chosen.near_a_point else None,
        "where": chosen.asked.get("where", ""),
        "within": chosen.asked.get("within", ""),
        "loaded": bool(releases),
    }


def _address(page: str, chosen: ProgramFilter, fact: VeteranFact) -> str:
    place = QueryDict(mutable=True)
    for name in ("where", "within"):
        if chosen.asked.get(name) and name not in chosen.problems:
            place[name] = str(chosen.asked[name])
    return f"{reverse(page)}{address(place, veterans=fact.value)}"


def _releases() -> dict[str, Release]:
    """Source -> its newest release, of those that say anything here."""
    wanted = (Source.IPEDS_IC, Source.EIGHT_KEYS, Source.IPEDS_HD)
    return {release.source: release for release in Release.objects.filter(source__in=wanted).order_by("rank")}


def _schools() -> dict[str, tuple[int, int]]:
    """Fact -> at how many schools of the list it holds, and of how many the files tell anything; one query."""
    counts: dict[str, Count] = {}
    for fact, meaning in VETERAN_MEANINGS.items():
        # An address is there or not; of the others NULL is "the file does not tell".
        is_address = isinstance(School._meta.get_field(meaning.column), CharField)
        told = ~Q(**{meaning.column: ""}) if is_address else Q(**{f"{meaning.column}__isnull": False})
        holds = told if is_address else Q(**{meaning.column: True})
        counts |= {f"holds_{fact.name}": Count("pk", filter=holds), f"told_{fact.name}": Count("pk", filter=told)}
    found = School.objects.listed().order_by().aggregate(**counts)
    return {fact.value: (found[f"holds_{fact.name}"], found[f"told_{fact.name}"]) for fact in VETERAN_MEANINGS}
