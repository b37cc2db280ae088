"""What: the words of a search, each looked for among fields, schools, places, awards and certifications.

Every word must fit somewhere (AND), in any order. A word becomes a condition on the search table; nothing that
the reader typed is dropped, save the few filling words that `Words.ignored` names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q

from directory.models import FieldOfStudy, Opening, Program, School
from directory.vocab import STATES, Delivery, LevelGroup

LONGEST, MOST_WORDS = 200, 12
FILLING = frozenset(("a", "an", "and", "at", "for", "in", "near", "of", "on", "or", "the", "to", "program", "programs"))
#: Everyday words for award levels.
LEVEL_WORDS: dict[str, tuple[LevelGroup, ...]] = {
    "certificate": (LevelGroup.CERTIFICATE, LevelGroup.POSTBACC_CERTIFICATE),
    "certificates": (LevelGroup.CERTIFICATE, LevelGroup.POSTBACC_CERTIFICATE),
    "diploma": (LevelGroup.CERTIFICATE,),
    "associate": (LevelGroup.ASSOCIATE,),
    "associates": (LevelGroup.ASSOCIATE,),
    "aas": (LevelGroup.ASSOCIATE,),
    "bachelor": (LevelGroup.BACHELORS,),
    "bachelors": (LevelGroup.BACHELORS,),
    "master": (LevelGroup.MASTERS,),
    "masters": (LevelGroup.MASTERS,),
    "degree": (LevelGroup.ASSOCIATE, LevelGroup.BACHELORS, LevelGroup.MASTERS, LevelGroup.DOCTORATE),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: those that are looked for, the filling words, and those beyond the first dozen."""

    wanted: tuple[str, ...]
    ignored: tuple[str, ...]
    beyond: tuple[str, ...] = ()


def split(text: str) -> Words:
    """Lower-case words without accents and punctuation, each once; "Bachelor's" is "bachelors"."""
    unmarked = text[:LONGEST].replace("'", "").replace("’", "")
    plain = unicodedata.normalize("NFKD", unmarked).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9.\-]+", plain)
    words = list(dict.fromkeys(word.strip(".-") for word in words if word.strip(".-")))
    told = [word for word in words if word not in FILLING]
    filling = tuple(word for word in words if word in FILLING)
    return Words(tuple(told[:MOST_WORDS]), filling, tuple(told[MOST_WORDS:]))


def condition(text: str) -> Q:
    """The search table's rows that fit every word of the text."""
    found = Q()
    for word in split(text).wanted:
        found &= _word(word)
    return found


def _word(word: str) -> Q:
    fields = FieldOfStudy.objects.filter(_contains("title", word) | _contains("everyday_names", word) | Q(cip=word))
    schools = School.objects.filter(
        _contains("name", word) | _contains("aliases", word) | _contains("city", word) | Q(state__in=_states(word))
    )
    own_titles = Program.objects.exclude(title="").filter(_contains("title", word))
    found = Q(program__field__in=fields) | Q(school__in=schools) | Q(program__in=own_titles)
    if word in LEVEL_WORDS:
        found |= Q(level__in=LEVEL_WORDS[word])
    if word == Delivery.ONLINE:
        found |= Q(delivery=Delivery.ONLINE)
    # A subquery of its own: in one join, "rhit cca" would ask for one opening that is both.
    opened = Opening.objects.filter(certification__slug=word).values("program")
    return found | Q(program__in=opened)


def _contains(column: str, word: str) -> Q:
    """A word starts where a word starts: "hit" is not in "white". Short columns: a pattern is quick enough."""
    return Q((f"{column}__iregex", rf"(^|[^a-z0-9]){re.escape(word)}"))


def _states(word: str) -> list[str]:
    """Whole names only; the two letters of "in" and "or" are words before they are states."""
    return [usps for usps, name in STATES.items() if name.lower() == word]
