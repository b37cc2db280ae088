"""The careers app: occupations, their pay and outlook, and the careers that people look for."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class CareersConfig(AppConfig):
    name = "careers"
    default_auto_field = "django.db.models.BigAutoField"
    #: What the starter catalogue holds of this app, and what is loaded after it.
    starter_tables = "careers.starter.STARTER_TABLES"
    starter_loaders = ("careers.starter.load_careers", "careers.starter.guides.load_guides")

    #: What a text can mean: kind of SearchEntry -> the function that yields the entries.
    search_entries = {"career": "careers.entries.careers"}

    #: What a reader can report as wrong: kind of page -> the function that finds the page by its slug.
    reportable = {"career": "careers.profiles.reportable.career"}
    when_a_reader_signs_in = ("careers.plan.keeping.bring_along",)
    #: What has had its time, for `manage.py forget`.
    forgets = ("careers.plan.sharing.tidy",)
    kept_about_a_reader = ("careers.plan.kept.kept",)
    #: What the guides lead to.
    outbound_addresses = ("careers.outbound.of_guides",)

    #: Guides that are to be read again.
    worklists = ("careers.worklists.KIND",)

    staff_roles = "careers.roles.OF_CAREERS"

    def ready(self) -> None:
        """Importing an importer registers it; the groups of staff follow the permissions that `migrate` makes."""
        post_migrate.connect(import_string("directory.curation.roles.write_roles"), sender=self)
        package = import_module("careers.importers")
        for module in iter_modules(package.__path__):
            import_module(f"careers.importers.{module.name}")
