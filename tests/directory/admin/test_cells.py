"""A cell of a list knows the heading of its column, which stands beside it where a row is a card."""

from __future__ import annotations

import re

import pytest
from django.utils.safestring import SafeString, mark_safe

from directory.templatetags.desk_cells import labelled
from tests.directory.admin.shelves import fill
from tests.directory.admin.test_lists import MODELS, listing

pytestmark = pytest.mark.django_db
BOX = mark_safe('<span><input type="checkbox"></span>')
HEADERS: list[dict[str, str]] = [{"text": BOX}, {"text": "stands on"}, {"text": 'a "b" & c'}]


def test_each_cell_has_the_heading_of_its_column_and_the_box_has_none():
    cells = labelled(['<td class="action-checkbox">', '<th class="x">A <td></th>', "<td>B</td>"], HEADERS)
    assert cells == [
        '<td class="action-checkbox">',
        '<th data-label="Stands on" class="x">A <td></th>',
        '<td data-label="A &quot;b&quot; &amp; c">B</td>',
    ]
    assert all(isinstance(cell, SafeString) for cell in cells)


def test_every_list_of_the_desk_names_the_columns_in_its_cells(desk, chief):
    fill(1, chief)
    for model in MODELS:
        page = desk.get(listing(model)).content.decode()
        rows = re.findall(r'id="result_list".*?</table>', page, re.DOTALL)
        for cell in re.findall(r'<t[dh][^>]*class="field-[^>]*>', "".join(rows)):
            assert 'data-label="' in cell, (model, cell)
