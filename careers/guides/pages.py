"""Links of a guide to careers, exams and states that do not exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.db.models import Model
from django.urls import Resolver404, resolve

from careers.guides.checks import Problem
from careers.guides.links import is_ours, links_in
from careers.models import Career, Occupation
from careers.vocab import PARTS
from directory.models import Certification

#: Page -> (kind in words, models and columns of which one has the slug).
NAMED: Final[dict[str, tuple[str, tuple[tuple[type[Model], str], ...]]]] = {
    "career_detail": ("career", ((Career, "slug"), (Occupation, "slug"))),
    "certification_detail": ("exam", ((Certification, "slug"),)),
}


def missing_pages(sections: Mapping[str, str]) -> list[Problem]:
    """One problem for each link to a career or an exam that we do not have; at most one query for each model."""
    found: list[tuple[Problem, str, str]] = []
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for key in PARTS:
        for number, line in enumerate(sections.get(key, "").splitlines(), 1):
            for address in filter(is_ours, links_in(line)):
                page, slug = _named(address)
                if page in NAMED:
                    asked[page].add(slug)
                    words = f"{address[:60]}: we have no {NAMED[page][0]} of that name"
                    found.append((Problem(key, number, words), page, slug))
    held = {page: _held(page, slugs) for page, slugs in asked.items()}
    return [problem for problem, page, slug in found if slug not in held[page]]


def _named(address: str) -> tuple[str, str]:
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return "", ""
    return match.url_name or "", str(match.kwargs.get("slug", ""))


def _held(page: str, slugs: set[str]) -> set[str]:
    held: set[str] = set()
    for model, column in NAMED[page][1]:
        manager: Any = model._default_manager
        held |= set(manager.filter(**{f"{column}__in": slugs}).values_list(column, flat=True))
    return held
