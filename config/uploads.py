"""Files that a browser sends: bounded while they come, and taken from staff alone, by the pages that ask for one."""

from __future__ import annotations

from typing import IO, Any, Final

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from directory.staff.session import Standing, standing

#: Pages of the desk whose forms have a field for a file.
UPLOAD_PAGES: Final = frozenset(
    {
        "directory_releaseproposal_add",
        "directory_accreditorlist_add",
        "directory_school_upload",
        "directory_program_upload",
    }
)
#: What surrounds a file in the body of a form.
SLACK: Final = 1 << 20
#: Of a body so many times too large the rest is not waited for: the sender sees a broken connection, and no page.
HOPELESS: Final = 8


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes a file to the temporary folder until it is larger than RELEASES_MAX_UPLOAD_MB.

    The rest is read and dropped then, so that the sender gets a page and not a broken connection. The view finds the
    reason in `request.upload_refused`; the fields of the form before the file are there.

    Of anybody who is not in, and on any other page, nothing of a file touches the disk: its name is kept in
    `request.files_not_taken`, and all other fields are there.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: Any = None,
    ) -> None:
        self.coming = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.coming > self._most + SLACK:
            self._refuse()
        if not _is_taken_from(self.request):
            self._skip(str(args[1]))
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > self._most:
            self.file.close()
            self._refuse()
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self.file.close()
            self._refuse("This server has no room for the file. Tell who runs it.")

    @property
    def _most(self) -> int:
        return int(settings.RELEASES_MAX_UPLOAD_MB) * 1024**2

    def _skip(self, name: str) -> None:
        if self.request is not None:
            self.request.files_not_taken = [*getattr(self.request, "files_not_taken", ()), name]  # type: ignore[attr-defined]
        raise SkipFile

    def _refuse(self, words: str = "") -> None:
        if self.request is not None:
            most = settings.RELEASES_MAX_UPLOAD_MB
            self.request.upload_refused = words or f"The file is larger than {most:,} MB, the most that is taken here."  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=self.coming > HOPELESS * (self._most + SLACK))


def _is_taken_from(request: HttpRequest | None) -> bool:
    """Whether this browser is in at the desk, second factor and all, and the page asks for a file."""
    if request is None or not hasattr(request, "user"):  # read before anybody asked who it is
        return False
    try:
        page = resolve(request.path_info)
    except Resolver404:
        return False
    return page.namespace == "admin" and page.url_name in UPLOAD_PAGES and standing(request) is Standing.IN
