"""The pathway map and its small nets: who opens what, counted from what is loaded."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.template import TemplateSyntaxError
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from careers.models import Occupation
from careers.pathways.reading import around_certification, around_occupation, around_program, taught_fields, whole_map
from directory.models import Certification, Opening, Program
from directory.pipeline.refresh import refresh
from tests.careers.decision.conftest import with_work
from tests.directory import catalogue as small
from tests.directory.invented import field_of_study, program, school
from tests.templates.drawing import assert_balanced, draw, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        small.build()
        with_work()
        yield
        transaction.set_rollback(True)


def stops(net: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Key -> stop, of all three lists."""
    programs = [stop for group in net["programs"] for stop in group["stops"]]
    return {stop["key"]: stop for stop in (*programs, *net["exams"], *net["work"])}


def test_the_map_has_a_stop_for_each_award_in_each_taught_field():
    net = whole_map(taught_fields())
    assert [group["heading"] for group in net["programs"]] == [
        "Health Information Administration",
        "Health Information/Medical Records Technology",
        "Medical Insurance Coding Specialist",
        "Medical Informatics",
    ]
    found = stops(net)
    assert found["stop-510707-associate"]["text"] == "4 programs at 4 schools"
    assert "stop-510707-certificate" not in found


def test_a_program_leads_to_the_exams_that_it_opens_and_to_the_work_of_its_field():
    associate = stops(whole_map(taught_fields()))["stop-510707-associate"]
    assert set(associate["to"].split()) == {"stop-rhit", "stop-cca", "stop-29-2072", "stop-29-9021"}
    opens = {exam["label"]: exam["some"] for exam in associate["exams"]}
    assert opens == {"RHIT": True, "CCA": False}  # only some of these programs are accredited


def test_an_exam_says_after_how_many_programs_it_opens_and_how_well_that_is_known():
    found = stops(whole_map(taught_fields()))
    (line,) = found["stop-rhit"]["after"]
    confirmed = Opening.objects.filter(certification__slug="rhit", basis="confirmed").count()
    count = Opening.objects.filter(certification__slug="rhit").count()
    assert line["words"] == f"{count} of 4 associate programs"
    assert line["basis"] == f"conditions met by {confirmed}"
    (every,) = found["stop-cca"]["after"]
    assert re.fullmatch(r"any of the \d+ programs in its fields", every["words"])
    assert every["basis"] == "conditions met"


def test_an_exam_leads_to_the_work_after_the_fields_that_it_is_meant_for():
    found = stops(whole_map(taught_fields()))
    assert set(found["stop-rhit"]["to"].split()) == {"stop-29-2072", "stop-29-9021"}
    coding = stops(whole_map([field_of_study("51.0713")]))
    assert set(coding["stop-cca"]["to"].split()) == {"stop-29-2072"}


def test_work_carries_the_middle_half_of_its_pay_and_its_usual_way_in():
    work = stops(whole_map(taught_fields()))["stop-29-9021"]
    assert (work["low"].value, work["high"].value) == (46_000, 70_000)
    assert work["asks"].value == "Associate's degree"


def test_an_exam_that_no_program_opens_is_named_apart():
    Opening.objects.filter(certification__slug="rhit").delete()
    net = whole_map(taught_fields())
    assert "RHIT" in [exam["label"] for exam in net["closed"]]
    assert "stop-rhit" not in stops(net)


def test_every_way_leads_to_a_stop_that_is_there():
    for net in (
        whole_map(taught_fields()),
        around_certification(Certification.objects.get(slug="rhit")),
        around_program(Program.objects.get(slug="maple-hit-associate")),
        around_occupation(Occupation.objects.get(soc="29-2072")),
    ):
        found = stops(net)
        for stop in found.values():
            assert set(stop.get("to", "").split()) <= found.keys()


def test_around_an_exam_stand_the_awards_that_open_it():
    net = around_certification(Certification.objects.get(slug="rhit"))
    assert set(stops(net)) == {"stop-associate", "stop-rhit", "stop-29-2072", "stop-29-9021"}
    assert "leads_to=rhit" in stops(net)["stop-associate"]["url"]


