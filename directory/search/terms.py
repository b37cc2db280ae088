"""From the words that are left to terms: which fields, schools and programs they stand for, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from directory.search.matching import SURE, Match, match
from directory.search.normalize import LITTLE, Token, listed
from directory.search.recognizers.base import Reading
from directory.search.school_names import school_words
from directory.search.stems import stem
from directory.search.understanding import Term
from directory.search.vocabulary import Vocabulary

#: Stems that say little beside another: left out, and named, when no program has them together with the rest.
WEAK: Final = frozenset(
    map(
        stem,
        listed(
            """
    health medical hospital care services science sciences office professional technology specialist studies clinic
    clinical general industry skills work worker physician doctor patient department data systems management
    business support staff development applied specialty association group center person people women men
            """
        ),
    )
)
#: A school whose name is much less the words than the best one's is not meant.
LEAST_SHARE: Final = 0.3
POOR: Final = 0.35
QUOTES: Final = '"“”„«»'
KINDS: Final = listed("university institute academy seminary conservatory polytechnic")


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the words of subjects became: terms, and those left out because nothing has them together with the rest."""

    terms: list[Term]
    left_out: list[Reading] = field(default_factory=list)
    nothing: list[Reading] = field(default_factory=list)  # match nothing
    notes: list[str] = field(default_factory=list)  # what is meant and has no program here


def said_by(readings: Sequence[Reading], tokens: tuple[Token, ...], text: str) -> str:
    """The reader's words; those that do not stand together are joined by " … "."""
    parts: list[tuple[int, int]] = []
    for reading in sorted(readings, key=lambda each: each.start):
        start, end = tokens[reading.start].start, tokens[reading.end - 1].end
        if parts and start <= parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return " … ".join(text[start:end] for start, end in parts)


def subject_terms(
    readings: Sequence[Reading], tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary, *, beside: bool = False
) -> Subjects:
    """Join the words that name something together, and leave out those that do not.

    `beside`: a school is named too, so that a word that names no field can be left out.
    """
    nothing = [reading for reading in readings if not match(reading.data, vocabulary)]
    readings = [reading for reading in readings if reading not in nothing]
    if (same := _same(readings, vocabulary)) is not None:
        term = _term(list(readings), tokens, text, same)
        return Subjects([term], nothing=nothing, notes=[_missing(same, term.said)] if same.missing else [])
    groups: list[list[Reading]] = [list(readings)] if readings else []
    together = match(_words(readings), vocabulary)
    apart = any(_is_weak([reading]) for reading in readings) and not _is_weak(readings)
    if readings and (not together or (apart and _best(together) < POOR)):
        groups = []
        for reading in readings:
            for group in groups:
                joined = match(_words([*group, reading]), vocabulary)
                if joined and (_best(joined) >= POOR or not together):
                    group.append(reading)
                    break
            else:
                groups.append([reading])
    strong = [group for group in groups if not _is_weak(group)]
    weak = [group for group in groups if group not in strong] if strong else []
    kept = strong or groups
    stray = [group for group in kept if _names_nothing(match(_words(group), vocabulary))]
    kept, stray = (
        ([group for group in kept if group not in stray], stray) if beside or len(stray) < len(kept) else (kept, [])
    )
    matches = [match(_words(group), vocabulary) for group in kept]
    terms = [_term(group, tokens, text, found) for group, found in zip(kept, matches, strict=True)]
    notes = [
        _missing(found, term.corrected or term.said)
        for term, found in zip(terms, matches, strict=True)
        if found.missing
    ]
    if not notes:
        terms, notes = _either(terms)
    return Subjects(
        terms,
        [reading for group in weak for reading in group],
        nothing + [reading for group in stray for reading in group],
        notes,
    )


def _names_nothing(found: Match) -> bool:
    """Whether a word only stands in the title of some field without programs ("residents", "south", "completion"),
    or among other words in titles of jobs ("live" of a live chicken hanger): neither says what is looked for.
    """
    in_titles = found.kind == "career" or not found.nearest
    return bool(found.missing) and in_titles and not (found.named or found.programs)


def _either(terms: list[Term]) -> tuple[list[Term], list[str]]:
    """Subjects that no program can have together: programs of any of them, and a sentence that says so."""
    apart = [one for one in terms if one.kind in ("field", "career") and one.fields and not one.programs]
    if len(apart) < 2 or set.intersection(*(set(one.fields) for one in apart)):
        return terms, []
    first, *_ = apart
    fields: dict[str, float] = {}
    for cip, well in (each for one in apart for each in one.fields.items()):
        fields[cip] = max(well, fields.get(cip, 0.0))
    said = " … ".join(one.said for one in apart)
    read = " … ".join(one.corrected or one.said for one in apart) if any(one.corrected for one in apart) else ""
    both = Term(said, first.kind, " or ".join(one.label for one in apart), fields, {}, {}, read)
    names = " and ".join(f"“{one.said}”" for one in apart)
    note = f"No program is filed under {names} together: programs of either are shown."
    return [both, *(one for one in terms if one not in apart)], [note]


