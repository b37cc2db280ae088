"""Fetching one file over the network: whole and as its publisher sent it, or not at all."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest, sha256
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from urllib.request import Request
from zipfile import is_zipfile

from directory.pipeline.asking import NOT_MODIFIED, USER_AGENT, FetchError, NotThere, Restart, asked, host_of

CHUNK = 1 << 18
ATTEMPTS = 3  # a connection that is cut is taken up again where it broke off
LARGEST = 4 * 1024**3
PARTIAL = 206
ARCHIVES = (".zip", ".xlsx")

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a publisher recognises one state of a file; both may be empty."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: HTTPMessage) -> Mark:
        return cls(headers.get("ETag", ""), headers.get("Last-Modified", ""))

    @property
    def strong(self) -> str:
        """What If-Range may hold; empty when the publisher gives nothing that stands for exact bytes."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: nothing new, or a whole file at `path` with its size and checksum."""

    changed: bool
    size: int = 0
    sha256: str = ""
    mark: Mark = Mark()


def fetch(
    url: str, to: Path, *, known: Mark | None = None, begun: Mark | None = None, body: str = "",
    expected: Callable[[Mark], str] = lambda mark: "", on_begin: Callable[[Mark], None] = lambda mark: None,
    progress: Progress = lambda done, total: None,
) -> Fetched:  # fmt: skip
    """Bring the file at `url` to `to`, by way of `to`.part.

    `known` is the mark of the copy that lies at `to`: the publisher may then answer that nothing has changed. `begun`
    is the mark of what lies in `to`.part from an earlier run: only the rest is asked for, and only if the file is
    still the same. `on_begin` gets the mark of what is about to come, `expected` answers with the checksum that it must
    have, if one is known. Raises FetchError; what has come by then stays in `to`.part for the next run.
    """
    part = to.with_name(f"{to.name}.part")
    for attempt in range(1, ATTEMPTS + 1):
        held = part.stat().st_size if part.exists() and begun and begun.strong else 0
        try:
            with asked(_request(url, body, held, begun, None if held else known)) as answer:
                if answer.status == NOT_MODIFIED:
                    return Fetched(changed=False)
                mark, total, held = _begin(answer, held)
                on_begin(mark)
                size, whole = _receive(answer, part, held, total, progress)
        except Restart:
            part.unlink()
            continue
        if whole:
            return _finish(part, to, url, mark, expected(mark))
        begun = mark
        if attempt == ATTEMPTS or not mark.strong:
            of = f" of {total:,}" if total else ""
            raise FetchError(f"{host_of(url)} broke off after {size:,}{of} bytes; run the command again to go on.")
    raise FetchError(f"{host_of(url)} sends no whole file.")


def _request(url: str, body: str, held: int, begun: Mark | None, known: Mark | None) -> Request:
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Accept": "*/*"}
    if held and begun:
        headers |= {"Range": f"bytes={held}-", "If-Range": begun.strong}
    if known and known.etag:
        headers["If-None-Match"] = known.etag
    if known and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    if body:
        headers["Content-Type"] = "application/json"
    return Request(url, data=body.encode() or None, headers=headers)  # noqa: S310 - checked by asked


def _begin(answer: HTTPResponse, held: int) -> tuple[Mark, int | None, int]:
    """The mark, the whole size if it was announced, and how many bytes of it are here already."""
    host = host_of(answer.url)
    if answer.headers.get_content_type() in ("text/html", "application/xhtml+xml"):
        raise NotThere(f"{host} answered with a web page instead of a file.")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchError(f"{host} sends the file packed in a way that was not asked for.")
    mark = Mark.of(answer.headers)
    length = answer.headers.get("Content-Length", "")
    announced = int(length) if length.isdecimal() else None
    if answer.status == PARTIAL:
        start, _, rest = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")
        whole = rest.partition("/")[2]
        if not start.isdecimal() or int(start) != held:
            raise Restart
        return mark, int(whole) if whole.isdecimal() else None, held
    if announced is not None and announced > LARGEST:
        raise FetchError(f"{host} announces {announced:,} bytes, more than any official file has.")
    return mark, announced, 0


def _receive(answer: HTTPResponse, part: Path, held: int, total: int | None, progress: Progress) -> tuple[int, bool]:
    """Write what comes behind what is there; returns the size, and whether that is all of it."""
    size, broken = held, False
    with part.open("ab" if held else "wb") as file:
        while not broken:
            progress(size, total)
            try:
                chunk = answer.read(CHUNK)
            except (TimeoutError, ConnectionError, ssl.SSLError, HTTPException) as error:
                chunk, broken = getattr(error, "partial", b""), True
            if not chunk:
                break
            file.write(chunk)
            size += len(chunk)
            broken = broken or size > LARGEST
    progress(size, total)
    return size, not broken and (total is None or size == total)


def _finish(part: Path, to: Path, url: str, mark: Mark, expected: str) -> Fetched:
    """Look at what came, then put it in place in one step."""
    with part.open("rb") as file:
        start = file.read(512)
        file.seek(0)
        checksum = file_digest(file, sha256).hexdigest()
    problem = ""
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        problem = "answered with a web page instead of a file"
    elif not start:
        problem = "sent an empty file"
    elif to.suffix.lower() in ARCHIVES and not is_zipfile(part):
        problem = f"sent something that is no whole {to.suffix[1:]} file"
    if problem:
        part.unlink()
        raise NotThere(f"{host_of(url)} {problem}.")
    if expected and checksum != expected:
        part.unlink()
        raise FetchError(f"{host_of(url)} sent other bytes than before under the same mark (SHA-256 {checksum}).")
    size = part.stat().st_size
    part.replace(to)
    return Fetched(changed=True, size=size, sha256=checksum, mark=mark)
