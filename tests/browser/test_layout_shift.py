"""Nothing moves under a reader's thumb: the pages on which one decides, loaded and read to their end on a phone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_compare import compare_first
from tests.browser.test_plan import plan
from tests.browser.test_program_page import program

#: What the browser counts as shifts (web.dev/cls): without those within half a second of a press.
WATCH = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
  }).observe({type: 'layout-shift', buffered: true});
}"""
READ = """async () => {
  for (let at = 0; at < document.body.scrollHeight; at += innerHeight) {
    scrollTo({top: at, behavior: 'instant'});
    await new Promise(done => setTimeout(done, 40));
  }
  await new Promise(done => setTimeout(done, 300));
  return window.shifted;
}"""
#: "Good" is 0.1; ours is what rounding makes of nothing.
NOTHING = 0.01


@pytest.mark.parametrize(
    "arrive", [program, lambda page: compare_first(page, 2), plan], ids=["program", "compare", "plan"]
)
def test_nothing_moves_while_a_page_loads_and_is_read(reader, arrive):
    page = reader(viewport=PHONE)
    arrive(page)
    page.goto(page.url.partition("#")[0], wait_until="load")
    page.evaluate(WATCH)
    assert page.evaluate(READ) < NOTHING
