"""Reading the table of certifications: TOML files become plain records, checked before a row is written."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self

from directory.eligibility.table_checks import first_fault
from directory.models import CertificationFact, Condition

FOLDER: Final = Path(__file__).resolve().parent.parent / "starter" / "certifications"
BODIES: Final = "bodies.toml"
GRADES: Final = "ABC"
FACT_ORDER: Final = [str(kind) for kind in CertificationFact.Kind]


class TableError(ValueError):
    """The table cannot be loaded. Names the file and what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something with named values; an unknown name in a file is an error, not silence."""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        known = {each.name for each in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise TableError(f"{cls.__name__} knows no {', '.join(unknown)}")
        try:
            return cls(**values)
        except TypeError as error:  # a value that must be there is not
            raise TableError(str(error).replace("__init__() ", "")) from None


@dataclass(frozen=True, slots=True)
class BodyEntry(Record):
    acronym: str
    name: str
    website: str
    facts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class AgencyEntry(Record):
    acronym: str
    name: str
    website: str


@dataclass(frozen=True, slots=True)
class FactEntry(Record):
    kind: str
    text: str
    grade: str
    source: str
    as_of: str = ""
    amount: int | None = None
    member_amount: int | None = None


@dataclass(frozen=True, slots=True)
class ConditionEntry(Record):
    kind: str
    text: str
    required: bool = True
    confirmed: bool = False
    grade: str = ""
    award_levels: Sequence[int] = ()
    cips: Sequence[str] = ()
    vouched: bool = False
    agency: str = ""
    experience_kind: str = ""
    months: int | None = None
    hours: int | None = None
    credits: int | None = None
    credentials: Sequence[str] = ()
    course: str = ""


@dataclass(frozen=True, slots=True)
class RouteEntry(Record):
    code: str
    title: str
    conditions: Sequence[ConditionEntry] = ()


@dataclass(frozen=True, slots=True)
class RuleSetEntry(Record):
    grade: str
    source: str
    note: str = ""
    as_of: str = ""
    valid_from: Any = None
    valid_to: Any = None
    named: str = ""
    routes: Sequence[RouteEntry] = ()


@dataclass(frozen=True, slots=True)
class CertificationEntry(Record):
    slug: str
    acronym: str
    name: str
    body: str
    summary: str
    issuer_url: str
    order: int
    former_name: str = ""
    related_cips: Sequence[str] = ()
    facts: Sequence[FactEntry] = ()
    rule_sets: Sequence[RuleSetEntry] = ()


@dataclass(frozen=True, slots=True)
class CertificationTable:
    """The whole table: `digest` tells whether it is the one that was loaded last."""

    vintage: str
    rank: int
    digest: str
    bodies: Sequence[BodyEntry]
    agencies: Sequence[AgencyEntry]
    certifications: Sequence[CertificationEntry] = field(default=())


def read_table(folder: Path = FOLDER) -> CertificationTable:
    """Every file of the folder. Raises TableError."""
    paths = sorted(folder.glob("*.toml"))
    digest = sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()
    common = _toml(folder / BODIES)
    bodies = [BodyEntry.read(each) for each in common.get("bodies", [])]
    facts = {body.acronym: body.facts for body in bodies}
    agencies = [AgencyEntry.read(each) for each in common.get("agencies", [])]
    entries = [_certification(path, facts) for path in paths if path.name != BODIES]
    slugs, acronyms = {entry.slug for entry in entries}, {agency.acronym for agency in agencies}
    for entry in entries:
        _check_names(entry, slugs, acronyms)
    if fault := first_fault(entries, agencies):
        raise TableError("{}.toml: {}".format(*fault))
    return CertificationTable(
        vintage=common["vintage"],
        rank=common["rank"],
        digest=digest,
        bodies=bodies,
        agencies=agencies,
        certifications=entries,
    )


def _check_names(entry: CertificationEntry, slugs: Collection[str], acronyms: Collection[str]) -> None:
    """A condition that names what nobody knows would never hold, and nobody would notice."""
    routes = [route for rules in entry.rule_sets for route in rules.routes]
    for condition in (condition for route in routes for condition in route.conditions):
        unknown = sorted(set(condition.credentials) - set(slugs))
        if condition.agency and condition.agency not in acronyms:
            unknown.append(condition.agency)
        if unknown:
            raise TableError(f"{entry.slug}.toml: nobody knows {', '.join(unknown)}")


def _certification(path: Path, facts_of_body: Mapping[str, Sequence[Any]]) -> CertificationEntry:
    values = _toml(path)
    try:
        common = facts_of_body.get(values.get("body", ""), ())
        facts = [FactEntry.read(each) for each in [*values.pop("facts", []), *common]]
        facts.sort(key=lambda fact: FACT_ORDER.index(fact.kind))
        rules = [_rule_set(each) for each in values.pop("rule_sets", [])]
        return CertificationEntry.read({"slug": path.stem, **values, "facts": facts, "rule_sets": rules})
    except ValueError as error:
        raise TableError(f"{path.name}: {error}") from None


def _rule_set(values: dict[str, Any]) -> RuleSetEntry:
    routes = [_route(each) for each in values.pop("routes", [])]
    rules = RuleSetEntry.read({**values, "routes": routes})
    if rules.grade not in GRADES:
        raise TableError(f"grade {rules.grade!r} is not A, B or C")
    if odd := [day for day in (rules.valid_from, rules.valid_to) if day is not None and type(day) is not dt.date]:
        raise TableError(f"{odd[0]!r} is no day")
    return rules


def _route(values: dict[str, Any]) -> RouteEntry:
    conditions = [ConditionEntry.read(each) for each in values.pop("conditions", [])]
    for condition in conditions:
        if condition.kind not in Condition.Kind.values:
            raise TableError(f"{condition.kind!r} is no kind of condition")
        if condition.experience_kind and condition.experience_kind not in Condition.Experience.values:
            raise TableError(f"{condition.experience_kind!r} is no kind of experience")
    return RouteEntry.read({**values, "conditions": conditions})


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{path.name}: {error}") from None
