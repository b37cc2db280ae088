"""The plan taken along: a calendar that others can read, a table, copies under a signed address."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from careers.models import SharedPlan
from careers.plan.sharing import MOST
from directory.models import Listing, School
from tests.careers.plan.asking import CHOSEN, SLUG, begin, press, text, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
LINE = re.compile(r"(?P<name>[A-Z-]+)(?:;(?P<parameters>[^:]*))?:(?P<value>.*)", re.DOTALL)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def read_calendar(body: bytes) -> list[dict[str, str]]:
    """The entries, by a reader of our own that takes nothing but what RFC 5545 says."""
    assert body.endswith(b"\r\n")
    physical = body.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in physical)
    logical: list[bytes] = []
    for line in physical:
        if line.startswith((b" ", b"\t")):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    entries: list[dict[str, str]] = []
    inside: list[str] = []
    for raw in logical:
        match = LINE.fullmatch(raw.decode())  # each line by itself is UTF-8 once unfolded
        assert match, raw
        name, value = match["name"], match["value"]
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                entries.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            assert name not in entries[-1], "once in an entry"
            entries[-1][name] = value
            entries[-1][f"{name} parameters"] = match["parameters"] or ""
    assert not inside
    assert logical[0] == b"BEGIN:VCALENDAR"
    assert {b"VERSION:2.0", b"METHOD:PUBLISH"} <= set(logical)
    assert any(line.startswith(b"PRODID:") for line in logical)
    return entries


def plain(value: str) -> str:
    """A text value without its escapes; a bare comma or semicolon would be an error."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def entries(client: Client) -> list[dict[str, str]]:
    response = client.get("/plan/my-plan.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="my-plan.ics"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    return read_calendar(response.content)


class TestTheCalendar:
    def test_every_dated_step_is_a_whole_day_that_blocks_no_time(self, client):
        begin(client)
        found = entries(client)
        assert "Finish the program" in [plain(each["SUMMARY"]) for each in found]
        for each in found:
            assert each["DTSTART parameters"] == each["DTEND parameters"] == "VALUE=DATE"
            begins, ends = (dt.datetime.strptime(each[name], "%Y%m%d") for name in ("DTSTART", "DTEND"))  # noqa: DTZ007
            assert ends - begins == dt.timedelta(days=1)
            assert each["DTSTAMP"] == "20261122T120000Z"
            assert each["TRANSP"] == "TRANSPARENT"
            assert plain(each["DESCRIPTION"]).endswith((".", "https://body.example/rhit"))

    def test_a_step_keeps_its_name_when_its_day_moves(self, client):
        begin(client)
        before = {each["UID"]: each for each in entries(client)}
        press(client, "/plan/steps/", **{**CHOSEN, "hours": "45"})
        after = {each["UID"]: each for each in entries(client)}
        moved = next(uid for uid in before if uid.startswith("finish."))
        assert before[moved]["DTSTART"] != after[moved]["DTSTART"]
        assert int(after[moved]["SEQUENCE"]) > int(before[moved]["SEQUENCE"])
        assert len(after) == len({*after})

    def test_a_day_that_a_fact_moves_is_newer_than_the_file_before(self, client):
        begin(client)
        before = {each["UID"].split(".")[0]: each for each in entries(client)}
        School.objects.filter(programs__slug=SLUG).update(calendar=2)
        with time_machine.travel(TODAY + dt.timedelta(minutes=1), tick=False):
            after = {each["UID"].split(".")[0]: each for each in entries(client)}
        assert before["placement"]["DTSTART"] != after["placement"]["DTSTART"]
        assert int(after["placement"]["SEQUENCE"]) > int(before["placement"]["SEQUENCE"])
        assert after["placement"]["DTSTAMP"] == "20261122T120100Z"

    def test_a_step_that_is_dropped_is_cancelled_also_after_that_was_agreed_to(self, client):
        begin(client)
        assert not [each for each in entries(client) if "STATUS" in each]
        press(client, "/plan/steps/", **{**CHOSEN, "goal": "lamp-keeper"})
        for _ in range(2):
            gone = {each["UID"].split(".")[0]: plain(each["SUMMARY"]) for each in entries(client) if "STATUS" in each}
            assert gone["exam"] == "Not planned any more: Take the RHIT exam"
            press(client, "/plan/agree/")
        press(client, "/plan/steps/", **CHOSEN)
        assert [each["UID"].split(".")[0] for each in entries(client)].count("exam") == 1

    def test_the_steps_that_cost_money_for_the_exam_say_whether_it_can_be_sat(self, client):
        begin(client)
        told = [
            each["UID"].split(".")[0]
            for each in entries(client)
            if "We cannot tell whether this program lets you sit the RHIT." in plain(each["DESCRIPTION"])
        ]
        assert told == ["apply", "exam-apply", "exam"]

    def test_two_plans_have_no_name_in_common(self, client):
        other = Client()
        begin(client)
        begin(other)
        assert not {each["UID"] for each in entries(client)} & {each["UID"] for each in entries(other)}

    def test_long_words_in_any_script_are_folded_and_come_back(self, client):
        Listing.objects.filter(program__slug=SLUG).update(price_caveat="Ж; a, \\ b \n" * 8)
        begin(client)
        found = next(each for each in entries(client) if each["UID"].startswith("term-1."))
        assert ("Ж; a, \\ b \n" * 8).rstrip() in plain(found["DESCRIPTION"])

    def test_without_a_plan_it_leads_to_the_page(self, client):
        assert client.get("/plan/my-plan.ics")["Location"] == "/plan/?done=nothing"
        assert client.get("/plan/my-plan.csv")["Location"] == "/plan/?done=nothing"


class TestTheTable:
    def test_it_has_a_row_for_each_cost_and_each_step_without_one(self, client):
        begin(client)
        body = client.get("/plan/my-plan.csv").content.decode()
        assert body.startswith("\ufeff")
        rows = list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))
        assert rows[0]["step"] == "We cannot tell whether this program lets you sit the RHIT"
        assert rows[0]["how_the_date_came_about"].endswith("Ask IHB: https://body.example/rhit")
        assert rows[1]["step"] == "Apply to the school"
        assert rows[1]["date"] == "2026-10-13"
        assert any(row["cost_of"] == "Tuition and fees, whole program" and row["cost_usd"] for row in rows)

    def test_no_cell_is_a_formula(self, client):
        Listing.objects.filter(program__slug=SLUG).update(price_caveat='=HYPERLINK("https://elsewhere.example")')
        begin(client)
        assert "'=HYPERLINK" in client.get("/plan/my-plan.csv").content.decode()


