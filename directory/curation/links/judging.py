"""What an answer means, and when to ask again. Pure: knows neither network nor database.

A link is called broken after three strikes on three different days. What only says that machines are not welcome
(403, 429, a login) or that this machine cannot tell (a certificate that browsers may mend) is no strike.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from directory.vocab import Finding

STRIKES: Final = 3
NEXT_DAY: Final = dt.timedelta(hours=24)
EVERY: Final = dt.timedelta(days=30)
#: Broken links are asked again ever more seldom; some come back.
BACK_OFF: Final = (dt.timedelta(days=7), dt.timedelta(days=14), dt.timedelta(days=28))
UNDECIDED: Final = dt.timedelta(days=14)
VOUCHED_FOR: Final = dt.timedelta(days=180)
LONGEST_WAIT: Final = dt.timedelta(days=60)

GOOD: Final = frozenset((Finding.FINE, Finding.MOVED, Finding.DOUBTFUL))
BAD: Final = frozenset((Finding.GONE, Finding.FAILING, Finding.NO_HOST, Finding.LOOP))
PERMANENT: Final = frozenset((301, 308))
#: What a page calls itself that is not there and answers 200 all the same.
NOT_THERE: Final = re.compile(
    r"\b404\b|page (?:was |is |could |can)?\s?not (?:be )?(?:found|available)"
    r"|page (?:you )?.{0,40}(?:no longer exists|cannot be found)"
    r"|(?:site|page|file) not found|domain (?:is )?for sale|(?:account|site) (?:has been )?suspended",
    re.IGNORECASE,
)


class Failure:
    """Why there was no answer; the names are kept as they stand here."""

    NO_HOST: Final = "no host of this name"
    NOT_PUBLIC: Final = "leads to a machine that is not public"
    NO_ANSWER: Final = "no answer"
    CERTIFICATE: Final = "its certificate cannot be checked"
    LOOP: Final = "redirects without end"
    NO_ADDRESS: Final = "redirects to what is no address"


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: what it answered, and where it led."""

    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the last status, or why there is none. `title` is that of an HTML page, as far as it was read."""

    asked: str
    status: int | None = None
    failure: str = ""
    hops: tuple[Hop, ...] = ()
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: int | None = None

    @property
    def final(self) -> str:
        """The address that answered in the end."""
        return self.hops[-1].to if self.hops else self.asked


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered of a link between two askings."""

    strikes: int = 0
    struck_on: dt.date | None = None
    broken_since: dt.date | None = None
    tries_broken: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to remember now. `moved_to` is where it has moved for good; empty when it has not."""

    finding: Finding
    reason: str
    standing: Standing
    ask_again: dt.datetime
    moved_to: str = ""


def judge(
    answer: Answer, before: Standing, *, now: dt.datetime, vouched_on: dt.date | None = None, spread: float = 0.5
) -> Verdict:
    """What an answer means for a link that stood so before.

    Where a person saw the page lately (`vouched_on`), a machine's failure counts for nothing, unless the host is gone.
    `spread` (0 to 1) keeps links that were asked on one day from meeting again on one day.
    """
    finding, reason = read(answer)
    vouched = vouched_on is not None and now.date() - vouched_on < VOUCHED_FOR and finding != Finding.NO_HOST
    if finding in GOOD:
        standing = Standing()
        wait = EVERY + dt.timedelta(days=6 * (spread - 0.5))
    elif finding in BAD and not vouched:
        standing = _struck(before, now.date())
        wait = NEXT_DAY if standing.broken_since is None else BACK_OFF[min(standing.tries_broken, len(BACK_OFF)) - 1]
    else:
        standing, wait = before, UNDECIDED
    if answer.retry_after:
        wait = min(max(wait, dt.timedelta(seconds=answer.retry_after)), LONGEST_WAIT)
    moved = answer.final if finding == Finding.MOVED else ""
    return Verdict(finding, reason, standing, now + wait, moved)


def _struck(before: Standing, today: dt.date) -> Standing:
    """One strike a day at most: three failures of one bad hour are one."""
    if before.struck_on == today:
        return before
    strikes = min(before.strikes + 1, STRIKES)
    broken = before.broken_since or (today if strikes == STRIKES else None)
    return Standing(strikes, today, broken, before.tries_broken + 1 if broken else 0)


def read(answer: Answer) -> tuple[Finding, str]:
    """What one answer says by itself, with the reason in words."""
    if answer.failure:
        return _failed(answer.failure)
    status = answer.status or 0
    if status in (404, 410):
        return Finding.GONE, f"answered {status}"
    if status in (408, 425) or (status >= 500 and status != 999):
        return Finding.FAILING, f"answered {status}"
    if not (200 <= status < 300 or status == 304):
        # 401, 403, 405, 429, 999 and the like: a person may see a page where a machine sees none.
        return Finding.REFUSED, f"answered {status} to a machine"
    if hint := _soft_404(answer):
        return Finding.DOUBTFUL, hint
    if answer.hops and all(hop.status in PERMANENT for hop in answer.hops):
        return Finding.MOVED, f"moved to {answer.final}"
    return Finding.FINE, "leads on" if answer.hops else "answers"


def _failed(failure: str) -> tuple[Finding, str]:
    finding = {
        Failure.NO_HOST: Finding.NO_HOST,
        Failure.NOT_PUBLIC: Finding.NOT_PUBLIC,
        Failure.NO_ADDRESS: Finding.NOT_PUBLIC,
        Failure.CERTIFICATE: Finding.INSECURE,
        Failure.LOOP: Finding.LOOP,
    }.get(failure, Finding.FAILING)
    return finding, failure


def _soft_404(answer: Answer) -> str:
    """A hint that a page is gone though it answers 200; a person has to look."""
    if NOT_THERE.search(answer.title):
        return f"its title reads “{answer.title[:80]}”"
    asked, final = urlsplit(answer.asked), urlsplit(answer.final)
    deep = asked.path.strip("/") or asked.query
    if answer.hops and deep and not final.path.strip("/") and not final.query:
        return "a page below leads to the front page"
    return ""
