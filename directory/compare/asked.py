"""What the address of a comparison asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from directory.filters.fields import quoted
from directory.filters.parameters import without_tracking
from directory.filters.query_string import address

FEWEST: Final = 2
MOST: Final = 4
#: So many names are looked up; whoever sends a hundred hears that four fit.
READ: Final = 12
PROGRAM: Final = "program"
SCHOOL: Final = "school"
SHOW: Final = "show"
DIFFERENCES: Final = "differences"
PARAMETERS: Final = (PROGRAM, SCHOOL, "where", "find", SHOW)
LONGEST_SLUG: Final = 255


@dataclass(frozen=True, slots=True)
class Asked:
    """`slugs` stand in the order of the address, each once; `repeated` are those that stood there again."""

    kind: str
    slugs: tuple[str, ...]
    repeated: tuple[str, ...]
    #: How many were named beyond those that are looked up.
    unread: int
    #: The slugs of the other kind, when programs and schools were named together.
    others: tuple[str, ...]
    where: str
    find: str
    differences: bool
    problems: tuple[str, ...]

    @classmethod
    def of(cls, data: QueryDict) -> Asked:
        data = without_tracking(data)
        programs, schools = (_slugs(data.getlist(name)) for name in (PROGRAM, SCHOOL))
        kind = SCHOOL if schools and not programs else PROGRAM
        named, others = (schools, programs) if kind == SCHOOL else (programs, schools)
        once = tuple(dict.fromkeys(named))
        return cls(
            kind=kind,
            slugs=once[:READ],
            repeated=tuple(slug for slug in once if named.count(slug) > 1),
            unread=max(0, len(once) - READ),
            others=tuple(dict.fromkeys(others)),
            where=_one(data, "where"),
            find=_one(data, "find"),
            differences=_one(data, SHOW) == DIFFERENCES,
            problems=tuple(_problems(data)),
        )

    @property
    def noun(self) -> str:
        """ "program" or "school", which are also the names of the parameters."""
        return self.kind

    @property
    def is_mixed(self) -> bool:
        return bool(self.slugs and self.others)

    def address(self, slugs: Iterable[str], *, differences: bool | None = None, kind: str = "") -> str:
        """The address of the same page for other records, or with all or only the differing rows."""
        return compare_url(
            slugs,
            kind=kind or self.kind,
            where=self.where,
            differences=self.differences if differences is None else differences,
        )


def compare_url(slugs: Iterable[str], *, kind: str = PROGRAM, where: str = "", differences: bool = False) -> str:
    """The address of a comparison; the empty page's when nothing is left."""
    data = query(slugs, kind=kind, where=where, differences=differences)
    return f"{reverse('compare')}{address(data) if data else ''}"


def query(slugs: Iterable[str], *, kind: str = PROGRAM, where: str = "", differences: bool = False) -> QueryDict:
    """The same as parameters, without those that say nothing."""
    data = QueryDict(mutable=True)
    chosen = list(slugs)
    if chosen:
        data.setlist(kind, chosen)
    if where:
        data["where"] = where
    if differences and chosen:
        data[SHOW] = DIFFERENCES
    return data


def _slugs(values: Sequence[str]) -> list[str]:
    """Each as it can be looked up; a whole address of a page, which people paste, stands for its last part."""
    found = [value.replace("\0", "").strip().rstrip("/").rpartition("/")[2].lower() for value in values]
    return [slug[:LONGEST_SLUG] for slug in found if slug]


def _one(data: QueryDict, name: str) -> str:
    return str(data.get(name, "")).replace("\0", "").strip()


def _problems(data: QueryDict) -> list[str]:
    unknown = sorted(set(data) - set(PARAMETERS))
    said = [f"This page has no filter {quoted(unknown)}."] if unknown else []
    for name in ("where", "find", SHOW):
        values: list[Any] = list(dict.fromkeys(filter(None, data.getlist(name))))
        if len(values) > 1:
            said.append(f"“{name}” takes one value, not {len(values)}: the last one counts.")
    shown = _one(data, SHOW)
    if shown not in ("", "all", DIFFERENCES):
        said.append(f"{quoted([shown])}: show=differences is all that can be chosen there.")
    return said
