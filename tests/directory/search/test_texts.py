"""Texts, their ends and keys in little memory."""

from __future__ import annotations

from directory.search.texts import Ends, Grouped, Index, Texts

TEXTS = Texts(["maple fork", "maple", "", "fork road", "ñandú"])


def test_texts_come_back_as_they_were():
    assert list(TEXTS) == ["maple fork", "maple", "", "fork road", "ñandú"]
    assert (TEXTS[1], TEXTS[-1:], len(TEXTS)) == ("maple", ["ñandú"], 5)
    assert TEXTS.number_at(TEXTS.start(3) + 2) == 3


def test_what_begins_so_is_one_stretch_the_shortest_first():
    ends = Ends(TEXTS, [TEXTS.start(at) for at in (0, 1, 3)])
    low, high = ends.beginning(b"mapl")
    assert [TEXTS.number_at(ends.places[at]) for at in range(low, high)] == [1, 0]
    assert [TEXTS.number_at(ends.places[at]) for at in ends.exactly(b"maple", low, high)] == [1]
    assert ends.words(b"mapl") == (low, low)
    assert ends.words(b"maple") == (low, high)
    assert ends.beginning(b"zz") == (3, 3)


def test_keys_lead_to_their_first_number_and_others_to_none():
    index = Index(["a", "b", "a"])
    assert (index.get("a"), index.get("b"), index.get("c"), len(index)) == (0, 1, -1, 2)


def test_numbers_by_key():
    grouped = Grouped([("a", [3, 1]), ("b", [])])
    assert (grouped.get("a"), grouped.get("b"), grouped.get("c")) == ((3, 1), (), ())
    assert "b" in grouped
    assert "c" not in grouped