def _missing(found: Match, said: str) -> str:
    """That nothing is listed of what is meant, and what is shown instead."""
    if found.kind == "career" and found.nearest:
        shown = " · ".join(found.nearest)
        return f"No program is called “{said}” here; shown are fields of jobs with the words in their titles: {shown}."
    what = found.missing if found.named else f"a field that “{said}” names"
    nearest = f"; the nearest are shown: {' · '.join(found.nearest)}" if found.nearest else ""
    return f"No program in {what} is listed here{nearest}."


def _same(readings: Sequence[Reading], vocabulary: Vocabulary) -> Match | None:
    """Several names of one field, each sure by itself: "health information management (HIM)"."""
    if len(readings) < 2:
        return None
    found = [match(reading.data, vocabulary) for reading in readings]
    if min(map(_best, found)) < SURE:
        return None
    shared = set.intersection(*({cip for cip, well in each.fields.items() if well >= SURE} for each in found))
    if not shared:
        return None
    fields = {cip: min(each.fields[cip] for each in found) for cip in sorted(shared)}
    missing = found[0].missing if all(each.missing for each in found) else ""
    return Match(found[0].kind, found[0].label, fields, missing=missing, named=True)


def _is_weak(readings: Iterable[Reading]) -> bool:
    return set(map(stem, _words(readings))) <= WEAK


def _best(found: Match) -> float:
    return max((*found.fields.values(), *found.programs.values()), default=0.0)


def _words(readings: Iterable[Reading]) -> list[str]:
    return [word for reading in readings for word in reading.data]


def _term(group: list[Reading], tokens: tuple[Token, ...], text: str, found: Match) -> Term:
    said = said_by(group, tokens, text)
    read = corrected(group, tokens, text)
    label = found.label or read or said.replace(" … ", " ")
    label = label if found.label or len(label) < 5 else label[:1].upper() + label[1:]
    return Term(said, found.kind, label, dict(found.fields), {}, dict(found.programs), read)


def corrected(group: Sequence[Reading], tokens: tuple[Token, ...], text: str) -> str:
    """The whole of what was read, when any of it is not what was typed; empty otherwise."""
    if not any(reading.read for reading in group):
        return ""
    return " ".join(reading.read or said_by([reading], tokens, text) for reading in group)


def school_term(reading: Reading, tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary) -> Term:
    """The schools that a reading names: one by its name, several by the words."""
    shares: dict[int, float] = reading.data
    best = max(shares.values())
    kept = {pk: share for pk, share in shares.items() if share >= LEAST_SHARE * best}
    said = said_by([reading], tokens, text)
    label = vocabulary.schools.label[next(iter(kept))] if len(kept) == 1 else f"Schools named “{reading.read or said}”"
    return Term(said, "school", label, {}, kept, {}, reading.read)


def generic_term(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Term | None:
    """A text of nothing but generic words ("university of", "the institute"): the schools that are called so."""
    run = [word for token in tokens for word in school_words(token.word)]
    if not run or not set(run) <= KINDS or not vocabulary.schools.has(run):
        return None
    said = " ".join(token.said for token in tokens)
    names, begun = vocabulary.schools, tokens[-1].word in LITTLE
    schools = names.beginning(run) if begun else names.holding(" ".join(run), names.stretch(run))
    return Term(said, "school", f"Schools named “{said}”", {}, dict(schools), {}) if schools else None


def literal_term(reading: Reading, tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary) -> Term | None:
    """Words in quotation marks, among names of every kind, as they stand; None when no name has them."""
    said = _with_quotes(text, tokens[reading.start].start, tokens[reading.end - 1].end)
    words = [token.word for token in tokens[reading.start : reading.end]]
    found = match([word for word in words if word not in LITTLE] or ["\n"], vocabulary)
    run = school_words(" ".join(words))
    schools = vocabulary.schools.holding(" ".join(run), vocabulary.schools.stretch(run)) if run else {}
    if not found and not schools:
        return None
    return Term(said, "word", said, dict(found.fields), dict(schools), dict(found.programs))


def _with_quotes(text: str, start: int, end: int) -> str:
    """The words as they stand in the text, with the quotation marks around them."""
    while start and text[start - 1] in QUOTES:
        start -= 1
    while end < len(text) and text[end] in QUOTES:
        end += 1
    return text[start:end]
