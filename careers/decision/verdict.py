"""The answer on top of the page, made from what the rules and the files say; no exam and no career is named here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from careers.decision.goals import Goal
from careers.decision.outcomes import Effect, Exam, Outcome
from careers.decision.wording import AWARDS, listed, needs
from directory.eligibility.wording import as_thing
from directory.templatetags.figures import lower_first
from directory.vocab import LevelGroup

CERTIFICATE, ASSOCIATE = str(LevelGroup.CERTIFICATE), str(LevelGroup.ASSOCIATE)
#: The awards that the page compares whatever the goal, and those that it adds where the goal needs more.
COMPARED: Final = (CERTIFICATE, ASSOCIATE)
LONGER: Final = (str(LevelGroup.BACHELORS), str(LevelGroup.POSTBACC_CERTIFICATE), str(LevelGroup.MASTERS))
#: Of the longer ones, those that get a column; five columns would be none.
COLUMNS: Final = (str(LevelGroup.BACHELORS), str(LevelGroup.MASTERS))
#: BLS's phrase for the usual way in -> the award that it means.
ENTRY: Final[dict[str, str]] = {
    "Postsecondary nondegree award": CERTIFICATE,
    "Associate's degree": ASSOCIATE,
    "Bachelor's degree": str(LevelGroup.BACHELORS),
    "Master's degree": str(LevelGroup.MASTERS),
    "Doctoral or professional degree": str(LevelGroup.DOCTORATE),
}
#: BLS's phrases for less than a certificate.
LESS: Final = frozenset(
    {"No formal educational credential", "High school diploma or equivalent", "Some college, no degree"}
)

#: Level -> exam slug -> outcome.
Table = Mapping[str, Mapping[str, Outcome]]


def longer_levels(goal: Goal, table: Table, entry: str) -> tuple[str, ...]:
    """The longer awards that belong on the page: where neither of the two is enough for the goal."""
    if goal.certification:
        mine = {level: table[level][goal.slug] for level in (*COMPARED, *LONGER)}
        if any(mine[level].effect != Effect.CLOSED for level in COMPARED):
            return ()
        return tuple(level for level in COLUMNS if mine[level].helps)
    wanted = ENTRY.get(entry, "")
    return (wanted,) if wanted in COLUMNS else ()


def for_exam(goal: Goal, table: Table) -> list[str]:
    """The answer for an exam: the main sentence first, then what else to know."""
    mine = {level: table[level][goal.slug] for level in (*COMPARED, *LONGER)}
    short, degree = mine[CERTIFICATE], mine[ASSOCIATE]
    exam = f"the {goal.label}"
    issuer = short.verdict.issuer
    if not short.verdict.ways:
        return [
            f"Nobody has confirmed who may sit {exam}, so nobody can say which award opens it.",
            f"Ask {issuer} before you enroll in anything for its sake.",
        ]
    said = _compared(exam, short, degree)
    helping = [level for level in LONGER if mine[level].helps]
    if short.effect == degree.effect == Effect.CLOSED and helping:
        accreditors = {mine[level].accreditor for level in helping}
        whose = _accredited(accreditors.pop()) if len(accreditors) == 1 else ""
        said = (
            f"Neither is enough for {exam}: it takes {listed([AWARDS[level].one for level in helping], 'or')}{whose}."
        )
    more = _more_exams(table, but=goal.slug, also=degree.helps)
    return [said, *_still_missing(short, degree), *ways_in(short), *_free_choice(short, degree), *more, *_caveat(short)]


def _accredited(accreditor: str) -> str:
    return f" from a program that {accreditor} has accredited" if accreditor else ""


def _compared(exam: str, short: Outcome, degree: Outcome) -> str:
    if short.for_anybody and degree.for_anybody:
        asked = as_thing(short.verdict.deciding.text)
        return f"You need neither of them to sit {exam}. What decides: {asked}."
    if short.effect == Effect.CLOSED and degree.helps:
        only = "" if degree.effect == Effect.OPENS else ", and only"
        whose = _accredited(degree.accreditor) if degree.effect == Effect.IF_ACCREDITED else ""
        return f"For {exam} only an associate degree helps{only}{whose}: the certificate leaves it closed."
    if short.effect == degree.effect == Effect.AFTER:
        spared = "" if needs(short) != needs(degree) else ", and the degree spares you nothing"
        return f"Neither opens {exam} by itself{spared}."
    if short.effect == degree.effect == Effect.OPENS:
        return f"Either of them opens {exam}."
    if short.effect == degree.effect == Effect.CLOSED:
        return f"Neither of them opens {exam}. What decides: {as_thing(short.verdict.deciding.text)}."
    return f"For {exam}: {_clause(short)}; {_clause(degree)}."


def _still_missing(short: Outcome, degree: Outcome) -> list[str]:
    """What each leaves to be added, where neither is enough by itself."""
    if not short.effect == degree.effect == Effect.AFTER:
        return []
    if needs(short) == needs(degree):
        return [f"Still missing after either: {needs(short)}."]
    return [f"Still missing after {AWARDS[each.level].the}: {needs(each)}." for each in (short, degree)]


def _free_choice(short: Outcome, degree: Outcome) -> list[str]:
    if not short.effect == degree.effect == Effect.OPENS:
        return []
    return ["For this exam the choice is yours: time, price and the work you want decide."]


def _clause(outcome: Outcome) -> str:
    the = AWARDS[outcome.level].the
    return {
        Effect.OPENS: f"{the} opens it",
        Effect.IF_ACCREDITED: f"{the} opens it, if {outcome.accreditor} has accredited the program",
        Effect.AFTER: f"after {the} you still need {needs(outcome)}",
        Effect.CANNOT_TELL: f"after {the} nobody can tell, ask {outcome.verdict.issuer}",
        Effect.CLOSED: f"{the} leaves it closed",
    }[outcome.effect]


def _caveat(outcome: Outcome) -> list[str]:
    caveat = outcome.verdict.caveat
    known = lower_first(caveat).removesuffix(".")
    return [f"The rule is {known}: ask {outcome.verdict.issuer} before you pay."] if caveat else []


def _more_exams(table: Table, *, but: str = "", also: bool = False) -> list[str]:
    """What the degree opens beyond the certificate."""
    more = only_the_degree(table, but=but)
    if not more:
        return []
    named = listed([outcome.exam.row.acronym for outcome in more])
    accreditors = {outcome.accreditor for outcome in more if outcome.effect == Effect.IF_ACCREDITED}
    condition = f", if {listed(sorted(accreditors))} has accredited the program" if accreditors else ""
    opens = "also opens" if also else "opens"
    return [f"The associate degree {opens} the {named}{condition}; the certificate does not."]


def only_the_degree(table: Table, *, but: str = "") -> list[Outcome]:
    """Exams that an associate degree opens and a certificate does not."""
    return [
        outcome
        for slug, outcome in table[ASSOCIATE].items()
        if slug != but and outcome.helps and not table[CERTIFICATE][slug].helps
    ]


def ways_in(outcome: Outcome) -> list[str]:
    """Every way in by its title, where there are several and no award is enough by itself."""
    routes = outcome.verdict.rules.routes if outcome.verdict.rules else ()
    if len(routes) < 2 or outcome.effect != Effect.AFTER:
        return []
    return [f"There are {len(routes)} ways in: {'; '.join(lower_first(route.title) for route in routes)}."]


def of_the_trade(exam: Exam | None, table: Table) -> list[str]:
    """The exam that the career's guide speaks of most, and what the two awards do for it."""
    if exam is None or exam.slug not in table[CERTIFICATE]:
        return []
    short, degree = table[CERTIFICATE][exam.slug], table[ASSOCIATE][exam.slug]
    if not short.verdict.ways:
        return []
    name = f"the {exam.row.acronym}"
    return [
        f"The exam that the guide to this work names most is {name}. {_compared(name, short, degree)}",
        *ways_in(short),
    ]


