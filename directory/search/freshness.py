"""What each worker keeps in memory for searching, and when it reads it anew.

The database holds two tokens, random texts that a change replaces in its own transaction (`touch`): one for the
listed programs, one for what words can mean, which changes seldom and takes longer to read. A worker compares both
at each question: one read of one row. With `SEARCH_RELOADS_BEHIND` a worker that holds something goes on answering
from it, for the seconds that reading anew takes, while a thread reads.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any, Final, Generic, TypeVar, cast

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponseBase
from django.utils import timezone

from directory.models import SearchState
from directory.search.table.columns import Columns
from directory.search.table.loading import load_columns
from directory.search.thrift import give_back
from directory.search.vocabulary import Vocabulary
from directory.search.vocabulary import load as load_vocabulary

_ROW: Final = 1
_TOKENS: Final = f"SELECT token, names_token FROM directory_searchstate WHERE id = {_ROW}"  # noqa: S608 - our own number
_log = logging.getLogger(__name__)
#: Reading takes twice the memory of what is read; two readings at once would take both, and leave it in pieces.
_one_at_a_time: Final = Lock()
Held = TypeVar("Held")


class Part(Generic[Held]):
    """One thing in memory with the token it was read under.

    What `follows` another part is made of it, and read anew right after it: else it would keep the old one in memory
    until somebody asks.
    """

    def __init__(
        self,
        load: Callable[[], Held],
        *,
        is_quick: Callable[[Held], bool] = lambda held: False,
        follows: Part[Any] | None = None,
        present: Callable[[], str] = lambda: "",
    ) -> None:
        """`present` asks the database for the token of this moment; "" leaves it at the question's own."""
        self._load, self._is_quick, self._present = load, is_quick, present
        self._followers: list[Part[Any]] = []
        if follows is not None:
            follows._followers.append(self)  # noqa: SLF001 - our own class
        self._lock = Lock()
        self._held: tuple[str, Held] | None = None
        self._reading = False

    def get(self, token: str) -> tuple[str, Held]:
        """The thing and its token: of this token, or of the one before it while a thread reads anew.

        A question that has begun before a change may come when the new state is held already; it gets that one, and
        does not have the same state read again under a token that is gone.
        """
        held = self._held
        if held is not None and held[0] == token:
            return held
        token = self._present() or token
        if held is not None and held[0] == token:
            return held
        if held is not None and settings.SEARCH_RELOADS_BEHIND and not self._is_quick(held[1]):
            self._read_behind(token)
            return held
        return self._read(token)

    def holds(self, fit: Callable[[Held], bool]) -> bool:
        """Whether something is held, and it fits."""
        held = self._held
        return held is not None and fit(held[1])

    def forget(self) -> None:
        self._held = None

    def _hold(self, token: str) -> None:
        self._held = (token, self._load())
        give_back()

    def _read(self, token: str) -> tuple[str, Held]:
        with self._lock:  # one thread reads, the others wait for it
            if self._held is None or self._held[0] != token:
                self._hold(token)
            return cast(tuple[str, Held], self._held)

    def _read_behind(self, token: str) -> None:
        with self._lock:
            if self._reading or (self._held is not None and self._held[0] == token):
                return
            self._reading = True
            try:
                Thread(target=self._behind, args=(token,), name="search reload", daemon=True).start()
            except RuntimeError:  # no thread to be had; the next question tries again
                self._reading = False

    def _behind(self, token: str) -> None:
        try:
            with _one_at_a_time:
                self._hold(token)
        except Exception:
            # The old state goes on answering, and the next question tries again.
            _log.exception("The search could not be read anew.")
        finally:
            self._reading = False
            connections.close_all()
        for follower in self._followers:
            follower.follow(token)

    def follow(self, token: str) -> None:
        """Read anew what was held, because what it is made of was."""
        if self._held is not None:
            self._read_behind(token)


#: With so many programs everything is read in a second: whoever corrects one or adds a synonym sees it at once.
QUICK: Final = 20_000
_columns: Final = Part(
    load_columns, is_quick=lambda columns: len(columns) <= QUICK, present=lambda: _present_tokens()[0]
)
vocabulary_part: Final = Part(
    load_vocabulary,
    is_quick=lambda _: _columns.holds(lambda columns: len(columns) <= QUICK),
    present=lambda: _present_tokens()[1],
)


#: The token of the programs and the one of the names.
State = tuple[str, str]
Response = TypeVar("Response", bound=HttpResponseBase)


class Snapshot:
    """The search tables as one question sees them; each is fetched when it is first needed."""

    def __init__(self, programs: str, names: str) -> None:
        self._tokens = programs, names
        self._programs: tuple[str, Columns] | None = None
        self._names: tuple[str, Vocabulary] | None = None

    @property
    def columns(self) -> Columns:
        if self._programs is None:
            self._programs = _columns.get(self._tokens[0])
        return self._programs[1]

    @property
    def vocabulary(self) -> Vocabulary:
        if self._names is None:
            self._names = vocabulary_part.get(self._tokens[1])
        return self._names[1]

    @property
    def names_token(self) -> str:
        """Names the state of the words that this question sees."""
        return self._tokens[1] if self._names is None else self._names[0]

    @property
    def state(self) -> State | None:
        """Names all that this question has seen; None where that is older than what the database holds by now."""
        seen = self.token, self.names_token
        return seen if seen == self._tokens else None

    @property
    def token(self) -> str:
        """Names the state of the programs that this question sees."""
        return self._tokens[0] if self._programs is None else self._programs[0]


def current() -> Snapshot:
    """The tables as they are now, for one question."""
    return Snapshot(*_present_tokens())


def present_state() -> State | None:
    """Names what the database holds now; None before anything was loaded."""
    state = _present_tokens()
    return None if state[0].endswith(" ") else state


def may_be_kept(response: Response, snapshot: Snapshot) -> Response:
    """Mark an answer as the same for everybody without a session, until the data change (config/kept_pages.py)."""
    response.made_of = snapshot.state  # type: ignore[attr-defined]
    return response


def _present_tokens() -> State:
    """The tokens of the programs and of the names, each with its database."""
    # Without the ORM, because this is asked at every page.
    here = connections[DEFAULT_DB_ALIAS]
    with here.cursor() as cursor:
        cursor.execute(_TOKENS)
        programs, names = cursor.fetchone() or ("", "")
    # Several databases may come by in one process, each with a state of the same name: none yet.
    database = str(here.settings_dict["NAME"])
    return f"{database} {programs}", f"{database} {names}"


def touch(*, names: bool = True) -> None:
    """Say that what can be found has changed; `names` when words may mean something else, too.

    Belongs into the transaction of the change.
    """
    state = {"token": secrets.token_hex(16), "built_at": timezone.now()}
    new_names = {"names_token": secrets.token_hex(16)}
    changed = {**state, **new_names} if names else state
    SearchState.objects.update_or_create(pk=_ROW, defaults=changed, create_defaults={**state, **new_names})


def warm() -> None:
    """Read everything now, so that a new worker's first question need not wait."""
    snapshot = current()
    _ = snapshot.columns, snapshot.vocabulary


def forget() -> None:
    """Drop what this worker holds; for tests, whose databases come and go under the same name."""
    _columns.forget()
    vocabulary_part.forget()
