"""From the search table to its columns in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce

from directory.models import Certification, Listing, Opening, School
from directory.search.table.codes import CODES, WORDS, price_codes
from directory.search.table.columns import UNKNOWN, Columns, Combinations, Group, Schools
from directory.vocab import CONTROL_SLUG, VETERAN_FACTS, VETERAN_MEANINGS, Control, VeteranFact

AT_ONCE: Final = 4_000
MONEY: Final = ("price", "earnings", "awards")


def load_columns() -> Columns:
    """Read the listed programs as they are at one moment; a second or two for 270,000."""
    with one_moment():
        return _load()


@contextmanager
def one_moment() -> Iterator[None]:
    """Several queries that see one state of the database, whatever is committed between them."""
    if connection.in_atomic_block:
        yield  # a test, or the change itself
        return
    with connection.cursor() as cursor:
        # SQLite's own BEGIN, which Django would make a writing one, and PostgreSQL's strictest reading.
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _load() -> Columns:
    pks, name_order, latitude, longitude, veterans = _schools()
    position = {pk: place for place, pk in enumerate(pks)}
    cips = sorted(set(Listing.objects.listed().order_by().values_list("cip", flat=True).distinct()))
    read = _read(
        program_id=(np.int32, None),
        school_id=(np.int32, position),
        cip=(np.int16, {cip: place for place, cip in enumerate(cips)}),
        rank_points=(np.float32, None),
        price=(np.int32, None),
        earnings=(np.int32, None),
        awards=(np.int32, None),
        level=(np.uint8, _codes("level")),
        standing=(np.uint8, _codes("accreditation")),
        delivery=(np.uint8, _codes("delivery")),
        length=(np.uint8, _codes("length")),
        control=(np.uint8, {control: CODES["control"][CONTROL_SLUG.get(control, "")] for control in Control.values}),
        state=(np.uint8, _codes("state")),
    )
    named = name_order[read["school_id"]]
    order = np.lexsort((read["program_id"], read["cip"], named, -read["rank_points"]))
    read = {name: column[order] for name, column in read.items()}
    by_name = np.empty(len(order), np.int32)
    by_name[np.lexsort((read["program_id"], read["cip"], named[order]))] = np.arange(len(order), dtype=np.int32)
    acronyms, set_of, opens, confirmed = _openings(read["program_id"])
    facets = {
        "level": read["level"],
        "accreditation": read["standing"],
        "delivery": read["delivery"],
        "length": read["length"],
        "control": read["control"],
        "state": read["state"],
        "price": price_codes(read["price"]),
    }
    combinations, combination = _combine(facets, set_of, opens, confirmed)
    return Columns(
        program=read["program_id"],
        school=read["school_id"],
        cip=read["cip"],
        price=read["price"],
        earnings=read["earnings"],
        awards=read["awards"],
        points=read["rank_points"],
        by_name=by_name,
        combination=combination,
        cips=cips,
        certifications=list(acronyms),
        acronyms=acronyms,
        schools=Schools(position, latitude, longitude, np.cos(latitude), veterans),
        combinations=combinations,
        everything=np.bincount(combination, minlength=len(combinations)),
        for_veterans=_for_veterans(combination, veterans[read["school_id"]], len(combinations)),
        rows_of_school=Group.of(read["school_id"], len(pks)),
        rows_of_cip=Group.of(read["cip"], len(cips)),
    )


def _schools() -> tuple[list[int], np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Keys of all schools, the place of each in the order of names, their points in radians (NaN for none), and what
    each offers to veterans as bits.
    """
    facts = [VETERAN_MEANINGS[fact].column for fact in VeteranFact]
    rows = list(School.objects.order_by("pk").values_list("pk", "name", "latitude", "longitude", *facts))
    # Ordered here, because the databases' collations differ.
    by_name = sorted(range(len(rows)), key=lambda place: (rows[place][1].casefold(), rows[place][0]))
    name_order = np.empty(len(rows), np.int32)
    name_order[by_name] = np.arange(len(rows), dtype=np.int32)
    points = np.radians(np.array([row[2:4] for row in rows], float).reshape(-1, 2))
    # A fact that nobody reported does not hold, and neither does an address that is empty.
    masks = [sum(1 << bit for bit, value in enumerate(row[4:]) if value) for row in rows]
    return [row[0] for row in rows], name_order, points[:, 0], points[:, 1], np.array(masks, np.uint8)