def for_career(goal: Goal, table: Table, entry: str, training: str, exam: Exam | None = None) -> list[str]:
    """The answer for a career: what employers usually ask for by BLS, the exam of the trade, then what others add."""
    occupation = goal.occupation.title if goal.occupation else goal.label
    named = (
        f"The Bureau of Labor Statistics counts this work under {occupation} and names “{entry}” as the usual way in"
    )
    wanted = ENTRY.get(entry, "")
    if not entry:
        first = [f"No official source says what employers usually ask for in {occupation}."]
    elif wanted == CERTIFICATE:
        first = [f"A certificate is what employers usually ask for. {named}."]
    elif wanted == ASSOCIATE:
        first = [f"An associate degree is what employers usually ask for: a certificate is less than that. {named}."]
    elif wanted:
        more = AWARDS[wanted].one if wanted in AWARDS else f"a {lower_first(entry)}"
        first = [f"Employers usually ask for more than either: {more}. {named}."]
    elif entry not in LESS:
        first = [f"{named}."]
    else:
        learnt = f", with {lower_first(training)}" if training not in ("", "None") else ""
        first = [f"Employers usually ask for neither. {named}{learnt}."]
    return [*first, *of_the_trade(exam, table), *_more_exams(table)]


def for_nobody(table: Table) -> list[str]:
    """The answer without a goal: what the two awards have in common, and what only the degree opens."""
    both = [each for slug, each in table[CERTIFICATE].items() if each.helps and table[ASSOCIATE][slug].helps]
    neither = [
        table[ASSOCIATE][slug]
        for slug, each in table[CERTIFICATE].items()
        if each.effect == Effect.CLOSED and table[ASSOCIATE][slug].effect == Effect.CLOSED
    ]
    said = []
    more = only_the_degree(table)
    if more:
        said.append(_more_exams(table)[0])
    if both:
        said.append(f"Both leave you free to sit {_exams(both)}.")
    if neither:
        said.append(f"Neither is enough for the {listed([each.exam.row.acronym for each in neither], 'or')}.")
    return said or ["No exam tells the two awards apart: time, price and the work you want decide."]


def _exams(outcomes: Sequence[Outcome]) -> str:
    return f"the {listed([each.exam.row.acronym for each in outcomes])}"
