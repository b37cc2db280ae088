"""A reader's text, understood: filters that it asks for, terms that remain, and what was left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from directory.search.choose import all_readings, best_chain
from directory.search.composing import Composer
from directory.search.forms import forms
from directory.search.normalize import LITTLE, LONGEST, MOST_TOKENS, Token, clean, tokenize
from directory.search.recognizers.negation import with_denials
from directory.search.school_names import GENERIC, school_words
from directory.search.spacing import respaced
from directory.search.stems import stem
from directory.search.understanding import Understanding
from directory.search.vocabulary import Vocabulary

LONGEST_SYNONYM: Final = 6
NOTHING: Final = "the"  # a filling word
KINDS: Final = frozenset(("college", "university", "academy", "institute"))


def understand(text: str, vocabulary: Vocabulary, *, explicit: Collection[str] = ()) -> Understanding:
    """Read a text of any kind and length; asks the database nothing and never raises for what was typed.

    `explicit` names the parameters that are set already: what the text says about those is named in a note and
    left in `rest`.
    """
    whole = clean(text)
    tokens = tokenize(whole)
    notes = []
    if len(text) > LONGEST and len(" ".join(text[: LONGEST * 20].split())) > LONGEST:
        notes.append(f"Only the first {LONGEST} letters were read.")
    if len(tokens) > MOST_TOKENS:
        tokens, beyond = tokens[:MOST_TOKENS], tokens[MOST_TOKENS:]
        notes.append(
            f"Only the first {MOST_TOKENS} words were read; left out: {' '.join(each.said for each in beyond)}."
        )
        whole = whole[: tokens[-1].end]
    read = with_synonyms(respaced(tokens, vocabulary), vocabulary)
    ways = tuple(forms(token, vocabulary, last=token is read[-1]) for token in read)
    chain = with_denials(best_chain(all_readings(read, ways, vocabulary)), read)
    return Composer(whole, read, chain, vocabulary, frozenset(explicit)).compose(notes)


def _goes_on(tokens: tuple[Token, ...], start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the words are only the beginning of a name: "nova" of Nova Southeastern, "health IT" of its security."""
    while end < len(tokens) and tokens[end].word in LITTLE:
        end += 1
    if end >= len(tokens) or tokens[end].kind != "word":
        return False
    words = [token.word for token in tokens[start : end + 1]]
    if vocabulary.subjects.named([stem(word) for word in words]):
        return True
    run = school_words(" ".join(words))
    return len(run) > 1 and run[-1] not in GENERIC and vocabulary.schools.has(run)


def _is_school_elsewhere(means: str, vocabulary: Vocabulary) -> bool:
    """Whether the words stand for a school, by its whole name, that is not on file: then they mean nothing else."""
    words = school_words(means)
    return len(words) > 1 and bool(KINDS & set(words)) and not vocabulary.schools.has(words)


def _joined(run: tuple[Token, ...]) -> Token:
    """Several tokens as one."""
    return replace(run[0], said=" ".join(token.said for token in run), end=run[-1].end)


def with_synonyms(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Staff's words in place of the reader's; the new tokens stand where the old ones stood."""
    if not vocabulary.synonyms:
        return tokens
    found: list[Token] = []
    said: set[str] = set()
    at = 0
    while at < len(tokens):
        for size in range(min(LONGEST_SYNONYM, len(tokens) - at), 0, -1):
            run = tokens[at : at + size]
            means = vocabulary.synonyms.get(" ".join(token.word for token in run))
            if any(token.after_minus for token in run[1:]):
                continue  # "coding -billing" names no two things together
            if means and _is_school_elsewhere(means, vocabulary):
                found.append(replace(_joined(run), kind="address"))
                at += size
                break
            if means and not any(token.quoted for token in run) and not _goes_on(tokens, at, at + size, vocabulary):
                if means in said:  # "privacy officer hipaa" says one thing twice
                    found.append(replace(_joined(run), word=NOTHING))
                else:
                    found += [
                        Token(
                            token.said,
                            token.word,
                            run[0].start,
                            run[-1].end,
                            token.kind,
                            after_minus=run[0].after_minus and not turn,
                        )
                        for turn, token in enumerate(tokenize(means))
                    ]
                said.add(means)
                at += size
                if at < len(tokens) and tokens[at].word == found[-1].word:  # "tri c college" is no college twice
                    found[-1] = replace(found[-1], said=_joined(tokens[at - size : at + 1]).said, end=tokens[at].end)
                    at += 1
                break
        else:
            found.append(tokens[at])
            at += 1
    return tuple(found[: MOST_TOKENS * 2])
