"""What the address of a comparison asks for, however it is written."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from directory.compare.asked import MOST, READ, Asked, compare_url


def asked(address: str) -> Asked:
    return Asked.of(QueryDict(address))


def test_the_order_is_kept():
    assert asked("program=b&program=a&program=c").slugs == ("b", "a", "c")


def test_a_name_that_stands_twice_stands_once_and_is_remembered():
    found = asked("program=a&program=b&program=a")
    assert (found.slugs, found.repeated) == (("a", "b"), ("a",))


def test_the_address_of_a_page_stands_for_its_name():
    assert asked("program=https://guide.example/programs/Maple-HIT/&program=b").slugs == ("maple-hit", "b")


def test_empty_names_and_signs_that_no_database_takes_are_no_names():
    assert asked("program=&program=%20&program=a%00b&program=/").slugs == ("ab",)


def test_schools_and_programs_together_are_mixed():
    found = asked("school=s&program=p")
    assert found.is_mixed
    assert (found.slugs, found.others) == (("p",), ("s",))
    assert not asked("school=s&school=t").is_mixed


def test_a_hundred_names_are_counted_and_not_looked_up():
    found = asked("&".join(f"program=p{number}" for number in range(100)))
    assert (len(found.slugs), found.unread) == (READ, 100 - READ)


def test_what_the_page_does_not_know_is_said():
    assert asked("program=a&sort=price").problems == ("This page has no filter “sort”.",)
    assert "show=differences" in asked("show=alles").problems[0]
    assert "takes one value" in asked("where=43215&where=OH").problems[0]


def test_what_mail_hangs_on_to_a_link_is_no_mistake():
    assert asked("program=a&utm_source=mail").problems == ()


def test_nothing_chosen_is_the_empty_page():
    assert compare_url([]) == "/compare/"
    assert asked("program=a&where=43215&show=differences").address([]) == "/compare/?where=43215"


SLUGS = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), unique=True, max_size=MOST)


@given(SLUGS, st.sampled_from(["", "43215", "Columbus, OH"]), st.booleans())
def test_an_address_says_again_what_it_was_written_from(slugs, where, differences):
    url = compare_url(slugs, where=where, differences=differences)
    again = asked(url.partition("?")[2])
    assert (list(again.slugs), again.where, again.problems) == (slugs, where, ())
    assert again.differences == (differences and bool(slugs))
    assert again.address(again.slugs) == url
