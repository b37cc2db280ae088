"""POST /api/v1/eligibility/: may this person sit, for one exam or for all of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import IO, Any, Final, cast

from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.base import PublicView
from directory.api.problems import bad_question
from directory.eligibility.described import FIELDS, BadDescription, person_described, shown
from directory.eligibility.engine import judge
from directory.eligibility.reader import exam_rules
from directory.eligibility.rules import Condition, ExamRules, courses
from directory.eligibility.verdict import Advice, Doubted, Missing, Verdict, Way

#: A whole description has less than one kilobyte.
MOST_BYTES: Final = 16_384
QUESTION: Final = frozenset({"certification", "on", *FIELDS})


class Unreadable(APIException):
    """The body is no JSON object that could be a description."""

    status_code = 400

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.errors = {"body": [why]}


class StrictJSON(BaseParser):
    """A JSON object of a bounded size that says nothing twice."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Unreadable(f"The body has more than {MOST_BYTES:,} bytes.")
        try:
            values = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
        except Unreadable:
            raise
        # A nest of ten thousand brackets ends in a RecursionError, a number of ten thousand digits in a ValueError.
        except (ValueError, RecursionError):
            raise Unreadable("The body is not JSON in UTF-8.") from None
        if not isinstance(values, dict):
            raise Unreadable("The body must be a JSON object.")
        return values


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Unreadable("The body names a field twice.")
    return values


def _no_constant(name: str) -> None:
    raise Unreadable(f"{name} is no JSON.")


class Eligibility(PublicView):
    """May this person sit? POST a description; verdicts for one exam or for all, each with what decides."""

    http_method_names = ("post", "options")
    parser_classes = (StrictJSON,)

    def post(self, request: Request) -> Response:
        try:
            values = _values(request)
        except Unreadable as unreadable:
            return bad_question(unreadable.errors)
        exams = {exam.slug: exam for exam in exam_rules()}
        try:
            chosen, day, person = _question(values, exams)
        except BadDescription as bad:
            return bad_question(bad.errors)
        response = Response({"verdicts": [as_json(judge(exam, person, on=day)) for exam in chosen]})
        # The answer is about a person: nobody on the way keeps it.
        response["Cache-Control"] = "no-store"
        return response


def _values(request: Request) -> dict[str, Any]:
    """What was posted. Raises Unreadable."""
    if request.stream is None:
        raise Unreadable("The body is empty. It must be a JSON object, if only {}.")
    return cast("dict[str, Any]", request.data)  # as StrictJSON gives it


def _question(values: Mapping[str, Any], exams: Mapping[str, ExamRules]) -> tuple[list[ExamRules], dt.date, Any]:
    """The exams, the day and the person. Raises BadDescription with all that is wrong."""
    errors: dict[str, list[str]] = {}
    described = {name: value for name, value in values.items() if name not in ("certification", "on")}
    slug, day = values.get("certification"), timezone.localdate()
    if slug is not None and (not isinstance(slug, str) or slug.lower() not in exams):
        given = f"“{shown(slug)}”" if isinstance(slug, str) else "This"
        errors["certification"] = [f"{given} is not one of {', '.join(exams)}."]
    try:
        day = _day(values.get("on"), day)
    except ValueError:
        errors["on"] = ["Must be a day such as 2026-11-22."]
    try:
        person = person_described(described, credentials=exams, courses=courses(list(exams.values())))
    except BadDescription as bad:
        errors |= bad.errors
    if errors:
        raise BadDescription(errors)
    return [exams[slug.lower()]] if isinstance(slug, str) else list(exams.values()), day, person


def _day(given: Any, today: dt.date) -> dt.date:
    if given is None:
        return today
    if not isinstance(given, str) or len(given) != len("2026-11-22"):
        raise ValueError("no day")
    return dt.date.fromisoformat(given)


# --- the answer --------------------------------------------------------------------------------------


def as_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict in the contract's shape, with the issuer to ask and how well the rule is known."""
    return {
        "certification": verdict.exam,
        "name": verdict.name,
        "verdict": verdict.answer,
        "reason": verdict.reason,
        "route": _route(verdict.way) if verdict.way else None,
        "deciding_condition": condition_as_json(verdict.deciding, verdict.grade),
        "missing": [_missing(each) for each in verdict.missing],
        "doubts": [_doubted(each) for each in verdict.doubts],
        "recommended": [_advice(each) for each in verdict.recommended],
        "ways": [
            {
                **_route(way),
                "verdict": way.answer,
                "deciding_condition": condition_as_json(way.deciding, verdict.grade),
                "missing": [_missing(each) for each in way.missing],
                "doubts": [_doubted(each) for each in way.doubts],
            }
            for way in verdict.ways
        ],
        "on": verdict.on.isoformat(),
        "as_of": verdict.as_of,
        "grade": verdict.grade,
        "source": verdict.source,
        "issuer": {"name": verdict.issuer, "url": verdict.issuer_url},
        "caveat": verdict.caveat or None,
    }


def condition_as_json(condition: Condition, grade: str | None) -> dict[str, Any]:
    """What a condition asks for, in words and by kind; `grade` is that of its rules, where it has none of its own.

    `confirmed` says that a page states it and none contradicts it, `grade` whose page: the issuer's own (A) or not (B).
    """
    return {
        "kind": condition.kind,
        "text": condition.text,
        "required": condition.required,
        "confirmed": condition.confirmed,
        "grade": condition.grade or grade,
    }


def _route(way: Way) -> dict[str, Any]:
    return {"code": way.route.code, "title": way.route.title}


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "kind": missing.condition.kind,
        "text": missing.text,
        "condition": missing.condition.text,
        "amount": missing.amount,
        "unit": missing.unit,
        "without_another_program": missing.addable,
    }


def _doubted(doubted: Doubted) -> dict[str, Any]:
    return {
        "kind": doubted.condition.kind,
        "condition": doubted.condition.text,
        "because": doubted.doubt.name.lower(),
        "text": doubted.text,
    }


def _advice(advice: Advice) -> dict[str, Any]:
    return {"kind": advice.condition.kind, "text": advice.condition.text, "met": advice.met}
