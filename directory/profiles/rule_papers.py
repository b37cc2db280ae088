"""How well the rules of each exam are known, for whatever names the exams that a program opens."""

from __future__ import annotations

from typing import NamedTuple

from django.utils import timezone

from directory.eligibility.openings import rules_in_force
from directory.models import RuleSet


class RulePaper(NamedTuple):
    """How well the rules of an exam are known, the date of the page that was read, and where a reader can check."""

    grade: str
    as_of: str
    source: str

    def as_dict(self) -> dict[str, str | None]:
        """For the API; an undated page has no date."""
        return {"grade": self.grade, "as_of": self.as_of or None, "source": self.source}


def rule_paper(rules: RuleSet) -> RulePaper:
    return RulePaper(rules.grade, rules.as_of, rules.source_url)


def rule_papers() -> dict[str, RulePaper]:
    """Address of an exam's guide -> the paperwork of its rules in force; one query."""
    held = rules_in_force(timezone.localdate()).select_related("certification")
    return {each.certification.get_absolute_url(): rule_paper(each) for each in held}
