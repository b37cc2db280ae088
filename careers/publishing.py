"""Writing guides: drafts, their sections, and the hour from which readers see them.

Every function is one transaction and returns what it changed. `by` is the person at the desk, None for a command.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.guides.checks import problems
from careers.guides.pages import missing_pages
from careers.guides.refusals import Conflict as Conflict
from careers.guides.refusals import Later as Later
from careers.guides.refusals import NotReady as NotReady
from careers.guides.refusals import Refused as Refused
from careers.guides.refusals import WouldBeReplaced as WouldBeReplaced
from careers.models import Career, Guide, GuideSection, GuideVersion
from careers.vocab import PARTS

#: Of a version, besides its sections, what an editor fills in.
DETAILS: Final = ("note", "author")


def stamp(text: str) -> str:
    """A short mark of a text: an editor sends it back, so that we know which state they began from."""
    return hashlib.sha256(_tidy(text).encode()).hexdigest()[:16]


def texts_of(version: GuideVersion) -> dict[str, str]:
    """Key -> text of a version's sections, in the order of the page; one query."""
    held = dict(version.sections.values_list("key", "text"))
    return {key: held[key] for key in PARTS if key in held}


def state_stamp(version: GuideVersion) -> str:
    """A short mark of all that publishing a version would show, and of the hours of the versions beside it.

    Who publishes or reviews sends it back, so that nothing goes out that was saved after they looked.
    """
    hours = version.guide.versions.exclude(publish_at=None).order_by("number").values_list("number", "publish_at")
    shown = {
        **texts_of(version),
        **{name: getattr(version, name) for name in DETAILS},
        "review": f"{version.reviewer} {version.reviewed_on}",
        "hours": "".join(f"{number} {hour} " for number, hour in hours),
    }
    return stamp(repr(sorted(shown.items())))


def scheduled_after(version: GuideVersion, hour: dt.datetime) -> list[GuideVersion]:
    """The other versions of the guide that begin later than an hour, the next one first."""
    rows = GuideVersion.objects.filter(guide=version.guide_id, publish_at__gt=hour).exclude(pk=version.pk)
    return list(rows.order_by("publish_at"))


@transaction.atomic
def start_draft(*, career: Career, by: Any = None, after: GuideVersion | None = None) -> GuideVersion:
    """The draft of a career's guide: the one that exists, else a new one with the text of `after`.

    Without `after` it begins with the version that counts now, or empty.
    """
    guide, _ = Guide.objects.get_or_create(career=career)
    _lock(guide)
    draft: GuideVersion | None = GuideVersion.objects.drafts().filter(guide=guide).first()
    if draft is not None:
        return draft
    model = after or GuideVersion.objects.current(career=career.pk, now=timezone.now())
    draft = _add(guide, made_by=by)
    if model is not None:
        _write(draft, texts_of(model))
    return draft


@transaction.atomic
def save_draft(
    *, draft: GuideVersion, sections: Mapping[str, str], details: Mapping[str, str], seen: Mapping[str, str]
) -> GuideVersion:
    """Save what an editor typed; what others saved meanwhile stays where this editor changed nothing.

    `seen` holds, by section or detail, the stamp of the text that the editor began from. Raises Conflict, and saves
    nothing, where both changed the same text; Refused when it is no draft any more. A review goes when the text
    changes: nobody has read what stands there now.
    """
    version = GuideVersion.objects.select_for_update().get(pk=draft.pk)
    if not version.is_draft:
        raise Refused("This version has been published meanwhile. Your text is still in the form: copy it.")
    held = texts_of(version)
    now = {**{key: held.get(key, "") for key in PARTS}, **{name: getattr(version, name) for name in DETAILS}}
    given = {name: _tidy(text) for name, text in {**sections, **details}.items() if name in now}
    wanted = {name: text for name, text in given.items() if stamp(text) != seen.get(name) and text != now[name]}
    theirs = {name: now[name] for name in wanted if stamp(now[name]) != seen.get(name)}
    if theirs:
        raise Conflict(theirs)
    rewritten = {name: text for name, text in wanted.items() if name in PARTS}
    _write(version, rewritten)
    changed: list[str] = [name for name in DETAILS if name in wanted]
    for name in changed:
        setattr(version, name, wanted[name])
    if rewritten and version.reviewer:
        version.reviewer, version.reviewed_on = "", None
        changed += ["reviewer", "reviewed_on"]
    if changed:
        version.save(update_fields=changed)
    return version


