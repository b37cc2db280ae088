"""The product's own table of certifications, brought into the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import models, transaction

from directory.eligibility.table import (
    FOLDER,
    CertificationEntry,
    CertificationTable,
    ConditionEntry,
    FactEntry,
    RuleSetEntry,
    read_table,
)
from directory.models import (
    Agency,
    Body,
    Certification,
    CertificationFact,
    Condition,
    Release,
    Route,
    RuleSet,
)
from directory.vocab import Source

EMPTY: Final = ("acronym", "")

Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True)
class Loaded:
    """What a load did: rows written or deleted, and what is left as staff have edited it.

    `kept` holds slugs of certifications, and acronyms of bodies and accreditors of which staff have changed a column.
    """

    release: Release
    written: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_certifications(folder: Path = FOLDER) -> Loaded:
    """Bring in bodies, accreditors, certifications, facts and rules; the same table twice changes nothing.

    A certification that staff have edited stays as it is, its facts and rules too. Of a body or an accreditor the
    columns stay that staff have changed. Nothing is deleted but the parts of a certification
    that its file no longer has. Openings are not rebuilt here. Raises TableError.
    """
    table = read_table(folder)
    release, _ = Release.objects.get_or_create(
        source=Source.CERTIFICATIONS,
        vintage=table.vintage,
        defaults={"rank": table.rank, "year": table.rank // 100, "origin": Release.Origin.STAFF},
    )
    loaded = Loaded(release)
    if release.sha256 == table.digest and Certification.objects.exists():
        return loaded
    _load(table, loaded)
    release.rank, release.rows, release.sha256 = table.rank, len(table.certifications), table.digest
    release.origin, release.file_name = Release.Origin.STAFF, folder.name
    release.save()
    return loaded


def was_loaded() -> bool:
    """Whether the shipped table has ever been loaded here, in whatever version."""
    return Release.objects.filter(source=Source.CERTIFICATIONS).exclude(sha256="").exists()


def is_loaded(folder: Path = FOLDER) -> bool:
    """Whether the database has the table as it stands in the folder. Raises TableError."""
    table = read_table(folder)
    held = Release.objects.filter(source=Source.CERTIFICATIONS, vintage=table.vintage, sha256=table.digest)
    return held.exists() and Certification.objects.exists()


def _load(table: CertificationTable, loaded: Loaded) -> None:
    for agency in table.agencies:
        _agency(agency.acronym, agency.name, agency.website, loaded)
    for body in table.bodies:
        values = {"acronym": body.acronym, "name": body.name, "website": body.website}
        _put_beside_staff(Body, _named(Body, body.acronym), values, loaded)
    made = [(entry, _certification(entry, loaded)) for entry in table.certifications]
    # Conditions name other certifications, so these come first, all of them.
    for entry, certification in made:
        if certification is not None:
            _facts(certification, entry.facts, loaded)
            _rule_sets(certification, entry.rule_sets, loaded)


def _agency(acronym: str, name: str, website: str, loaded: Loaded) -> None:
    """DAPIP may know the agency already, by its name and without an acronym."""
    found = _named(Agency, acronym) or Agency.objects.filter(name__iexact=name).first()
    values = {"acronym": acronym, "website": website, "programmatic": True}
    _put_beside_staff(Agency, found, values if found else {"name": name, **values}, loaded)


def _certification(entry: CertificationEntry, loaded: Loaded) -> Certification | None:
    """The row, or None when staff have edited it or its rules."""
    held = Certification.objects.filter(slug=entry.slug).first()
    if held and _edited_by_staff(held):
        loaded.kept.append(entry.slug)
        return None
    values = {
        "acronym": entry.acronym,
        "name": entry.name,
        "former_name": entry.former_name,
        "body": _named(Body, entry.body),
        "summary": entry.summary,
        "issuer_url": entry.issuer_url,
        "related_cips": list(entry.related_cips),
        "order": entry.order,
        "release": loaded.release,
    }
    return _put(Certification, {"slug": entry.slug}, values, loaded)


def _edited_by_staff(certification: Certification) -> bool:
    """Whether somebody has changed it, a fact, its rules, or a route or condition of theirs, also one that is gone."""
    facts = CertificationFact.history.filter(certification_id=certification.pk)
    rules = RuleSet.history.filter(certification_id=certification.pk)
    routes = Route.history.filter(rule_set_id__in=rules.values("id"))
    conditions = Condition.history.filter(route_id__in=routes.values("id"))
    every = (certification.history.all(), facts, rules, routes, conditions)
    return any(each.filter(history_user__isnull=False).exists() for each in every)


def _facts(certification: Certification, entries: Sequence[FactEntry], loaded: Loaded) -> None:
    for order, entry in enumerate(entries, start=1):
        values = asdict(entry)
        values["source_url"] = values.pop("source")
        _put(CertificationFact, {"certification": certification, "order": order}, values, loaded)
    _drop(certification.facts.filter(order__gt=len(entries)), loaded)


def _rule_sets(certification: Certification, entries: Iterable[RuleSetEntry], loaded: Loaded) -> None:
    kept = []
    for entry in entries:
        values = {
            "valid_to": entry.valid_to,
            "as_of": entry.as_of,
            "grade": entry.grade,
            "source_url": entry.source,
            "note": entry.note,
            "named": entry.named,
        }
        key = {"certification": certification, "valid_from": entry.valid_from}
        rules = _put(RuleSet, key, values, loaded)
        _routes(rules, entry, loaded)
        kept.append(rules.pk)
    _drop(certification.rule_sets.exclude(pk__in=kept), loaded)


def _routes(rules: RuleSet, entry: RuleSetEntry, loaded: Loaded) -> None:
    for order, route_entry in enumerate(entry.routes, start=1):
        values = {"title": route_entry.title, "order": order}
        route = _put(Route, {"rule_set": rules, "code": route_entry.code}, values, loaded)
        for place, condition in enumerate(route_entry.conditions, start=1):
            _condition(route, place, condition, loaded)
        _drop(route.conditions.filter(order__gt=len(route_entry.conditions)), loaded)
    _drop(rules.routes.exclude(code__in=[each.code for each in entry.routes]), loaded)


def _condition(route: Route, order: int, entry: ConditionEntry, loaded: Loaded) -> None:
    values = asdict(entry)
    values["agency"] = _named(Agency, entry.agency) if entry.agency else None
    values["award_levels"], values["cips"] = list(entry.award_levels), list(entry.cips)
    credentials = list(Certification.objects.filter(slug__in=values.pop("credentials")))
    condition = _put(Condition, {"route": route, "order": order}, values, loaded)
    if set(condition.credentials.all()) != set(credentials):
        condition._history_user = None  # type: ignore[attr-defined]  # noqa: SLF001 - as in `_put`, which may not have touched the row
        condition.credentials.set(credentials)
        loaded.written += 1


def _named(model: type[Row], acronym: str) -> Row | None:
    """The body or accreditor with that acronym, or the one that had it until staff corrected it."""
    rows = model._default_manager
    before = model.history.filter(acronym=acronym).values("id")  # type: ignore[attr-defined]
    return rows.filter(acronym=acronym).first() or rows.filter(pk__in=before).order_by("pk").first()


def _put_beside_staff(model: type[Row], row: Row | None, values: Mapping[str, Any], loaded: Loaded) -> None:
    """Make the row or bring it in line, but for the columns that staff have changed."""
    if row is None:
        _put(model, values, {}, loaded)
        return
    theirs = {name for name in _columns_of_staff(row) if name in values and getattr(row, name) != values[name]}
    if theirs:
        loaded.kept.append(values["acronym"])
    # The rules find it by its acronym, so that an empty one is no correction.
    rest = {name: value for name, value in values.items() if name not in theirs or (name, getattr(row, name)) == EMPTY}
    _put(model, {"pk": row.pk}, rest, loaded)


def _columns_of_staff(row: Any) -> set[str]:
    """The columns that somebody has changed; every one when nothing tells what stood there before."""
    found: set[str] = set()
    before = None
    for record in row.history.order_by("history_date", "history_id"):
        names = [each.attname for each in record.tracked_fields]
        if record.history_user_id is not None:
            found |= {name for name in names if before is None or getattr(before, name) != getattr(record, name)}
        before = record
    return found


def _put(model: type[Row], key: Mapping[str, Any], values: Mapping[str, Any], loaded: Loaded) -> Row:
    """The row with that key, made or changed to the values; when it has them already, it is not touched."""
    row = model._default_manager.filter(**key).first()
    if row is None:
        row = model(**key, **values)
    elif all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    # Nobody edits here, also when somebody of the staff has started the load.
    row._history_user = None  # type: ignore[attr-defined]  # noqa: SLF001 - how simple_history is told
    row.save()
    loaded.written += 1
    return row


def _drop(rows: models.QuerySet[Any], loaded: Loaded) -> None:
    count = rows.count()
    if count:
        rows.delete()
        loaded.written += count
