"""Files that a browser sends: bounded while they come, and taken at the staff desk only."""

from __future__ import annotations

from typing import IO, Any, Final

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.urls import reverse

#: What surrounds a file in the body of a form.
SLACK: Final = 1 << 20
#: Of a body so many times too large the rest is not waited for: the sender sees a broken connection, and no page.
HOPELESS: Final = 8


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes a file to the temporary folder until it is larger than RELEASES_MAX_UPLOAD_MB.

    The rest is read and dropped then, so that the sender gets a page and not a broken connection. The view finds the
    reason in `request.upload_refused`; the fields of the form before the file are there.
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
        if not self._at_the_desk() or self.coming > self._most + SLACK:
            self._refuse()
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

    def _at_the_desk(self) -> bool:
        return self.request is not None and self.request.path.startswith(reverse("admin:index"))

    def _refuse(self, words: str = "") -> None:
        if self.request is not None:
            most = settings.RELEASES_MAX_UPLOAD_MB
            self.request.upload_refused = words or f"The file is larger than {most:,} MB, the most that is taken here."  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=self.coming > HOPELESS * (self._most + SLACK))
