"""The dates of the exam: what must hold before it, the application, the sitting, the renewal. Pure."""

from __future__ import annotations

import datetime as dt
from math import ceil

from careers.plan.steps import (
    EXAM_APPLICATION_BEFORE,
    PREPARE,
    TRANSCRIPT,
    UNKNOWN_LENGTH,
    WORK_WEEK,
    Exam,
    Own,
    Step,
    Wait,
    months_after,
)


def exam_steps(exam: Exam, end: dt.date | None, last_term: dt.date, own: Own, *, has_course: bool) -> list[Step]:
    """From the end of the program (None: not known) to the renewal."""
    if exam.closed:
        return [own.step("exam", f"Take the {exam.name} exam", None, exam.closed)]
    if end is None:
        return _undated(exam, UNKNOWN_LENGTH, own)
    steps, ready, known = _waits(exam.waits, end, own, has_course=has_course)
    if not known:
        return [*steps, *_undated(exam, "No date: it depends on a condition above that has none", own)]
    if exam.last_term and has_course and not exam.waits:
        apply = max(last_term, ready - dt.timedelta(days=EXAM_APPLICATION_BEFORE))
        rule = f"{EXAM_APPLICATION_BEFORE} days before the program ends: the rule lets students sit in the last term"
    elif has_course or exam.waits:
        apply = ready + dt.timedelta(days=TRANSCRIPT)
        rule = f"{TRANSCRIPT} days after everything above, for the official transcript to arrive"
    else:
        apply, rule = ready, "The day you chose: nothing has to come before"
    steps.append(own.step("exam-apply", f"Apply for the {exam.name} exam", apply, rule))
    apply = own("exam-apply", apply)
    sits = apply + dt.timedelta(days=PREPARE)
    words = f"{PREPARE // 7} weeks after the application, to prepare"
    steps.append(own.step("exam", f"Take the {exam.name} exam", sits, words))
    sits = own("exam", sits)
    if exam.window_days is not None:
        last = apply + dt.timedelta(days=exam.window_days)
        words = f"{exam.window_days} days after approval, counted from the application to be safe"
        steps.append(own.step("exam-by", f"Last day to take the {exam.name} exam", last, words))
    if exam.renewal_years is not None:
        words = f"Every {exam.renewal_years} years after passing"
        again = months_after(sits, 12 * exam.renewal_years)
        steps.append(own.step("renewal", f"Renew the {exam.name}", again, words))
    return steps


def _undated(exam: Exam, why: str, own: Own) -> list[Step]:
    return [
        own.step("exam-apply", f"Apply for the {exam.name} exam", None, why),
        own.step("exam", f"Take the {exam.name} exam", None, why),
    ]


def _waits(waits: tuple[Wait, ...], end: dt.date, own: Own, *, has_course: bool) -> tuple[list[Step], dt.date, bool]:
    """What must hold before the exam, when all of it does, and whether every part could be dated.

    Work of several kinds is counted one after the other: side by side would be a promise.
    """
    steps, ready, known = [], end, True
    since = "the program" if has_course else "the start"
    for number, wait in enumerate(waits, start=1):
        if wait.months is not None:
            ready, rule = months_after(ready, wait.months), f"{wait.months} months of full-time work after {since}"
        elif wait.hours is not None:
            ready += dt.timedelta(weeks=ceil(wait.hours / WORK_WEEK))
            rule = f"{wait.hours:,} hours at {WORK_WEEK} a week after {since}"
        else:
            step = own.step(f"before-{number}", wait.text, None, "No date: how long it takes is not known")
            steps.append(step)
            ready, known = step.on or ready, known and step.own
            continue
        steps.append(own.step(f"before-{number}", wait.text, ready, rule))
        ready = own(f"before-{number}", ready)
    return steps, ready, known
