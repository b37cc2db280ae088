"""What students say of a program: the figures, worked out by the database, and a page of reviews.

Nothing but a number is told of fewer than `MINIMUM` accepted reviews: no words, no mean, nothing for machines. And
nothing here is read by the ranking; a test holds that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.urls import reverse

from directory.engagement.reviews import MINIMUM
from directory.models import Program, Review
from directory.vocab import ASPECTS, Rating, ReviewState

PER_PAGE: Final = 10
BEST, WORST = max(Rating.values), min(Rating.values)


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of what was rated: `text` "4.1" and `share` of the best (0 to 100), both empty below the minimum."""

    name: str
    label: str
    count: int
    text: str = ""
    share: int = 0

    @property
    def words(self) -> str:
        return f"{self.text} of {BEST}" if self.text else ""


@dataclass(frozen=True, slots=True)
class Band:
    """How many gave so many all in all; `share` of all, 0 to 100."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Summary:
    """`count` of accepted reviews; when `enough`, the mean all in all, the means by aspect and how the marks spread."""

    program: Program
    count: int
    overall: Mean | None = None
    aspects: tuple[Mean, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def enough(self) -> bool:
        return self.overall is not None

    @property
    def minimum(self) -> int:
        return MINIMUM

    @property
    def missing(self) -> int:
        """How many more make them readable."""
        return max(0, MINIMUM - self.count)

    @property
    def url(self) -> str:
        return reverse("review_list", args=[self.program.slug])

    @property
    def write_url(self) -> str:
        return reverse("review_write", args=[self.program.slug])


def review_summary(program: Program) -> Summary:
    """The figures of a program's accepted reviews, in one query."""
    figures = Review.objects.shown().filter(program=program).figures()
    count = int(figures["count"])
    if count < MINIMUM:
        return Summary(program, count)
    means = [_mean(name, figures) for name in ASPECTS]
    bands = tuple(
        Band(f"{value}: {Rating(value).label}", given := figures[f"stars_{value}"], round(100 * given / count))
        for value in sorted(Rating.values, reverse=True)
    )
    return Summary(program, count, means[0], tuple(means[1:]), bands)


def _mean(name: str, figures: dict[str, Any]) -> Mean:
    given, mean = int(figures[f"{name}_count"]), figures[f"{name}_mean"]
    if given < MINIMUM or mean is None:
        return Mean(name, ASPECTS[name], given)
    return Mean(name, ASPECTS[name], given, f"{mean:.1f}", round(100 * float(mean) / BEST))


@dataclass(frozen=True, slots=True)
class Shown:
    """One review as a page shows it; `reply` is the school's accepted answer, if there is one."""

    review: Review
    marks: tuple[tuple[str, str], ...]
    stars: tuple[bool, ...]
    reply: Any

    @property
    def overall(self) -> int:
        return self.review.overall or 0


def shown(review: Review) -> Shown:
    """The review with its marks in words; asks nothing when `reply` was selected with it."""
    marks = [
        (label, f"{value} of {BEST}")
        for name, label in ASPECTS.items()
        if name != "overall" and (value := getattr(review, name)) is not None
    ]
    reply = getattr(review, "reply", None)
    accepted = reply if reply is not None and reply.state == ReviewState.SHOWN else None
    stars = tuple(place <= (review.overall or 0) for place in range(1, BEST + 1))
    return Shown(review, tuple(marks), stars, accepted)


def review_pages(summary: Summary) -> Paginator:
    """Pages of accepted reviews, the newest first; empty below the minimum."""
    reviews = Review.objects.shown().filter(program=summary.program) if summary.enough else Review.objects.none()
    return Paginator(reviews.select_related("reply").order_by("-written_at", "-pk"), PER_PAGE)


def rating(summary: Summary) -> dict[str, Any]:
    """The mean for machines, for the page that shows it; {} below the minimum."""
    mean = summary.overall
    if mean is None:
        return {}
    return {
        "@type": "AggregateRating",
        "ratingValue": mean.text,
        "reviewCount": summary.count,
        "bestRating": BEST,
        "worstRating": WORST,
    }


def structured(summary: Summary, listed: list[Shown], url: str) -> dict[str, Any]:
    """The figures and the reviews of one page for machines, as schema.org says them; empty below the minimum.

    The writers are not named, so no name is made up for them.
    """
    program = summary.program
    if not summary.enough:
        return {}
    item = {
        "@type": "EducationalOccupationalProgram",
        "@id": url,
        "name": program.display_title,
        "url": url,
        "provider": {"@type": "CollegeOrUniversity", "name": program.school.name},
    }
    marks = {"bestRating": BEST, "worstRating": WORST}
    aggregate = {**rating(summary), "itemReviewed": item}
    reviews = [
        {
            "@type": "Review",
            "itemReviewed": {"@id": url},
            **({"name": each.review.title} if each.review.title else {}),
            "reviewBody": each.review.text,
            "datePublished": f"{each.review.written_at:%Y-%m}",
            "reviewRating": {"@type": "Rating", "ratingValue": each.overall, **marks},
        }
        for each in listed
    ]
    return {"@context": "https://schema.org", "@graph": [aggregate, *reviews]}
