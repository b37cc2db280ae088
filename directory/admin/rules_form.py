"""The forms of certifications and their rules, which refuse what could never hold, in words and beside the field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.admin import rules_meanwhile
from directory.admin.code_fields import AwardLevelsField, CipListField
from directory.admin.rules_draft import Draft, drafted
from directory.eligibility.checks import Problem, condition_problems, problems_of, unknown_cips
from directory.eligibility.circles import circles
from directory.eligibility.reader import of_condition
from directory.models import Certification, Condition, FieldOfStudy, RuleSet

#: Where the admin leaves the inlines of a form, which the form judges together with itself: on the row.
INLINES: Final = "inlines_of_its_form"
#: The rows of a rule set's routes have no room for conditions.
ADD_WHOLE: Final = "“Add a route with its conditions”, above, takes both at once."
NUMBERS: Final = ("months", "hours", "credits")


class RulesForm(forms.ModelForm):
    """A form whose row is part of the rules: it is judged as a whole, with its inlines and with all other exams.

    `draft` is what saving it would make of the rules, once there is nothing to refuse.
    """

    #: Whether the form is only to be looked at: it is never valid then, so nothing is saved.
    previews: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft: Draft | None = None
        self.overtaken = False
        #: What the editor began from; another one than what stands there now is refused.
        self.stamp: str = self.data.get(rules_meanwhile.SEEN, "")

    def is_valid(self) -> bool:
        return super().is_valid() and not self.previews

    @property
    def inlines(self) -> list[Any]:
        return getattr(self.instance, INLINES, [])

    def _changed_meanwhile(self) -> bool:
        """Refuse when the rows are not those that the editor began from; each field says what stands there now."""
        held = rules_meanwhile.Held(self, self.inlines)
        if held.stamp == self.stamp:
            return False
        for inline in self.inlines:
            inline.is_valid()  # so that its rows can be told what is wrong
        self.overtaken = True
        if not rules_meanwhile.same_rows(held.stamp, self.stamp):
            self.add_error(None, rules_meanwhile.OTHER_ROWS)  # and the old stamp stays: saving again is refused too
            return True
        self.add_error(None, rules_meanwhile.CHANGED)
        for form, name, now in held.differences():
            form.add_error(name, f"As it stands now: {now}")
        self.stamp = held.stamp
        return True

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or (self.instance.pk and self._changed_meanwhile()) or self.errors:
            return
        inlines = self.inlines
        sound = [inline.is_valid() for inline in inlines]  # each of them, so that each shows what is wrong
        if not all(sound):
            return
        draft = drafted(self, inlines)
        refused = list(_refused(draft, type(self.instance)))
        for problem in refused:
            self._refuse(problem, draft)
        if not refused:
            self.draft = draft

    def _refuse(self, problem: Problem, draft: Draft) -> None:
        """Say it as near to where it comes from as this form comes."""
        row = draft.rows.get(getattr(problem, draft.rows_of), self) if draft.rows_of else self
        hint = f" {ADD_WHOLE}" if draft.rows_of == "route" and row is not self and not row.instance.pk else ""
        row.add_error(problem.column if problem.column in row.fields else None, problem.text + hint)


def _refused(draft: Draft, kind: type) -> Iterator[Problem]:
    """What the form answers for; what is wrong elsewhere hinders nobody here, unless it comes from this change."""
    today = timezone.localdate()
    old = {problem for exam in draft.before for problem in problems_of(exam, today=today)}
    for _, exam in draft.touched:
        found = [
            each
            for each in problems_of(exam, today=today)
            if _answers(draft, each, kind) or (each not in old and not _told_from_the_other_side(draft, each))
        ]
        yield from found
        if not found and exam.slug in (rings := circles(draft.exams)):
            yield Problem(rings[exam.slug].in_words(draft.exams), "credentials")


def _answers(draft: Draft, problem: Problem, kind: type) -> bool:
    if problem.rule_set not in draft.rule_sets:
        return False
    if problem.condition is not None:
        own = kind is Condition and problem.condition == draft.own
        return own or (draft.rows_of == "condition" and problem.condition in draft.rows)
    if problem.route is not None:
        return problem.route in draft.routes
    return problem.column == "grade" or kind in (Certification, RuleSet)


def _told_from_the_other_side(draft: Draft, problem: Problem) -> bool:
    """Two rule sets that overlap name each other; the form's own one is enough."""
    return problem.column == "valid_from" and problem.rule_set not in draft.rule_sets


class CertificationForm(RulesForm):
    related_cips = CipListField(label="Fields of study it is meant for")

    def clean_related_cips(self) -> list[str]:
        return existing(self.cleaned_data["related_cips"])


class RuleSetRow(forms.ModelForm):
    """One rule set, judged by itself."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "The rules end before they begin.")
        return given


class RuleSetForm(RulesForm, RuleSetRow):
    """A rule set on a page of its own, with its routes."""


class RouteForm(RulesForm):
    """A route with its conditions."""


class ConditionRow(forms.ModelForm):
    """One condition, judged by itself: it has what its kind needs, and nothing else."""

    class Media:
        css = {"all": ("css/desk.css",)}

    award_levels = AwardLevelsField(help_text="Any of these is enough.")
    cips = CipListField(label="CIP codes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agency := self.fields.get("agency"):
            agency.error_messages["invalid_choice"] = "We know no such accreditor: enter it under Agencies first."

    def clean_cips(self) -> list[str]:
        return existing(self.cleaned_data["cips"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind"):
            row = Condition(pk=self.instance.pk or 0)
            for column in ("kind", "vouched", "award_levels", "cips", "agency", "experience_kind", *NUMBERS, "course"):
                setattr(row, column, given.get(column, getattr(self.instance, column)))
            for column, text in condition_problems(of_condition(row, given.get("credentials", ()))).items():
                if column not in self.errors:
                    self.add_error(column if column in self.fields else None, text)
        return given


class ConditionForm(RulesForm, ConditionRow):
    """A condition on a page of its own."""


def existing(codes: list[str]) -> list[str]:
    """The codes, if the classification has them all; without a classification nobody can tell."""
    known = list(FieldOfStudy.objects.order_by().values_list("cip", flat=True)) if codes else []
    if known and (unknown := unknown_cips(codes, known)):
        raise ValidationError(f"No such field of study in CIP 2020: {', '.join(unknown)}.")
    return codes
