"""/lists/: programs gathered by a fact or by an editor, each with the reason why it stands there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.models import FeaturedList
from directory.profiles.featured import featured_profile, published_lists
from directory.profiles.military import ASKED, military_profile, military_question
from directory.views.result_cards import result_cards
from directory.views.unread import unread


@require_safe
def list_index(request: HttpRequest) -> HttpResponse:
    """Every list that there is, and what an editor's list is not."""
    return render(request, "directory/list_index.html", {"lists": published_lists(), "unread": unread(request)})


@require_safe
def featured_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One list of an editor; a draft has no public address, nor has a list without programs."""
    published = FeaturedList.objects.filter(state=FeaturedList.State.PUBLISHED, slug=slug).first()
    profile = featured_profile(published) if published else {}
    if not profile.get("rows"):
        raise Http404("No list has this address.")
    return render(request, "directory/featured_list.html", profile)


@require_safe
def military_list(request: HttpRequest) -> HttpResponse:
    """What schools say they offer to veterans, what it means, and programs near a place where it holds."""
    chosen = military_question(request.GET)
    profile = military_profile(chosen)
    cards = result_cards(chosen, profile["found"]) if profile["shows"] else ""
    context = {
        **profile,
        "cards": cards,
        "errors": chosen.problems,
        "unread": unread(request, *ASKED),
        "circles": [("", "50 miles (usual)"), *((miles, f"{miles} miles") for miles in ("10", "25", "100", "250"))],
    }
    return render(request, "directory/military_list.html", context)
