"""Writes the small project that a tutorial ends with: ModelViewSet, filters, SearchFilter, a GROUP BY per facet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

SETTINGS: Final = """
SECRET_KEY = "{secret}"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tutorial.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "rest_framework",
    "django_filters",
    "tutorial",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}}]
DATABASES = {{"default": {{**{database!r}, "CONN_MAX_AGE": 600}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REST_FRAMEWORK = {{
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 20,
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend", "rest_framework.filters.SearchFilter",
    ],
}}
"""
MODELS: Final = """
from django.db import models


class Program(models.Model):
    title = models.TextField()
    school_name = models.TextField()
    city = models.TextField()
    state = models.TextField()
    cip = models.TextField()
    level = models.TextField()
    length = models.TextField()
    control = models.TextField()
    delivery = models.TextField()
    standing = models.TextField()
    price = models.IntegerField(null=True)
    earnings = models.IntegerField(null=True)
    awards = models.IntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    rank_points = models.FloatField()

    class Meta:
        managed = False
        db_table = "peer_program"
"""
URLS: Final = """
from django.db.models import Count
from rest_framework import routers, serializers, viewsets

from tutorial.models import Program


class ProgramSerializer(serializers.ModelSerializer):
    class Meta:
        model = Program
        fields = "__all__"


class ProgramViewSet(viewsets.ModelViewSet):
    queryset = Program.objects.order_by("-rank_points", "id")
    serializer_class = ProgramSerializer
    search_fields = ["title", "school_name", "city", "state"]
    filterset_fields = {{
        **{{name: ["exact", "in"] for name in {facets!r}}},
        **{{name: ["lte", "gte"] for name in ("price", "latitude", "longitude")}},
    }}

    def list(self, request):
        response = super().list(request)
        found = self.filter_queryset(self.get_queryset()).order_by()
        response.data["facets"] = {{name: list(found.values(name).annotate(count=Count("pk"))) for name in {facets!r}}}
        return response


router = routers.DefaultRouter()
router.register("programs", ProgramViewSet)
urlpatterns = router.urls
"""
WSGI: Final = """
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
"""


def write(folder: Path, database: dict[str, str], facets: Sequence[str]) -> None:
    """The project on a database in Django's words."""
    package = folder / "tutorial"
    package.mkdir(parents=True)
    files = {
        "__init__.py": "",
        "settings.py": SETTINGS.format(secret="x" * 50, database=database),
        "models.py": MODELS,
        "urls.py": URLS.format(facets=tuple(facets)),
        "wsgi.py": WSGI,
    }
    for name, text in files.items():
        (package / name).write_text(text.lstrip(), encoding="utf-8")
