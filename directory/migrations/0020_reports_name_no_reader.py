"""The history of reported errors named the account of a reader or school that was signed in; it names staff alone."""

from django.db import migrations
from django.db.models import Q


def forget_readers(apps, schema_editor):
    history = apps.get_model("directory", "HistoricalErrorReport").objects.using(schema_editor.connection.alias)
    staff = Q(history_user__is_staff=True) | Q(history_user__is_superuser=True)
    history.exclude(history_user=None).exclude(staff).update(history_user=None)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0019_a_schools_reply_names_its_domain"),
    ]

    operations = [
        migrations.RunPython(forget_readers, migrations.RunPython.noop),
    ]
