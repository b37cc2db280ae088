"""Staff see how the search reads what they put in place of a reader's words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.models import Synonym
from tests.directory.admin.conftest import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("means", "shown"),
    [
        ("HIT online", "Fully online · Health Information/Medical Records Technology (1 field)"),
        ("zzgrbl", "“zzgrbl” matches nothing"),
        ("the", "Nothing that the search knows"),
    ],
)
def test_a_synonym_shows_what_it_is_read_as(desk, means, shown):
    page = desk.get(address(Synonym.objects.create(words="charts", means=means))).content.decode()
    assert shown in page


def test_a_new_synonym_has_nothing_to_show(desk):
    assert desk.get(reverse("admin:directory_synonym_add")).status_code == 200


def test_every_change_is_kept_with_its_author(desk, edit):
    row = Synonym.objects.create(words="charts", means="HIT")
    edit(row, means="HIM")
    assert list(row.history.values_list("means", flat=True)) == ["HIM", "HIT"]
