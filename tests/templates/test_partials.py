"""Each shared piece shows what it is given, says what is missing, and never breaks the page around it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.safestring import mark_safe

from tests.templates.drawing import assert_balanced, figure, partial, text_of, visit

pytestmark = pytest.mark.urls("tests.templates.urls")

CARD = {
    "title": "Medical Coding",
    "url": "/programs/maple-coding/",
    "level_label": "Certificate",
    "level_class": "lv-cert",
    "length_label": "12 weeks to 1 year",
    "school_name": "Maple Fork College",
    "school_url": "/schools/maple-fork/",
    "city": "Elm",
    "state": "OH",
    "accreditation": {"status": "not-confirmed"},
    "price": figure(4310),
    "earnings": figure(None, "usd-per-year", "field", missing="suppressed", source="College Scorecard"),
    "completions": figure(37, "awards", source="IPEDS Completions"),
    "delivery_label": "",
    "leads_to": [{"label": "CCA", "url": "/certifications/cca/", "basis": "stated"}],
}


def card(**changes: Any) -> str:
    html = partial("program_card", card={**CARD, **changes}, id="maple")
    assert_balanced(html)
    return html


def test_a_program_card_shows_every_figure_with_its_paperwork():
    text = text_of(card())
    assert "$4,310 IPEDS IC, 2023-24, this program" in text
    assert "37 awards IPEDS Completions, 2023-24" in text
    assert "Withheld to protect students’ privacy College Scorecard" in text


def test_a_program_card_says_place_distance_and_why():
    far = mark_safe(partial("card_distance", miles="12 miles"))  # noqa: S308 - our own template
    text = text_of(partial("program_card", card=CARD, id="maple", distance=far, why="nearest first"))
    assert "Maple Fork College , Elm, OH (12 miles away)" in text
    assert "Why it stands here: nearest first." in text
    assert "After it you may sit, if what a page states is true: CCA" in text


def test_a_program_card_outside_a_list_of_results_says_neither():
    assert "away)" not in card()
    assert "Why it stands here" not in card()


def test_unknown_delivery_is_said():
    assert "Classes Not known" in text_of(card())


def test_a_card_without_exams_and_reasons_has_no_foot():
    assert "card-foot" not in card(leads_to=[])


def test_a_card_is_named_by_its_heading():
    assert 'aria-labelledby="card-maple"' in card()
    assert '<h2 id="card-maple">' in card()
    assert '<h3 id="card-maple">' in partial("program_card", card=CARD, id="maple", heading="h3")


@pytest.mark.parametrize("field", ["title", "school_name", "city", "level_label", "length_label", "delivery_label"])
def test_a_card_escapes_what_it_shows(field):
    assert "<script>" not in card(**{field: "<script>"})


def test_a_record_card_shows_figures_facts_and_status():
    html = partial(
        "record_card",
        id="lake",
        card={
            "title": "Lake School",
            "url": "/schools/lake/",
            "where": "Public, Elm, OH",
            "distance_miles": 3,
            "status": "Closed in 2023",
            "figs": [
                {"label": "Tuition", "figure": figure(None, missing="not-reported")},
                {"label": "Programs", "value": "4", "source": "IPEDS Completions", "year": "2023-24"},
            ],
        },
    )
    assert_balanced(html)
    text = text_of(html)
    assert "Public, Elm, OH (3 miles away)" in text
    assert "Closed in 2023" in text
    assert "Tuition Not reported by the school" in text
    assert "Programs 4 IPEDS Completions" in text


def test_a_jacket_of_a_program_has_the_tab_of_its_level():
    html = partial(
        "jacket",
        title="Coding",
        level_label="Certificate",
        level_class="lv-cert",
        by_label="Maple",
        by_url="/s/",
        place="Elm, Ohio",
        accreditation={"status": "stated"},
        crumbs=[{"label": "Programs", "url": "/programs/"}],
        keyfigs=[{"label": "Price", "figure": figure(4310)}, {"label": "Length", "value": "9 months"}],
    )
    assert_balanced(html)
    assert 'class="jacket lv-cert"' in html
    assert "Award: Certificate" in text_of(html)
    assert "Length 9 months" in text_of(html)
    assert html.count("<h1>") == 1


def test_a_jacket_of_anything_else_has_the_folders_own_tab():
    html = partial("jacket", title="Maple Fork College", kind="School", place="Elm, Ohio")
    assert_balanced(html)
    assert 'class="jacket plain"' in html
    assert "Award:" not in html
    assert "crumbs" not in html
    assert 'class="badge' not in html


def test_a_fact_table_shows_figures_words_and_reasons():
    html = partial(
        "facts_table",
        caption="Costs",
        rows=[
            {"label": "Tuition", "figure": figure(8645, "usd", "institution", note="In state")},
            {"label": "Books", "figure": figure(None, missing="not-reported")},
            {
                "label": "Accreditor",
                "value": "CAHIIM",
                "source": "School page",
                "year": "2023-05",
                "source_url": "https://example.edu/hit",
                "note": "Not confirmed",
            },
            {"label": "Pass rate", "missing": "not-checked"},
        ],
    )
    assert_balanced(html)
    text = text_of(html)
    assert "Tuition $8,645 In state" in text
    assert "Books Not reported by the school" in text
    assert "Accreditor CAHIIM Not confirmed School page" in text
    assert "Pass rate Not checked yet" in text
    assert html.count('scope="row"') == 4


def search(**context: Any) -> str:
    html = partial("search_form", visit("/programs/"), **context)
    assert_balanced(html)
    return html


def test_the_search_keeps_what_the_reader_typed():
    html = search(q='coding "x"', where="Elm, OH", within="25")
    assert 'value="coding &quot;x&quot;"' in html
    assert 'value="Elm, OH"' in html
    assert '<option value="25" selected>' in html
    assert html.count(" selected") == 1


def test_an_empty_search_shows_no_none():
    assert "None" not in search(q=None, where=None, within=None)


def test_an_error_stands_beside_its_field_and_is_named_by_it():
    html = search(where="43299", errors={"where": ["No ZIP that we know."]})
    assert 'aria-invalid="true" aria-describedby="s-where-error"' in html
    assert '<p class="error" id="s-where-error">No ZIP that we know.</p>' in html
    assert html.count("aria-invalid") == 1


def test_the_distance_can_be_left_out():
    assert 'name="within"' not in search(hide_within=True)


def test_a_form_carries_the_other_parameters_along():
    html = search(hidden=[("level", "associate"), ("level", "certificate")])
    assert html.count('type="hidden" name="level"') == 2


def facet(**context: Any) -> str:
    html = partial(
        "facet_group",
        legend="Award",
        name="level",
        options=[
            {
                "value": "certificate",
                "label": "Certificate",
                "count": 2210,
                "selected": False,
                "css": "lv-cert",
            },
            {"value": "associate", "label": "Associate", "count": 0, "selected": True, "css": ""},
            {"value": "masters", "label": "Master’s", "count": 0, "selected": False, "css": ""},
        ],
        **context,
    )
    assert_balanced(html)
    return html


def test_a_filter_keeps_its_zero_counts_and_its_choice():
    html = facet()
    assert html.count('type="checkbox"') == 3
    assert html.count(" checked") == 1
    assert html.count('class="zero"') == 1
    assert "2,210 programs" in text_of(html)


def test_a_filter_shows_what_is_wrong_with_it():
    assert "No such level." in facet(errors=["No such level."])


def test_a_range_keeps_both_ends_and_shows_their_errors():
    html = partial(
        "facet_range",
        legend="Price",
        unit="dollars",
        prefix="$",
        min_name="min_price",
        min_value="abc",
        min_errors=["Whole dollars only."],
        max_name="max_price",
        max_value=None,
    )
    assert_balanced(html)
    assert 'value="abc" aria-invalid="true" aria-describedby="f-min_price-error"' in html
    assert 'id="f-min_price-error">Whole dollars only.' in html
    assert "None" not in html


def test_a_chip_takes_its_filter_away():
    html = partial("chips", chips=[{"label": "Ohio", "remove_url": "?q=coding"}], clear_url="/programs/")
    assert_balanced(html)
    assert 'href="?q=coding"' in html
    assert text_of(html) == "Ohio remove filter Clear all"
    assert partial("chips", chips=[], clear_url="/programs/").strip() == ""


def test_the_order_of_a_list_can_be_chosen_without_a_script():
    html = partial(
        "sort_form",
        options=[{"value": "price", "label": "Lowest price", "selected": True}],
        hidden=[("q", "coding")],
    )
    assert_balanced(html)
    assert '<option value="price" selected>' in html
    assert 'type="submit"' in html
    assert 'name="q" value="coding"' in html


def test_nothing_found_names_the_way_out_with_its_count():
    html = partial(
        "empty_state",
        title="No program matches",
        suggestions=[{"label": "Without “Online”", "url": "?x", "count": 6}],
    )
    assert_balanced(html)
    assert "Without “Online” 6 programs" in text_of(html)


@pytest.mark.parametrize(("kind", "css"), [("", "note"), ("warn", "notice b-warn"), ("bad", "notice b-bad")])
def test_a_notice_has_its_kind(kind, css):
    html = partial("notice", kind=kind, title="Look", text="here.", items=["one"], links=[{"label": "a", "url": "/"}])
    assert_balanced(html)
    assert f'class="{css}"' in html
    assert text_of(html) == "Look here. one a"


def test_leaving_links_are_not_followed_by_robots():
    html = partial(
        "on_page",
        actions=[
            {"label": "Visit the program", "url": "/go/x/program/", "leaves": True, "note": "maple.example"},
            {"label": "All programs", "url": "/programs/"},
        ],
        links=[{"id": "cost", "label": "What it costs"}],
    )
    assert_balanced(html)
    assert html.count('rel="nofollow"') == 1
    assert 'href="#cost"' in html


def test_a_path_is_a_list_in_order():
    html = partial(
        "path",
        css="lv-assoc",
        name="Associate line",
        stops=[
            {"kind": "Program", "label": "A degree"},
            {"kind": "Credential", "label": "RHIT", "url": "/c/rhit/"},
        ],
    )
    assert_balanced(html)
    assert text_of(html) == "Associate line Program A degree Credential RHIT"
    assert html.count("<li") == 2


def test_crumbs_lead_up():
    html = partial("crumbs", crumbs=[{"label": "Schools", "url": "/schools/"}])
    assert_balanced(html)
    assert 'aria-label="Breadcrumb"' in html
    assert partial("crumbs", crumbs=[]).strip() == ""
