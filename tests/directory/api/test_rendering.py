"""JSON says what REST framework would say."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from rest_framework.renderers import JSONRenderer

from directory.api.rendering import QuickJSONRenderer
from directory.vocab import Standing

VALUES = {
    "text": "Maple “HIT” – 100% \u2028 </script> é",
    "safe": mark_safe("<b>"),
    "lazy": lazystr("later"),
    "choice": Standing.STATED,
    "numbers": [0, -1, 12.5, 1e-7, 268_671, Decimal("9.80")],
    "day": dt.date(2024, 5, 9),
    "moment": dt.datetime(2024, 5, 9, 12, 30, 15, 123456, tzinfo=dt.UTC),
    "years": {2024: "a number as a key"},
    "nothing": None,
    "flags": (True, False),
    "nested": {"facets": {"level": [{"value": "certificate", "count": 3}]}},
}


def test_every_value_is_read_back_as_rest_framework_s_own():
    assert json.loads(QuickJSONRenderer().render(VALUES)) == json.loads(JSONRenderer().render(VALUES))


@pytest.mark.parametrize("body", [{"a": [1, 2.5, "é"], "at": dt.datetime(2024, 5, 9, tzinfo=dt.UTC)}, [], "x", 0, None])
def test_the_bytes_are_the_same(body):
    assert QuickJSONRenderer().render(body) == JSONRenderer().render(body)


def test_who_asks_for_indentation_gets_it():
    asked = "application/json; indent=2"
    assert QuickJSONRenderer().render({"a": 1}, asked, {}) == JSONRenderer().render({"a": 1}, asked, {})
