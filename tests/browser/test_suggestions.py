"""Suggestions under the search field: by keyboard, by pointer, for a screen reader, and a plain field without them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import barriers

QUESTION = "What do you want to study or become?"
RESULTS = "/programs/?q=coding&where=OH"
RHIT = re.compile(r"^RHIT\s?, Registered Health Information Technician\s?, Exam guide$")


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name=QUESTION)


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def start(page: Page, address: str, text: str) -> Locator:
    """Put a text into the field of a page, at once so that it is asked for once, and wait for the list."""
    page.goto(address)
    box = field(page)
    box.fill(text)
    expect(options(page).first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    return box


def active(page: Page) -> Locator:
    """The option that the field says is active."""
    return page.locator(f"#{field(page).get_attribute('aria-activedescendant')}")


@pytest.mark.parametrize("address", ["/", RESULTS])
def test_arrows_walk_round_and_the_field_keeps_focus_and_text(reader, address):
    page = reader(viewport=DESK)
    box = start(page, address, "health inf")
    count = options(page).count()
    assert not box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_attribute("id", options(page).nth(0).get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    expect(active(page)).to_have_attribute("id", options(page).nth(count - 1).get_attribute("id") or "")
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_attribute("aria-selected", "true")
    expect(page.locator(".suggestions [aria-selected=true]")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("health inf")


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight"])
def test_keys_of_the_text_go_back_to_the_text(reader, key):
    page = reader(viewport=DESK)
    box = start(page, "/", "health inf")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(key)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(page.locator(".suggestions [aria-selected=true]")).to_have_count(0)
    at = page.evaluate("document.activeElement.selectionStart")
    assert at == (0 if key == "Home" else len("health inf") - (key == "ArrowLeft"))


def test_escape_closes_and_then_clears_and_an_arrow_opens_again(reader):
    page = reader(viewport=DESK)
    box = start(page, "/", "rhi")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("rhi")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_tab_closes_the_list_and_moves_on_with_the_text_as_typed(reader):
    page = reader(viewport=DESK)
    box = start(page, "/", "rhi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Where?")).to_be_focused()
    expect(options(page)).to_have_count(0)
    expect(box).to_have_value("rhi")


def test_enter_without_a_choice_searches_for_what_was_typed(reader):
    page = reader(viewport=DESK)
    start(page, "/", "coding")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/?*")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["coding"]


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("rhit", "RHIT", r"/certifications/rhit/$"),
        ("medical coder", "Medical coder", r"/careers/medical-coder/$"),
        ("sinclair comm", "Sinclair Community College", r"/schools/[\w-]*sinclair[\w-]*/$"),
    ],
)
def test_an_exam_a_career_and_a_school_open_their_page(reader, text, name, address):
    page = reader(viewport=DESK)
    start(page, "/", text)
    chosen = options(page).filter(has_text=re.compile(f"^{name}.*(guide|School)"))
    for _ in range(options(page).count()):
        page.keyboard.press("ArrowDown")
        if active(page).get_attribute("id") == chosen.first.get_attribute("id"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(address))
    expect(page.locator("h1")).to_contain_text(re.compile(name, re.IGNORECASE))


def test_a_subject_fills_the_field_and_searches_with_the_rest_of_the_question(reader):
    page = reader(viewport=DESK)
    start(page, "/programs/?q=nursing&where=OH&control=public", "medical cod")
    subject = options(page).filter(has_text="Subject").first
    label = subject.locator(".what").evaluate("what => what.firstChild.textContent")
    subject.click()
    page.wait_for_url(lambda url: "nursing" not in url)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["q"] == [label]
    assert asked["where"] == ["OH"]
    assert asked["control"] == ["public"]
    assert page.get_by_role("article").count() > 0


def choose(page: Page, kind: str, label: str) -> None:
    options(page).filter(has_text=re.compile(rf"^{label}.*{kind}$")).first.click()


@pytest.mark.parametrize(
    ("before", "text", "kind", "label", "after"),
    [
        ("q=coding&where=43215&within=25", "texas", "State", "Texas", {"where": ["TX"], "within": ["25"]}),
        ("q=coding&where=OH&state=OH", "columbus", "Place", "Columbus, OH", {"where": ["Columbus, OH"]}),
        ("q=coding&level=certificate&level=bachelors", "assoc", "Award", "Associate degree", {"level": ["associate"]}),
        ("where=TX&control=public", "coding near 432", "Search", "coding near 43201",
         {"q": ["coding"], "where": ["43201"], "control": ["public"]}),
        ("q=nursing", "coding cert", "Search", "coding Certificate", {"q": ["coding"], "level": ["certificate"]}),
    ],
)  # fmt: skip
def test_what_is_chosen_replaces_what_was_chosen_of_its_kind(reader, before, text, kind, label, after):
    page = reader(viewport=DESK)
    start(page, f"/programs/?{before}", text)
    choose(page, kind, label)
    page.wait_for_url(lambda url: before not in url)
    assert parse_qs(urlsplit(page.url).query) == after
    assert page.get_by_text("was not used").count() == 0


def test_on_the_front_page_a_place_goes_into_its_field(reader):
    page = reader(viewport=DESK)
    start(page, "/", "columbus oh")
    choose(page, "Place", "Columbus, OH")
    page.wait_for_url("**/programs/?**")
    expect(page.get_by_label("Where?")).to_have_value("Columbus, OH")
    expect(field(page)).to_have_value("")


def test_that_nothing_fits_is_said_once(reader):
    page = reader(viewport=DESK)
    page.goto("/")
    said = page.locator(".suggests [role=status]").first  # of the field for words; the one for places has its own
    page.evaluate(
        """() => {
          window.heard = [];
          const said = document.querySelector(".suggests [role=status]");
          new MutationObserver(() => window.heard.push(said.textContent)).observe(said, { childList: true });
        }"""
    )
    box = field(page)
    for letters in ("zzqq", "zzqqx", "zzqqxy"):
        with page.expect_response("**/suggest/**"):
            box.fill(letters)
    expect(said).to_have_text("No suggestions")
    with page.expect_response("**/suggest/**"):
        box.fill("rhit")
    expect(said).to_have_text(re.compile(r"^\d suggestions?$"))
    box.fill("")
    expect(said).to_have_text("")
    heard = page.evaluate("window.heard.filter(Boolean)")
    assert heard[0] == "No suggestions"
    assert heard.count("No suggestions") == 1
    assert len(heard) == 2


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("text", ["health inf", "st john", "coding near 432"])
def test_the_list_fits_a_small_phone(reader, width, text):
    page = reader(viewport={"width": width, "height": 640})
    start(page, RESULTS, text)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.get_by_role("listbox").evaluate("list => list.scrollWidth <= list.clientWidth")


def test_a_screen_reader_hears_what_each_is_and_how_many_there_are(reader):
    page = reader(viewport=DESK)
    box = start(page, "/", "rhit")
    expect(page.get_by_role("option", name=RHIT)).to_be_visible()
    said = page.locator(".suggests [role=status]").first  # of the field for words; the one for places has its own
    expect(said).to_have_text(re.compile(rf"^{options(page).count()} suggestions?$"))
    box.press_sequentially("zzzz")
    expect(said).to_have_text("No suggestions")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-controls") == page.locator("[role=listbox]").first.get_attribute("id")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("address", "text"), [("/", "columbus"), (RESULTS, "columbus"), (RESULTS, "rhit 432")])
def test_no_barrier_and_nothing_moves_with_the_list_open(reader, viewport, address, text):
    page = reader(viewport=viewport)
    page.goto(address)
    size = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    before = page.evaluate(size)
    field(page).fill(text)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(size) == before
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert barriers(page) == []
    assert all((each.bounding_box() or {"height": 0})["height"] >= 44 for each in options(page).all())


def test_at_twice_the_size_the_field_and_the_active_option_can_be_seen(reader):
    page = reader(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    box = start(page, "/", "columbus")
    for _ in range(options(page).count()):
        page.keyboard.press("ArrowDown")
        expect(active(page)).to_be_in_viewport(ratio=1)
    expect(box).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_only_the_last_text_is_shown_and_each_is_asked_once(reader):
    page = reader(viewport=DESK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    page.goto("/")
    box = field(page)
    box.press_sequentially("rhit")
    expect(page.get_by_role("option", name=RHIT)).to_be_visible()
    expect(options(page)).to_have_count(1)
    assert len(asked) < 4  # not one for each key
    box.press("Backspace")
    expect(options(page)).not_to_have_count(1)
    before = len(asked)
    box.press_sequentially("t")
    expect(options(page)).to_have_count(1)
    assert len(asked) == before


def test_a_server_that_does_not_answer_leaves_a_plain_field(reader):
    page = reader(viewport=DESK)
    page.goto("/")
    page.route("**/suggest/**", lambda route: route.fulfill(status=200, body="<p>not JSON"))
    with page.expect_response("**/suggest/**"):
        field(page).press_sequentially("coding")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/?q=coding**")


def test_without_javascript_it_is_a_plain_search_field(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    box = page.get_by_role("searchbox", name=QUESTION)
    box.fill("rhit")
    box.press("Enter")
    page.wait_for_url("**/programs/?q=rhit**")
    assert page.locator("[role=listbox]").count() == 0
