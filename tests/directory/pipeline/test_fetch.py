"""Fetching official files from a publisher on this machine: whole, resumed, unchanged, refused."""

from __future__ import annotations

import io
import json
import re
import socket
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.importers.publishers import PUBLISHED, Published
from directory.importers.reading import Table
from directory.importers.registry import importer_for, importers
from directory.pipeline import asking, transfer
from directory.pipeline.asking import FetchError, check
from directory.pipeline.fetch import Result, fetch_releases
from directory.vocab import Source
from tests.directory.importers.files import archive
from tests.directory.pipeline.publisher import Publisher, Served, publishing

HD = archive({"hd2024.csv": "UNITID,INSTNM\n" + "100101,Maple Fork College\n" * 200})
NEWER = archive({"hd2025.csv": "UNITID,INSTNM\n" + "100202,Brook\n" * 200})
HALF = len(HD) // 2
HTML = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as publisher:
        yield publisher


@pytest.fixture
def hd(publisher: Publisher) -> Published:
    """The directory, as IPEDS offers it: by year, in one of two places."""
    places = tuple(f"{publisher.address}/{place}/HD{{year}}.zip" for place in ("new", "old"))
    return Published(Source.IPEDS_HD, "HD{year}.zip", places, "https://nces.example/page")


def fetch(to: Path, *published: Published, year: int = 2025, **options) -> list[Result]:
    return list(fetch_releases(to, year=year, month=11, published=published, **options))


def states(results: list[Result]) -> list[tuple[str, str]]:
    return [(result.state, result.path.name if result.path else result.message) for result in results]


def manifest(to: Path) -> dict:
    return json.loads((to / "manifest.json").read_text())


# --- Finding the newest -----------------------------------------------------------------------------
def test_the_newest_year_is_found_by_walking_back(tmp_path, publisher, hd):
    publisher.files |= {"/old/HD2024.zip": Served(HD), "/new/HD2023.zip": Served(NEWER)}
    assert states(fetch(tmp_path, hd)) == [("new", "HD2024.zip")]
    assert publisher.paths() == [f"/{place}/HD{year}.zip" for year in (2026, 2025, 2024) for place in ("new", "old")]
    assert (tmp_path / "HD2024.zip").read_bytes() == HD


def test_a_web_page_where_a_year_should_be_is_taken_for_a_year_that_is_not_there(tmp_path, publisher, hd):
    publisher.files["/new/HD2025.zip"] = Served(HTML, content_type="text/html")
    publisher.files["/new/HD2024.zip"] = Served(HD)
    assert states(fetch(tmp_path, hd)) == [("new", "HD2024.zip")]


def test_several_years_can_be_asked_for(tmp_path, publisher, hd):
    publisher.files |= {f"/new/HD{year}.zip": Served(HD) for year in (2021, 2022, 2024)}
    assert [name for _, name in states(fetch(tmp_path, hd, years=3))] == ["HD2024.zip", "HD2022.zip", "HD2021.zip"]


def test_a_file_that_no_year_has_says_so(tmp_path, hd):
    assert states(fetch(tmp_path, hd)) == [("failed", "127.0.0.1 has no such file (404).")]
    assert list(tmp_path.iterdir()) == []


def test_the_stamp_is_read_from_the_page_and_both_tables_must_bear_it(tmp_path, publisher):
    page = f"{publisher.address}/data/"
    publisher.files["/data/"] = Served(
        b"<a href='x/Inst_04172025.zip'> <a href='x/Field_04172025.zip'> <a href='Inst_01162025.zip'> "
        b"<a href='Field_01162025.zip'> <a href='Inst_06102026.zip'>",
        content_type="text/html",
    )
    publisher.files["/Inst_04172025.zip"] = Served(HD)
    stamps = (r"Inst_(\d{8})\.zip", r"Field_(\d{8})\.zip")
    wanted = Published(
        Source.SCORECARD_INSTITUTION, "Inst_{stamp}.zip", (f"{publisher.address}/Inst_{{stamp}}.zip",), page, stamps
    )
    assert states(fetch(tmp_path, wanted)) == [("new", "Inst_04172025.zip")]


def test_versions_are_ordered_as_numbers(tmp_path, publisher):
    publisher.files["/page"] = Served(b"db_9_1_excel db_29_3_excel db_30_0_excel", content_type="text/html")
    publisher.files["/30_0.xlsx"] = Served(HD)
    wanted = Published(
        Source.ONET_TASKS, "tasks {stamp}.xlsx", (f"{publisher.address}/{{stamp}}.xlsx",), f"{publisher.address}/page",
        (r"db_(\d+_\d+)_excel",),
    )  # fmt: skip
    assert states(fetch(tmp_path, wanted)) == [("new", "tasks 30_0.xlsx")]


