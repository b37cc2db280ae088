"""How answers become JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

#: What JSON has no word for, such as moments and lazy texts, is written as REST framework writes it.
_otherwise: Final = JSONEncoder().default
OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


class QuickJSONRenderer(JSONRenderer):
    """The same values as REST framework's JSON in a tenth of the time: a page of results has a thousand values.

    Two things are written otherwise and read the same: tiny numbers (1e-7 for 1e-07) and U+2028, which stands as it
    is. A number that is none (NaN) becomes null; REST framework refuses it.
    """

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        if data is None or self.get_indent(accepted_media_type or "", renderer_context or {}):
            return super().render(data, accepted_media_type, renderer_context)
        return orjson.dumps(data, default=_otherwise, option=OPTIONS)
