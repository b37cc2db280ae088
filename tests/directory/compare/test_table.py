"""What a row of a comparison says: two unknowns are no difference, and neither is an unknown beside a known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from directory.compare.table import Cell, Entry, Group, Row, Says, Table, by_label, merged, row
from directory.figures import Figure
from directory.vocab import Level, Missing, Unit


def dollars(value: int | None) -> Entry:
    if value is None:
        return Entry(figure=Figure.unknown(Missing.NOT_REPORTED, unit=Unit.USD, level=Level.PROGRAM))
    return Entry(figure=Figure(value, unit=Unit.USD, level=Level.PROGRAM))


ENTRIES = st.one_of(
    st.builds(dollars, st.none() | st.integers(0, 3)),
    st.builds(lambda word: Entry(value=word), st.sampled_from(["Online", "On campus", ""])),
    st.builds(lambda word: Entry(missing=word), st.sampled_from(["Not checked yet", "Not in our files"])),
)
ROWS = st.lists(ENTRIES, min_size=2, max_size=4).map(lambda entries: row("Fact", entries))


class TestWhatARowSays:
    def test_two_known_values_that_are_not_the_same_differ(self):
        assert row("Price", [dollars(1), dollars(2)]).says == Says.DIFFERS

    def test_zero_is_known_and_differs_from_one(self):
        assert row("Awards", [dollars(0), dollars(1)]).says == Says.DIFFERS

    def test_two_unknowns_are_no_difference_whatever_their_reasons(self):
        said = row("Price", [Entry(missing="Withheld"), Entry(missing="Not checked yet")])
        assert (said.says, said.mark) == (Says.NOTHING, "Not known for either")

    def test_an_unknown_beside_a_known_is_not_known_for_one(self):
        said = row("Price", [dollars(1), dollars(None)])
        assert (said.says, said.mark) == (Says.PARTLY, "Not known for one")

    def test_known_values_that_differ_do_so_beside_an_unknown_too(self):
        assert row("Price", [dollars(1), dollars(None), dollars(2)]).says == Says.DIFFERS

    def test_the_year_and_the_source_are_no_difference(self):
        entries = [Entry(value="Yes", source="IPEDS", year="2023-24"), Entry(value="yes", source="A page states it")]
        assert row("Open admission", entries).says == Says.SAME

    def test_the_order_of_several_statements_is_no_difference(self):
        online, campus = Entry(value="Online"), Entry(value="On campus")
        assert row("Delivery", [[online, campus], [campus, online]]).says == Says.SAME

    @given(ROWS)
    def test_the_order_of_the_columns_changes_nothing(self, said):
        assert Row(said.label, said.cells[::-1]).says == said.says

    @given(ROWS)
    def test_a_row_differs_only_where_two_values_are_known(self, said):
        known = sum(cell.is_known for cell in said.cells)
        assert said.says != Says.DIFFERS or known > 1
        assert (said.says == Says.NOTHING) == (known == 0)
        assert said.says != Says.SAME or known == len(said.cells)

    @given(ROWS, ENTRIES)
    def test_another_unknown_never_makes_a_difference(self, said, other):
        wider = Row(said.label, (*said.cells, Cell((Entry(missing="Not checked yet"),))))
        assert (wider.says == Says.DIFFERS) == (said.says == Says.DIFFERS)

    @given(st.lists(ROWS, max_size=6))
    def test_only_the_differing_rows_are_left_and_none_of_them_is_lost(self, rows):
        table = Table.of([Group("All", tuple(rows))])
        left = table.differing().rows
        assert left == [each for each in rows if each.says == Says.DIFFERS]
        assert len(left) == table.count(Says.DIFFERS)

    @given(st.lists(ROWS, max_size=6))
    def test_each_row_is_either_told_or_named_among_the_silent_ones(self, rows):
        group = Group("All", tuple(rows))
        named = sum(len(labels) for _, labels in group.silent)
        assert len(group.told) + named == len(rows)


class TestFactTablesOfSeveral:
    def test_a_label_that_only_one_has_is_said_to_be_absent_for_the_other(self):
        (both, one) = by_label(
            [[{"label": "Length", "value": "2 years"}, {"label": "Credits", "value": "64"}],
             [{"label": "Length", "value": "1 year"}]],
            absent="Not checked yet",
        )  # fmt: skip
        assert (both.label, both.says) == ("Length", Says.DIFFERS)
        assert (one.label, one.says) == ("Credits", Says.PARTLY)
        assert one.cells[1].entries == (Entry(missing="Not checked yet"),)

    def test_what_is_stated_twice_stands_in_one_cell(self):
        (said,) = by_label([[{"label": "Credits", "value": "60"}, {"label": "Credits", "value": "64"}]], absent="")
        assert [entry.value for entry in said.cells[0].entries] == ["60", "64"]

    def test_what_a_later_one_has_stands_after_what_it_follows_there(self):
        assert merged([["price", "books"], ["price", "fees", "books", "housing"]]) == [
            "price", "fees", "books", "housing",
        ]  # fmt: skip

    @given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True), max_size=4))
    def test_merging_loses_nothing_and_repeats_nothing(self, lists):
        found = merged(lists)
        assert len(found) == len(set(found))
        assert set(found) == {item for each in lists for item in each}