def test_a_page_that_names_no_file_any_more_says_so(tmp_path, publisher):
    publisher.files["/page"] = Served(b"We have moved.", content_type="text/html")
    wanted = Published(Source.ONET_TASKS, "{stamp}.xlsx", ("x",), f"{publisher.address}/page", (r"db_(\d+_\d+)_excel",))
    ((state, message),) = states(fetch(tmp_path, wanted))
    assert (state, "no longer names" in message) == ("failed", True)


def test_a_publisher_who_hands_out_files_on_request_is_asked_with_its_words(tmp_path, publisher):
    publisher.files["/api"] = Served(HD)
    wanted = Published(Source.DAPIP, "dapip_{date}.zip", (f"{publisher.address}/api",), "", body='{"CSVChecked":true}')
    assert states(fetch(tmp_path, wanted)) == [("new", "dapip_2025-11.zip")]
    assert (publisher.asked[0][0], publisher.last()["content-type"]) == ("POST", "application/json")
    assert states(fetch(tmp_path, wanted)) == [("unchanged", "dapip_2025-11.zip")]


def test_only_the_sources_asked_for_are_fetched(tmp_path, publisher, hd):
    publisher.files["/cip.zip"] = Served(NEWER)
    cip = Published(Source.CIP, "cip.zip", (f"{publisher.address}/cip.zip",), "")
    assert states(fetch(tmp_path, hd, cip, sources=["cip"])) == [("new", "cip.zip")]


