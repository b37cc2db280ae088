"""From rows to rules: the certifications of the database as the engine knows them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from directory.eligibility import rules
from directory.models import Certification, Condition, Route, RuleSet


def exam_rules(certifications: QuerySet[Certification] | None = None) -> list[rules.ExamRules]:
    """The rules of all certifications, or of some, in the certifications' order; six queries, however many."""
    chosen = Certification.objects.all() if certifications is None else certifications
    return [of_certification(each) for each in with_rules(chosen).select_related("body")]


def with_rules(certifications: QuerySet[Certification]) -> QuerySet[Certification]:
    """Certifications with everything that `of_certification` reads, except the body."""
    conditions = Condition.objects.order_by("order", "pk").select_related("agency").prefetch_related("credentials")
    routes = Route.objects.order_by("order", "pk").prefetch_related(Prefetch("conditions", conditions))
    rule_sets = RuleSet.objects.order_by("pk").prefetch_related(Prefetch("routes", routes))
    return certifications.prefetch_related(Prefetch("rule_sets", rule_sets))


def of_certification(row: Certification) -> rules.ExamRules:
    """One certification's rules from its rows, loaded or not."""
    return rules.ExamRules(
        slug=row.slug,
        acronym=row.acronym,
        issuer=row.body.acronym,
        issuer_url=row.issuer_url,
        rule_sets=tuple(of_rule_set(each) for each in row.rule_sets.all()),
    )


def of_rule_set(row: RuleSet, routes: Iterable[rules.Route] | None = None) -> rules.RuleSet:
    """A rule set from its row, with its own routes or with others."""
    if routes is None:
        routes = [of_route(each, each.conditions.all()) for each in row.routes.all()]
    return rules.RuleSet(
        pk=row.pk,
        grade=row.grade,
        source=row.source_url,
        as_of=row.as_of,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
        named=row.named,
        routes=tuple(routes),
    )


def of_route(row: Route, conditions: Iterable[Condition]) -> rules.Route:
    return rules.Route(row.pk, row.code, row.title, tuple(of_condition(each) for each in conditions))


def of_condition(row: Condition, credentials: Iterable[Certification] | None = None) -> rules.Condition:
    """A condition from its row; one that is not kept yet has no credentials of its own, so they are given."""
    agency = row.agency
    held = row.credentials.all() if credentials is None else credentials
    return rules.Condition(
        pk=row.pk,
        kind=rules.Kind(row.kind),
        text=row.text,
        required=row.required,
        confirmed=row.confirmed,
        grade=row.grade,
        levels=frozenset(row.award_levels),
        cips=tuple(row.cips),
        vouched=row.vouched,
        accreditor=rules.Accreditor(agency.acronym, agency.name) if agency else None,
        experience=rules.Experience(row.experience_kind) if row.experience_kind else None,
        months=row.months,
        hours=row.hours,
        credits=row.credits,
        credentials=frozenset(each.slug for each in held),
        course=row.course,
    )
