"""Who runs a school, as people say it."""

from __future__ import annotations

from typing import Final

from directory.search.recognizers.base import Filter

PUBLIC: Final = Filter("control", ("public",), "Public")
COMMUNITY: Final = Filter(
    "control",
    ("public",),
    "Public (community colleges are)",
    "Community colleges are public schools; no official list tells them from the others,"
    " so all public schools are here.",
)
NONPROFIT: Final = Filter("control", ("nonprofit",), "Private nonprofit")
FOR_PROFIT: Final = Filter("control", ("for-profit",), "Private for-profit")
PRIVATE: Final = Filter("control", ("nonprofit", "for-profit"), "Private")
NOT_FOR_PROFIT: Final = Filter("control", ("public", "nonprofit"), "Not for-profit")

_SAID: Final[tuple[tuple[Filter, str], ...]] = (
    (PUBLIC, ("public, public school, public schools, public college, public colleges, public university,"
     " public universities, public institution, public institutions, state school, state schools, state college,"
     " state colleges, state university, state universities, state funded, government school, state run")),
    (COMMUNITY, ("community college, community colleges, county college, county colleges, junior college,"
     " junior colleges, juco, city college, city colleges, local community college, community school")),
    (NONPROFIT, ("non profit, not for profit, private non profit, non profit school, non profit schools,"
     " non profit college, non profit colleges")),
    (FOR_PROFIT, ("for profit, private for profit, proprietary, for profit school, for profit schools,"
     " for profit college, for profit colleges, profit")),
    (PRIVATE, ("private, private school, private schools, private college, private colleges, private university,"
     " private universities")),
    (NOT_FOR_PROFIT, "no for profit, not for profit only, no for profits, not proprietary"),
)  # fmt: skip
PHRASES: Final[dict[str, Filter]] = {
    phrase: filter_ for filter_, said in _SAID for phrase in map(str.strip, said.split(","))
}
