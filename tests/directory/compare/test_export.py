"""The comparison as a file: every fact with its paperwork, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from directory.curation.overrides import correct
from tests.directory.catalogue import by_slug

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

ADDRESS = "/compare/comparison.csv?program=maple-hit-associate&program=birch-hit-associate"


def table(client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:])))


def test_each_record_has_its_value_and_the_paperwork_in_columns_of_their_own(client):
    header, addresses, *rows = table(client, ADDRESS)
    assert header[:3] == ["group", "fact", "says"]
    assert header[3] == "Health Information/Medical Records Technology, Maple Fork College"
    assert addresses[3] == "http://testserver/programs/maple-hit-associate/"
    price = next(row for row in rows if row[1] == "Price of the whole program")
    assert price[2:8] == [
        "Differs", "$8,000", "US dollars", "the whole school", "2023-24", "IPEDS tuition and fees, custom table",
    ]  # fmt: skip
    assert price[8].startswith("Estimated price. Estimate: the school’s in-state tuition")
    assert {len(row) for row in rows} == {len(header)}


def test_what_nobody_knows_has_its_reason(client):
    rows = table(client, ADDRESS)
    starts = next(row for row in rows if row[1] == "Start dates")
    assert starts[2:4] == ["Not known for either", "Not checked yet"]


def test_only_the_differing_rows_when_asked_so(client):
    rows = table(client, f"{ADDRESS}&show=differences")[2:]
    assert {row[2] for row in rows} == {"Differs"}


def test_a_title_that_a_spreadsheet_would_run_is_text(client):
    correct(target=by_slug("maple-hit-associate"), column="title", value="=1+1", reason="A trial.", by=None)
    header = table(client, ADDRESS)[0]
    assert header[3].startswith("'=1+1")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("&program=no-such-thing", "We know no program"),
        ("&where=99999", "where: We know no ZIP code"),
        ("&sort=price", "has no filter"),
        ("&school=maple-fork-college", "do not fit into one table"),
        ("&program=maple-coding-short&program=birch-coding-year&program=elm-hit-associate", "At most 4 fit"),
    ],
)
def test_an_address_that_cannot_be_read_in_full_gives_no_file(client, more, said):
    response = client.get(f"{ADDRESS}{more}")
    assert response.status_code == 400
    assert said in response.content.decode()


@pytest.mark.parametrize("address", ["/compare/comparison.csv", "/compare/comparison.csv?program=maple-hit-associate"])
def test_fewer_than_two_give_no_file(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "2 to 4 programs" in response.content.decode()


def test_a_duplicate_is_no_reason_to_refuse(client):
    assert len(table(client, f"{ADDRESS}&program=maple-hit-associate")[0]) == 3 + 2 * 6
