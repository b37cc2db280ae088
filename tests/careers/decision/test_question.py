"""The question in the address: what is read, what is a mistake, and what the page makes of it."""

from __future__ import annotations

import html

import pytest

from tests.careers import world
from tests.careers.decision.test_page import ADDRESS, messages, page, rows
from tests.templates.drawing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


class TestQuestion:
    @pytest.mark.parametrize(
        ("question", "name", "said"),
        [
            ({"goal": "xyz"}, "goal", "We know no exam or career “xyz”. Choose one of the list."),
            (
                {"goal": "rhitt"},
                "goal",
                "We know no exam or career “rhitt”. Did you mean “rhit”? Choose one of the list.",
            ),
            ({"where": "99999"}, "where", "We know no ZIP code 99999. Check the digits, or type a city."),
            ({"where": "Atlantis"}, "where", "We know no city “Atlantis”. Check the spelling, or type a ZIP code."),
            ({"where": "x" * 5_000}, "where", "That is too long for a place."),
            ({"goal": "x" * 5_000}, "goal", f"We know no exam or career “{'x' * 40}…”."),
            ({"goal": ["rhit", "cca"]}, "goal", "Give one value, not 2: “rhit”, “cca”."),
            ({"where": ["43901", "KY"]}, "where", "Give one value, not 2: “43901”, “KY”."),
            ({"goal": "rh\x00it"}, "goal", "We know no exam or career"),
            ({"where": "a\x00b"}, "where", "We know no city “a b”."),
            ({"goal": "<script>"}, "goal", "We know no exam or career “<script>”."),
        ],
    )
    def test_what_cannot_be_read_is_said_beside_its_field_and_the_rest_works(self, client, question, name, said):
        other = {"goal": {"where": "43901"}, "where": {"goal": "rhit"}}[name]
        response = page(client, **{**other, **question})
        assert said in messages(response, name)
        assert rows(response)["Nearest programs" if name == "goal" else "For the RHIT"]
        assert len(response.content) < 60_000

    @pytest.mark.parametrize("question", [{"goal": "\x00"}, {"where": "\x00"}, {"goal": " ", "where": ""}])
    def test_nothing_written_is_no_question(self, client, question):
        response = page(client, **question)
        assert not messages(response, "goal")
        assert not messages(response, "where")

    @pytest.mark.parametrize("written", ["RHIT", "rhit", " Rhit "])
    def test_an_exam_is_known_by_its_letters_too(self, client, written):
        assert "For the RHIT" in rows(page(client, goal=written))

    def test_an_official_occupation_is_a_goal_like_a_career(self, client):
        response = page(client, goal=world.occupation("29-9021").slug)
        assert "Certificate or associate degree: Fog Callers" in text_of(response.content.decode())

    def test_a_parameter_that_the_page_does_not_know_is_named(self, client):
        assert "This page has no filter “colour”." in html.unescape(
            text_of(page(client, colour="red").content.decode())
        )

    def test_the_form_shows_the_question_again(self, client):
        text = page(client, goal="rhit", where="43901").content.decode()
        assert '<option value="rhit" selected>' in text
        assert 'type="text" autocomplete="off" placeholder="State, city or ZIP" value="43901"' in text

    def test_one_canonical_address_for_each_goal(self, client):
        for question, canonical in (
            ({"goal": "RHIT", "where": "43901"}, "http://testserver/certificate-or-associate/?goal=rhit"),
            ({"goal": "xyz"}, "http://testserver/certificate-or-associate/"),
            ({"where": "OH"}, "http://testserver/certificate-or-associate/"),
        ):
            assert f'<link rel="canonical" href="{canonical}">' in page(client, **question).content.decode()

    def test_writing_is_refused(self, client):
        assert client.post(ADDRESS).status_code == 405

    def test_the_sitemap_names_the_page_for_each_goal(self, client):
        text = client.get("/sitemap-ways.xml").content.decode()
        for path in ("/pathways/", ADDRESS, f"{ADDRESS}?goal=rhit", f"{ADDRESS}?goal=lamp-keeper"):
            assert f"<loc>http://testserver{path}</loc>" in text
            assert client.get(path).status_code == 200
