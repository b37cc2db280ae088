"""/api/v1/careers/: the careers, and one with everything that its page shows."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from careers.api.guide import guide_as_json
from careers.figures import growth, median_pay, openings
from careers.models import Career, Occupation
from careers.profiles.career import career_profile
from careers.profiles.overview import facts_of
from careers.profiles.recommended import TAKEN
from directory.api.base import PublicView
from directory.api.problems import bad_question


class CareerList(PublicView):
    """Careers with national pay and outlook; those of one occupation share the figures."""

    def get(self, request: Request) -> Response:
        if unknown := _unknown(request):
            return bad_question(unknown)
        careers = list(Career.objects.select_related("occupation", "onet"))
        facts = facts_of({career.occupation_id for career in careers})
        return Response(
            {
                "count": len(careers),
                "next": None,
                "previous": None,
                "results": [
                    {
                        **_identity(career.occupation, career, request),
                        "median_pay": median_pay(facts.pay.get(career.occupation_id)).as_dict(),
                        "growth": growth(facts.outlook.get(career.occupation_id)).as_dict(),
                        "openings": openings(facts.outlook.get(career.occupation_id)).as_dict(),
                    }
                    for career in careers
                ],
            }
        )


class CareerDetail(PublicView):
    """One career, or an official occupation by its own address: figures, O*NET and the guide that readers see."""

    def get(self, request: Request, slug: str) -> Response:
        if unknown := _unknown(request, *TAKEN):
            return bad_question(unknown)
        career = Career.objects.select_related("occupation__release", "onet").filter(slug=slug).first()
        occupation = (
            career.occupation
            if career
            else Occupation.objects.listed().select_related("release").filter(slug=slug).first()
        )
        if occupation is None:
            raise Http404("No career has this address.")
        profile = career_profile(occupation, career, asked=request.GET)
        if errors := (profile["recommended"] or {}).get("errors"):
            return bad_question(errors)
        return Response({**_identity(occupation, career, request), **_facts(profile, request)})


def _unknown(request: Request, *known: str) -> dict[str, list[str]]:
    """Nothing is ignored silently."""
    names = sorted(set(request.GET) - set(known))
    return {name: ["This endpoint has no such parameter."] for name in names}


def _identity(occupation: Occupation, career: Career | None, request: Request) -> dict[str, Any]:
    return {
        "slug": career.slug if career else occupation.slug,
        "title": career.title if career else occupation.title,
        "summary": career.summary if career else None,
        "soc": occupation.soc,
        "occupation": occupation.title,
        "onet": career.onet_code if career else f"{occupation.soc}.00",
        "basis": career.basis if career else None,
        "url": request.build_absolute_uri((career or occupation).get_absolute_url()),
    }


def _facts(profile: dict[str, Any], request: Request) -> dict[str, Any]:
    outlook, demand, comparison = profile["outlook"], profile["demand"], profile["comparison"]
    figures = {str(row.label): row.figure.as_dict() for row in outlook.get("rows", ()) if row.figure}
    return {
        "counted": profile["counted"] or None,
        "alternate_titles": [row["title"] for row in (*profile["titles"], *profile["more_titles"])],
        "description": profile["onet"].description if profile["onet"] else None,
        "tasks": [task.text for task in profile["tasks"]],
        "pay": {
            "annual": _percentiles(profile["annual"]),
            "hourly": _percentiles(profile["hourly"]),
            "employment": profile["employment"].as_dict(),
            "rank": _rank(profile["pay_rank"]),
            "compared_with_all": comparison["tier"] if comparison else None,
            "by_state": [
                {"state": row["usps"].upper(), "median": row["median"].as_dict()} for row in profile["state_pay"]
            ],
        },
        "outlook": {
            "jobs": outlook["now"].as_dict(),
            "jobs_projected": outlook["then"].as_dict(),
            "growth": figures["Growth in jobs"],
            "openings": figures["Openings a year"],
            "rank": _rank(outlook["rank"]),
            "label": profile["outlook_label"] or None,
        }
        if outlook
        else None,
        "demand": {"score": demand.score, "of": len(demand.steps), "label": demand.label, "rule": demand.rule}
        if demand
        else None,
        "education": [{"label": row["label"], "share": row["figure"].as_dict()} for row in profile["shares"]],
        "entry": [_words(row) for row in (*profile["entry_rows"], *profile["experience_rows"])],
        "technology": [
            {"name": each.name, "in_demand": each.in_demand, "hot": each.hot}
            for each in (*profile["technology"], *profile["more_technology"])
        ],
        "related": [
            {"title": row["title"], "url": request.build_absolute_uri(row["url"])}
            for row in (*profile["related"]["close"], *profile["related"]["further"])
        ],
        "certifications": [exam.slug for exam in (*profile["exams"], *profile["more_exams"])],
        "programs": _programs(profile, request),
        "guide": guide_as_json(profile["guide"]),
        "sources": [
            {name: each.get(name) or None for name in ("id", "title", "publisher", "dated", "url")}
            for each in profile["sources"]
            if each.get("held", True)
        ],
    }


def _percentiles(figures: list[Any]) -> dict[str, Any] | None:
    names = ("p10", "p25", "median", "p75", "p90")
    return {name: figure.as_dict() for name, figure in zip(names, figures, strict=True)} if figures else None


def _rank(rank: Any) -> dict[str, Any] | None:
    return {"place": rank.place, "of": rank.of, "source": rank.publisher.name, "year": rank.year} if rank else None


def _words(fact: Any) -> dict[str, Any]:
    missing = fact.figure.missing.value if fact.figure else None
    return {
        "label": fact.label,
        "value": fact.value or None,
        "missing": missing,
        "source": fact.source,
        "year": fact.year,
    }


def _programs(profile: dict[str, Any], request: Request) -> dict[str, Any]:
    found = profile["recommended"]
    return {
        "count": found["count"] if found else 0,
        "fields": [
            {"cip": row["field"].cip, "title": row["field"].title, "count": row["count"]} for row in profile["fields"]
        ],
        "first": [request.build_absolute_uri(card["url"]) for card in (found["cards"] if found else ())],
    }
