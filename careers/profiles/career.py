"""Everything that a career's page shows, in a fixed number of queries."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from careers.figures import (
    SOC,
    Fact,
    attainment_shares,
    growth,
    median_pay,
    openings,
    projection_figure,
    projection_words,
)
from careers.models import Attainment, Career, Occupation, Pay, Projection
from careers.profiles.counted import counted_words, other_listings
from careers.profiles.held import held_releases, named, silences
from careers.profiles.onet import onet_part
from careers.profiles.pay import pay_part
from careers.profiles.programs import programs_part
from careers.ranks import growth_rank
from careers.vocab import TOTAL_SOC
from directory.vocab import Unit

SECTIONS: Final = (
    ("short", "In short"),
    ("work", "What the work is"),
    ("pay", "Pay"),
    ("outlook", "Outlook"),
    ("entry", "Getting in"),
    ("technology", "Software and tools"),
    ("related", "Related careers"),
    ("programs", "Programs that lead here"),
    ("sources", "Sources"),
)


def career_profile(occupation: Occupation, career: Career | None = None) -> dict[str, Any]:
    """The context of `careers/career_detail.html`: a career of ours, or an official occupation by itself.

    `occupation` comes with its release.
    """
    socs = (occupation.soc, TOTAL_SOC)
    pay = {row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=socs)}
    outlook = {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=socs)}
    attainment = Attainment.objects.newest().filter(occupation=occupation).first()
    releases = held_releases()
    mine, projection = pay.get(occupation.soc), outlook.get(occupation.soc)
    education = projection_words(projection, "entry_education", "Typical entry education")
    return {
        "career": career,
        "occupation": occupation,
        "title": career.title if career else occupation.title,
        "kind": "Career" if career else "Occupation",
        "place": f"Counted as {occupation.soc} {occupation.title}" if career else f"SOC {occupation.soc}",
        "lead": career.summary if career else "",
        "crumbs": _crumbs(occupation, career),
        "links": [{"id": name, "label": label} for name, label in SECTIONS],
        "keyfigs": [
            {"label": "Median pay", "figure": median_pay(mine)},
            {"label": "Growth in jobs", "figure": growth(projection, caveat=_all(outlook.get(TOTAL_SOC)))},
            education.keyfig(),
            {"label": "Openings a year", "figure": openings(projection)},
        ],
        "counted": counted_words(occupation, career),
        "siblings": [each for each in occupation.careers.all() if each != career],
        "also_listed": other_listings(career),
        "soc_source": {"source": SOC.name, "year": occupation.release.vintage, "url": SOC.url},
        "outlook": _outlook(projection),
        "entry_rows": [
            education,
            projection_words(projection, "experience", "Work experience in a related occupation"),
            projection_words(projection, "training", "Training on the job"),
        ],
        "shares": attainment_shares(attainment),
        "inexact": bool(attainment and attainment.inexact),
        "releases": named(releases),
        "none": silences(releases),
        **pay_part(occupation, mine, pay.get(TOTAL_SOC)),
        **onet_part(occupation, career),
        **programs_part(occupation),
    }


def _crumbs(occupation: Occupation, career: Career | None) -> list[dict[str, str]]:
    crumbs = [{"label": "Careers", "url": reverse("career_list")}]
    if career:
        crumbs.append({"label": occupation.title, "url": occupation.get_absolute_url()})
    return crumbs


def _all(total: Projection | None) -> str:
    """What all occupations do, beside what this one does."""
    figure = growth(total)
    return f"All occupations: {figure.value:g}%" if figure.value is not None else ""


def _outlook(projection: Projection | None) -> dict[str, Any]:
    if projection is None:
        return {}
    now = projection_figure(projection, "jobs", unit=Unit.JOBS, year=str(projection.base_year))
    then = projection_figure(projection, "jobs_projected", unit=Unit.JOBS, year=str(projection.target_year))
    self_employed = projection_figure(
        projection, "self_employed_percent", unit=Unit.PERCENT, year=str(projection.base_year)
    )
    return {
        "now": now,
        "then": then,
        "rank": growth_rank(projection),
        "rows": [
            Fact("Growth in jobs", growth(projection)),
            Fact("Openings a year", openings(projection), note="New jobs, and places of people who leave"),
            Fact("Self-employed", self_employed),
        ],
    }
