"""Lists that were applied before it was kept how they were read get it from the history of their accreditor."""

from django.db import migrations


def remember(apps, schema_editor):
    lists = apps.get_model("directory", "AccreditorList")
    history = apps.get_model("directory", "HistoricalAgency")
    for held in lists.objects.filter(state="applied", read_as__isnull=True, applied_at__isnull=False).select_related(
        "agency"
    ):
        entries = history.objects.filter(id=held.agency_id, history_date__lte=held.applied_at)
        then = entries.order_by("-history_date", "-history_id").values_list("list_layout", flat=True).first()
        layout = (held.agency.list_layout if then is None else then) or {}
        held.read_as = {
            "words": layout.get("words", {}),
            "otherwise": layout.get("otherwise", ""),
            "cips": list(layout.get("cips", ())),
        }
        held.save(update_fields=["read_as"])


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0040_searches_for_duplicates_are_noted"),
    ]

    operations = [
        # Back again: what is kept harms nobody.
        migrations.RunPython(remember, migrations.RunPython.noop, elidable=True),
    ]
