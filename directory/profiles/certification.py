"""Exam guides: who may sit, what the exam is, which programs open it, and how well each of these is known."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Count, Prefetch, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from directory.eligibility.openings import rules_in_force
from directory.models import (
    Body,
    Certification,
    CertificationFact,
    Condition,
    Listing,
    Opening,
    Route,
    RuleSet,
)
from directory.models.certification import Grade
from directory.profiles.cards import for_cards, program_cards
from directory.profiles.certification_facts import (
    Kind,
    exam_rows,
    fact_row,
    facts,
    figure_of,
    unknown_facts,
)
from directory.profiles.certification_rules import Way, in_one_line, known, rules_of, ways_in

SHOWN_PROGRAMS: Final = 10
#: What a basis says of programs; of the rule, which may be another party's word, it says nothing.
BASES: Final[dict[str, str]] = {
    Opening.Basis.CONFIRMED: "The program meets every condition",
    Opening.Basis.STATED: "A condition rests on a statement that nobody has confirmed",
}


def for_guides(today: dt.date) -> QuerySet[Certification]:
    """Certifications with body, facts, and the rules in force with routes and conditions: six queries."""
    conditions = Condition.objects.order_by("order").select_related("agency").prefetch_related("credentials")
    routes = Route.objects.order_by("order").prefetch_related(Prefetch("conditions", conditions))
    rules = rules_in_force(today).prefetch_related(Prefetch("routes", routes))
    facts = CertificationFact.objects.order_by("order")
    return Certification.objects.select_related("body", "release").prefetch_related(
        Prefetch("rule_sets", rules), Prefetch("facts", facts)
    )


def certification_groups(certifications: Iterable[Certification]) -> list[dict[str, Any]]:
    """The guides as cards under their issuers, in the certifications' order; one query for the counts."""
    counts = programs_that_open()
    groups: defaultdict[Body, list[dict[str, Any]]] = defaultdict(list)
    for certification in certifications:
        groups[certification.body].append(_card(certification, counts[certification.pk]))
    return [{"body": body, "cards": cards} for body, cards in groups.items()]


