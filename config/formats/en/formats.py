"""English: the day first named, hours of a whole day, and always the zone."""

from __future__ import annotations

from typing import Final

DATE_FORMAT: Final = "j M Y"
TIME_FORMAT: Final = "H:i T"
DATETIME_FORMAT: Final = "j M Y, H:i T"
SHORT_DATETIME_FORMAT: Final = "j M Y, H:i T"
