from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0020_reports_name_no_reader"),
    ]

    operations = [
        migrations.RemoveField(model_name="historicalerrorreport", name="reply"),
        migrations.RemoveField(model_name="historicalerrorreport", name="reply_domain"),
    ]
