"""“May I sit this?”: what the rules of some exams ask a reader, and the verdicts in words with their paperwork."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.http import QueryDict

from directory.eligibility.engine import judge
from directory.eligibility.openings import graduate_of
from directory.eligibility.questions import questions
from directory.eligibility.reader import of_certification
from directory.eligibility.verdict import Answer, Verdict
from directory.filters.person import PersonForm
from directory.models import Certification, FieldOfStudy, Program


class Look(NamedTuple):
    """An answer as a badge: words, icon, colour last."""

    words: str
    icon: str
    css: str


LOOKS: Final[Mapping[Answer, Look]] = {
    Answer.MAY_SIT: Look("You may sit", "check", "b-ok"),
    Answer.MAY_SIT_AFTER: Look("You may sit after one more step", "clock", "b-warn"),
    Answer.CANNOT_TELL: Look("We cannot tell", "unknown", "b-said"),
    Answer.NOT_BY_ANY_ROUTE: Look("Not by any way in that we know", "cross", "b-none"),
}
#: The same for many exams at once.
SUMS: Final = (
    (Answer.MAY_SIT, "You may sit"),
    (Answer.MAY_SIT_AFTER, "After a further step"),
    (Answer.CANNOT_TELL, "We cannot tell"),
    (Answer.NOT_BY_ANY_ROUTE, "Not by any way in that we know"),
)
PROGRAM: Final = "program"


@dataclass(frozen=True, slots=True)
class MaySit:
    """The form, the program that stands for the reader's award (None without one), and what to say of the address.

    `answers` is slug -> verdict for a template; empty until the reader has said something, except for exams that
    ask for nothing.
    """

    form: PersonForm
    program: Program | None
    answers: Mapping[str, Mapping[str, Any]]
    problems: Sequence[str]

    @property
    def asks(self) -> bool:
        """Whether there is anything to ask; else the rules ask nothing, or none are known."""
        return bool(self.form.fields) or self.program is not None

    @property
    def told(self) -> bool:
        return self.form.told or self.program is not None

    @property
    def summary(self) -> list[dict[str, Any]]:
        """The exams of each answer, the best answer first: [{words, exams [{slug, name}]}]."""
        groups = (
            (words, [each for each in self.answers.values() if each["answer"] == answer]) for answer, words in SUMS
        )
        return [{"words": words, "exams": exams} for words, exams in groups if exams]

    @property
    def parameters(self) -> tuple[str, ...]:
        return (PROGRAM, *self.form.fields)


def may_sit(data: QueryDict, certifications: Sequence[Certification], *, on: dt.date) -> MaySit:
    """The form for these certifications (of `for_guides`), and the verdicts on what the address says; three queries
    at most beyond theirs."""
    exams = [of_certification(each) for each in certifications]
    asked = questions(exams, on=on)
    program, problems = _program(data)
    form = PersonForm(
        data,
        asked=asked,
        names={each.slug: each.acronym for each in certifications} | _held(asked.credentials, certifications),
        titles=dict(FieldOfStudy.objects.filter(cip__in=asked.cips).values_list("cip", "title")) if asked.cips else {},
        finished=program is not None,
    )
    award = graduate_of(program, exams, on).award if program else None
    person = form.person(award)
    told = form.told or program is not None
    answers = {}
    for exam in exams:
        if told or not questions([exam], on=on):
            answers[exam.slug] = in_words(judge(exam, person, on=on))
    return MaySit(form, program, answers, problems)


def _held(slugs: Iterable[str], loaded: Sequence[Certification]) -> dict[str, str]:
    """Acronyms of certifications that the rules name and that are not loaded."""
    missing = set(slugs) - {each.slug for each in loaded}
    if not missing:
        return {}
    return dict(Certification.objects.filter(slug__in=missing).values_list("slug", "acronym"))


def _program(data: QueryDict) -> tuple[Program | None, list[str]]:
    slug = data.get(PROGRAM, "").strip()
    if not slug:
        return None, []
    found = Program.objects.listed().filter(slug=slug[:255].replace("\0", "")).select_related("school", "field").first()
    return found, [] if found else ["We list no program of that address, so say yourself what you have finished."]


def in_words(verdict: Verdict) -> dict[str, Any]:
    """A verdict for `directory/verdict.html`."""
    words, icon, css = LOOKS[verdict.answer]
    steps = len(verdict.missing)
    if verdict.answer == Answer.MAY_SIT_AFTER and steps > 1:
        words = f"You may sit after {steps} more steps"
    elif verdict.answer == Answer.MAY_SIT_AFTER and verdict.missing[0].amount is not None:
        # "One more step" says little where the step is six years of work.
        words = f"You may sit after {verdict.missing[0].text}"
    shows_missing = verdict.answer in (Answer.MAY_SIT_AFTER, Answer.NOT_BY_ANY_ROUTE)
    return {
        "exam": verdict.exam,
        "name": verdict.name,
        "answer": str(verdict.answer),
        "look": Look(words, icon, css),
        "reason": "" if shows_missing else verdict.reason,
        "route": verdict.route.title if verdict.route and len(verdict.ways) > 1 else "",
        # What the rules say of those who pass, for example as an apprentice.
        "note": verdict.rules.note if verdict.rules and verdict.answer == Answer.MAY_SIT else "",
        "missing": [each.text for each in verdict.missing] if shows_missing else [],
        "recommended": [{"text": each.condition.text, "met": each.met} for each in verdict.recommended],
        "caveat": verdict.caveat,
        "issuer": verdict.issuer,
        "issuer_url": verdict.issuer_url,
        "source": f"{verdict.issuer}’s page" if verdict.grade == "A" else "Another party’s page",
        "source_url": verdict.source if verdict.grade == "A" else "",
        "as_of": verdict.as_of or "undated",
        "known": verdict.rules is not None,
    }
