from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_a_sitting_has_a_beginning"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="withdrawn_by_name",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="consent",
            name="withdrawn_unit_name",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
