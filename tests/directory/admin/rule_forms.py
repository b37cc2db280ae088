"""Certifications to edit, and the rows of their forms as a browser would send them."""

from __future__ import annotations

from typing import Any

from directory.models import Body, Certification, Condition, Route, RuleSet
from directory.vocab import Source
from tests.directory.invented import release

PAGE = "https://issuer.example/exam"


def certification(slug: str = "exam", acronym: str = "EX", *conditions: dict[str, Any], **rules: Any) -> Certification:
    """An exam for 51.07 by rules of grade A with one route, which has these conditions."""
    body, _ = Body.objects.get_or_create(acronym="ISS", defaults={"name": "The issuer", "website": PAGE})
    made = Certification.objects.create(
        slug=slug,
        acronym=acronym,
        name=f"{acronym} exam",
        body=body,
        summary="Codes.",
        issuer_url=PAGE,
        release=release(Source.CERTIFICATIONS, "2025"),
        related_cips=["51.07"],
    )
    rule_set = RuleSet.objects.create(
        certification=made, **{"as_of": "2025", "grade": "A", "source_url": PAGE, **rules}
    )
    route = Route.objects.create(rule_set=rule_set, code="A", title="With an associate degree")
    for order, each in enumerate(conditions, start=1):
        condition_of(route, order=order, **each)
    return made


def condition_of(route: Route, **columns: Any) -> Condition:
    """A required and confirmed condition; `credentials` are certifications."""
    credentials = columns.pop("credentials", ())
    made = Condition.objects.create(route=route, **{"confirmed": True, "text": "It", **columns})
    made.credentials.set(credentials)
    return made


def route_of(exam: Certification) -> Route:
    return Route.objects.get(rule_set__certification=exam)


def rules_of(exam: Certification) -> RuleSet:
    return RuleSet.objects.get(certification=exam)


def rows(prefix: str, *given: dict[str, Any], held: int = 0) -> dict[str, Any]:
    """Rows of an inline behind the `held` ones: of conditions unless told otherwise."""
    fresh = {"order": 1, "required": "on", "confirmed": "on", "text": "It"} if prefix == "conditions" else {"order": 1}
    found: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": str(held + len(given))}
    for number, columns in enumerate(given, start=held):
        found |= {f"{prefix}-{number}-{name}": value for name, value in {**fresh, **columns}.items()}
    return found


def at_the_top(response: Any) -> str:
    """What stands above the fields of the form and of its inlines."""
    context = response.context
    texts = list(context["adminform"].form.non_field_errors())
    for inline in context["inline_admin_formsets"]:
        texts += inline.formset.non_form_errors()
        for row in inline.formset.forms:
            texts += row.non_field_errors()
    return " ".join(texts)
