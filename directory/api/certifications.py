"""/api/v1/certifications/: the exams, who may sit, and how well each of it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.base import PublicView
from directory.api.eligibility import condition_as_json
from directory.api.problems import bad_question
from directory.eligibility.reader import of_certification, with_rules
from directory.eligibility.rules import Condition, Route, RuleSet
from directory.models import Certification, CertificationFact, Opening
from directory.profiles.certification import programs_that_open


class CertificationList(PublicView):
    """Every certification with who issues it, how well its rule is known, and how many programs open it."""

    def get(self, request: Request) -> Response:
        if errors := _unknown(request):
            return bad_question(errors)
        rows = with_rules(Certification.objects.select_related("body", "release"))
        counts = programs_that_open()
        results = [_summary(row, counts[row.pk], request) for row in rows]
        return Response({"count": len(results), "results": results})


class CertificationDetail(PublicView):
    """One certification whole: its rules by route, and the facts about the exam with grade, date and source."""

    def get(self, request: Request, slug: str) -> Response:
        if errors := _unknown(request):
            return bad_question(errors)
        rows = with_rules(Certification.objects.select_related("body", "release")).prefetch_related("facts")
        row = rows.filter(slug=slug).first()
        if row is None:
            raise Http404("No certification has this address.")
        exam, today = of_certification(row), timezone.localdate()
        return Response(
            {
                **_summary(row, programs_that_open()[row.pk], request),
                "rules": [_rule_set(rules, current=rules is exam.on(today)) for rules in exam.rule_sets],
                "facts": [_fact(fact) for fact in row.facts.all()],
            }
        )


def _unknown(request: Request) -> dict[str, list[str]]:
    return {name: ["There is no such parameter here; there are none."] for name in request.query_params}


def _summary(row: Certification, counts: Counter[str], request: Request) -> dict[str, Any]:
    rules = of_certification(row).on(timezone.localdate())
    return {
        "slug": row.slug,
        "acronym": row.acronym,
        "name": row.name,
        "former_name": row.former_name or None,
        "summary": row.summary,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "issuer": {"name": row.body.name, "acronym": row.body.acronym, "url": row.issuer_url},
        "fields": row.related_cips,
        "rule": _paperwork(rules) if rules else None,
        "routes": [_route(route, rules.grade) for route in rules.routes] if rules else [],
        # "confirmed" is said of the programs; how well the rule is known is its grade.
        "openings": {
            "grade": rules.grade if rules else None,
            "count": counts.total(),
            "confirmed": counts[Opening.Basis.CONFIRMED],
            "stated": counts[Opening.Basis.STATED],
        },
        "release": row.release.vintage,
    }


def _paperwork(rules: RuleSet) -> dict[str, Any]:
    """How well rules are known."""
    return {
        "grade": rules.grade,
        "as_of": rules.as_of or None,
        "source": rules.source,
        "note": rules.note or None,
        "valid_from": rules.valid_from,
        "valid_to": rules.valid_to,
        "named": rules.named or None,
    }


def _rule_set(rules: RuleSet, *, current: bool) -> dict[str, Any]:
    return {**_paperwork(rules), "current": current, "routes": [_route(route, rules.grade) for route in rules.routes]}


def _route(route: Route, grade: str) -> dict[str, Any]:
    return {
        "code": route.code,
        "title": route.title,
        "required": _conditions(route.required, grade),
        "recommended": _conditions(route.recommended, grade),
    }


def _conditions(conditions: Iterable[Condition], grade: str) -> list[dict[str, Any]]:
    return [
        {
            **condition_as_json(each, grade),
            "award_levels": sorted(each.levels),
            "cips": each.cips,
            "accreditor": str(each.accreditor) if each.accreditor else None,
            "experience": each.experience,
            "months": each.months,
            "hours": each.hours,
            "credits": each.credits,
            "credentials": sorted(each.credentials),
            "course": each.course or None,
        }
        for each in conditions
    ]


def _fact(fact: CertificationFact) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "text": fact.text,
        "amount": fact.amount,
        "member_amount": fact.member_amount,
        "unit": None if fact.amount is None else "usd",
        "grade": fact.grade,
        "as_of": fact.as_of or None,
        "source": fact.source_url,
    }
