from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0022_a_report_says_what_was_changed_instead"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedsearch",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[("unreadable", "It can no longer be read"), ("too-wide", "It finds too many programs")],
                default="",
                help_text="Why it sent no mail when it was last looked at",
                max_length=12,
            ),
            preserve_default=False,
        ),
    ]
