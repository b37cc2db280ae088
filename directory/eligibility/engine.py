"""May this person sit this exam? Pure: rules and a person in, a verdict out. The reasons are in docs/eligibility.md."""

from __future__ import annotations

import datetime as dt
from typing import Final

from directory.eligibility.person import Person
from directory.eligibility.rules import Condition, ExamRules, Kind, Route
from directory.eligibility.verdict import Advice, Answer, Doubt, Doubted, Missing, Verdict, Way
from directory.eligibility.weighing import Finding, rests_on_the_award, unfinished, vouched_for, weigh
from directory.eligibility.wording import caveat_of, reason_of

#: What decides when no rule is known. It is no row: it stands for the rule itself.
RULE_NOT_KNOWN: Final = Condition(0, Kind.RULE, "Who may sit is not confirmed", confirmed=False)


def judge(exam: ExamRules, person: Person, *, on: dt.date) -> Verdict:
    """The verdict for one exam and one person by the rules in force on a day.

    Total: every person gets an answer, and every answer names the condition that decides. Of several routes the best
    one is named: one that is open for certain; else one that hangs only on something unconfirmed or unknown; else the
    shortest way to one; else the one that comes nearest.
    """
    rules = exam.on(on)
    # A route that requires nothing by name says nothing: "open to everyone" is a condition of its own.
    routes = [route for route in rules.routes if route.required] if rules else []
    ways = sorted((way_by(route, person) for route in routes), key=_order)
    best = ways[0] if ways else None
    answer = best.answer if best else Answer.CANNOT_TELL
    return Verdict(
        exam=exam.slug,
        name=(rules.named if rules else "") or exam.acronym,
        issuer=exam.issuer,
        issuer_url=exam.issuer_url,
        on=on,
        answer=answer,
        deciding=best.deciding if best else RULE_NOT_KNOWN,
        reason=reason_of(best, exam.issuer),
        caveat=caveat_of(rules, exam.issuer),
        way=best,
        ways=tuple(ways),
        recommended=_advice(best.route, person) if best else (),
        rules=rules,
    )


def way_by(route: Route, person: Person) -> Way:
    """How the person stands on one route; `route` requires at least one thing."""
    findings = _findings(route, person)
    missing = tuple(found for found in findings.values() if isinstance(found, Missing))
    doubts = tuple(found for found in findings.values() if isinstance(found, Doubted))
    # A condition that is lacking counts as lacking, and makes its route no surer, when it is not confirmed either.
    unconfirmed = tuple(
        Doubted(each, Doubt.RULE, "Not confirmed")
        for each in route.required
        if not each.confirmed and not isinstance(findings[each.pk], Doubted)
    )
    doubts += unconfirmed
    if any(not each.addable for each in missing):
        blocked = next(each for each in missing if not each.addable)
        return Way(route, Answer.NOT_BY_ANY_ROUTE, blocked.condition, missing, doubts)
    if doubts:
        # Of equal doubts the first decides: it is the first thing to ask.
        decides = max(doubts, key=lambda each: each.doubt)
        return Way(route, Answer.CANNOT_TELL, decides.condition, missing, doubts)
    if missing:
        hardest = max(missing, key=lambda each: each.effort)
        return Way(route, Answer.MAY_SIT_AFTER, hardest.condition, missing)
    # They all hold and each could close the route; by the order of the table the last is the hardest to meet.
    return Way(route, Answer.MAY_SIT, route.required[-1])


def _findings(route: Route, person: Person) -> dict[int, Finding]:
    """Required condition (by key) -> what was found, in the route's order."""
    findings = {condition.pk: weigh(condition, person) for condition in route.required}
    for condition in route.required:
        if vouched_for(condition, findings[condition.pk], findings, route):
            findings[condition.pk] = None
    award = person.award
    if getattr(award, "last_term", False) and not any(each.kind == Kind.LAST_TERM for each in route.required):
        for condition in route.required:
            if findings[condition.pk] is None and rests_on_the_award(condition, person):
                findings[condition.pk] = unfinished(condition)
                break
    return findings


def _order(way: Way) -> tuple[int, bool, int, float]:
    """The best way first; of equals, the sort keeps the routes' own order."""
    # Through another exam only when no way is left that hangs on what the person has merely not said: whether they may
    # sit for that other one is a question of its own.
    through_another = any(each.condition.kind == Kind.CREDENTIAL for each in way.missing)
    said_nothing = all(each.doubt == Doubt.UNKNOWN for each in way.doubts)
    rank = {
        Answer.MAY_SIT: 0,
        Answer.CANNOT_TELL: (3 if said_nothing else 5) if way.missing else 1,
        Answer.MAY_SIT_AFTER: 4 if through_another else 2,
        Answer.NOT_BY_ANY_ROUTE: 6,
    }[way.answer]
    # A way whose rule is sure stands before one whose rule is not, so that a far-fetched route is never named
    # because it happens to lack less.
    unsure = any(not condition.confirmed for condition in way.route.required)
    return rank, unsure, len(way.blocked) or len(way.doubts), way.effort


def _advice(route: Route, person: Person) -> tuple[Advice, ...]:
    return tuple(Advice(condition, _met(condition, person)) for condition in route.recommended)


def _met(condition: Condition, person: Person) -> bool | None:
    found = weigh(condition, person)
    return None if isinstance(found, Doubted) else found is None