def _for_veterans(combination: np.ndarray, masks: np.ndarray, size: int) -> np.ndarray:
    """How many rows of each combination have each fact."""
    counts = [np.bincount(combination, weights=(masks >> bit) & 1, minlength=size) for bit in range(len(VETERAN_FACTS))]
    return np.stack(counts, axis=1).astype(np.int64)


def _read(**columns: tuple[Any, dict[Any, int] | None]) -> dict[str, np.ndarray]:
    """Column -> its values as numbers, words by their codes. Some rows at a time: their text is never all there."""
    rows = (
        Listing.objects.listed()
        .order_by()
        .annotate(**{f"{name}_or_none": Coalesce(name, Value(UNKNOWN)) for name in MONEY})
    )
    rows = rows.values_list(*(f"{name}_or_none" if name in MONEY else name for name in columns))
    parts: defaultdict[str, list[np.ndarray]] = defaultdict(list)
    for chunk in _chunks(rows.iterator(chunk_size=AT_ONCE)):
        for (name, (kind, codes)), values in zip(columns.items(), zip(*chunk, strict=True), strict=True):
            parts[name].append(np.array(values if codes is None else [*map(codes.__getitem__, values)], kind))
    return {name: np.concatenate(parts[name] or [np.empty(0, kind)]) for name, (kind, _) in columns.items()}


def _chunks(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk


class _Codes(dict[str, int]):
    """Word -> code; a word that the facet does not know counts as none of its choices."""

    def __missing__(self, word: str) -> int:
        return self.get("", 0)


def _codes(facet: str) -> dict[str, int]:
    return _Codes(CODES[facet])


def _openings(programs: np.ndarray) -> tuple[dict[str, str], np.ndarray, np.ndarray, np.ndarray]:
    """The certifications (slug -> acronym), which set of them each row opens, and the sets.

    Two tables of 0 and 1, sets × certifications, say what a set opens and what of it is confirmed. Few sets occur, and
    most programs have the first one, which is empty; a table of all programs would be the largest thing here.
    """
    certifications = list(Certification.objects.order_by("order", "acronym").values_list("pk", "slug", "acronym"))
    place = {pk: at for at, (pk, *_) in enumerate(certifications)}
    row_of = np.full(int(programs.max(initial=0)) + 1, -1, np.int32)
    row_of[programs] = np.arange(len(programs), dtype=np.int32)
    set_of = np.zeros(len(programs), np.int32)
    sets: list[frozenset[tuple[int, bool]]] = [frozenset()]
    number = {sets[0]: 0}
    found = Opening.objects.filter(program__listing__listed=True).order_by()
    for program, certification, basis in found.values_list("program", "certification", "basis").iterator(
        chunk_size=AT_ONCE
    ):
        row = row_of[program]
        larger = sets[set_of[row]] | {(place[certification], basis == Opening.Basis.CONFIRMED)}
        set_of[row] = at = number.setdefault(larger, len(sets))
        if at == len(sets):
            sets.append(larger)
    opens = np.zeros((len(sets), len(place)), np.uint8)
    confirmed = np.zeros_like(opens)
    for at, exams in enumerate(sets):
        for exam, is_confirmed in exams:
            opens[at, exam], confirmed[at, exam] = 1, is_confirmed
    return {slug: acronym for _, slug, acronym in certifications}, set_of, opens, confirmed


def _combine(
    facets: dict[str, np.ndarray], set_of: np.ndarray, opens: np.ndarray, confirmed: np.ndarray
) -> tuple[Combinations, np.ndarray]:
    """The combinations of facets and openings that occur, and which of them each row has."""
    packed = set_of.astype(np.int64)
    for name, column in facets.items():
        packed *= len(WORDS[name])
        packed += column
    _, first, combination = np.unique(packed, return_index=True, return_inverse=True)
    exams = set_of[first]
    return (
        Combinations({name: column[first] for name, column in facets.items()}, opens[exams], confirmed[exams]),
        combination.astype(np.int32),
    )