@transaction.atomic
def publish(
    *,
    draft: GuideVersion,
    at: dt.datetime | None = None,
    now: dt.datetime | None = None,
    seen: str | None = None,
    later: Later = Later.ASK,
) -> GuideVersion:
    """Let a draft count from an hour on, which is now unless `at` is later.

    `seen` is the state_stamp that the person looked at, None for a command. `later` says what becomes of a version
    that is scheduled for after that hour. Raises NotReady, WouldBeReplaced where `later` leaves that open, or Refused.
    """
    moment = now or timezone.now()
    _lock(draft.guide)
    version = GuideVersion.objects.select_for_update().get(pk=draft.pk)
    if not version.is_draft:
        raise Refused("Only a draft can be published.")
    if at is not None and at <= moment:
        raise Refused("That hour has passed. Choose a later one, or publish now.")
    _same(version, seen)
    texts = texts_of(version)
    if found := [*problems(texts), *missing_pages(texts)]:
        raise NotReady(found)
    version.publish_at = at or moment
    scheduled = scheduled_after(version, version.publish_at)
    if scheduled and later == Later.ASK:
        raise WouldBeReplaced(scheduled)
    if len(scheduled) > 1 and later == Later.TAKE_BACK:
        raise Refused("Several later versions are scheduled, and a guide has one draft: only one can be taken back.")
    try:
        with transaction.atomic():
            version.save(update_fields=["publish_at"])
    except IntegrityError:
        raise Refused("Another version begins at that very hour. Choose another one.") from None
    if later == Later.TAKE_BACK:
        for each in scheduled:
            take_back(scheduled=each, now=moment)
    return version


@transaction.atomic
def take_back(*, scheduled: GuideVersion, now: dt.datetime | None = None) -> GuideVersion:
    """Make a scheduled version a draft again, as long as its hour has not come."""
    version = GuideVersion.objects.select_for_update().get(pk=scheduled.pk)
    if version.publish_at is None or version.publish_at <= (now or timezone.now()):
        raise Refused("Readers see this version already. Start a new draft from an older one instead.")
    if GuideVersion.objects.drafts().filter(guide=version.guide_id).exists():
        raise Refused("This guide has a draft already. Publish that one first, or go on with it.")
    version.publish_at = None
    version.save(update_fields=["publish_at"])
    return version


@transaction.atomic
def record_review(
    *,
    version: GuideVersion,
    reviewer: str,
    on: dt.date | None,
    may_publish: bool = True,
    seen: str | None = None,
) -> GuideVersion:
    """Say who has read a version, and when; both empty takes it back. The text stays as it is.

    On a version that is no draft a name goes out to readers: PermissionDenied without `may_publish`. `seen` as in
    publish, for a draft; what was published does not change. Raises Refused.
    """
    version = GuideVersion.objects.select_for_update().get(pk=version.pk)
    if not version.is_draft and not may_publish:
        raise PermissionDenied("Who reviewed a published version is said by those who may publish.")
    reviewer = " ".join(reviewer.split())
    if bool(reviewer) != (on is not None):
        raise Refused("A review has a name and a day.")
    if on is not None and on > timezone.localdate():
        raise Refused("The day of the review has not come yet.")
    if version.is_draft and reviewer:
        _same(version, seen)
    version.reviewer, version.reviewed_on = reviewer, on
    version.save(update_fields=["reviewer", "reviewed_on"])
    return version


@transaction.atomic
def add_shipped(*, career: Career, sections: Mapping[str, str], note: str, digest: str) -> GuideVersion:
    """A version that came with the product, published at once."""
    guide, _ = Guide.objects.get_or_create(career=career)
    _lock(guide)
    version = _add(
        guide,
        origin=GuideVersion.Origin.SHIPPED,
        digest=digest,
        note=note[:300],
        publish_at=timezone.now(),
    )
    _write(version, sections)
    return version


def _same(version: GuideVersion, seen: str | None) -> None:
    """Refuse when a version is not as the person saw it."""
    if seen is not None and seen != state_stamp(version):
        raise Refused("Somebody has changed this guide since you opened its page. Nothing was done: look at it again.")


def _lock(guide: Guide) -> None:
    """Others who add a version wait; SQLite locks the whole database anyway."""
    Guide.objects.select_for_update().get(pk=guide.pk)


def _add(guide: Guide, **columns: Any) -> GuideVersion:
    newest = guide.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return GuideVersion.objects.create(guide=guide, number=newest + 1, **columns)


def _write(version: GuideVersion, sections: Mapping[str, str]) -> None:
    """One row at a time, because each leaves its line in the history."""
    rows = {row.key: row for row in version.sections.all()}
    for key, given in sections.items():
        text, row = _tidy(given), rows.get(key)
        if row is None and text:
            GuideSection.objects.create(version=version, key=key, text=text)
        elif row is not None and not text:
            row.delete()
        elif row is not None and row.text != text:
            row.text = text
            row.save(update_fields=["text"])


def _tidy(text: str) -> str:
    """As a form sends it and as a file holds it, the same text; PostgreSQL refuses NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
