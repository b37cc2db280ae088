"""Which readings fit together: the best chain that covers every token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from directory.search.normalize import Token
from directory.search.recognizers.absent import absent_readings
from directory.search.recognizers.awards import length
from directory.search.recognizers.base import LONGEST_RUN, Form, Reading, Run
from directory.search.recognizers.certifications import exam_readings
from directory.search.recognizers.codes import code_readings
from directory.search.recognizers.distances import distance
from directory.search.recognizers.letters import letter_readings
from directory.search.recognizers.money import money
from directory.search.recognizers.phrases import phrase_readings
from directory.search.recognizers.places import place_readings, zip_reading
from directory.search.recognizers.schools import school_readings
from directory.search.recognizers.subjects import subject_readings
from directory.search.recognizers.towns import campus_readings, prefer_towns
from directory.search.vocabulary import Vocabulary

MOST_RUNS: Final = 8
UNITS: Final = (
    "week",
    "month",
    "year",
    "yr",
    "hour",
    "minute",
    "mile",
)  # without them and numbers nothing is a length, a price or a distance


def all_readings(
    tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...], vocabulary: Vocabulary
) -> list[list[Reading]]:
    """For each token the readings that start there; also the one that leaves it out."""
    counting = any(token.kind in ("number", "compare") or token.word.startswith(UNITS) for token in tokens)
    starts: list[list[Reading]] = [[] for _ in range(len(tokens) + 1)]
    for at, token in enumerate(tokens):
        starts[at].append(Reading(at, at + 1, "sign" if token.kind == "sign" else "unknown", 0.0))
        if token.quoted:
            end = at + 1
            while end < len(tokens) and tokens[end].quoted == token.quoted:
                end += 1
            starts[at].append(Reading(at, end, "literal", 5.0 * (end - at)))
            continue
        found = [*zip_reading(tokens, at, vocabulary), *school_readings(tokens, ways, at, vocabulary)]
        found += letter_readings(tokens, at, vocabulary)
        found += code_readings(tokens, at, vocabulary)
        found += absent_readings(tokens, ways, at, vocabulary)
        if counting:
            found += [each for each in (money(tokens, at), length(tokens, at), distance(tokens, at)) if each]
        for run in runs(tokens, ways, at):
            found += phrase_readings(run)
            found += exam_readings(run, tokens, vocabulary)
            found += subject_readings(run, vocabulary)
            found += place_readings(run, tokens, ways, vocabulary)
        for reading in found:
            if not any(each.quoted for each in tokens[reading.start : reading.end]):
                starts[reading.start].append(reading)
    prefer_towns(starts, tokens, vocabulary)
    campus_readings(starts, tokens, vocabulary)
    return starts


def runs(tokens: tuple[Token, ...], ways: tuple[tuple[Form, ...], ...], at: int) -> list[Run]:
    """Every run of words that starts at a token, in every form of each, the likelier forms first."""
    found: list[Run] = []
    held = [Run(at, at, ())]
    for end in range(at + 1, min(len(tokens), at + LONGEST_RUN) + 1):
        token = tokens[end - 1]
        if token.quoted or token.kind not in ("word", "number") or (token.after_minus and end - 1 > at):
            break
        gap = 0.3 if token.after_comma and end - 1 > at else 0.0
        longer = []
        for run in held:
            for form in ways[end - 1]:
                words = (*run.words, *form.words)
                cost, read = run.cost + form.cost + gap, run.corrected or form.corrected
                longer.append(Run(at, end, words, cost, read, form.slip, " ".join(words)))
        held = longer if len(longer) == 1 else sorted(longer, key=lambda run: run.cost)[:MOST_RUNS]
        found += [run for run in held if not (run.slip and end == at + 1)]
    return found


def best_chain(starts: Sequence[Sequence[Reading]]) -> list[Reading]:
    """The chain of readings, from the first token to the last, whose scores add up to most."""
    size = len(starts) - 1
    best: list[float] = [0.0, *[float("-inf")] * size]
    last: list[Reading | None] = [None] * (size + 1)
    for at in range(size):
        for reading in starts[at]:
            score = best[at] + reading.score
            if score > best[reading.end] + 1e-9:
                best[reading.end], last[reading.end] = score, reading
    chain: list[Reading] = []
    step = last[size]
    while step is not None:  # the first token's reading has none before it
        chain.append(step)
        step = last[step.start]
    return chain[::-1]
