"""What exams say for one award or the other, as reasons to choose it."""

from __future__ import annotations

from careers.decision.outcomes import Effect, Exam, Outcome
from careers.decision.verdict import ASSOCIATE, CERTIFICATE, Table, only_the_degree
from careers.decision.wording import listed, needs


def exam_reasons(level: str, table: Table, trade: Exam | None = None) -> list[str]:
    """Reasons for the award of that level: of the career's own exam where it tells the two awards apart, else of all.

    Nothing for longer awards: the page adds them because the work asks for them, and that is said apart.
    """
    if level not in (CERTIFICATE, ASSOCIATE):
        return []
    if trade is not None and trade.slug in table[level]:
        short, degree = table[CERTIFICATE][trade.slug], table[ASSOCIATE][trade.slug]
        if _told(short) != _told(degree):
            return [_of_trade(table[level][trade.slug])]
    more = [each.exam.row.acronym for each in only_the_degree(table)]
    if not more:
        return []
    named = listed(more, "or")
    return [f"You do not need the {named}" if level == CERTIFICATE else f"You want to be able to sit the {named}"]


def _told(outcome: Outcome) -> tuple[Effect, str]:
    return outcome.effect, needs(outcome) if outcome.effect == Effect.AFTER else ""


def _of_trade(outcome: Outcome) -> str:
    name = outcome.exam.row.acronym
    if outcome.effect == Effect.AFTER:
        return f"You want to sit the {name} and can add what is then still missing: {needs(outcome)}"
    return f"You want to be able to sit the {name}" if outcome.helps else f"You do not need the {name}"
