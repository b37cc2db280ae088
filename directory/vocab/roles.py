"""What staff do here. Each role is a group of that name; a member of several may do what any of them may."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    VIEWER = "viewer", "Looks at everything and changes nothing"
    CURATOR = "curator", "Keeps schools, programs, evidence, accreditation, links and synonyms"
    MODERATOR = "moderator", "Decides what readers sent: errors that they reported, reviews, replies"
    EDITOR = "editor", "Writes and publishes career guides and lists"
    PUBLISHER = "publisher", "Loads official files and keeps the rules of exams"
    ADMINISTRATOR = "administrator", "All of it, and the accounts of staff"
