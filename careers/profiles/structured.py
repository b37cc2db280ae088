"""The same facts for machines: schema.org's Occupation, with nothing that the page does not show and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from careers.models import Pay

PERCENTILES: Final = {
    "percentile10": "annual_p10",
    "percentile25": "annual_p25",
    "median": "annual_median",
    "percentile75": "annual_p75",
    "percentile90": "annual_p90",
}
MOST_TASKS: Final = 12


def structured(context: Mapping[str, Any]) -> dict[str, Any]:
    """An Occupation; a field that no source fills is left away."""
    occupation, pay = context["occupation"], context["pay"]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": context["title"],
        "occupationalCategory": {
            "@type": "CategoryCode",
            "codeValue": occupation.soc,
            "name": occupation.title,
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "Standard Occupational Classification 2018"},
        },
        "occupationLocation": {"@type": "Country", "name": "United States"},
    }
    description = context["lead"] or (context["onet"].description if context["onet"] else "")
    if description:
        found["description"] = description
    if salary := _salary(pay):
        found["estimatedSalary"] = [salary]
    education = context["entry_rows"][0]
    if education.value:
        found["educationRequirements"] = education.value
    experience = context["experience_rows"][0]
    if experience.value and experience.value != "None":
        found["experienceRequirements"] = experience.value
    if context["tasks"]:
        found["responsibilities"] = " ".join(task.text for task in context["tasks"][:MOST_TASKS])
    return found


def _salary(pay: Pay | None) -> dict[str, Any]:
    """Yearly pay of everyone in the occupation; a capped or unpublished percentile is left away."""
    if pay is None or pay.annual_median is None:
        return {}
    known = {
        name: getattr(pay, column)
        for name, column in PERCENTILES.items()
        if getattr(pay, column) is not None and not getattr(pay, f"{column}_note")
    }
    if "median" not in known:
        return {}
    return {
        "@type": "MonetaryAmountDistribution",
        "name": f"Everyone in the occupation, United States, May {pay.year} (BLS OEWS)",
        "currency": "USD",
        "duration": "P1Y",
        **known,
    }