# --- Coming and staying whole -----------------------------------------------------------------------
def test_the_manifest_says_where_a_file_came_from_and_what_it_is(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"', last_modified="Tue, 01 Jul 2025 10:00:00 GMT")
    fetch(tmp_path, hd)
    entry = manifest(tmp_path)["HD2024.zip"]
    assert entry.pop("fetched_at")
    assert entry == {
        "url": f"{publisher.address}/new/HD2024.zip",
        "size": len(HD),
        "sha256": sha256(HD).hexdigest(),
        "etag": '"one"',
        "last_modified": "Tue, 01 Jul 2025 10:00:00 GMT",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["HD2024.zip", "manifest.json"]


def test_requests_say_who_asks_and_want_plain_bytes(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD)
    fetch(tmp_path, hd)
    assert publisher.last()["user-agent"].startswith("HealthRecordsFieldGuide/")
    assert publisher.last()["accept-encoding"] == "identity"
    assert "cookie" not in publisher.last()


def test_an_unchanged_file_is_not_sent_again(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"')
    fetch(tmp_path, hd)
    before = manifest(tmp_path)
    assert states(fetch(tmp_path, hd)) == [("unchanged", "HD2024.zip")]
    assert publisher.last()["if-none-match"] == '"one"'
    assert manifest(tmp_path) == before


def test_a_changed_file_replaces_the_old_one(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"')
    fetch(tmp_path, hd)
    publisher.files["/new/HD2024.zip"] = Served(NEWER, etag='"two"')
    assert states(fetch(tmp_path, hd)) == [("changed", "HD2024.zip")]
    assert (tmp_path / "HD2024.zip").read_bytes() == NEWER


def test_the_same_bytes_under_a_new_mark_are_no_change(tmp_path, publisher, hd):
    for etag in ('"one"', '"two"'):
        publisher.files["/new/HD2024.zip"] = Served(HD, etag=etag)
        results = fetch(tmp_path, hd)
    assert states(results) == [("unchanged", "HD2024.zip")]


@pytest.mark.parametrize("damage", [HD[:-1], HD[:-1] + b"x", None], ids=["shorter", "other bytes", "gone"])
def test_a_copy_that_was_damaged_or_lost_is_fetched_again(tmp_path, publisher, hd, damage):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"')
    fetch(tmp_path, hd)
    path = tmp_path / "HD2024.zip"
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    fetch(tmp_path, hd)
    assert path.read_bytes() == HD
    assert "if-none-match" not in publisher.last()


def test_other_bytes_under_the_old_mark_are_refused(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"')
    fetch(tmp_path, hd)
    (tmp_path / "HD2024.zip").unlink()
    publisher.files["/new/HD2024.zip"] = Served(HD[:-1] + b"x", etag='"one"')
    ((state, message),) = states(fetch(tmp_path, hd))
    assert (state, "SHA-256" in message) == ("failed", True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json"]


# --- Breaking off and going on ----------------------------------------------------------------------
def test_a_cut_connection_is_taken_up_where_it_broke(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"', cuts=[HALF])
    assert states(fetch(tmp_path, hd)) == [("new", "HD2024.zip")]
    assert (publisher.last()["range"], publisher.last()["if-range"]) == (f"bytes={HALF}-", '"one"')
    assert (tmp_path / "HD2024.zip").read_bytes() == HD


def test_what_came_before_everything_broke_is_kept_for_the_next_run(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"', cuts=[100, 10, 10])
    ((state, message),) = states(fetch(tmp_path, hd))
    assert (state, f"broke off after 120 of {len(HD):,} bytes" in message) == ("failed", True)
    assert not (tmp_path / "HD2024.zip").exists()
    assert (tmp_path / "HD2024.zip.part").stat().st_size == 120

    publisher.asked.clear()
    assert states(fetch(tmp_path, hd)) == [("new", "HD2024.zip")]
    assert publisher.last()["range"] == "bytes=120-"
    assert (tmp_path / "HD2024.zip").read_bytes() == HD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["HD2024.zip", "manifest.json"]
    assert list(manifest(tmp_path)) == ["HD2024.zip"]


def test_a_file_that_changed_in_between_is_fetched_from_the_start(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"', cuts=[100, 10, 10])
    fetch(tmp_path, hd)
    publisher.files["/new/HD2024.zip"] = Served(NEWER, etag='"two"')
    fetch(tmp_path, hd)
    assert (tmp_path / "HD2024.zip").read_bytes() == NEWER


@pytest.mark.parametrize("served", [Served(HD, etag='"one"', ranges=False), Served(HD)], ids=["no ranges", "no marks"])
def test_a_publisher_who_knows_no_ranges_sends_it_all_again(tmp_path, publisher, hd, served):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag=served.etag, cuts=[100, 10, 10])
    fetch(tmp_path, hd)
    publisher.files["/new/HD2024.zip"] = served
    assert states(fetch(tmp_path, hd)) == [("new", "HD2024.zip")]
    assert (tmp_path / "HD2024.zip").read_bytes() == HD


def test_a_weak_mark_stands_for_no_exact_bytes(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='W/"one"', cuts=[100])
    assert fetch(tmp_path, hd)[0].state == "failed"
    fetch(tmp_path, hd)
    assert "range" not in publisher.last()
    assert (tmp_path / "HD2024.zip").read_bytes() == HD


def test_a_stream_without_a_size_that_breaks_off_is_not_taken_for_whole(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, chunked=True, cuts=[HALF])
    assert fetch(tmp_path, hd)[0].state == "failed"
    assert not (tmp_path / "HD2024.zip").exists()
    publisher.files["/new/HD2024.zip"] = Served(HD, chunked=True)
    assert fetch(tmp_path, hd)[0].state == "new"


def test_the_copy_that_lies_there_stays_while_the_new_one_breaks_off(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(HD, etag='"one"')
    fetch(tmp_path, hd)
    publisher.files["/new/HD2024.zip"] = Served(NEWER, etag='"two"', cuts=[100, 10, 10])
    assert fetch(tmp_path, hd)[0].state == "failed"
    assert (tmp_path / "HD2024.zip").read_bytes() == HD


# --- What is not taken --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("served", "message"),
    [
        (Served(HTML, content_type="text/html"), "a web page"),
        (Served(HTML), "a web page"),
        (Served(b"\r\n  <?xml version='1.0'?><Error/>"), "a web page"),
        (Served(b"UNITID,INSTNM\n1,2\n"), "no whole zip file"),
        (Served(b""), "an empty file"),
        (Served(HD, announced=len(HD) + 50), "broke off"),
        (Served(HD, announced=len(HD) - 50), "no whole zip file"),
        (Served(HD, announced=transfer.LARGEST + 1), "more than any official file"),
        (Served(b"x", status=503), "answered 503"),
        (Served(b"x", status=403), r"refuses automated requests \(403\)"),
    ],
    ids=lambda value: None if isinstance(value, Served) else value,
)
def test_what_is_not_the_file_is_not_kept_under_its_name(tmp_path, publisher, served, message):
    publisher.files["/f.zip"] = served
    wanted = Published(Source.IPEDS_HD, "f.zip", (f"{publisher.address}/f.zip",), "")
    (result,) = fetch(tmp_path, wanted)
    assert result.state == "failed"
    assert re.search(message, result.message)
    assert not (tmp_path / "f.zip").exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://nces.ed.gov/HD2024.zip",
        "ftp://nces.ed.gov/HD2024.zip",
        "file:///etc/passwd",
        "data:text/plain,x",
        "http://127.0.0.1.example/HD2024.zip",
        "http://10.0.0.1/x.zip",
        "https:///x.zip",
        "//nces.ed.gov/x",
        "",
    ],
)
def test_only_https_is_asked_but_on_this_machine(url):
    with pytest.raises(FetchError, match="not an https address"):
        check(url)


@pytest.mark.parametrize(
    "url", ["https://nces.ed.gov/x", "http://127.0.0.1:8/x", "http://[::1]/x", "http://localhost/x"]
)
def test_https_and_this_machine_may_be_asked(url):
    check(url)


@pytest.mark.parametrize("target", ["http://nces.ed.gov/HD2024.zip", "ftp://127.0.0.1/x", "file:///etc/passwd"])
def test_a_redirect_leads_nowhere_that_could_not_be_asked(tmp_path, publisher, hd, target):
    publisher.files["/new/HD2024.zip"] = Served(b"", redirect=target)
    publisher.files["/new/HD2023.zip"] = Served(HD)
    ((state, message),) = states(fetch(tmp_path, hd))
    assert state == "failed"
    assert "https" in message or "redirect" in message.lower() or "302" in message
    assert not (tmp_path / "HD2024.zip").exists()


def test_a_redirect_on_the_same_footing_is_followed(tmp_path, publisher, hd):
    publisher.files["/new/HD2024.zip"] = Served(b"", redirect=f"{publisher.address}/elsewhere.zip")
    publisher.files["/elsewhere.zip"] = Served(HD)
    assert states(fetch(tmp_path, hd)) == [("new", "HD2024.zip")]


# --- No network -----------------------------------------------------------------------------------------
def nobody() -> str:
    """An address of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def test_a_host_that_does_not_answer_is_named_and_asked_once(tmp_path, monkeypatch):
    address = nobody()
    tried: list[str] = []
    original = asking._opener.open

    def counted(request, **named):
        tried.append(request.full_url)
        return original(request, **named)

    monkeypatch.setattr(asking._opener, "open", counted)
    wanted = [Published(Source.CIP, f"{name}.zip", (f"{address}/{name}.zip",), "") for name in "ab"]
    results = fetch(tmp_path, *wanted)
    assert [result.message for result in results] == ["could not reach 127.0.0.1: Connection refused"] * 2
    assert len(tried) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_nobody_knows_is_named(tmp_path, monkeypatch):
    def unknown(*_args: object, **_named: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    wanted = Published(Source.CIP, "a.zip", ("https://nces.ed.gov/a.zip",), "")
    assert fetch(tmp_path, wanted)[0].message == "could not reach nces.ed.gov: Name or service not known"


# --- The command and its table ----------------------------------------------------------------------------
def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("fetch_releases", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def offered(monkeypatch, publisher, hd):
    """The command's table holds nothing but our publisher."""
    monkeypatch.setattr("directory.management.commands.fetch_releases.PUBLISHED", (hd,))
    return publisher


@pytest.mark.parametrize("arguments", [("{}",), ("--to", "{}")])
def test_the_command_fetches_into_the_folder(tmp_path, offered, time_machine_at, arguments):
    offered.files["/new/HD2024.zip"] = Served(HD)
    text = command(*(each.format(tmp_path / "official") for each in arguments))
    assert text == f"new        HD2024.zip ({len(HD):,} bytes)\n"
    assert (tmp_path / "official" / "HD2024.zip").is_file()


def test_the_command_fails_with_the_reason_and_the_page(tmp_path, monkeypatch):
    wanted = Published(Source.CIP, "a.zip", (f"{nobody()}/a.zip",), "https://nces.example/page")
    monkeypatch.setattr("directory.management.commands.fetch_releases.PUBLISHED", (wanted,))
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"by hand.*\n  https://nces\.example/page") as error:
        call_command("fetch_releases", str(tmp_path), stdout=out, stderr=io.StringIO())
    assert error.value.returncode == 1
    assert "could not reach 127.0.0.1: Connection refused" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say where the files go"),
        (("x", "--source", "ipeds-directory"), "ipeds-hd"),
        (("x", "--years", "0"), "1 or more"),
    ],
)
def test_the_command_says_what_it_needs(arguments, message):
    with pytest.raises(CommandError, match=message):
        command(*arguments)


@pytest.fixture
def time_machine_at(time_machine):
    time_machine.move_to("2025-11-22")


def test_the_table_has_https_addresses_and_a_page_for_each_file():
    for each in PUBLISHED:
        for url in (*each.addresses, each.page):
            assert url.startswith("https://")
            check(url.format(year=2024, yy="24", stamp="04172025"))
        assert each.addresses


def test_every_file_of_the_table_is_one_that_can_be_imported():
    assert {each.source for each in PUBLISHED} <= {importer.source for importer in importers()}


@pytest.mark.parametrize("each", PUBLISHED, ids=lambda each: each.name)
def test_the_names_we_give_tell_importers_the_vintage_where_they_read_it_from_names(each):
    stamp = "29_3" if "onet" in each.name else "04172025"
    name = each.name.format(year=2024, yy="24", stamp=stamp, date="2025-11")
    table = Table(Path(name), name, [], iter(()), lambda: 1.0)
    told_inside = {Source.PROJECTIONS, Source.ATTAINMENT, Source.CIP_SOC, Source.OEWS}  # by header or member
    if each.source not in told_inside:
        assert importer_for(each.source).vintage(table) is not None
