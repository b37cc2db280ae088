"""From the chain of readings to the understanding: filters merged, one place chosen, every word accounted for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Final

from directory.search.alternatives import alternatives
from directory.search.matching import SURE
from directory.search.normalize import Token
from directory.search.one_place import choose_place
from directory.search.recognizers import unpublished
from directory.search.recognizers.accreditation import ACCREDITED
from directory.search.recognizers.awards import ANY_DEGREE
from directory.search.recognizers.base import Filter, Reading
from directory.search.recognizers.negation import OPPOSITE, Denied, others, turned
from directory.search.remainder import without
from directory.search.terms import corrected, generic_term, literal_term, said_by, school_term, subject_terms
from directory.search.understanding import Inferred, Term, Understanding
from directory.search.vocabulary import Vocabulary
from directory.vocab import STATES

#: These take one value; the others widen.
SINGLE: Final = frozenset(("where", "within", "min_price", "max_price", "sort"))
WORDS: Final = {
    "where": "place", "within": "distance", "min_price": "lowest price", "max_price": "highest price", "sort": "order",
    "level": "award level", "length": "length", "leads_to": "exam", "delivery": "way of delivery",
    "control": "kind of school", "accreditation": "accreditation", "state": "state",
    "veterans": "offer to veterans",
}  # fmt: skip
#: "Is Example College accredited" wants to know, and would take an empty list for a no.
ASKING: Final = frozenset(("is", "are", "does", "do", "was", "has", "if", "whether"))
WHETHER: Final = "each program says what is known of its accreditation (CAHIIM); none was left out for it."
#: Kind of a reading -> what it names.
LEFT_OUT: Final = {"place": "place", "school": "school"}


class Composer:
    """Takes one chain apart. Each reading ends in `inferred`, `terms`, `unmatched`, `ignored` or a note."""

    def __init__(
        self,
        text: str,
        tokens: tuple[Token, ...],
        chain: list[Reading],
        vocabulary: Vocabulary,
        explicit: frozenset[str],
    ) -> None:
        self.text, self.tokens, self.chain = text, tokens, chain
        self.vocabulary, self.explicit = vocabulary, explicit
        self.inferred: list[tuple[Inferred, list[Reading]]] = []
        self.terms: list[Term] = []
        self.unmatched: list[str] = []
        self.ignored: list[str] = []
        self.notes: list[str] = []

    def compose(self, notes: list[str]) -> Understanding:
        self.notes += notes
        by_kind: defaultdict[str, list[Reading]] = defaultdict(list)
        for reading in self.chain:
            by_kind[reading.kind].append(reading)
        if self.tokens and self.tokens[0].word in ASKING and by_kind["school"]:
            asked = [each for each in by_kind["filter"] if each.data is ACCREDITED]
            by_kind["filter"] = [each for each in by_kind["filter"] if each not in asked]
            by_kind["note"] += [replace(each, kind="note", data=WHETHER) for each in asked]
        self._places(by_kind["place"])
        self._filters([*by_kind["filter"], *by_kind["filters"]], self._left_out(by_kind["denied"]))
        self._notes(by_kind["note"])
        self.ignored += [self._said(reading) for reading in (*by_kind["filler"], *by_kind["sign"])]
        self.unmatched += [self._said(reading) for reading in by_kind["unknown"]]
        self._terms(by_kind)
        said_more = self.terms or self.inferred or self.notes or self.unmatched
        if not said_more and (term := generic_term(self.tokens, self.vocabulary)):
            self.terms, self.ignored = [term], []
        self._say_what_was_corrected()
        meant = {term.said for term in self.terms} | {each.said for each, _ in self.inferred}
        self.ignored = [said for said in self.ignored if said not in meant]  # "of" in what a synonym means
        used = [reading for _, readings in self.inferred for reading in readings]
        return Understanding(
            inferred=tuple(each for each, _ in self.inferred),
            terms=tuple(self.terms),
            rest=without(used, self.chain, self.tokens, self.text),
            unmatched=tuple(dict.fromkeys(self.unmatched)),
            ignored=tuple(dict.fromkeys(self.ignored)),
            alternatives=alternatives(self.text, self.tokens, self.chain, self.vocabulary, used),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _said(self, *readings: Reading) -> str:
        return said_by(readings, self.tokens, self.text)

    def _infer(self, name: str, values: tuple[str, ...], label: str, readings: list[Reading]) -> None:
        said = self._said(*readings)
        if name in self.explicit or (name == "state" and "where" in self.explicit):
            self.notes.append(f"“{said}” was not used: the {WORDS[name]} is chosen already.")
            return
        self.inferred.append((Inferred(name, values, said, label), readings))

    def _places(self, readings: list[Reading]) -> None:
        place = choose_place(readings, self._said)
        self.notes += place.notes
        if place.unmatched:
            self.unmatched.append(self._said(*place.unmatched))
        if place.name:
            self._infer(place.name, place.values, place.label, list(place.readings))

    def _left_out(self, readings: list[Reading]) -> list[Reading]:
        """What is denied and can be left out; of the rest it is said that it cannot."""
        able = [reading for reading in readings if reading.data.can_be_left_out]
        for reading in readings:
            if reading not in able:
                self._cannot_leave_out(reading)
        return able

    def _cannot_leave_out(self, reading: Reading) -> None:
        denied: Denied = reading.data
        name = next((WORDS[each.name] for each in denied.filters), LEFT_OUT.get(denied.reading.kind, "subject"))
        article = "an" if name[0] in "aeiou" else "a"
        self.notes.append(
            f"“{self._said(reading)}” was not used: we cannot leave out {article} {name}, only look for one."
        )

    def _filters(self, readings: list[Reading], denied: list[Reading]) -> None:
        grouped: defaultdict[str, list[tuple[Filter, Reading]]] = defaultdict(list)
        for reading in readings:
            for filter_ in reading.data if reading.kind == "filters" else (reading.data,):
                grouped[filter_.name].append((filter_, reading))
        self._deny(grouped, denied)
        if any(filter_ is not ANY_DEGREE for filter_, _ in grouped["level"]):
            # "2 year HIT degree": the word goes with the level, so that it does not come back when the level is lifted.
            sure = next(filter_ for filter_, _ in grouped["level"] if filter_ is not ANY_DEGREE)
            grouped["level"] = [
                (sure if filter_ is ANY_DEGREE else filter_, reading) for filter_, reading in grouped["level"]
            ]
        has_place = "where" in self.explicit or any(
            each.name == "where" and each.values[0] not in STATES for each, _ in self.inferred
        )
        for name, given in grouped.items():
            if not given:
                continue
            if not has_place and (name == "within" or (name == "sort" and given[0][0].values == ("distance",))):
                self.notes.append(f"“{self._said(*(each for _, each in given))}”: {unpublished.NEAR}")
                continue
            if name in SINGLE:
                kept = [each for each in given if each[0].values == given[0][0].values]
                for _, reading in (each for each in given if each not in kept):
                    self.notes.append(f"One {WORDS[name]} at a time: “{self._said(reading)}” was not used.")
                given = kept
            if name not in self.explicit:
                self.notes += [f"“{self._said(reading)}”: {filter_.note}" for filter_, reading in given if filter_.note]
            values = tuple(dict.fromkeys(value for filter_, _ in given for value in filter_.values))
            labels = dict.fromkeys(filter_.label for filter_, _ in given)
            label = (
                " or ".join(labels)
                if name != "leads_to"
                else "Leads to " + " or ".join(each.removeprefix("Leads to ") for each in labels)
            )
            self._infer(name, values, label, [reading for _, reading in given])

    def _deny(self, grouped: defaultdict[str, list[tuple[Filter, Reading]]], readings: list[Reading]) -> None:
        """Add what is left when some values are denied; what the text asks for itself, it keeps."""
        unwanted: defaultdict[str, list[tuple[Filter, Reading]]] = defaultdict(list)
        for reading in readings:
            for filter_ in reading.data.filters:
                if filter_.name in OPPOSITE:
                    grouped[OPPOSITE[filter_.name]].append((turned(filter_), reading))
                else:
                    unwanted[filter_.name].append((filter_, reading))
        for name, given in unwanted.items():
            left = others([filter_ for filter_, _ in given])
            asked = {value for filter_, _ in grouped[name] for value in filter_.values}
            if not left.values or (asked and not asked & set(left.values)):
                for _, reading in given:
                    self._cannot_leave_out(reading)
                continue
            wanted = [
                (replace(filter_, values=tuple(value for value in filter_.values if value in left.values)), reading)
                for filter_, reading in grouped[name]
            ]
            first = next((filter_ for filter_, _ in wanted if filter_.values), left)
            grouped[name] = [*wanted, *((first, reading) for _, reading in given)]

    def _notes(self, readings: list[Reading]) -> None:
        """Each sentence once, with all the words that it answers."""
        names = {each.name for each, _ in self.inferred} | self.explicit
        sayings: defaultdict[str, list[str]] = defaultdict(list)
        for reading in readings:
            settled = (reading.data == unpublished.NEAR and "where" in names) or (
                reading.data == unpublished.EXAM_OR_AWARD and names & {"leads_to", "level"}
            )
            (self.ignored if settled else sayings[reading.data]).append(self._said(reading))
        for sentence, said in sayings.items():
            self.notes.append(f"{', '.join(f'“{each}”' for each in dict.fromkeys(said))}: {sentence}")

    def _terms(self, by_kind: dict[str, list[Reading]]) -> None:
        subjects = subject_terms(
            by_kind["subject"],
            self.tokens,
            self.text,
            self.vocabulary,
            beside=bool(by_kind["school"]),
        )
        self.unmatched += [self._said(reading) for reading in subjects.nothing]
        self.notes += subjects.notes
        schools = [school_term(reading, self.tokens, self.text, self.vocabulary) for reading in by_kind["school"]]
        for reading in by_kind["literal"]:
            term = literal_term(reading, self.tokens, self.text, self.vocabulary)
            if term:
                schools.append(term)
            else:
                self.unmatched.append(self._said(reading))
        codes = [
            Term(self._said(reading), reading.data.kind, reading.data.label, dict(reading.data.fields))
            for reading in by_kind["code"]
        ]
        self.terms += [*_once(codes, subjects.terms), *schools]
        for reading in subjects.left_out:
            beside = " and ".join(f"“{term.said}”" for term in subjects.terms)
            self.notes.append(f"“{self._said(reading)}” was left out: no program has it together with {beside}.")

    def _say_what_was_corrected(self) -> None:
        """A term carries its correction itself; for all others it is said in a note."""
        for reading in self.chain:
            if reading.read and reading.kind not in ("subject", "school", "filler"):
                self.notes.append(
                    f"“{self._said(reading)}” was read as “{corrected([reading], self.tokens, self.text)}”."
                )


def _once(codes: list[Term], subjects: list[Term]) -> list[Term]:
    """A code and its title, copied together, are one term."""
    found = list(codes)
    for term in subjects:
        sure = {cip for cip, well in term.fields.items() if well >= SURE}
        same = next((at for at, code in enumerate(found) if sure == set(code.fields)), None)
        if same is None:
            found.append(term)
        else:
            found[same] = replace(found[same], said=f"{found[same].said} … {term.said}")
    return found
