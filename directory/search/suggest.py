"""What a reader may be about to type: subjects, exams, careers, schools, places and award words, from memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from directory.models import SearchEntry
from directory.search.freshness import Part, current
from directory.search.normalize import LITTLE, clean
from directory.search.suggestible import Suggestion, load_shelves, lookup_key, programs_url
from directory.search.vocabulary import Vocabulary

MOST: Final = 8
SHORTEST: Final = 2
#: Answers that a worker remembers: beginnings of two letters, and what many people type.
REMEMBERED: Final = 1_500
Kind = SearchEntry.Kind
#: Kinds whose names are long enough to be remembered by some of their words.
WORDY: Final = (Kind.CERTIFICATION, Kind.FIELD, Kind.CAREER, Kind.SCHOOL)
#: Of a longer text only the last words can be finished, and only with what stands beside a subject.
LAST_WORDS: Final = 3
FINISHING: Final = (Kind.CERTIFICATION, Kind.FIELD, "level", "state", "place")
#: A suggestion with its score, more is better; the score says first how it fits and then how much it weighs.
Scored = tuple[float, Suggestion]


class Suggestions:
    """Everything that can be suggested as of one vocabulary. It asks the database only when it is made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._shelves = load_shelves(vocabulary.gazetteer)
        self._remembered: dict[str, tuple[Suggestion, ...]] = {}

    def for_text(self, text: str) -> tuple[Suggestion, ...]:
        """Eight at most: what begins so, then what has a word that does, then what has all the words; typos last."""
        typed = clean(text)
        if len(typed) < SHORTEST:
            return ()
        # A blank or a dot at the end says that the last word is whole.
        start = lookup_key(typed, whole=text[-1:].isspace() or not typed[-1].isalnum())
        held = self._remembered.get(start)
        if held is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            held = self._remembered[start] = self._find(start) if start else ()
        return held

    def _find(self, start: str) -> tuple[Suggestion, ...]:
        found = self._with(start)
        if not found and (meant := self._corrected(start)):
            found = self._with(meant)
        known = (*self._zip_code(start), *(suggestion for _, suggestion in found))[:MOST]
        return known or self._of_last_words(start)

    def _of_last_words(self, start: str) -> tuple[Suggestion, ...]:
        """The text with its last words finished: "coding in ohi" is "coding in Ohio". Few words say more than many."""
        words = start.split(" ")
        for at in range(max(1, len(words) - LAST_WORDS), len(words)):
            front, end = words[:at], " ".join(words[at:])
            if len(end) < SHORTEST or end in LITTLE:
                continue
            if found := [hit for hit in self._beginning(end) if hit[1].kind in FINISHING]:
                said = " ".join(front)
                finished = dict.fromkeys(f"{said} {each.label}" for _, each in found[:MOST])
                return tuple(Suggestion("search", text, programs_url(q=text)) for text in finished)
        return ()

    def _with(self, start: str) -> list[Scored]:
        found = self._beginning(start)
        return found if len(found) == MOST else [*found, *self._scattered(start.split(" "), found)]

    def _beginning(self, start: str) -> list[Scored]:
        by_kind = [
            [(hit.score, shelf, hit) for hit in shelf.names.best(start, MOST)] for shelf in self._shelves.values()
        ]
        # The best of each kind has a place, so that a thousand schools do not hide the one subject.
        firsts = [hits[0] for hits in by_kind if hits]
        others = sorted((each for hits in by_kind for each in hits[1:]), key=lambda each: -each[0])
        chosen = [*firsts, *others[: MOST - len(firsts)]]
        return _ranked((score, shelf.suggestion(hit)) for score, shelf, hit in chosen)

    def _scattered(self, words: list[str], but: list[Scored]) -> list[Scored]:
        if len(words) < 2:
            return []
        held = {suggestion.url for _, suggestion in but} | {suggestion.note for _, suggestion in but}
        found = [
            (hit.score, suggestion)
            for kind in WORDY
            for hit in self._shelves[kind].names.scattered(words, MOST)
            # A subject may be there already, by another name.
            if (suggestion := self._shelves[kind].suggestion(hit)).url not in held
            and suggestion.label not in held
            and (not suggestion.note or suggestion.note not in held)
        ]
        return _ranked(found)[: MOST - len(but)]

    def _corrected(self, start: str) -> str:
        """The words with those that nothing begins with put right; "" when that is not possible, or not needed."""
        words = start.split(" ")
        meant = [word if self._knows(word) else self._meant(word) for word in words]
        return " ".join(meant) if all(meant) and meant != words else ""

    def _meant(self, word: str) -> str:
        corrections = self.vocabulary.spelling.corrections(word)
        return next((meant for meant, _ in corrections if self._knows(meant)), "")

    def _knows(self, word: str) -> bool:
        return any(shelf.names.knows(word) for shelf in self._shelves.values())

    def _zip_code(self, start: str) -> tuple[Suggestion, ...]:
        if not (len(start) == 5 and start.isascii() and start.isdigit()):
            return ()
        place = self.vocabulary.gazetteer.zip_code(start)
        if place is None:
            return ()
        return (Suggestion("place", start, programs_url(where=start), f"{place.city}, {place.state}"),)


def suggest(text: str) -> tuple[Suggestion, ...]:
    """Suggestions for what a reader has typed so far, best first; none for less than two characters.

    One small query (is what this worker remembers still true?), and everything anew after a change of the names.
    """
    snapshot = current()
    _ = snapshot.vocabulary  # which state of the words this question sees is known once they are fetched
    return _suggestions.get(snapshot.names_token)[1].for_text(text)


def _load() -> Suggestions:
    return Suggestions(current().vocabulary)


_suggestions: Final = Part(_load)


def _ranked(found: Iterable[Scored]) -> list[Scored]:
    return sorted(found, key=lambda each: -each[0])
