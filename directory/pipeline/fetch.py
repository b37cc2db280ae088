"""Fetching the newest official files: which there are, which are new, and what could not be had."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from directory.importers.publishers import PUBLISHED, WALK_BACK, Published
from directory.pipeline import transfer
from directory.pipeline.asking import FetchError, NotThere, Unreachable, read_page
from directory.pipeline.transfer import Fetched, Mark

MANIFEST = "manifest.json"
NEW, CHANGED, UNCHANGED, FAILED = "new", "changed", "unchanged", "failed"

Progress = Callable[[str], transfer.Progress]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one official file; `message` says why it could not be had."""

    wanted: Published
    state: str
    path: Path | None = None
    size: int = 0
    message: str = ""


@dataclass(slots=True)
class Manifest:
    """What lies in the folder and how it came there: a JSON file beside the files."""

    folder: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        try:
            entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # without it everything is fetched anew
            entries = {}
        return cls(folder, entries if isinstance(entries, dict) else {})

    def known(self, name: str, url: str) -> Mark | None:
        """The mark of the copy that lies here, if it is still the one that came."""
        entry = self._entry(name, url)
        path = self.folder / name
        if entry is None or not path.is_file() or path.stat().st_size != entry.get("size"):
            return None
        with path.open("rb") as file:
            whole = file_digest(file, sha256).hexdigest() == entry.get("sha256")
        return _mark(entry) if whole else None

    def begun(self, name: str, url: str) -> Mark | None:
        """The mark of what lies in the .part file of that name."""
        entry = self._entry(f"{name}.part", url)
        return _mark(entry) if entry else None

    def expected(self, name: str, url: str, mark: Mark) -> str:
        """The checksum that came under this mark before; empty when it never did."""
        entry = self._entry(name, url)
        return str(entry["sha256"]) if entry and mark.etag and mark == _mark(entry) else ""

    def begin(self, name: str, url: str, mark: Mark) -> None:
        self.entries[f"{name}.part"] = {"url": url, "etag": mark.etag, "last_modified": mark.last_modified}
        self.write()

    def finish(self, name: str, url: str, got: Fetched) -> bool:
        """Note a file that has come; returns whether it differs from the one that came before."""
        before = self.entries.get(name, {}).get("sha256")
        self.entries.pop(f"{name}.part", None)
        self.entries[name] = {
            "url": url,
            "size": got.size,
            "sha256": got.sha256,
            "fetched_at": timezone.now().isoformat(timespec="seconds"),
            "etag": got.mark.etag,
            "last_modified": got.mark.last_modified,
        }
        self.write()
        return bool(before != got.sha256)

    def write(self) -> None:
        """In one step, so that a reader never sees half of it."""
        draft = self.folder / f"{MANIFEST}.part"
        draft.write_text(json.dumps(self.entries, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(self.folder / MANIFEST)

    def _entry(self, name: str, url: str) -> dict[str, Any] | None:
        entry = self.entries.get(name)
        return entry if isinstance(entry, dict) and entry.get("url") == url else None


def fetch_releases(
    to: Path, *, year: int, month: int, sources: Collection[str] = (), years: int = 1,
    published: Sequence[Published] = PUBLISHED, progress: Progress = lambda name: lambda done, total: None,
) -> Iterator[Result]:  # fmt: skip
    """Fetch the newest file of every source, or of `sources`, into the folder `to`; yields a result for each.

    Yearly files are tried from the year after `year` backwards, until `years` of them have been found. A host that
    cannot be reached is not asked again.
    """
    to.mkdir(parents=True, exist_ok=True)
    run = _Run(to, year, month, years, Manifest.read(to), progress)
    for wanted in published:
        if not sources or wanted.source in sources:
            yield from run.newest(wanted)


@dataclass(slots=True)
class _Run:
    """One go through the table of addresses."""

    to: Path
    year: int
    month: int
    years: int
    manifest: Manifest
    progress: Progress
    unreachable: dict[str, str] = field(default_factory=dict)  # host -> why
    pages: dict[str, str] = field(default_factory=dict)

    def newest(self, wanted: Published) -> Iterator[Result]:
        """The newest file, or the newest few of a yearly one."""
        left = self.years if wanted.yearly else 1
        found, problem = 0, ""
        try:
            for words in self._words(wanted):
                try:
                    yield self._fetch(
                        wanted, wanted.name.format(**words), [each.format(**words) for each in wanted.addresses]
                    )
                except NotThere as absent:
                    problem = str(absent)
                    continue
                found += 1
                if found == left:
                    return
        except FetchError as error:
            yield Result(wanted, FAILED, message=str(error))
            return
        if not found:
            yield Result(wanted, FAILED, message=problem)

    def _words(self, wanted: Published) -> Iterator[dict[str, str]]:
        """What to put into names and addresses, newest first."""
        month = {"date": f"{self.year}-{self.month:02}"}
        if wanted.stamps:
            page = self._page(wanted.page)
            stamps = [set(re.findall(pattern, page)) for pattern in wanted.stamps]
            common = set.intersection(*stamps)
            if not common:
                raise FetchError(f"{wanted.page} no longer names the file.")
            yield from ({**month, "stamp": stamp} for stamp in sorted(common, key=_age, reverse=True))
        elif wanted.yearly:
            for year in range(self.year + 1, self.year - WALK_BACK, -1):
                yield {**month, "year": str(year), "yy": f"{year % 100:02}"}
        else:
            yield month

    def _fetch(self, wanted: Published, name: str, urls: list[str]) -> Result:
        """The file from the first address that has it. Raises NotThere when none has."""
        for url in urls[:-1]:
            with suppress(NotThere):
                return self._fetch_from(url, wanted, name)
        return self._fetch_from(urls[-1], wanted, name)

    def _fetch_from(self, url: str, wanted: Published, name: str) -> Result:
        path = self.to / name
        held = path.is_file()
        with self._reaching(url):
            got = transfer.fetch(
                url,
                path,
                known=self.manifest.known(name, url),
                begun=self.manifest.begun(name, url),
                body=wanted.body,
                expected=lambda mark: self.manifest.expected(name, url, mark),
                on_begin=lambda mark: self.manifest.begin(name, url, mark),
                progress=self.progress(name),
            )
        if not got.changed:
            return Result(wanted, UNCHANGED, path, path.stat().st_size)
        differs = self.manifest.finish(name, url, got)
        state = (CHANGED if held else NEW) if differs else UNCHANGED
        return Result(wanted, state, path, got.size)

    def _page(self, url: str) -> str:
        if url not in self.pages:
            with self._reaching(url):
                self.pages[url] = read_page(url)
        return self.pages[url]

    @contextmanager
    def _reaching(self, url: str) -> Iterator[None]:
        """Remembers hosts that do not answer, so that each is waited for once."""
        host = urlsplit(url).hostname or ""
        if host in self.unreachable:
            raise Unreachable(self.unreachable[host])
        try:
            yield
        except Unreachable as error:
            self.unreachable[host] = str(error)
            raise


def _mark(entry: dict[str, Any]) -> Mark:
    return Mark(str(entry.get("etag", "")), str(entry.get("last_modified", "")))


def _age(stamp: str) -> tuple[int, ...]:
    """Orders stamps by time: MMDDYYYY, or a version such as 29_3."""
    if re.fullmatch(r"[0-9]{8}", stamp):
        return int(stamp[4:]), int(stamp[:2]), int(stamp[2:4])
    return tuple(int(part) for part in stamp.split("_"))
