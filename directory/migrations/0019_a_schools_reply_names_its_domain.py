from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0018_editors_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name='errorreport',
            name='reply_domain',
            field=models.CharField(blank=True, help_text='Where its writer has a confirmed address', max_length=253),
        ),
        migrations.AddField(
            model_name='historicalerrorreport',
            name='reply_domain',
            field=models.CharField(blank=True, help_text='Where its writer has a confirmed address', max_length=253),
        ),
    ]
