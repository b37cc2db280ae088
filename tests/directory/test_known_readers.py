"""A reader who is known costs no page its budget: every query counts, those of session, account and frame included."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.curation.public_addresses import rename
from directory.engagement.readers import BACKEND
from directory.models import School
from directory.search.freshness import current
from tests.directory.catalogue import LISTED, by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

COMPARE, PROGRAM = 12, 15
OURS = {"sec-fetch-site": "same-origin"}
FOUR = ("maple-hit-associate", "birch-hit-associate", "cedar-coding-certificate", "dunmore-him-bachelors")


def nobody() -> Client:
    return Client()


def with_a_shortlist() -> Client:
    client = Client()
    for slug in (FOUR[0], FOUR[2], FOUR[3]):
        client.post("/shortlist/", {"save": slug}, headers=OURS)
    client.post("/shortlist/", {"remove": FOUR[3]}, headers=OURS)
    return client


def signed_in() -> Client:
    client = with_a_shortlist()
    client.force_login(User.objects.create_user("reader"), BACKEND)
    for slug in (FOUR[0], FOUR[2], FOUR[3]):
        client.post("/shortlist/", {"save": slug}, headers=OURS)
    client.post("/shortlist/", {"remove": FOUR[3]}, headers=OURS)
    return client


@pytest.fixture(params=[nobody, with_a_shortlist, signed_in], ids=lambda who: who.__name__)
def reader(request) -> Client:
    who: Callable[[], Client] = request.param
    return who()


def cost(client: Client, address: str) -> int:
    current().columns  # noqa: B018 - what a worker holds in memory is read once, and not for a page
    current().vocabulary  # noqa: B018
    client.get(address)  # what is read once for all pages, and the notice of a change before
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def side_by_side(slugs, kind: str = "program", more: str = "") -> str:
    return "/compare/?" + "&".join(f"{kind}={slug}" for slug in slugs) + more


@pytest.mark.parametrize("more", ["", "&where=43901", "&where=43901&find=coding", "&show=differences&where=Ohio"])
@pytest.mark.parametrize("count", [2, 3, 4, 9])
def test_programs_side_by_side_cost_twelve_queries_at_most(reader, count, more):
    chosen = FOUR[:count] if count <= 4 else LISTED[:count]
    assert cost(reader, side_by_side(chosen, more=more)) <= COMPARE


@pytest.mark.parametrize("more", ["", "&where=43901&find=birch"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_schools_side_by_side_cost_twelve_queries_at_most(reader, count, more):
    chosen = School.objects.order_by("pk").values_list("slug", flat=True)[:count]
    assert cost(reader, side_by_side(chosen, "school", more)) <= COMPARE


def test_a_former_address_and_one_that_nobody_knows_stay_within_it(reader):
    rename(listing=by_slug(FOUR[0]), slug="maple-new", by=None)
    asked = side_by_side((*FOUR[:3], "nobody-knows-it"), more="&where=43901&find=coding")
    assert cost(reader, asked) <= COMPARE


@pytest.mark.parametrize("more", ["", "?where=43901&pb_hours=20&pb_pay=12"])
@pytest.mark.parametrize("slug", FOUR)
def test_a_program_costs_fifteen_queries_at_most(reader, slug, more):
    assert cost(reader, f"/programs/{slug}/{more}") <= PROGRAM
