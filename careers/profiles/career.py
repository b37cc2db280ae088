"""Everything that a career's page shows, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from careers.figures import (
    PROJECTIONS,
    SOC,
    Fact,
    attainment_shares,
    growth,
    median_pay,
    openings,
    projection_figure,
    projection_words,
    projection_years,
)
from careers.models import Attainment, Career, Occupation, Projection
from careers.profiles.blocks import DEEPER, blocks_part
from careers.profiles.counted import counted_words, other_listings
from careers.profiles.demand import demand_part
from careers.profiles.exams import exams_part
from careers.profiles.guide import NO_GUIDE, GuideView, current_guide
from careers.profiles.held import held_releases, named, silences
from careers.profiles.onet import onet_code, onet_part, related_rows, title_rows
from careers.profiles.pathway import pathway_part
from careers.profiles.pay import pay_near, pay_part, pay_rows
from careers.profiles.programs import programs_part
from careers.profiles.recommended import place_asked, recommended_part
from careers.profiles.short import short_part
from careers.profiles.sources import sources
from careers.profiles.structured import structured
from careers.ranks import growth_rank
from careers.vocab import TOTAL_SOC, Section
from directory.vocab import Unit


def career_profile(
    occupation: Occupation,
    career: Career | None = None,
    *,
    asked: QueryDict | None = None,
    now: dt.datetime | None = None,
    guide: GuideView | None = None,
) -> dict[str, Any]:
    """The context of `careers/career_detail.html`: a career of ours, or an official occupation by itself.

    `occupation` comes with its release. `asked` are the parameters of the page, `now` decides which version of the
    guide counts; a `guide` that is given stands in its place (a preview).
    """
    socs = (occupation.soc, TOTAL_SOC)
    titles = title_rows(occupation, career)
    related = related_rows(onet_code(occupation, career))
    pay, states = pay_rows(occupation, {*socs, *(row.related.occupation_id for row in related)})
    outlook = {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=socs)}
    attainment = Attainment.objects.newest().filter(occupation=occupation).first()
    releases = held_releases()
    mine, projection = pay.get(occupation.soc), outlook.get(occupation.soc)
    education = projection_words(projection, "entry_education", "Typical entry education")
    view = guide if guide is not None else _guide(career, now)
    chosen = place_asked(asked)
    programs = programs_part(occupation, chosen.snapshot)
    cips = [row["field"].cip for row in programs["fields"]]
    recommended = recommended_part(cips, chosen)
    demand = demand_part(projection, outlook.get(TOTAL_SOC))
    exams = exams_part([*cips, *(field.cip for field in programs["fields_without"])], view)
    siblings = list(occupation.careers.all())
    context: dict[str, Any] = {
        "career": career,
        "guide": view,
        "occupation": occupation,
        "title": career.title if career else occupation.title,
        "kind": "Career" if career else "Occupation",
        "place": f"Counted as {occupation.soc} {occupation.title}" if career else f"SOC {occupation.soc}",
        "lead": career.summary if career else "",
        "crumbs": _crumbs(occupation, career),
        "keyfigs": [
            {"label": "Median pay", "figure": median_pay(mine)},
            {"label": "Growth in jobs", "figure": growth(projection, caveat=_all(outlook.get(TOTAL_SOC)))},
            *_outlook_words(demand["outlook_label"], projection),
            education.keyfig(),
            {"label": "Openings a year", "figure": openings(projection)},
            *_headline(view),
        ],
        "counted": counted_words(occupation, career),
        "siblings": [each for each in siblings if each != career],
        "also_listed": other_listings(career, titles),
        "soc_source": {"source": SOC.name, "year": occupation.release.vintage, "url": SOC.url},
        "outlook": _outlook(projection),
        "entry_rows": [education],
        "experience_rows": [
            projection_words(projection, "experience", "Work experience in a related occupation"),
            projection_words(projection, "training", "Training on the job"),
        ],
        "shares": attainment_shares(attainment),
        "inexact": bool(attainment and attainment.inexact),
        "releases": named(releases),
        "sources": sources(view, releases),
        "none": silences(releases),
        **pay_part(occupation, mine, pay.get(TOTAL_SOC), states),
        **onet_part(occupation, career, titles, related, pay),
        **programs,
        **recommended,
        "near_pay": pay_near(str(recommended["recommended"].get("state", "")), mine, states),
        **exams,
        **pathway_part(
            occupation,
            cips,
            exams=exams["every_exam"],
            careers=siblings,
            pay=mine,
            outlook=projection,
            crosswalk_year=programs["crosswalk_source"]["year"],
        ),
        **demand,
    }
    return {**context, **blocks_part(view, context), **short_part(view, context), "structured": structured(context)}


def _guide(career: Career | None, now: dt.datetime | None) -> GuideView:
    if career is None:
        return NO_GUIDE
    return current_guide(career, now or timezone.now(), deeper=DEEPER)


def _outlook_words(label: str, projection: Projection | None) -> list[dict[str, str]]:
    """The outlook as a label, by the rule that stands with the gauge."""
    if not label:
        return []
    year = projection_years(projection)
    note = "Growth beside that of all occupations"
    return [
        {
            "label": "Outlook",
            "value": label,
            "note": note,
            "source": PROJECTIONS.name,
            "year": year,
            "url": PROJECTIONS.url,
        }
    ]


def _headline(view: GuideView) -> list[dict[str, Any]]:
    """What the guide says of remote work and the like, as short words with their sentence."""
    facts = view.sections.get(Section.HEADLINE)
    return [
        {"label": item["label"], "value": item["title"], "note": item["body"]}
        for item in (facts.items if facts else ())
    ]


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
        "change": projection_figure(projection, "change", unit=Unit.JOBS),
        "growth": growth(projection),
        "openings": openings(projection),
        "years": projection.target_year - projection.base_year,
        "rank": growth_rank(projection),
        "rows": [
            Fact("Growth in jobs", growth(projection)),
            Fact("Openings a year", openings(projection), note="New jobs, and places of people who leave"),
            Fact("Self-employed", self_employed),
        ],
    }
