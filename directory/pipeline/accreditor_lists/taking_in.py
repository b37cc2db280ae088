"""Taking in a list: its rows as text, and how its columns and words are to be read, remembered for the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from directory.curation.signature import sign
from directory.importers.accreditor_list.file import ListFile
from directory.importers.accreditor_list.layout import KEYS, guess
from directory.importers.accreditor_list.words import plain_word, status_of
from directory.models import AccreditorList, AccreditorListRow, Agency
from directory.pipeline.accreditor_lists.applying import NotPossible

AT_ONCE: Final = 1_000


@transaction.atomic
def take_in(*, accreditor_list: AccreditorList, found: ListFile, by: User) -> AccreditorList:
    """Keep a new list with its rows, its columns as they were read last time or as their headings say."""
    accreditor_list.header, accreditor_list.uploaded_by = found.header, by
    accreditor_list.sha256 = found.sha256
    remembered = accreditor_list.agency.list_layout.get("columns", {})
    accreditor_list.columns = guess(found.header, remembered)
    accreditor_list.save()
    rows = [AccreditorListRow(accreditor_list=accreditor_list, line=line, cells=cells) for line, cells in found.rows]
    AccreditorListRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    return accreditor_list


def unknown_words(accreditor_list: AccreditorList, columns: Mapping[str, int]) -> list[str]:
    """Words of the status column that mean nothing everywhere, as the list writes them, each once."""
    at = columns.get("status")
    if at is None:
        return []
    said = {row[at] for row in accreditor_list.rows.values_list("cells", flat=True) if at < len(row) and row[at]}
    return sorted(word for word in said if not status_of(word))


@transaction.atomic
def read_as(
    *,
    accreditor_list: AccreditorList,
    columns: Mapping[str, int],
    words: Mapping[str, str],
    otherwise: str,
    cips: Sequence[str],
    by: User,
) -> AccreditorList:
    """Say what the columns and words mean, for this list and the accreditor's next ones. Raises NotPossible."""
    held = AccreditorList.objects.select_for_update().get(pk=accreditor_list.pk)
    if held.state != AccreditorList.State.UPLOADED:
        raise NotPossible(f"This list is {held.get_state_display().lower()} already: its columns stay as they are.")
    held.columns = {key: columns[key] for key in KEYS if key in columns}
    held.save(update_fields=["columns"])
    agency = Agency.objects.select_for_update().get(pk=held.agency_id)
    agency.list_layout = {
        # "" remembers that the accreditor's lists have no such column, whatever a heading looks like.
        "columns": {key: held.header[columns[key]] if key in columns else "" for key in KEYS},
        "words": {**agency.list_layout.get("words", {}), **{plain_word(word): words[word] for word in words}},
        "otherwise": otherwise,
        "cips": list(cips),
    }
    sign(agency, by=by, why=f"How its list of {held.as_of} is read")
    agency.save(update_fields=["list_layout"])
    return held


@transaction.atomic
def discard(*, accreditor_list: AccreditorList) -> AccreditorList:
    """Throw away a list that was not applied; its row stays, to say so. Raises NotPossible."""
    held = AccreditorList.objects.select_for_update().get(pk=accreditor_list.pk)
    if held.state != AccreditorList.State.UPLOADED:
        raise NotPossible(f"This list is {held.get_state_display().lower()} already.")
    held.state = AccreditorList.State.DISCARDED
    held.save(update_fields=["state"])
    return held
