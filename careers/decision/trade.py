"""The exam of a trade: the one that the guide to a career names most."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from careers.decision.goals import Goal
from careers.decision.outcomes import Exam
from careers.models import GuideSection, GuideVersion

_LINK: Final = re.compile(r"\(/certifications/([\w-]+)/")


def exam_of_the_trade(goal: Goal, held: Sequence[Exam], *, now: dt.datetime) -> Exam | None:
    """Of some exams the one that the career's current guide links most often; None without a guide. Two queries."""
    if goal.career is None:
        return None
    version = GuideVersion.objects.current(career=goal.career.pk, now=now)
    if version is None:
        return None
    texts = GuideSection.objects.filter(version=version).values_list("text", flat=True)
    linked = Counter(slug for text in texts for slug in _LINK.findall(text))
    return max((each for each in held if linked[each.slug]), key=lambda each: linked[each.slug], default=None)
