"""Which addresses there are: every one that a page of ours leads to, with where it stands.

Each app says in `outbound_addresses` of its config which functions yield its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from directory.links import host_of, outbound
from directory.models import (
    Body,
    Certification,
    FeaturedEntry,
    FeaturedList,
    Link,
    LinkUse,
    Override,
    ProgramFact,
    RuleSet,
    School,
)
from directory.vocab import UNLISTED_STATES, ListingState

BATCH: Final = 2_000
#: Column of a school -> as what its address stands on a page.
OF_SCHOOLS: Final = {
    "website": "School website", "admissions_url": "Admissions", "apply_url": "Apply", "aid_url": "Financial aid",
    "net_price_url": "Net price calculator", "veterans_url": "Veterans", "disability_url": "Disability services",
}  # fmt: skip
#: Kind of a fact about a program -> as what its address stands on the program's page.
OF_PROGRAMS: Final = {ProgramFact.Kind.PROGRAM_URL: "Program page", ProgramFact.Kind.APPLY_URL: "Apply"}


class Use(NamedTuple):
    """An address as it is stored, and where it stands."""

    address: str
    kind: str
    label: str
    school: int | None = None
    program: int | None = None
    page: str = ""


def of_schools() -> Iterator[Use]:
    """Of schools that have not closed; a closed school's page leads nowhere."""
    schools = School.objects.filter(merged_into=None).exclude(status__in=UNLISTED_STATES).order_by("pk")
    for pk, name, *addresses in schools.values_list("pk", "name", *OF_SCHOOLS).iterator(BATCH):
        for kind, address in zip(OF_SCHOOLS.values(), addresses, strict=True):
            if address:
                yield Use(address, kind, name, school=pk)


def of_programs() -> Iterator[Use]:
    """What stands on a program's page: its own pages, and the evidence of what is stated about it."""
    facts = ProgramFact.objects.filter(program__state=ListingState.LISTED, program__merged_into=None).select_related(
        "program__school"
    )
    for fact in facts.order_by("pk").iterator(BATCH):
        program = fact.program
        label = f"{program.display_title}, {program.school.name}"[:200]
        if fact.kind in OF_PROGRAMS:
            yield Use(fact.value, OF_PROGRAMS[ProgramFact.Kind(fact.kind)], label, program.school_id, program.pk)
        yield Use(fact.evidence_url, "Evidence", label, program.school_id, program.pk)


def of_corrections() -> Iterator[Use]:
    """The evidence of corrections in force."""
    held = Override.objects.filter(active=True).exclude(evidence_url="").select_related("school", "program")
    for override in held.order_by("pk"):
        yield Use(
            override.evidence_url, "Evidence of a correction", str(override.target)[:200],
            override.school_id, override.program_id,
        )  # fmt: skip


def of_featured_lists() -> Iterator[Use]:
    """The evidence beside programs on editors' lists that readers see."""
    shown = FeaturedEntry.objects.filter(featured_list__state=FeaturedList.State.PUBLISHED).exclude(evidence_url="")
    for entry in shown.select_related("featured_list").order_by("pk"):
        featured = entry.featured_list
        yield Use(entry.evidence_url, "Evidence", featured.title[:200], page=featured.get_absolute_url())


def of_exams() -> Iterator[Use]:
    """Of certifications, their rules, facts and issuers."""
    everywhere = reverse("certification_list")
    for body in Body.objects.order_by("pk"):
        yield Use(body.website, "Issuer", str(body)[:200], page=everywhere)
    for exam in Certification.objects.order_by("pk").prefetch_related("facts"):
        page = exam.get_absolute_url()
        yield Use(exam.issuer_url, "Issuer’s page", exam.acronym, page=page)
        for fact in exam.facts.all():
            yield Use(fact.source_url, "Source", exam.acronym, page=page)
    for rules in RuleSet.objects.order_by("pk").select_related("certification"):
        exam = rules.certification
        yield Use(rules.source_url, "Source of the rules", exam.acronym, page=exam.get_absolute_url())


def all_uses() -> Iterator[Use]:
    """Of every app that has some."""
    for config in apps.get_app_configs():
        for name in getattr(config, "outbound_addresses", ()):
            yield from import_string(name)()


def link_of(address: str | None) -> str:
    """The link that is asked for a stored address; empty for one that no reader can be sent to."""
    return (outbound(address or "") or "").partition("#")[0]


def register(uses: Iterable[Use] | None = None) -> tuple[int, int]:
    """Bring links and their uses in line with what our pages lead to; (new links, links that nothing uses any more).

    An address that no reader can be sent to (`outbound`) is no link. A link that is used again later is a new one.
    """
    wanted: dict[str, set[Use]] = {}
    for use in all_uses() if uses is None else uses:
        url = link_of(use.address)
        if url:
            wanted.setdefault(url, set()).add(use)
    # All of it is read before the transaction: it takes a second or two, and on SQLite only one may write at a time.
    with transaction.atomic():
        return _bring_in_line(wanted)


def _bring_in_line(wanted: dict[str, set[Use]]) -> tuple[int, int]:
    held = dict(Link.objects.values_list("url", "pk"))
    gone = [pk for url, pk in held.items() if url not in wanted]
    for start in range(0, len(gone), BATCH):
        Link.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    now = timezone.now()
    new = [url for url in wanted if url not in held]
    Link.objects.bulk_create(
        [Link(url=url, host=host_of(url), ask_again=now) for url in sorted(new)], batch_size=BATCH
    )  # fmt: skip
    _renew_uses(wanted, dict(Link.objects.values_list("url", "pk")))
    return len(new), len(gone)


def _renew_uses(wanted: dict[str, set[Use]], links: dict[str, int]) -> None:
    keys = {
        (links[url], use.kind[:40], use.school, use.program, use.page[:200], use.label[:200])
        for url, uses in wanted.items()
        for use in uses
    }
    held: QuerySet[LinkUse] = LinkUse.objects.order_by()
    columns = ("link_id", "kind", "school_id", "program_id", "page", "label")
    known = {row[1:]: row[0] for row in held.values_list("pk", *columns).iterator(BATCH)}
    old = [pk for key, pk in known.items() if key not in keys]
    for start in range(0, len(old), BATCH):
        LinkUse.objects.filter(pk__in=old[start : start + BATCH]).delete()
    fresh = sorted(keys - known.keys(), key=repr)
    LinkUse.objects.bulk_create(
        [LinkUse(**dict(zip(columns, key, strict=True))) for key in fresh], batch_size=BATCH
    )  # fmt: skip
