"""The product's own tables of evidence, about schools that do not exist: statements, online study, facts."""

from __future__ import annotations

from directory.vocab import Source
from tests.directory.importers.files import Cells, Part, Sample, filled
from tests.directory.importers.samples_ipeds import COMPLETIONS

STATEMENTS_HEADER: Cells = (
    "unitid", "institution_name", "city", "state", "program_title_as_stated", "award_level",
    "award_level_basis", "cip_guess", "accreditor", "status_as_stated", "evidence_kind", "evidence_url",
    "evidence_date", "mirror_of_original", "reliability", "online_as_stated", "ipeds_2024_match",
    "ipeds_2024_cips_at_level", "note",
)  # fmt: skip
ACCREDITED = {
    "unitid": "100101", "institution_name": "Maple Fork College", "city": "Maple Fork", "state": "OH",
    "program_title_as_stated": "Health Information Technology AAS", "award_level": "associate",
    "award_level_basis": "stated", "cip_guess": "51.0707", "accreditor": "CAHIIM",
    "status_as_stated": "accredited", "evidence_kind": "school_page",
    "evidence_url": "https://www.mapleforkcollege.example/hit", "evidence_date": "2023",
    "mirror_of_original": "no", "reliability": "high", "ipeds_2024_match": "yes",
    "ipeds_2024_cips_at_level": "51.0707", "note": "program page",
}  # fmt: skip


def statement(**columns: str) -> Cells:
    """A page of Maple Fork College says that its associate program is accredited, unless told otherwise."""
    return filled(STATEMENTS_HEADER, ACCREDITED, columns)


def statements(*rows: Cells, month: str = "2026-11") -> Sample:
    name = f"evidence-{month}.csv"
    return Sample(
        source=Source.ACCREDITATION_EVIDENCE,
        name=name,
        parts=(Part(name, STATEMENTS_HEADER, rows),),
        needs=(COMPLETIONS,),
        codes=("award_level", "reliability", "mirror_of_original", "state", "evidence_url"),
        keys=("unitid", "cip_guess"),
        texts=("program_title_as_stated", "status_as_stated", "accreditor"),
    )


STATEMENTS = statements(
    statement(),
    statement(
        unitid="100202",
        state="PR",
        program_title_as_stated="Health Information Management BS",
        award_level="bachelor",
        status_as_stated="candidate",
        reliability="medium (historical)",
        evidence_date="",
        mirror_of_original="yes",
        evidence_url="https://paper.example/anne",
    ),
)

ONLINE_HEADER: Cells = (
    "unitid", "institution_name", "city", "state", "program_title_as_stated", "award_level",
    "online_as_stated", "evidence_url", "evidence_date", "note", "ipeds_2024_match", "match_basis",
)  # fmt: skip
ONLINE_AT_MAPLE = {
    "unitid": "100101", "institution_name": "Maple Fork College", "city": "Maple Fork", "state": "OH",
    "program_title_as_stated": "Health Information Technology AAS", "award_level": "associate",
    "online_as_stated": "yes", "evidence_url": "https://www.mapleforkcollege.example/online",
    "evidence_date": "2024", "note": "completely online", "ipeds_2024_match": "yes",
    "match_basis": "evidence domain = HD WEBADDR domain",
}  # fmt: skip


def online(**columns: str) -> Cells:
    """A page of Maple Fork College says that its associate program is all online, unless told otherwise."""
    return filled(ONLINE_HEADER, ONLINE_AT_MAPLE, columns)


def online_statements(*rows: Cells, month: str = "2026-11") -> Sample:
    name = f"online-evidence-{month}.csv"
    return Sample(
        source=Source.ONLINE_EVIDENCE,
        name=name,
        parts=(Part(name, ONLINE_HEADER, rows),),
        needs=(COMPLETIONS,),
        codes=("award_level", "online_as_stated", "state", "evidence_url"),
        keys=("unitid",),
        texts=("program_title_as_stated",),
    )


ONLINE = online_statements(
    online(),
    online(
        unitid="100202",
        state="PR",
        program_title_as_stated="BS Health Information Management",
        award_level="bachelor",
        note="online except one placement",
        match_basis="name + state",
        evidence_url="https://paper.example/anne-online",
    ),
)

FACTS_HEADER: Cells = ("unitid", "cip", "award_level", "fact", "value", "unit", "year", "evidence_url")


def fact(name: str, value: str, **columns: str) -> Cells:
    """A page of Maple Fork College about its associate program, unless told otherwise."""
    given = {
        "unitid": "100101", "cip": "51.0707", "award_level": "associate", "fact": name, "value": value,
        "evidence_url": "https://catalog.mapleforkcollege.example/hit", **columns,
    }  # fmt: skip
    return filled(FACTS_HEADER, {}, given)


def facts(*rows: Cells, month: str = "2026-11") -> Sample:
    name = f"program-facts-{month}.csv"
    return Sample(
        source=Source.PROGRAM_FACTS,
        name=name,
        parts=(Part(name, FACTS_HEADER, rows),),
        needs=(COMPLETIONS,),
        codes=("award_level", "fact", "evidence_url"),
        keys=("unitid", "cip"),
        texts=("value",),
    )


FACTS = facts(
    fact("credits", "64", unit="semester credits", year="2024"),
    fact("months", "22", evidence_url="https://paper.example/maple"),
    fact("delivery", "fully online"),
)

SAMPLES = (STATEMENTS, ONLINE, FACTS)
