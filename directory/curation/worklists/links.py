"""Links that lead nowhere, weighed by where they stand and how many readers leave there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Case as SqlCase
from django.db.models import F, IntegerField, Value, When

from directory.curation.worklists.case import CANDIDATES, Asked, Case, Kind, change_page, counted, fingerprint, heaviest
from directory.curation.worklists.harm import harm
from directory.curation.worklists.standing_links import BESIDES, still_standing, with_addresses
from directory.models import LinkUse

#: As what an address stands (`LinkUse.kind`) -> how wrong it is when it leads nowhere.
WRONG: Final = {
    "Apply": 8, "Program page": 7, "Admissions": 7, "School website": 6, "Financial aid": 5, "Net price calculator": 5,
    "Veterans": 4, "Disability services": 4, "Issuer’s page": 4, "Issuer": 3,
}  # fmt: skip
#: Evidence and sources: readers lose the proof, not the way.
OTHERS: Final = 2


def find(asked: Asked) -> list[Case]:
    """One case for each broken address, however many pages lead to it; one query.

    A listing that was given another address since the checker looked is left out: nothing of it is broken any more.
    """
    first = SqlCase(
        *(When(kind=kind, then=Value(-wrong)) for kind, wrong in WRONG.items()),
        default=Value(-OTHERS),
        output_field=IntegerField(),
    )
    rows = (
        with_addresses(LinkUse.objects.filter(link__broken_since__isnull=False))
        .order_by(first, "link__broken_since", "link_id", "pk")
        .values(
            "link_id", "kind", "label", "page", "school_id", "program_id", *BESIDES, url=F("link__url"),
            broken=F("link__broken_since"), why=F("link__reason"), awards=F("program__listing__awards_five_years"),
        )[:CANDIDATES]
    )  # fmt: skip
    uses: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in still_standing(rows):
        uses[row["link_id"]].append(row)
    return heaviest((_case(of_link, asked) for of_link in uses.values()), asked)


def _case(uses: list[Mapping[str, Any]], asked: Asked) -> Case:
    """The uses come with the worst one first."""
    worst = uses[0]
    places = {(use["school_id"], use["program_id"]) for use in uses}
    leaves = sum(asked.reach.leaves(school=school, program=program) for school, program in places)
    where = f"{worst['kind']} of {worst['label']}" if worst["label"] else worst["kind"]
    further = f" It stands in {counted(len(uses) - 1, 'other place')} besides." if len(uses) > 1 else ""
    left = f" Readers left there {counted(leaves, 'time')} in the last 90 days." if leaves else ""
    answer = worst["why"].rstrip(".") or "It does not answer"
    return Case(
        kind=KIND.slug,
        key=f"link-{worst['link_id']}",
        subject=where,
        url=change_page("directory_link", worst["link_id"]),
        reason=f"{_short(worst['url'])} has failed on three days: {answer}.{further}{left}",
        harm=harm(
            WRONG.get(worst["kind"], OTHERS),
            leaves=leaves,
            graduates=sum(use["awards"] or 0 for use in uses) / 5,
            days=asked.days_since(worst["broken"]),
        ),
        fingerprint=fingerprint(worst["broken"], sorted({(use["kind"], use["label"]) for use in uses})),
        since=worst["broken"],
    )


def _short(url: str) -> str:
    bare = url.partition("://")[2]
    return bare if len(bare) <= 60 else f"{bare[:59]}…"


KIND: Final = Kind(
    "links",
    "Broken links",
    "An address on our pages has led nowhere on three days.",
    "directory.view_link",
    "directory.change_link",
    find,
)
