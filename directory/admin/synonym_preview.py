"""What searches find without a synonym and with it: shown before it is kept, and beside one that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict
from django.template.loader import render_to_string

from directory.admin.base import program_choice
from directory.filters.program import ProgramFilter
from directory.models import Program, Synonym
from directory.search.freshness import current
from directory.search.synonym_check import synonym_key
from directory.search.understand import understand
from directory.search.understanding import Understanding
from directory.search.vocabulary import Vocabulary

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Search:
    """What one search finds: how many programs, and the first of them by name."""

    title: str
    count: int
    read_as: str
    first: list[str]


def preview(synonym: Synonym) -> str:
    """The search for the words of a synonym, kept or not, before and after, as HTML."""
    vocabulary = current().vocabulary
    key = synonym_key(synonym.words)
    kept = Synonym.objects.filter(pk=synonym.pk).values_list("words", flat=True)
    own = {key, *map(synonym_key, kept)}
    before = {left: right for left, right in vocabulary.synonyms.items() if left not in own}
    searches = [
        _search("Without it", synonym.words, before),
        _search("With it", synonym.words, {**before, key: synonym.means}),
    ]
    context = {"words": synonym.words, "searches": searches, "active": synonym.active}
    return render_to_string("admin/directory/synonym_preview.html", context)


def in_words(found: Understanding) -> str:
    """An understanding in one line: filters, terms with how much they stand for, and what is not known."""
    parts = [each.label for each in found.inferred]
    for term in found.terms:
        counts = ((len(term.fields), "field"), (len(term.schools), "school"), (len(term.programs), "program"))
        stands = ", ".join(f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in counts if count)
        parts.append(f"{term.label} ({stands})")
    parts += [f"“{word}” matches nothing" for word in found.unmatched]
    return " · ".join(parts) or "Nothing that the search knows"


def _search(title: str, text: str, synonyms: Mapping[str, str]) -> Search:
    def read(text: str, vocabulary: Vocabulary, **rest: Any) -> Understanding:
        # With a memory of its own: what is remembered of answers belongs to the vocabulary that readers search with.
        other = replace(vocabulary, synonyms=dict(synonyms), memory={}, remembered=0)
        return understand(text, other, **rest)

    class Preview(ProgramFilter):
        pass

    Preview.read = staticmethod(read)
    chosen = Preview(_query(text))
    keys = [hit.program for hit in chosen.answer.page(0, SHOWN)]
    programs = Program.objects.select_related("school", "field").in_bulk(keys)
    first = [program_choice(programs[key]) for key in keys if key in programs]
    return Search(title, chosen.count, in_words(chosen.understood) if chosen.understood else "", first)


def _query(text: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query["q"] = text
    return query