def test_around_a_program_stand_its_own_exams_and_the_work_of_its_field():
    confirmed = around_program(Program.objects.get(slug="maple-hit-associate"))
    assert stops(confirmed)["stop-rhit"]["after"] == [
        {"css": "lv-assoc", "words": "this program", "basis": "conditions met"}
    ]
    stated = around_program(Program.objects.get(slug="birch-hit-associate"))
    assert stops(stated)["stop-rhit"]["after"][0]["basis"] == "stated"
    not_open = around_program(Program.objects.get(slug="dunmore-hit-associate"))
    assert "stop-rhit" not in stops(not_open)


def test_around_an_occupation_stands_that_work_alone():
    net = around_occupation(Occupation.objects.get(soc="29-2072"))
    assert [stop["key"] for stop in net["work"]] == ["stop-29-2072"]
    assert {"stop-certificate", "stop-associate", "stop-rhit"} <= stops(net).keys()
    for stop in stops(net).values():
        stop_to = set(stop.get("to", "").split())
        assert "stop-29-9021" not in stop_to


class TestPage:
    def test_the_page_reads_as_three_ordered_lists_without_a_script(self, client):
        text = client.get("/pathways/").content.decode()
        assert_balanced(text.partition("<body>")[2].partition("</body>")[0])
        said = html.unescape(text_of(text))
        assert "Program" in said
        assert "4 programs at 4 schools Opens RHIT some CCA" in said
        assert "Medical Informatics No exam opens after it, as far as we know" in said
        assert "Lamp Keepers $36,000 to $50,000 a year Usual way in: Postsecondary nondegree award" in said
        assert "Pay: BLS OEWS , May 2025 Usual way in: BLS Employment Projections , 2024-34" in said
        assert text.count("<ol") >= 3

    def test_it_can_be_narrowed_to_a_field(self, client):
        text = client.get("/pathways/?cip=51.0713").content.decode()
        assert 'id="stop-510713-certificate"' in text
        assert "stop-510707" not in text
        assert '<link rel="canonical" href="http://testserver/pathways/?cip=51.0713">' in text

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("cip=51.9999", "No listed program is in a field “51.9999”."),
            ("cip=%00", "No listed program is in a field"),
            ("cip=" + "5" * 5_000, "No listed program is in a field “" + "5" * 40 + "…”"),
            ("cip=51.0713&cip=51.0707", "Give one field, not 2: “51.0713”, “51.0707”."),
            ("colour=red", "This page has no filter “colour”."),
        ],
    )
    def test_a_bad_value_is_said_and_the_whole_map_stays(self, client, question, said):
        response = client.get(f"/pathways/?{question}")
        assert response.status_code == 200
        text = html.unescape(response.content.decode())
        assert said in text
        assert 'id="stop-510707-associate"' in text

    def test_more_programs_cost_no_further_query(self, client):
        few = self.queries(client)
        for number in range(20):
            at = school(400_000 + number, slug=f"many-{number}")
            program(at, slug=f"many-{number}", field=field_of_study("51.0707"))
        refresh()
        assert self.queries(client) == few

    def queries(self, client: Any) -> int:
        client.get("/pathways/")  # reads the search table into memory
        with CaptureQueriesContext(connection) as seen:
            client.get("/pathways/")
        return len(seen)


class TestTag:
    def test_it_draws_the_net_around_what_is_named(self):
        exam = Certification.objects.get(slug="rhit")
        text = text_of(draw("{% load pathways %}{% pathway certification=exam heading='h4' %}", exam=exam))
        assert "Associate degree" in text
        assert "Fog Callers" in text
        assert "Certificate or associate degree for the RHIT?" in text

    def test_a_program_can_be_one_line_of_three_stops(self):
        drawn = draw(
            "{% load pathways %}{% pathway program=program line=True %}",
            program=Program.objects.get(slug="birch-hit-associate"),
        )
        assert drawn.count('<li class="stop">') == 3
        text = text_of(drawn)
        assert "Program Health Information/Medical Records Technology Associate degree Exam RHIT stated CCA" in text
        assert "Work Lamp Keepers $36,000 to $50,000 a year" in text
        assert "<script" not in drawn

    def test_it_names_what_it_needs(self):
        with pytest.raises(TemplateSyntaxError, match="needs a certification, a program or an occupation"):
            draw("{% load pathways %}{% pathway %}")

    def test_nothing_is_drawn_where_nothing_is_taught(self):
        Certification.objects.filter(slug="rhit").update(related_cips=["99.9999"])
        exam = Certification.objects.get(slug="rhit")
        assert text_of(draw("{% load pathways %}{% pathway certification=exam %}", exam=exam)) == ""
