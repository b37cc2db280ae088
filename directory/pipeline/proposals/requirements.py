"""What a source asks of its file, said before anybody chooses one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from directory.importers.base import Importer
from directory.importers.publishers import PUBLISHED
from directory.importers.registry import importers
from directory.models import Release
from directory.vocab import DEFAULT_CIPS, Source

CHARGES: Final = "Figures of this year that the file no longer has are taken off; other years stay."
STATED: Final = "What the table stated before and states no longer is taken off; what staff have entered stays."
IN_FORCE: Final = "Codes that the newest release no longer has are marked as no longer in force, and stay."
#: What it means that a row is not in the file. The importers do it; this says it.
REMOVAL: Final[dict[str, str]] = {
    Source.IPEDS_HD: (
        "A school that the newest directory no longer names is marked as gone and keeps its page. An older directory "
        "takes nothing off."
    ),
    Source.IPEDS_COMPLETIONS: (
        "A program without a row in the newest year leaves the lists and keeps its page. Awards of this year that the "
        "file no longer has are taken off; other years stay."
    ),
    Source.IPEDS_DISTANCE_PROGRAMS: CHARGES,
    Source.IPEDS_IC: "A school that a revised file of the same year drops loses what the first one answered.",
    Source.IPEDS_IC_AY: CHARGES,
    Source.IPEDS_IC_PY: CHARGES,
    Source.IPEDS_COST: CHARGES,
    Source.IPEDS_TUITION: CHARGES,
    Source.IPEDS_DISTANCE: CHARGES,
    Source.SCORECARD_FIELD: "Outcomes of a field that the newer release no longer has are taken off.",
    Source.SCORECARD_INSTITUTION: "Figures and accreditors that the newer release no longer has are taken off.",
    Source.DAPIP: "Records that the file no longer has are cleared, and with them the accreditation that they stated.",
    Source.CIP: "Codes that the list no longer has stay: facts of earlier years point to them.",
    Source.CIP_CHANGES: "Nothing is taken off.",
    Source.EIGHT_KEYS: "A school that the list no longer names loses the mark.",
    Source.ZIP_POINTS: "Codes that the post office gave up are taken off.",
    Source.ACCREDITATION_EVIDENCE: STATED,
    Source.ONLINE_EVIDENCE: STATED,
    Source.PROGRAM_FACTS: STATED,
    Source.SOC: IN_FORCE,
    Source.ONET_OCCUPATIONS: IN_FORCE,
}
OTHERWISE: Final = "Rows that the newest release no longer has are taken off."


@dataclass(frozen=True, slots=True)
class Needed:
    """A source that has to be loaded before, and whether it is."""

    label: str
    held: bool


@dataclass(frozen=True, slots=True)
class Requirements:
    """All that a person has to know before choosing a file. `newest` is the release that is held, if any."""

    source: str
    label: str
    names: tuple[str, ...]
    pages: tuple[str, ...]
    columns: tuple[str, ...]
    more_columns: tuple[str, ...]
    needs: tuple[Needed, ...]
    by_cip: bool
    yearly: bool
    removal: str
    newest: Release | None
    scope: str


def requirements() -> list[Requirements]:
    """Of every source, in the order in which they are loaded."""
    newest: dict[str, Release] = {}
    for release in Release.objects.order_by("rank", "loaded_at"):
        newest[release.source] = release
    return [_of(importer, newest) for importer in importers()]


def requirements_of(source: str) -> Requirements | None:
    """Of one source; None for one that no file brings."""
    return next((each for each in requirements() if each.source == source), None)


def fits(source: str, name: str) -> bool:
    """Whether a file of this name is one that the publisher of the source puts out, as far as names tell."""
    return any(each.source == source and _pattern(each.name).fullmatch(name) for each in PUBLISHED)


def _of(importer: Importer, newest: dict[str, Release]) -> Requirements:
    source = importer.source
    published = [each for each in PUBLISHED if each.source == source]
    held = newest.get(source)
    return Requirements(
        source=str(source),
        label=str(source.label),
        names=tuple(_example(each.name) for each in published),
        pages=tuple(dict.fromkeys(each.page for each in published)),
        columns=tuple(column.name for column in importer.columns if column.required),
        more_columns=tuple(column.name for column in importer.columns if not column.required),
        needs=tuple(Needed(str(need.label), need in newest) for need in importer.needs),
        by_cip=importer.by_cip,
        yearly=importer.yearly,
        removal=REMOVAL.get(source, OTHERWISE),
        newest=held,
        scope=(held.scope if held else ", ".join(DEFAULT_CIPS)) if importer.by_cip else "all",
    )


def _example(name: str) -> str:
    return name.format(year="YYYY", yy="YY", stamp="…", date="YYYY-MM")


def _pattern(name: str) -> re.Pattern[str]:
    """A publisher's name with any year in it; revised copies and unpacked ones count."""
    stem = re.escape(name.rpartition(".")[0])
    for word, digits in (("year", r"\d{4}"), ("yy", r"\d{2}"), ("stamp", r"[\d_]+"), ("date", r"\d{4}-\d{2}")):
        stem = stem.replace(re.escape(f"{{{word}}}"), digits)
    return re.compile(rf"{stem}(_rv)?\.(zip|csv|xlsx|txt)", re.IGNORECASE)
