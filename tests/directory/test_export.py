"""Any result as a file: the same programs in the same order as the list, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from directory.models import Program
from directory.pipeline.refresh import refresh
from directory.profiles.export import COLUMNS, harmless
from tests.directory.catalogue import LISTED, by_slug
from tests.directory.filters.asking import slugs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADDRESS = "/programs/results.csv"


def table(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("query", ["", "q=coding", "where=43901&within=250", "level=associate&sort=name", "page=1"])
def test_the_file_has_every_result_in_the_order_of_the_list(client, query):
    response = client.get(f"{ADDRESS}?{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = table(response)
    assert [row["url"].rstrip("/").rpartition("/")[2] for row in rows] == slugs(query)
    assert rows


def test_each_figure_keeps_its_paperwork_and_unknown_its_reason(client):
    rows = table(client.get(ADDRESS))
    assert set(rows[0]) == set(COLUMNS)
    assert len(rows) == len(LISTED)
    for row in rows:
        for name in ("price", "earnings", "completions"):
            assert bool(row[name]) != bool(row[f"{name}_missing"])
            assert row[f"{name}_unit"]
            assert not row[name] or (row[f"{name}_year"] and row[f"{name}_source"] and row[f"{name}_level"])
    assert any(row["price"] for row in rows)
    assert any(row["price_missing"] for row in rows)


def test_a_question_that_cannot_be_read_gives_no_file(client):
    response = client.get(f"{ADDRESS}?level=phd&colour=red")
    assert response.status_code == 400
    assert "phd" in response.content.decode()
    assert "colour" in response.content.decode()


def test_a_title_that_looks_like_a_formula_is_text(client):
    formula = '=HYPERLINK("https://evil.example","x")'
    Program.objects.filter(pk=by_slug("maple-coding-short").pk).update(title=formula)
    refresh()
    (row,) = [row for row in table(client.get(ADDRESS)) if row["url"].endswith("/maple-coding-short/")]
    assert row["program"] == f"'{formula}"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20SUM"],
)
def test_what_a_spreadsheet_would_run_is_marked(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "text"), [(None, ""), (0, "0"), ("a=b", "a=b"), ("", "")])
def test_other_cells_stay_as_they_are(cell, text):
    assert harmless(cell) == text


def test_the_list_leads_to_the_file(client):
    page = client.get("/programs/?q=coding&page=1&per_page=2").content.decode()
    assert '<a href="/programs/results.csv?q=coding" download>' in page
