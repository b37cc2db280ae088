"""The facts of a page that a reader can report as wrong, each as the page shows it now.

Every app names its kinds of pages in its AppConfig (`reportable`): a function from the slug to the Subject. The facts
are found in the page's own profile, so that what stands on the page can be reported and says the same there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import slugify

from directory.figures import Figure
from directory.models import Certification, Program, School
from directory.profiles.certification import certification_guide, for_guides
from directory.profiles.program import program_profile
from directory.profiles.program_rows import for_program_page
from directory.profiles.school import school_profile
from directory.profiles.school_facts import SCHOOL_RELEASES
from directory.templatetags.figures import as_of, figure_value, level_words, missing_label, source_words
from directory.vocab import ReportKind, Standing

#: Facts whose label changes with what is known keep one key; the others have their label as the key.
KEYS: Final = {
    "published-price": "price",
    "estimated-price": "price",
    "median-earnings": "earnings",
    "awards-given": "awards",
    "classes": "delivery",
}
#: A profile holds lists of these; whatever else it holds is no fact.
SHOWN: Final = ("figure", "value", "missing", "reason")


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact in words: what it is, what the page says of it, and on whose word."""

    key: str
    label: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page that can be reported. `facts` are read when they are asked for; they cost what the page costs."""

    kind: ReportKind
    slug: str
    title: str
    url: str
    read: Callable[[], Iterable[ShownFact]]
    school: School | None = None
    program: Program | None = None

    @property
    def about(self) -> str:
        return f"{self.kind}:{self.slug}"

    def facts(self) -> dict[str, ShownFact]:
        """Key -> fact, in the page's order. Of several with one name the first stands."""
        found: dict[str, ShownFact] = {}
        for fact in self.read():
            found.setdefault(fact.key, fact)
        return found


def subject(about: str) -> Subject | None:
    """The page that "program:<slug>" names; None when there is no such page."""
    kind, _, slug = about.partition(":")
    if "\0" in slug:  # no address has one, and PostgreSQL takes none
        return None
    for config in apps.get_app_configs():
        path = getattr(config, "reportable", {}).get(kind)
        if path and slug:
            found: Subject | None = import_string(path)(slug)
            return found
    return None


# --- the pages of the directory ---------------------------------------------------------------------


def program(slug: str) -> Subject | None:
    known = Program.objects.filter(slug=slug, listing__isnull=False, merged_into=None)
    row = for_program_page(known).first()
    if row is None:
        return None

    def read() -> Iterator[ShownFact]:
        yield ShownFact("name", "Name of the program", row.display_title)
        standing = str(Standing(row.listing.standing).label)
        yield ShownFact("accreditation", "Accreditation by CAHIIM", standing)
        profile = program_profile(row)
        exams = ", ".join(opening.certification.acronym for opening in profile["openings"])
        yield ShownFact("exams", "Exams it opens", exams or "None that we know of")
        yield from facts_in(profile)
        yield from _links(profile["actions"])

    title = f"{row}, {row.school.name}"
    return Subject(ReportKind.PROGRAM, slug, title, row.get_absolute_url(), read, row.school, row)


def school(slug: str) -> Subject | None:
    row = School.objects.public().filter(slug=slug).select_related(*SCHOOL_RELEASES).first()
    if row is None:
        return None

    def read() -> Iterator[ShownFact]:
        source = f"{row.release.get_source_display()}, {row.release.vintage}"
        yield ShownFact("name", "Name of the school", row.name, source)
        address = ", ".join(part for part in (row.address, row.city, f"{row.state} {row.zip_code}".strip()) if part)
        yield ShownFact("address", "Address", address, source)
        yield ShownFact("open", "Open or closed", row.get_status_display(), source)
        profile = school_profile(row)
        yield from facts_in(profile)
        yield from _links(profile["actions"])

    return Subject(ReportKind.SCHOOL, slug, str(row), row.get_absolute_url(), read, row)


def certification(slug: str) -> Subject | None:
    row = Certification.objects.filter(slug=slug).first()
    if row is None:
        return None

    def read() -> Iterator[ShownFact]:
        guide = certification_guide(for_guides(timezone.localdate()).get(pk=row.pk))
        yield ShownFact("rules", "Who may sit", "See the rules on the page")
        yield from facts_in(guide)

    return Subject(ReportKind.CERTIFICATION, slug, str(row), row.get_absolute_url(), read)


# --- finding the facts of a profile -----------------------------------------------------------------


def facts_in(profile: Mapping[str, Any]) -> Iterator[ShownFact]:
    """Every line of a jacket or of a fact table that a page's context holds."""
    for held in profile.values():
        for row in held if isinstance(held, list | tuple) else ():
            if (fact := _fact(row)) is not None:
                yield fact


def key_of(label: str) -> str:
    """The key of a fact from what the page calls it."""
    slug = slugify(label)[:80].strip("-")
    return KEYS.get(slug, slug)


def _fact(row: Any) -> ShownFact | None:
    given: Mapping[str, Any]
    if isinstance(row, Mapping):
        given = row
    elif isinstance(getattr(row, "figure", None), Figure):
        given = {"label": row.label, "figure": row.figure}
    else:
        return None
    label = str(given.get("label") or "")
    # A bare year is one of a row of bars, which have a line of their own above them.
    if not label or label.isdigit() or not any(name in given for name in SHOWN):
        return None
    figure = given.get("figure")
    if isinstance(figure, Figure):
        words = figure_value(figure)
        source = ", ".join(part for part in (source_words(figure), level_words(figure)) if part)
        return ShownFact(key_of(label), label, words, source)
    value = str(given.get("value") or given.get("reason") or "") or missing_label(given.get("missing"))
    name = str(given.get("source") or "")
    year = given.get("year")
    return ShownFact(key_of(label), label, value, f"{name}, {as_of(year)}" if name and year else name)


def _links(actions: Iterable[Mapping[str, Any]]) -> Iterator[ShownFact]:
    for action in actions:
        note = str(action.get("note") or "").removeprefix("Leads to ")
        yield ShownFact(key_of(f"link {action['label']}"), f"Link “{action['label']}”", note or "See the page")
