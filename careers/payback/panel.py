"""The panel on a program's page: the answer or what it still needs, the drawing, and every assumption to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict

from careers.models import Pay
from careers.payback.asked import AREA, JOB, NATION, Asked, assumed, read, still_needed
from careers.payback.defaults import Default, Price, months_defaults, pay_defaults, price_defaults, usual_jobs
from careers.payback.drawing import drawn
from careers.payback.fields import ASKED, FIELDS, PREFIX
from careers.payback.wording import asides, headline, sums
from careers.profiles.panel import Work
from careers.vocab import AreaKind
from directory.filters.query_string import address, carried
from directory.links import may_leave
from directory.models import Program
from directory.payback import HOURS_A_YEAR, Payback, payback
from directory.vocab import STATES

ANCHOR: Final = "#payback"
#: Help beside what only the reader knows.
HELP: Final = {
    "pay_now": "Before tax, all of your work together. 0 if you earn nothing now.",
    "hours": "0 if you would go on working as you do.",
    "chance": "100 is certain. Children, shifts and money count. No official file has it for this program.",
}
#: Ranges with a field for each end, and the fields that stand alone after them.
RANGES: Final = (("price", "Price of the program"), ("months", "Length of study"), ("pay", "Pay after it"))


def payback_panel(
    program: Program, work: Work, cost_rows: Sequence[Mapping[str, Any]], data: QueryDict
) -> dict[str, Any]:
    """Everything that `careers/payback/panel.html` shows; no query when `work` was read for the school's state.

    Of a program that nobody can begin any more only {"over": True}.

    `program` with its listing and school, `work` of its field, `cost_rows` as its page shows them.
    """
    if not may_leave(program.school, program):
        return {"over": True}
    usps = program.school.state
    here = _state_pay(usps, work)
    areas = {usps.lower(): f"{STATES[usps]}"} if here else {}
    areas[NATION] = "United States"
    asked = read(data, jobs=[each.soc for each in work.occupations], areas=areas)
    area = asked.area or next(iter(areas))
    usual = usual_jobs(work.occupations, work.outlook, program.award_level)
    jobs = [each for each in work.occupations if each.soc == asked.job] or usual
    defaults, residents = _defaults(program, cost_rows)
    pay_from, pay_to = pay_defaults(jobs, here if area != NATION else work.pay, areas[area])
    defaults |= {"pay_from": pay_from, "pay_to": pay_to}
    given = assumed(asked, defaults)
    found = payback(given)
    wrong = [name for name in asked.problems if name in FIELDS]
    known = found if isinstance(found, Payback) and not wrong else None
    yours, nobodys = still_needed(asked, given)
    choices = _choices(asked, work, usual, areas, area)
    # What is wrong with a choice that the form does not offer has no field to stand beside.
    fieldless = {"", "job", "area"} - {choice["name"].removeprefix(PREFIX) for choice in choices}
    return {
        "answer": headline(known) if known else "",
        "asides": asides(known) if known else [],
        "sums": sums(known) if known else [],
        "drawing": drawn(known) if known else {},
        "wrong": bool(wrong),
        "begun": asked.begun,
        "yours": yours,
        "nobodys": nobodys,
        "problems": [message for name in sorted(fieldless) for message in asked.problems.get(name, [])],
        "asked": [_field(name, asked, defaults) for name in ASKED],
        "ranges": [
            {
                "name": name,
                "label": f"{label}, {FIELDS[f'{name}_from'].unit}",
                "fields": [_field(f"{name}_{end}", asked, defaults) for end in ("from", "to")],
            }
            for name, label in RANGES
        ],
        "hourly": _field("hourly", asked, defaults),
        "choices": choices,
        "residents": _resident_links(residents, data),
        "hidden": carried(data, but=[name for name in data if name.startswith(PREFIX)]),
        "clear": address(data, without=[name for name in data if name.startswith(PREFIX)]) + ANCHOR,
        "anchor": ANCHOR,
    }


def _state_pay(usps: str, work: Work) -> dict[str, Pay]:
    """Pay in one state by occupation; empty where no file of the states is loaded."""
    rows: Iterable[Pay] = work.here.values()
    if work.usps != usps:
        socs = [each.soc for each in work.occupations]
        rows = Pay.objects.newest().filter(area__kind=AreaKind.STATE, area__usps=usps, occupation__in=socs)
    return {row.occupation_id: row for row in rows if row.annual_p25 is not None and row.annual_p75 is not None}


def _defaults(program: Program, cost_rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Default], list[Price]]:
    price_from, price_to, residents = price_defaults(program.listing, cost_rows)
    months_from, months_to = months_defaults(program, cost_rows)
    found = {
        "price_from": price_from,
        "price_to": price_to,
        "months_from": months_from,
        "months_to": months_to,
    }
    return found, residents


def _field(name: str, asked: Asked, defaults: Mapping[str, Default]) -> dict[str, Any]:
    """A field with what was typed, what an empty one means and what is wrong with it."""
    field, default = FIELDS[name], defaults.get(name)
    taken = default.value if default else None
    return {
        "id": f"pb-{name.replace('_', '-')}",
        "name": field.parameter,
        "label": field.label,
        "end": "" if default is None else field.label.rpartition(", ")[2].capitalize(),
        "unit": field.unit,
        "value": asked.typed.get(name, ""),
        "placeholder": "" if taken is None else f"{taken:,}",
        "help": HELP.get(name, _hourly_help() if name == "hourly" else ""),
        "default": default,
        "errors": asked.problems.get(name, []),
        "needed": taken is None and name != "hourly" and name not in asked.typed,
    }


def _hourly_help() -> str:
    return f"Empty: what you earn now over {HOURS_A_YEAR:,} hours, the full-time year of the pay survey."


def _choices(
    asked: Asked, work: Work, usual: Sequence[Any], areas: Mapping[str, str], area: str
) -> list[dict[str, Any]]:
    """Which jobs and which area's pay; a choice of one thing is none."""
    found = []
    if len(work.occupations) > 1:
        every = "The usual ones for this award" if len(usual) < len(work.occupations) else "All that the field leads to"
        options = [("", every), *((each.soc, each.title) for each in work.occupations)]
        found.append(_choice("pb-job", JOB, "Work after it", options, asked.job, asked.problems.get("job", [])))
    if len(areas) > 1:
        found.append(_choice("pb-area", AREA, "Pay in", areas.items(), area, asked.problems.get("area", [])))
    return found


def _choice(ident: str, name: str, label: str, options: Any, chosen: str, errors: list[str]) -> dict[str, Any]:
    return {
        "id": ident,
        "name": name,
        "label": label,
        "options": [{"value": value, "label": words, "selected": value == chosen} for value, words in options],
        "errors": errors,
    }


def _resident_links(residents: Sequence[Price], data: QueryDict) -> list[dict[str, str]]:
    """The same page with one group's price at both ends."""

    def both_ends(value: int) -> dict[str, Any]:
        return {FIELDS[name].parameter: value for name in ("price_from", "price_to")}

    return [
        {
            "label": f"{price.who}, ${price.value:,}",
            "url": address(data, **both_ends(price.value)) + ANCHOR,
        }
        for price in residents
    ]
