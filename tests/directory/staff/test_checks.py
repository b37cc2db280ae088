"""Whoever puts the site on a public server is told that secrets of second factors would lie open."""

from __future__ import annotations

import pytest
from django.core.checks import registry

from directory.staff.checks import factor_keys

GOOD = "x" * 32


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([], "STAFF_FACTOR_KEYS is not set"),
        (["short-key"], "fewer than 32 characters"),
        ([GOOD, "short-key"], "(no. 2)"),
        ([GOOD], ""),
        ([GOOD, GOOD], ""),
    ],
)
def test_a_missing_or_short_key_is_a_warning_that_shows_nothing_of_a_key(settings, keys, said):
    settings.STAFF_FACTOR_KEYS = keys
    words = " ".join(f"{each.msg} {each.hint}" for each in factor_keys())
    assert said in words
    assert bool(words) is bool(said)
    assert "short-key" not in words


def test_it_is_asked_on_deployment_only():
    assert factor_keys in registry.registry.get_checks(include_deployment_checks=True)
    assert factor_keys not in registry.registry.get_checks()
