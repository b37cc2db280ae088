"""Schools whose programs lead to no application: no address, none that a reader can be sent to, or broken ones."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum

from directory.curation.links.register import link_of
from directory.curation.worklists.case import CANDIDATES, Asked, Case, Kind, change_page, counted, fingerprint, heaviest
from directory.curation.worklists.harm import harm
from directory.links import outbound
from directory.models import LinkUse, Listing, ProgramFact, School
from directory.vocab import CLOSED_STATES

#: Nothing at all leads to the school, or at least its front page does.
NOWHERE: Final = 8
FRONT_PAGE: Final = 5
#: Ways in -> the column of the school, and as what the address stands (`LinkUse.kind`).
COLUMNS: Final = {"apply": "apply_url", "admissions": "admissions_url", "front": "website"}
LABELS: Final = {"apply": "Apply", "admissions": "Admissions", "front": "School website"}


def find(asked: Asked) -> list[Case]:
    """By school, because its programs share its addresses; programs with a checked page of their own do not count.

    One query.
    """
    own = ProgramFact.objects.filter(
        program=OuterRef("pk"),
        kind__in=(ProgramFact.Kind.APPLY_URL, ProgramFact.Kind.PROGRAM_URL),
        checked_on__isnull=False,
    )
    listings = Listing.objects.filter(school=OuterRef("pk"), listed=True).filter(~Exists(own)).order_by()
    of_school = listings.values("school")
    rows = (
        School.objects.exclude(status__in=CLOSED_STATES)
        .annotate(**{f"{kind}_broken": Subquery(_broken(label)) for kind, label in LABELS.items()})
        .filter(
            (_none("apply_url") | Q(apply_broken__isnull=False))
            & (_none("admissions_url") | Q(admissions_broken__isnull=False))
        )
        .annotate(
            leads=Subquery(of_school.annotate(all=Count("pk")).values("all"), output_field=IntegerField()),
            awards=Subquery(
                of_school.annotate(all=Sum("awards_five_years")).values("all"), output_field=IntegerField()
            ),
        )
        .filter(leads__gt=0)
        .order_by("-awards", "pk")
        .values(
            "pk", "name", "apply_url", "admissions_url", "website", "leads", "awards",
            *(f"{kind}_broken" for kind in LABELS),
        )[:CANDIDATES]
    )  # fmt: skip
    return heaviest((case for row in rows if (case := _case(row, asked))), asked)


def _broken(label: str) -> QuerySet[LinkUse, Any]:
    """The broken address that stood there when the link checker ran last; the school may have another one by now."""
    found = LinkUse.objects.filter(
        school=OuterRef("pk"), program=None, kind=label, link__broken_since__isnull=False
    )  # fmt: skip
    return found.order_by("pk").values("link__url")[:1]


def _none(column: str) -> Q:
    """Addresses that are none: empty, an e-mail address, a word. Whether one really is, `outbound` says afterwards."""
    return Q((column, "")) | Q((f"{column}__contains", "@")) | ~Q((f"{column}__contains", "."))


def _case(row: dict[str, Any], asked: Asked) -> Case | None:
    """None where one of the two addresses works after all."""
    broken = [
        kind for kind, column in COLUMNS.items() if (url := row[f"{kind}_broken"]) and url == link_of(row[column])
    ]
    works = [kind for kind, column in COLUMNS.items() if kind not in broken and outbound(row[column])]
    if works and works != ["front"]:
        return None
    named = [LABELS[kind] for kind in broken if kind != "front"]
    why = (
        f"What leads to the application is broken ({', '.join(named)})."
        if named
        else "No address of an application or of admissions is stored."
    )
    rest = "Readers can open the school’s front page only." if works else "Nothing else leads to the school either."
    return Case(
        kind=KIND.slug,
        key=f"school-{row['pk']}",
        subject=row["name"],
        url=f"{change_page('directory_school', row['pk'])}#id_apply_url",
        reason=f"{why} {rest} It concerns {counted(row['leads'], 'listing')}.",
        harm=harm(
            FRONT_PAGE if works else NOWHERE,
            leaves=asked.reach.leaves(school=row["pk"]),
            graduates=(row["awards"] or 0) / 5,
        ),
        fingerprint=fingerprint(*(row[column] for column in COLUMNS.values()), broken),
    )


KIND: Final = Kind(
    "enrol",
    "Listings without a working enrol link",
    "No address leads the readers of a school’s programs to its application.",
    "directory.view_school",
    "directory.change_school",
    find,
)
