"""What is applied stands above the list; each chip takes away itself and nothing else."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from directory.filters.applied import chips
from directory.filters.query_string import address
from directory.filters.ways_on import ways_on
from directory.models import Listing, MissedSearch
from directory.search.freshness import touch
from tests.directory.catalogue import LISTED
from tests.directory.filters.asking import ask, count_on, found, on_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MUCH = (
    "q=coding&where=43901&within=100&level=certificate&level=associate&length=1-2-years&accreditation=not-confirmed"
    "&leads_to=cca&leads_to=ccs-p&confirmed=1&delivery=unknown&online_too=1&control=public&state=oh&cip=51.07"
    "&max_price=9000&min_price=100&sort=price&per_page=5&page=1"
)
#: What the text or the place was understood as -> the parameter that asked for it.
PARAMETER = {"place": "where", "field": "q", "career": "q", "school": "q"}
#: Not shown as chips: they narrow nothing.
SILENT = ("within", "sort", "per_page", "page")


def pairs(query: str) -> list[tuple[str, str]]:
    return sorted((name, value) for name, values in QueryDict(query).lists() for value in values)


def test_every_choice_in_force_has_a_chip_and_nothing_else_has():
    names = [PARAMETER.get(chip.kind, chip.kind) for chip in chips(ask(MUCH))]
    assert sorted(names) == sorted(name for name, _ in pairs(MUCH) if name not in SILENT)
    assert chips(ask("sort=price&page=1&within=10")) == []
    assert chips(ask("level=phd&within=7&where=Nowhere&colour=red")) == []


def test_a_chip_takes_away_itself_and_nothing_else():
    kept = [pair for pair in pairs(MUCH.replace("state=oh", "state=OH")) if pair[0] != "page"]
    for chip in chips(ask(MUCH)):
        name = PARAMETER.get(chip.kind, chip.kind)
        gone = {(name, chip.value)} if name not in ("where", "q") else {(name, chip.origin)}
        if name == "where":
            gone |= {("within", "100"), ("online_too", "1")}  # they count from the place
        assert pairs(chip.remove_url[1:]) == [pair for pair in kept if pair not in gone], chip.label


@pytest.mark.parametrize(
    ("query", "kind"),
    [("max_price=9000.0", "max_price"), ("max_price=%209000", "max_price"), ("where=%20Ohio%20", "state"),
     ("q=%20coding", "q"), ("state=oh", "state"), ("cip=51.07&cip=51.07", "cip"),
     ("level=masters&level=masters", "level")],
)  # fmt: skip
def test_a_chip_is_gone_once_followed_however_the_value_was_written(client, query, kind):
    (chip,) = chips(ask(query))
    assert PARAMETER.get(chip.kind, chip.kind) == kind
    assert chips(ask(chip.remove_url[1:])) == []
    assert len(on_page(client.get(f"/programs/{chip.remove_url}"))) == len(LISTED)


def test_leaving_the_place_leaves_the_order_that_counts_from_it():
    url = address(QueryDict("where=43901&sort=distance"), drop=("where", "43901"))
    assert url == "?"
    kept = address(QueryDict("where=43901&sort=price"), drop=("where", "43901"))
    assert kept == "?sort=price"


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("q=medical coder", "“medical coder”: Medical Insurance Coding Specialist"),
        ("where=43901", "Within 50 miles of 43901 (Maple Fork, OH)"),
        ("where=43901&within=10", "Within 10 miles of 43901 (Maple Fork, OH)"),
        ("where=ohio", "Ohio"),
        ("level=bachelors", "Bachelor’s"),
        ("length=under-12-weeks", "Under 12 weeks"),
        ("accreditation=stated", "Stated, not confirmed"),
        ("leads_to=ccs-p", "Opens the CCS-P"),
        ("delivery=unknown", "Delivery not known"),
        ("control=for-profit", "Private for-profit"),
        ("state=pr", "Puerto Rico"),
        ("cip=51.0707", "CIP 51.0707"),
        ("max_price=12000", "Up to $12,000"),
        ("min_price=0", "From $0"),
    ],
)
def test_a_chip_says_the_choice_in_words(query, label):
    assert [chip.label for chip in chips(ask(query))] == [label]


def test_the_page_shows_the_chips_with_a_link_that_clears_all(client):
    page = client.get(f"/programs/?{MUCH}").content.decode()
    assert page.count('<span class="vh">remove filter</span>') == len(chips(ask(MUCH)))
    assert '<a class="chip clear" href="/programs/">Clear all</a>' in page
    assert "Clear all" not in client.get("/programs/").content.decode()


class TestNothingFound:
    @pytest.mark.parametrize(
        ("query", "label"),
        [
            ("q=plumbing&level=associate", "Without “plumbing”"),
            ("level=masters&state=OH", "Without “Ohio”"),
            ("where=Kentucky&level=associate", "Without “Kentucky”"),
            ("where=43901&within=10&control=for-profit", "Within 100 miles"),
            ("leads_to=rhit&confirmed=1&state=TX", "Without “Meets every condition of the exam”"),
            ("max_price=100&q=coding", "Without “Up to $100”"),
            ("q=plumbing&state=AK", "All programs, without any filter"),
        ],
    )
    def test_the_ways_on_tell_the_truth(self, client, query, label):
        assert found(query) == set()
        ways = ways_on(ask(query))
        assert label in [way.label for way in ways]
        page = client.get(f"/programs/?{query}").content.decode()
        for way in ways:
            assert way.count > 0
            followed = client.get(f"/programs/{way.url}")
            assert count_on(followed) == way.count, way.label
            assert way.label in page

    def test_a_filter_whose_removal_finds_nothing_is_not_offered(self):
        assert [way.label for way in ways_on(ask("q=plumbing&level=associate&state=OH"))] == ["Without “plumbing”"]

    def test_the_most_helpful_way_comes_first_and_wider_circles_before(self):
        ways = ways_on(ask("where=43901&within=10&control=for-profit"))
        assert [way.label for way in ways][:1] == ["Within 100 miles"]
        lifted = [way.count for way in ways if way.label.startswith("Without")]
        assert lifted == sorted(lifted, reverse=True)

    def test_an_empty_directory_offers_nothing_to_press(self, client):
        Listing.objects.update(listed=False)
        touch()
        page = client.get("/programs/?q=coding")
        assert page.status_code == 200
        assert "No program is on file yet" in page.content.decode()

    def test_staff_hear_of_a_search_that_found_nothing_and_of_no_other(self, client):
        asked = (
            "q=coding",
            "level=masters&state=OH",
            "q=" + "x" * 300,
            "q=coding&max_price=1&state=AK",
            "q=coding quillfeather",
        )
        for query in asked:
            client.get(f"/programs/?{query}", headers={"user-agent": "Mozilla/5.0"})
        assert not MissedSearch.objects.exists()
        for query in ("q=plumbing", "q=plumbing", "q=zzqqx"):
            client.get(f"/programs/?{query}", headers={"user-agent": "Mozilla/5.0"})
        assert sorted(MissedSearch.objects.values_list("count", flat=True)) == [1, 2]

    def test_where_no_single_removal_helps_two_are_taken_away(self, client):
        query = "level=masters&state=OH&control=for-profit"
        ways = {way.label: way for way in ways_on(ask(query))}
        assert set(ways) == {
            "Without “Master’s” and “Private for-profit”",
            "Without “Master’s” and “Ohio”",
            "Without “Private for-profit” and “Ohio”",
        }
        for way in ways.values():
            assert way.count == ask(way.url[1:]).count > 0
        for at, kind in (("/programs/", "program"), ("/schools/", "school")):
            assert (
                f'“Private for-profit” and “Ohio”</a> <span class="muted num">1 {kind}'
                in client.get(f"{at}?{query}").content.decode()
            )

    def test_many_values_of_one_parameter_are_lifted_together(self):
        states = "&".join(f"state={usps}" for usps in ("AK", "HI", "ME", "VT", "WY"))
        ways = ways_on(ask(f"q=coding&level=certificate&{states}"))
        assert [way.label for way in ways] == ["Without the 5 values of “state”"]
        assert ways[0].count == ask(ways[0].url[1:]).count > 0
