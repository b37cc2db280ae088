"""The written half of a career's page: the sections of a guide's version, as safe HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Subquery
from django.utils.safestring import SafeString

from careers.guides.links import link_problem
from careers.guides.markdown import Cited, block_html, inline_html, plain
from careers.guides.text import Item, read_section
from careers.models import Career, GuideSection, GuideVersion
from careers.profiles.day import timeline
from careers.vocab import CITED_LIVE, PARTS, Kind, Section

#: Level of the heading that stands over a section. What lies in a common block with others stands one deeper.
LEVEL: Final = 3
#: Sections whose beginning stands in the short version of the page.
IN_SHORT: Final = frozenset(
    {
        Section.WHAT_IT_IS.value,
        Section.STEPS.value,
        Section.CERTIFICATE_OR_ASSOCIATE.value,
        Section.CERTIFICATION.value,
        Section.CONS.value,
    }
)


@dataclass(frozen=True, slots=True)
class Written:
    """One section ready for the page: introduction and items as HTML."""

    key: str
    label: str
    kind: str
    intro: SafeString
    items: tuple[dict[str, Any], ...]
    more: dict[str, Any]
    #: Words without marks and citations: of the introduction, and of the first item's title and text.
    plain: str = ""
    plain_titles: tuple[str, ...] = ()
    plain_items: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"careers/guide/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class GuideView:
    """A version's sections by key, and the order of its sources."""

    version: GuideVersion | None
    sections: Mapping[str, Written]
    cited: Cited

    def __bool__(self) -> bool:
        return bool(self.sections)

    @property
    def references(self) -> list[dict[str, Any]]:
        return list(self.sections[Section.SOURCES].items) if Section.SOURCES in self.sections else []


NO_GUIDE: Final = GuideView(None, {}, Cited(CITED_LIVE))


def current_guide(career: Career, now: dt.datetime, *, deeper: frozenset[str] = frozenset()) -> GuideView:
    """The version that counts at that hour; one query. Sections of `deeper` stand under a heading of one level more.

    A published version has sections, because the strict rules ask for some.
    """
    newest = GuideVersion.objects.out_by(now).filter(guide__career=career).values("pk")[:1]
    rows = list(GuideSection.objects.filter(version__in=Subquery(newest)).select_related("version"))
    if not rows:
        return NO_GUIDE
    texts = {row.key: row.text for row in rows}
    return view_of({key: texts[key] for key in PARTS if key in texts}, rows[0].version, deeper=deeper)


def view_of(
    texts: Mapping[str, str], version: GuideVersion | None = None, *, deeper: frozenset[str] = frozenset()
) -> GuideView:
    """The same of texts that readers may not see yet, for a preview."""
    references = read_section(texts.get(Section.SOURCES, ""), Kind.REFERENCES).items
    cited = Cited([*(item.label for item in references), *CITED_LIVE])
    sections = {key: _written(key, text, cited, LEVEL + (key in deeper)) for key, text in texts.items() if text.strip()}
    return GuideView(version, sections, cited)


def _written(key: str, text: str, cited: Cited, level: int) -> Written:
    part = PARTS[key]
    reading = read_section(text, part.kind)
    items = tuple(_item(item, part.kind, cited, level) for item in reading.items)
    return Written(
        key=key,
        label=str(part.section.label),
        kind=part.kind.value,
        intro=block_html(reading.intro, level=level, cited=cited),
        items=items,
        more=timeline(reading.items) if part.kind == Kind.DAY else {},
        plain=plain(_first_paragraph(reading.intro)) if key in IN_SHORT else "",
        plain_titles=tuple(plain(item.title) for item in reading.items[:1]) if key in IN_SHORT else (),
        plain_items=tuple(plain(_first_paragraph(item.body)) for item in reading.items[:1]) if key in IN_SHORT else (),
    )


def _first_paragraph(text: str) -> str:
    """Of prose: a table or a list that comes first has no sentence to quote."""
    first = text.strip().partition("\n\n")[0]
    return "" if first.startswith(("|", "-", "*  ", "#", ">")) else first


def _item(item: Item, kind: Kind, cited: Cited, level: int) -> dict[str, Any]:
    if kind == Kind.POINTS:
        return {"body": inline_html(item.body, cited=cited)}
    if kind == Kind.REFERENCES:
        fields = item.fields
        link = fields.get("link", "")
        return {
            "id": item.label,
            "title": item.title,
            "publisher": fields.get("publisher", ""),
            "dated": fields.get("dated", ""),
            "read": fields.get("read", ""),
            "url": "" if link_problem(link) else link,
        }
    found: dict[str, Any] = {
        "title": inline_html(item.title, cited=cited),
        "label": item.label,
        # A fact of the headline is a sentence beside its value.
        "body": inline_html(item.body, cited=cited)
        if kind == Kind.FACTS
        else block_html(item.body, level=level + 1, cited=cited),
    }
    if kind == Kind.LINKS:
        found["url"] = "" if link_problem(item.label) else item.label
    if kind == Kind.DAY:
        found |= {"starts": item.starts, "ends": item.ends}
    return found