def programs_that_open() -> defaultdict[int, Counter[str]]:
    """Certification -> basis -> number of listed programs that open it."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    openings = Opening.objects.filter(program__listing__listed=True).order_by()
    for pk, basis, count in openings.values_list("certification", "basis").annotate(count=Count("pk")):
        found[pk][basis] = count
    return found


def certification_guide(certification: Certification) -> dict[str, Any]:
    """Everything that the page of a certification (of `for_guides`) shows."""
    rules = rules_of(certification)
    ways = ways_in(rules)
    listings = Listing.objects.listed().leading_to([certification.slug])
    deciding = _deciding(certification)
    total = sum(each["count"] for each in deciding)
    return {
        "certification": certification,
        "body": certification.body,
        "title": f"{certification.acronym}, {certification.name}",
        "lead": _lead(certification),
        "crumbs": [{"label": "Certifications", "url": reverse("certification_list")}],
        "keyfigs": _keyfigs(certification),
        "actions": _actions(certification, total),
        "links": [
            {"id": "who", "label": "Who may sit"},
            {"id": "may-i", "label": "May you sit it?"},
            {"id": "exam", "label": "The exam"},
            {"id": "renewal", "label": "Keeping it"},
            {"id": "leads", "label": "Where it leads"},
            {"id": "programs", "label": "Programs that open it"},
        ],
        "rules": rules,
        "known": known(certification, rules),
        "ways": ways,
        "for_everyone": any(way.for_everyone for way in ways),
        "for_anybody": any(way.for_anybody for way in ways),
        "exam_rows": exam_rows(certification),
        "unknown_facts": unknown_facts(certification),
        "renewal": [fact_row(fact) for fact in facts(certification, Kind.RENEWAL)],
        "notes": [fact_row(fact) for fact in facts(certification, Kind.NOTE)],
        "programs": total,
        "confirmed": sum(each["count"] for each in deciding if each["confirmed"]),
        # Read when they are drawn, which they are not where the reader has named a place.
        "program_cards": SimpleLazyObject(lambda: program_cards(list(for_cards(listings)[:SHOWN_PROGRAMS]))),
        "programs_url": leads_to_url(certification.slug),
        "confirmed_url": leads_to_url(certification.slug, confirmed=True),
        "deciding": deciding,
        "structured": _structured(certification),
    }


def _structured(certification: Certification) -> dict[str, Any]:
    """An EducationalOccupationalCredential of schema.org: who recognises it and what it is called, nothing else.

    Renewal and requirements stay out: most of them are another party's word, and a machine reads no caveat.
    """
    body = certification.body
    return {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": certification.name,
        "alternateName": certification.acronym,
        "description": certification.summary,
        "credentialCategory": "certification",
        "recognizedBy": {
            "@type": "Organization",
            "name": body.name,
            "alternateName": body.acronym,
            "url": body.website,
        },
        "sameAs": certification.issuer_url,
    }


# --- the parts of card and page --------------------------------------------------------------------


def _card(certification: Certification, counts: Counter[str]) -> dict[str, Any]:
    rules = rules_of(certification)
    ways = ways_in(rules)
    return {
        "slug": certification.slug,
        "title": f"{certification.acronym}, {certification.name}",
        "url": certification.get_absolute_url(),
        "where": f"Formerly {certification.former_name}" if certification.former_name else "",
        "known": known(certification, rules),
        "text": in_one_line(ways),
        "figs": [
            figure_of(certification, Kind.FEE),
            figure_of(certification, Kind.LENGTH),
            figure_of(certification, Kind.RENEWAL),
            {"label": "Listed programs that open it", **_programs_in_words(counts, rules, ways)},
        ],
    }


def _programs_in_words(counts: Counter[str], rules: RuleSet | None, ways: Sequence[Way]) -> dict[str, str]:
    """How many, and on whose word; without a rule nobody can tell. What is open to everyone, no program opens."""
    confirmed, total = counts[Opening.Basis.CONFIRMED], counts.total()
    if any(way.for_everyone for way in ways):
        return {"value": "Open to everyone", "note": f"No program is needed; {total:,} listed in the fields it is for"}
    if not total:
        return {"value": "None by itself"} if ways else {"missing": "Not known: the rule is not confirmed"}
    if confirmed == total:
        note = "They meet every condition"
    else:
        note = f"{confirmed:,} meet every condition, the others are stated" if confirmed else "Stated, not confirmed"
    if rules and rules.grade != Grade.ISSUER:
        note = f"{note}; the rule is another party’s word"
    return {"value": f"{total:,}", "note": note}


def _keyfigs(certification: Certification) -> list[dict[str, Any]]:
    kinds = [kind for kind in (Kind.FEE, Kind.LENGTH, Kind.ITEMS) if facts(certification, kind)]
    return [figure_of(certification, kind) for kind in kinds]


def _lead(certification: Certification) -> str:
    former = f" Formerly named {certification.former_name}." if certification.former_name else ""
    return f"{certification.summary}{former}"


def _actions(certification: Certification, programs: int) -> list[dict[str, Any]]:
    found = []
    if programs:
        url = leads_to_url(certification.slug)
        found.append({"label": f"See {programs:,} program{'s' if programs > 1 else ''}", "url": url})
    issuer = {"label": f"Ask {certification.body.acronym}", "url": certification.issuer_url}
    return [*found, {**issuer, "note": "The issuer decides who may sit. Rules change: check before you pay."}]


def leads_to_url(slug: str, *, confirmed: bool = False) -> str:
    """The program list, narrowed to what opens the exam."""
    query = QueryDict(mutable=True)
    query["leads_to"] = slug
    if confirmed:
        query["confirmed"] = "1"
    return f"{reverse('program_list')}?{query.urlencode()}"


def _deciding(certification: Certification) -> list[dict[str, Any]]:
    """What decides at how many programs: the weakest condition of each opening, the commonest first."""
    openings = Opening.objects.filter(certification=certification, program__listing__listed=True).order_by()
    counted = openings.values_list("basis", "deciding_condition__text").annotate(count=Count("pk"))
    return [
        {
            "basis": BASES[basis],
            "confirmed": basis == Opening.Basis.CONFIRMED,
            "text": text,
            "count": count,
        }
        for basis, text, count in sorted(counted, key=lambda row: -row[2])
    ]
