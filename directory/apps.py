"""The directory app: schools, programs, certifications and where each fact comes from."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class DirectoryConfig(AppConfig):
    name = "directory"
    default_auto_field = "django.db.models.BigAutoField"
    #: What the starter catalogue holds of this app, and what is loaded after it.
    starter_tables = "directory.pipeline.starter_tables.STARTER_TABLES"
    starter_loaders = (
        "directory.curation.everyday_names.load_everyday_names",
        "directory.eligibility.reference.load_certifications",
        "directory.search.synonyms.load_synonyms",
    )

    #: What a text can mean: kind of SearchEntry -> the function that yields the entries.
    search_entries = {
        "field": "directory.search.sources.fields",
        "certification": "directory.search.sources.certifications",
        "school": "directory.search.sources.schools",
        "program": "directory.search.sources.programs",
    }

    #: What a reader can report as wrong: kind of page -> the function that finds the page by its slug.
    reportable = {
        "program": "directory.profiles.reportable.program",
        "school": "directory.profiles.reportable.school",
        "certification": "directory.profiles.reportable.certification",
    }
    #: What a browser kept before its reader was known (directory.engagement.readers).
    when_a_reader_signs_in = (
        "directory.engagement.shortlist.bring_along",
        "directory.pipeline.alerts.remember_saved",
    )
    #: What is kept about a reader, for the reader's own page.
    kept_about_a_reader = ("directory.engagement.saved_searches.kept", "directory.engagement.reviews.kept_about")
    #: What our pages lead to: functions that yield `curation.links.register.Use`.
    outbound_addresses = (
        "directory.curation.links.register.of_schools",
        "directory.curation.links.register.of_programs",
        "directory.curation.links.register.of_corrections",
        "directory.curation.links.register.of_exams",
        "directory.curation.links.register.of_featured_lists",
    )

    #: What waits for staff: `curation.worklists.case.Kind`, the order in which pages name them.
    worklists = (
        "directory.curation.worklists.accreditation.KIND",
        "directory.curation.worklists.links.KIND",
        "directory.curation.worklists.enrol.KIND",
        "directory.curation.worklists.overrides.KIND",
        "directory.curation.worklists.prices.KIND",
        "directory.curation.worklists.unmatched.KIND",
        "directory.curation.worklists.duplicates.KIND",
        "directory.curation.worklists.reports.KIND",
        "directory.curation.worklists.reviews.KIND",
        "directory.curation.worklists.replies.KIND",
        "directory.curation.worklists.mails.KIND",
    )

    #: Which role may do what, here and with Django's own accounts.
    staff_roles = "directory.curation.roles.OF_DIRECTORY"
    roles_beside = {"auth": "directory.curation.roles.OF_ACCOUNTS", "axes": "directory.curation.roles.OF_LOCKS"}
    #: What `manage.py forget` removes besides what is kept about readers.
    forgets = ("directory.staff.locks.forget_tries", "directory.pipeline.proposals.trimming.trim")

    def ready(self) -> None:
        """Importing an importer or a check registers it; groups of staff follow what `migrate` permits."""
        import_module("directory.staff.checks")
        post_migrate.connect(import_string("directory.curation.roles.write_roles"), sender=self)
        package = import_module("directory.importers")
        for module in iter_modules(package.__path__):
            import_module(f"directory.importers.{module.name}")
