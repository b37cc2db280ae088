"""The programs that lead to an occupation, through the CIP–SOC crosswalk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from careers.figures import CIP_SOC
from careers.models import FieldOccupation, Occupation
from directory.search.freshness import Snapshot
from directory.search.table.answer import Answer
from directory.search.table.question import Question


def programs_url(cips: Sequence[str]) -> str:
    """The search for programs of these codes."""
    return f"{reverse('program_list')}?{urlencode([('cip', cip) for cip in cips])}"


def listed_programs(cips: Sequence[str], snapshot: Snapshot) -> dict[str, int]:
    """CIP -> number of programs in the public lists, from the table in memory."""
    columns = snapshot.columns
    counts = {cip: Answer(Question(cips=(cip,)), columns).count for cip in cips}
    return {cip: count for cip, count in counts.items() if count}


def programs_part(occupation: Occupation, snapshot: Snapshot) -> dict[str, Any]:
    """Fields of study with their programs, most first, and those without any."""
    links = list(
        FieldOccupation.objects.filter(occupation=occupation).select_related("field", "release").order_by("field__cip")
    )
    counts = listed_programs([link.field.cip for link in links], snapshot)
    fields: list[dict[str, Any]] = [
        {
            "field": link.field,
            "count": counts.get(link.field.cip, 0),
            "url": programs_url([link.field.cip]),
        }
        for link in links
    ]
    fields.sort(key=lambda row: (-row["count"], row["field"].cip))
    offered = [row for row in fields if row["count"]]
    count, url = sum(counts.values()), programs_url(sorted(counts)) if counts else ""
    return {
        "actions": [{"label": f"See {count:,} program{'' if count == 1 else 's'}", "url": url}] if count else [],
        "fields": offered,
        "fields_without": [row["field"] for row in fields if not row["count"]],
        "program_count": count,
        "crosswalk_source": {
            "source": CIP_SOC.name,
            "year": links[0].release.vintage if links else "",
            "url": CIP_SOC.url,
        },
    }
