"""Orders that people ask for."""

from __future__ import annotations

from typing import Final

from directory.search.recognizers.base import Filter

PRICE: Final = Filter("sort", ("price",), "Lowest price first")
DISTANCE: Final = Filter("sort", ("distance",), "Nearest first")
EARNINGS: Final = Filter("sort", ("earnings",), "Highest earnings first")
COMPLETIONS: Final = Filter("sort", ("completions",), "Most graduates first")

_SAID: Final[tuple[tuple[Filter, str], ...]] = (
    (PRICE, ("cheap, cheaper, cheapest, affordable, most affordable, inexpensive, least expensive, low cost,"
     " lowest cost, low price, lowest price, lowest priced, low tuition, lowest tuition, budget, economical,"
     " low priced, not expensive, cost effective, by price, sort by price, cheap tuition, not too expensive,"
     " cheap price, cheapest price, lowest fees, low fees, best price, best value, budget friendly, costs the least,"
     " costs least, lowest costs, low budget, cheapest tuition, cheapest way, not cost much")),
    (DISTANCE, "nearest, closest, by distance from me, sort by distance"),
    (EARNINGS, ("highest paying, highest paid, best paying, best paid, high paying, top paying, high salary,"
     " highest salary, best salary, most money, high income, good paying, well paid, high paid,"
     " highest earnings, highest earning, good pay, good salary, best pay, better pay, highest pay, high pay,"
     " top pay, most pay, top paid, pays best, pays the best, pays most, pays the most, pays well, pays good,"
     " pay the most, pay best, pay well, pays more, make the most money, makes the most money, makes the most,"
     " earn the most, earns the most, earn most, good money, best money, big money, high earning, top earning,"
     " top earnings, sort by pay, by salary, by pay, by earnings, sort by salary, sort by earnings, lucrative,"
     " high wage, high wages, top salary, good wages, best wages, best earnings, top salaries, high salaries,"
     " highest salaries")),
    (COMPLETIONS, ("most graduates, largest program, largest programs, biggest program, biggest programs,"
     " most popular, popular")),
)  # fmt: skip
PHRASES: Final[dict[str, Filter]] = {
    phrase: filter_ for filter_, said in _SAID for phrase in map(str.strip, said.split(","))
}
PHRASES["nearest to"] = PHRASES["closest to"] = DISTANCE