def shared(client: Client, **form: str) -> str:
    """The address of a copy that was just made."""
    assert press(client, "/plan/share/", **form).status_code == 303
    found = re.search(r'value="http://testserver(/plan/[^"]+/)"', client.get("/plan/").content.decode())
    assert found
    return found[1]


class TestSharing:
    def test_a_copy_can_be_read_by_anybody_and_changed_by_nobody(self, client):
        begin(client)
        address = shared(client)
        response = Client().get(address)
        page = response.content.decode()
        assert "Steps to RHIT" in text(response)
        assert "Copy of Sunday, 22 November 2026" in text(response)
        main = page[page.index("<main") : page.index("</main>")]
        assert "<form" not in main
        assert "<button" not in main
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies

    def test_a_copy_carries_what_the_rules_say_of_the_program(self, client):
        begin(client)
        said = words(Client(), shared(client))
        assert "We cannot tell whether this program lets you sit the RHIT. " in said
        assert "Ask IHB" in said

    def test_a_copy_of_before_can_still_be_read(self, client):
        begin(client)
        address = shared(client)
        copy = SharedPlan.objects.get()
        del copy.document["verdict"]
        copy.save()
        assert "Steps to RHIT" in words(Client(), address)

    def test_notes_and_place_stay_at_home_unless_the_owner_sends_the_notes(self, client):
        begin(client)
        press(client, "/plan/note/", program=SLUG, note="My aunt works there")
        assert "My aunt" not in words(Client(), shared(client))
        with_notes = words(Client(), shared(client, notes="1"))
        assert "My aunt works there" in with_notes
        assert "43901" not in str(list(SharedPlan.objects.values_list("document", flat=True)))

    def test_a_copy_stays_as_it_was(self, client):
        begin(client)
        address = shared(client)
        press(client, "/plan/steps/", **{**CHOSEN, "hours": "45"})
        assert "234 weeks at 20 hours a week" in words(Client(), address)

    def test_a_copy_that_was_taken_back_is_gone(self, client):
        begin(client)
        address = shared(client)
        press(client, "/plan/take-back/", key=SharedPlan.objects.get().key)
        response = Client().get(address)
        assert response.status_code == 410
        assert "This plan is not shown any more" in text(response)
        assert not SharedPlan.objects.exists()

    def test_nobody_takes_back_the_copy_of_another(self, client):
        begin(client)
        address = shared(client)
        other = Client()
        begin(other)
        press(other, "/plan/take-back/", key=SharedPlan.objects.get().key)
        assert Client().get(address).status_code == 200

    @pytest.mark.parametrize(
        "change", [lambda token: token[:-1], lambda token: token.replace(".", "x"), lambda _: "a.b"]
    )
    def test_a_forged_address_is_none_of_ours(self, client, change):
        begin(client)
        token = shared(client).split("/")[2]
        response = Client().get(f"/plan/{change(token)}/")
        assert response.status_code == 404
        assert "No plan under this address" in text(response)

    @pytest.mark.parametrize("token", ["%00", "..", "é.é", "x" * 3_000, "a.b.c", "."])
    def test_anything_else_there_is_answered_too(self, token):
        assert Client().get(f"/plan/{token}/").status_code == 404

    def test_it_ends_when_plans_end(self, client):
        begin(client)
        address = shared(client)
        with time_machine.travel(TODAY + dt.timedelta(days=181), tick=False):
            assert Client().get(address).status_code == 410
            call_command("forget", stdout=io.StringIO())
        assert not SharedPlan.objects.exists()

    def test_a_copy_from_before_plans_knew_its_day_can_still_be_taken_back(self, client):
        begin(client)
        address = shared(client)
        session = client.session
        del session["plan"]["made"]
        session.modified = True
        session.save()
        assert address in client.get("/plan/").content.decode()

    def test_the_eleventh_copy_replaces_the_first(self, client):
        begin(client)
        for _ in range(MOST + 1):
            press(client, "/plan/share/")
        assert SharedPlan.objects.count() == MOST
