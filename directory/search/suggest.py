"""What a reader may be about to type: subjects, exams, careers, schools, places and award words, from memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Final

from directory.models import SearchEntry
from directory.search.beginnings import BEGINNING, SCATTERED, WHOLE, WHOLE_WORD, WORD, Hit
from directory.search.finishing import Front, Split, front_of, splits
from directory.search.freshness import Part, current, vocabulary_part
from directory.search.normalize import clean, tokenize
from directory.search.suggestible import Cities, Shelf, Suggestion, load_shelves, lookup_key, programs_url
from directory.search.vocabulary import Vocabulary

MOST: Final = 8
SHORTEST: Final = 2
#: Answers that a worker remembers: beginnings of two letters, and what many people type.
REMEMBERED: Final = 1_500
Kind = SearchEntry.Kind
#: Kinds whose names are long enough to be remembered by some of their words.
WORDY: Final = (Kind.CERTIFICATION, Kind.FIELD, Kind.CAREER, Kind.SCHOOL)
#: What a field that asks where can be given.
PLACES: Final = ("place", "state")
#: A name of that many letters is worth a look among the hamlets, and so many of them stand behind everything else.
NAMES_A_HAMLET: Final = 3
FEW: Final = 2
#: Of a nickname that staff keep: so many of what it stands for, so that whatever else begins so has room.
MEANT: Final = 3
#: Digits that say enough of a ZIP code, and all of them.
ZIP_BEGINS: Final = 3
ZIP: Final = 5
#: So many things that hold the words somewhere, when there are also ways to finish the text.
LOOSE: Final = 4
#: A suggestion with its score, more is better; the score says first how it fits and then how much it weighs.
Scored = tuple[float, Suggestion]


class Suggestions:
    """Everything that can be suggested as of one vocabulary. It asks the database only when it is made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._shelves, self._schools = load_shelves(vocabulary.gazetteer)
        self._remembered: dict[str, tuple[Suggestion, ...]] = {}
        #: The words before are the same while each letter of the last one is typed.
        self._fronts: dict[str, Front | None] = {}

    def for_text(self, text: str) -> tuple[Suggestion, ...]:
        """Eight at most: what begins so, then what has a word that does, then what has all the words; typos last."""
        typed = clean(text)
        if len(typed) < SHORTEST:
            return ()
        # A blank or a dot at the end says that the last word is whole.
        whole = text[-1:].isspace() or not typed[-1].isalnum()
        key = f"{typed} " if whole else typed
        held = self._remembered.get(key)
        if held is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            start = lookup_key(typed, whole=whole)
            held = self._remembered[key] = self._find(typed, start) if start else ()
        return held

    def places_for(self, text: str) -> tuple[Suggestion, ...]:
        """Cities, states and ZIP codes alone, for a field that asks where; eight at most."""
        typed = clean(text)
        start = lookup_key(typed, whole=False) if len(typed) >= SHORTEST else ""
        if not start:
            return ()
        found = self._beginning(start, PLACES)
        if not found and (meant := self._corrected(start)):
            found = self._beginning(meant, PLACES)
        places = [*self._zip_codes(start), *(place for _, place in _best(found))]
        return tuple(
            Suggestion(each.kind, each.label, programs_url(where=each.label), each.note) for each in places[:MOST]
        )

    def _find(self, typed: str, start: str) -> tuple[Suggestion, ...]:
        found = self._called(typed, start)
        found = _best([*found, *self._with(start)])
        if not found and (meant := self._corrected(start)):
            found = _best(self._with(meant))
        known = [*self._zip_codes(start), *(suggestion for _, suggestion in found)]
        best = max((score for score, _ in found), default=SCATTERED)
        if best >= BEGINNING or (best >= WORD and len(found) >= MOST):
            return tuple(known[:MOST])
        # The words are somewhere in a name, or nowhere: the last of them may be the beginning of something else.
        finished = self._of_last_words(typed, start)
        room = LOOSE if finished and best < WORD else MOST
        return tuple([*known[:room], *finished][:MOST])

    # --- whole names ---------------------------------------------------------------------------------

    def _called(self, typed: str, start: str) -> list[Scored]:
        """What staff's synonyms put for the whole text, and the schools whose initials it is."""
        found: list[Scored] = []
        if means := self.vocabulary.synonyms.get(" ".join(token.word for token in tokenize(typed))):
            meant = self._with(lookup_key(means))
            sure = [each for each in meant if each[0] >= BEGINNING] or meant
            found += [(WHOLE + score % WHOLE_WORD, each) for score, each in sure[:MEANT]]
        schools = self._shelves["school"]
        assert isinstance(schools, Shelf)  # noqa: S101 - for the type checker
        numbers = [self._schools[pk] for pk in self.vocabulary.schools.by_initials(start) if pk in self._schools]
        return [*found, *_ranked((WHOLE + schools.weight(each), schools.thing(each)) for each in numbers)]

    def _zip_codes(self, start: str) -> list[Suggestion]:
        """The codes that begin so, in their order."""
        if not (ZIP_BEGINS <= len(start) <= ZIP and start.isascii() and start.isdigit()):
            return []
        found = []
        open_digits = ZIP - len(start)
        for end in range(10**open_digits):
            code = f"{start}{end:0{open_digits}}" if open_digits else start
            place = self.vocabulary.gazetteer.zip_code(code)
            if place is not None and place.latitude is not None:
                found.append(Suggestion("place", code, programs_url(where=code), f"{place.city}, {place.state}"))
                if len(found) == MOST:
                    break
        return found

    # --- beginnings ----------------------------------------------------------------------------------

    def _with(self, start: str) -> list[Scored]:
        found = self._beginning(start)
        return found if len(found) == MOST else [*found, *self._scattered(start.split(" "), found)]

    def _beginning(self, start: str, kinds: Collection[str] | None = None) -> list[Scored]:
        firsts, others = [], []
        hamlets: list[Hit] = []
        for kind, shelf in self._shelves.items():
            if kinds is not None and kind not in kinds:
                continue
            hits = shelf.names.best(start, MOST)
            if isinstance(shelf, Cities):
                hamlets = [hit for hit in hits if shelf.is_small(hit)]
                hits = [hit for hit in hits if not shelf.is_small(hit)]
            found = [(hit.score, shelf.suggestion(hit)) for hit in hits]
            # The best of each kind has a place, so that a thousand schools do not hide the one subject, and so in turn.
            firsts += found[:1]
            others += [(score // WORD, -turn, score, each) for turn, (score, each) in enumerate(found[1:])]
        others.sort(key=lambda each: each[:3], reverse=True)
        known = _best([*firsts, *((score, each) for *_, score, each in others)])
        return self._with_hamlets(start, known, firsts, hamlets)

    def _with_hamlets(self, start: str, known: list[Scored], firsts: list[Scored], hamlets: list[Hit]) -> list[Scored]:
        """Small places behind everything else, one of them for sure when its name is typed in full."""
        cities = self._shelves["place"]
        if not known:
            return [(hit.score, cities.suggestion(hit)) for hit in hamlets]
        if len(start) < NAMES_A_HAMLET:
            hamlets = []
        sure = hamlets[:1] if hamlets and hamlets[0].score >= BEGINNING + WHOLE_WORD else []
        chosen = _ranked(known[: MOST - len(sure)])
        room = min(MOST - len(chosen), FEW)
        return [*chosen, *((0.0, cities.suggestion(hit)) for hit in hamlets[:room])]

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

    # --- the last words ------------------------------------------------------------------------------

    def _of_last_words(self, typed: str, start: str) -> list[Suggestion]:
        """The text with its last words finished: "coding in ohi" is "coding in Ohio". Few words say more than many."""
        for split in splits(typed, start):
            front = self._front(split)
            if front is None:
                return []  # the reader is told best by the page that nothing is known of these words
            if finished := [front.with_(each) for each in self._ends(split.end, front)]:
                return list(dict.fromkeys(finished))[:MOST]
        return []

    def _front(self, split: Split) -> Front | None:
        with suppress(KeyError):
            return self._fronts[split.before]
        if len(self._fronts) >= REMEMBERED:
            self._fronts.clear()  # other threads may be reading: nobody may count on what was there
        front = self._fronts[split.before] = front_of(split, self.vocabulary)
        return front

    def _ends(self, end: str, front: Front) -> list[Suggestion]:
        if "place" in front.kinds and (codes := self._zip_codes(end)):
            return codes
        found = self._beginning(end, front.kinds)
        if not found and " " not in end and (meant := self._meant(end)):
            found = self._beginning(meant, front.kinds)
        return [each for score, each in found if score >= BEGINNING]

    # --- typos ---------------------------------------------------------------------------------------

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


def suggest(text: str, *, places: bool = False) -> tuple[Suggestion, ...]:
    """Suggestions for what a reader has typed so far, best first; none for less than two characters.

    `places`: cities, states and ZIP codes alone. One small query (is what this worker remembers still true?), and
    everything anew after a change of the names.
    """
    snapshot = current()
    _ = snapshot.vocabulary  # which state of the words this question sees is known once they are fetched
    held = _suggestions.get(snapshot.names_token)[1]
    return held.places_for(text) if places else held.for_text(text)


def _load() -> Suggestions:
    return Suggestions(current().vocabulary)


_suggestions: Final = Part(_load, follows=vocabulary_part)


def _ranked(found: Iterable[Scored]) -> list[Scored]:
    return sorted(found, key=lambda each: -each[0])


def _best(found: Iterable[Scored]) -> list[Scored]:
    """In the order given, each address once."""
    once: dict[str, Scored] = {}
    for each in found:
        once.setdefault(each[1].url, each)
    return list(once.values())
