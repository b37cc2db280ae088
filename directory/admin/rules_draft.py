"""The rules as a form of the desk would make them, before anything is kept: nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django import forms

from directory.eligibility import rules
from directory.eligibility.reader import exam_rules, of_condition, of_rule_set
from directory.models import Certification, Condition, Route, RuleSet

#: The key of the form's own row while it has none; rows of inlines that have none count on downwards.
NEW: Final = -1


@dataclass(slots=True)
class Draft:
    """All exams before and as they would be, which of them the form touches, and the form of each of its inline rows.

    `rule_sets` and `routes` are the keys of what the form's own row is, lies in, or has lain in. `rows` are by key,
    and `rows_of` says of what: "rule_set", "route" or "condition".
    """

    before: list[rules.ExamRules]
    exams: list[rules.ExamRules]
    slugs: set[str] = field(default_factory=set)
    rule_sets: set[int] = field(default_factory=set)
    routes: set[int] = field(default_factory=set)
    own: int = NEW
    rows: dict[int, Any] = field(default_factory=dict)
    rows_of: str = ""

    @property
    def touched(self) -> list[tuple[rules.ExamRules | None, rules.ExamRules]]:
        """Each touched exam, as it is (None: it is new) and as it would be."""
        held = {exam.slug: exam for exam in self.before}
        return [(held.get(exam.slug), exam) for exam in self.exams if exam.slug in self.slugs]


def drafted(form: Any, formsets: Sequence[Any]) -> Draft:
    """What saving the form with its inlines would make of the rules. Both must be valid by themselves."""
    before = exam_rules()
    draft = Draft(before, list(before), own=form.instance.pk or NEW)
    rows = {formset.model: _rows(formset) for formset in formsets}
    _DRAFTED[type(form.instance)](draft, form, rows)
    # A row that was moved leaves a gap where it lay.
    held = {exam.slug: exam for exam in before}
    draft.slugs = {exam.slug for exam in draft.exams if held.get(exam.slug) != exam} | draft.slugs
    return draft


# --- what each form makes ----------------------------------------------------------------------------


Rows = dict[type, dict[int, Any]]


def _certification(draft: Draft, form: Any, rows: Rows) -> None:
    row: Certification = form.instance
    held = next((exam for exam in draft.exams if exam.slug == row.slug), None)
    rule_sets = held.rule_sets if held else ()
    if RuleSet in rows:
        draft.rows, draft.rows_of = rows[RuleSet], "rule_set"
        routes = {each.pk: each.routes for each in rule_sets}
        rule_sets = tuple(
            replace(of_rule_set(each.instance, routes.get(key, ())), pk=key) for key, each in draft.rows.items()
        )
    made = rules.ExamRules(row.slug, row.acronym, row.body.acronym, row.issuer_url, rule_sets)
    draft.exams = [exam for exam in draft.exams if exam.slug != row.slug] + [made]
    draft.slugs.add(row.slug)
    draft.rule_sets = {each.pk for each in rule_sets}


def _rule_set(draft: Draft, form: Any, rows: Rows) -> None:
    row: RuleSet = form.instance
    held = next((each for exam in draft.exams for each in exam.rule_sets if each.pk == row.pk), None)
    routes = held.routes if held else ()
    if Route in rows:
        draft.rows, draft.rows_of = rows[Route], "route"
        conditions = {each.pk: each.conditions for each in routes}
        routes = tuple(
            rules.Route(key, each.instance.code, each.instance.title, conditions.get(key, ()))
            for key, each in draft.rows.items()
        )
    made = replace(of_rule_set(row, routes), pk=draft.own)
    draft.exams = [
        replace(exam, rule_sets=_with(made, exam.rule_sets, here=exam.slug == row.certification.slug))
        for exam in draft.exams
    ]
    draft.slugs.add(row.certification.slug)
    draft.rule_sets = {draft.own}
    draft.routes = {each.pk for each in routes}


def _route(draft: Draft, form: Any, rows: Rows) -> None:
    row: Route = form.instance
    held = next((each for each in _routes(draft.exams) if each.pk == row.pk), None)
    conditions = held.conditions if held else ()
    if Condition in rows:
        draft.rows, draft.rows_of = rows[Condition], "condition"
        conditions = tuple(_condition_of(each, key) for key, each in draft.rows.items())
    made = rules.Route(draft.own, row.code, row.title, conditions)

    def placed(each: rules.RuleSet) -> rules.RuleSet:
        return replace(each, routes=_with(made, each.routes, here=each.pk == row.rule_set_id))

    draft.exams = _in_rule_sets(draft.exams, placed)
    draft.slugs.add(row.rule_set.certification.slug)
    draft.rule_sets = {row.rule_set_id}
    draft.routes = {draft.own}


def _condition(draft: Draft, form: Any, rows: Rows) -> None:
    row: Condition = form.instance
    made = _condition_of(form, draft.own)
    draft.routes = {row.route_id, *(each.pk for each in _routes(draft.exams) if _has(each.conditions, draft.own))}

    def placed(each: rules.Route) -> rules.Route:
        return replace(each, conditions=_with(made, each.conditions, here=each.pk == row.route_id))

    def placed_in(each: rules.RuleSet) -> rules.RuleSet:
        return replace(each, routes=tuple(placed(route) for route in each.routes))

    draft.exams = _in_rule_sets(draft.exams, placed_in)
    draft.slugs.add(row.route.rule_set.certification.slug)
    draft.rule_sets = {row.route.rule_set_id}


_DRAFTED: Final[dict[type, Callable[[Draft, Any, Rows], None]]] = {
    Certification: _certification,
    RuleSet: _rule_set,
    Route: _route,
    Condition: _condition,
}


# --- the parts ---------------------------------------------------------------------------------------


def _rows(formset: Any) -> dict[int, Any]:
    """Key -> form of each row that would be there after saving."""
    gone = formset.deleted_forms
    return {
        form.instance.pk or NEW - 1 - number: form
        for number, form in enumerate(formset.forms)
        if form not in gone and (form.instance.pk or form.has_changed())
    }


def _condition_of(form: forms.ModelForm, key: int) -> rules.Condition:
    row: Condition = form.instance
    credentials = form.cleaned_data.get("credentials")
    if credentials is None:
        credentials = row.credentials.all() if row.pk else ()
    return replace(of_condition(row, credentials), pk=key)


def _with(made: Any, parts: Iterable[Any], *, here: bool) -> tuple[Any, ...]:
    """The parts with the new one in place of the old, at the end, or (not `here`) without it."""
    others = list(parts)
    if not here:
        return tuple(each for each in others if each.pk != made.pk)
    if not _has(others, made.pk):
        return (*others, made)
    return tuple(made if each.pk == made.pk else each for each in others)


def _has(parts: Iterable[Any], key: int) -> bool:
    return any(each.pk == key for each in parts)


def _routes(exams: Iterable[rules.ExamRules]) -> list[rules.Route]:
    return [route for exam in exams for each in exam.rule_sets for route in each.routes]


def _in_rule_sets(
    exams: Iterable[rules.ExamRules], placed: Callable[[rules.RuleSet], rules.RuleSet]
) -> list[rules.ExamRules]:
    return [replace(exam, rule_sets=tuple(placed(each) for each in exam.rule_sets)) for exam in exams]
