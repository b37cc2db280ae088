"""Any result as a file: the same programs in the same order as the list, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection

from directory.curation.overrides import correct
from directory.models import Override, Program
from directory.pipeline.refresh import refresh
from directory.profiles.export import COLUMNS, harmless
from directory.views import export
from tests.directory.catalogue import LISTED, by_slug
from tests.directory.filters.asking import slugs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADDRESS = "/programs/results.csv"


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """Closing an answer ends its request, and with it Django would close the connection that the test stands on."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


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
    # Without the attribute "download": it would hide from the reader why there is no file.
    assert '<a href="/programs/results.csv?q=coding">' in page


# --- long files ------------------------------------------------------------------------------------


@pytest.fixture
def _all_are_long(monkeypatch):
    monkeypatch.setattr(export, "SMALL", 0)


@pytest.mark.usefixtures("_all_are_long")
def test_long_files_are_written_one_after_the_other_and_who_waits_is_told(client):
    first = client.get(ADDRESS)
    lines = iter(first.streaming_content)
    next(lines)
    second = client.get(f"{ADDRESS}?level=associate")
    assert (second.status_code, second["Retry-After"], second["Cache-Control"]) == (503, "30", "no-store")
    assert second["Content-Type"].startswith("text/html")
    assert "Content-Disposition" not in second
    assert f'href="{ADDRESS}?level=associate"' in second.content.decode()
    assert len(b"".join(lines).splitlines()) >= len(LISTED)
    assert table(client.get(f"{ADDRESS}?level=associate"))


@pytest.mark.usefixtures("_all_are_long")
def test_a_reader_who_goes_away_leaves_the_place_to_the_next(client):
    left = client.get(ADDRESS)
    next(iter(left.streaming_content))
    left.close()
    left.close()
    unread = client.get(ADDRESS)
    unread.close()
    assert table(client.get(ADDRESS))


@pytest.mark.usefixtures("_all_are_long")
def test_a_file_that_breaks_leaves_the_place_to_the_next(client, monkeypatch):
    def broken(*_):
        yield ["program"]
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(export, "rows", broken)
        response = client.get(ADDRESS)
        with pytest.raises(RuntimeError, match="disk"):
            b"".join(response.streaming_content)
        response.close()
    assert table(client.get(ADDRESS))


@pytest.mark.usefixtures("_all_are_long")
def test_asking_for_the_headers_takes_no_place(client):
    first = client.get(ADDRESS)
    assert client.head(ADDRESS).status_code == 200
    first.close()
    client.head(ADDRESS)
    assert table(client.get(ADDRESS))


def test_a_short_file_waits_for_nobody(client, monkeypatch):
    monkeypatch.setattr(export, "SMALL", 0)
    first = client.get(ADDRESS)
    monkeypatch.setattr(export, "SMALL", len(LISTED))
    assert table(client.get(ADDRESS))
    first.close()


def test_what_staff_corrected_says_so_beside_what_the_official_file_says(client):
    course = by_slug("maple-hit-associate")
    correct(target=course, column="title", value="Coding", reason="Its catalog.", by=None)
    correct(target=course.school, column="city", value="Maple Forks", reason="Its letterhead.", by=None)
    Override.objects.update(made_at=dt.datetime(2025, 9, 3, tzinfo=dt.UTC))
    refresh([course.school_id])
    rows = {row["url"].rstrip("/").rpartition("/")[2]: row for row in table(client.get(ADDRESS))}
    assert rows[course.slug]["corrected_by_us"] == (
        "school, city: the official file says Maple Fork (corrected by us on 2025-09-03); "
        "title: the official file says nothing (corrected by us on 2025-09-03)"
    )
    others = {row["corrected_by_us"] for row in rows.values() if row["school"] != course.school.name}
    assert others == {""}
