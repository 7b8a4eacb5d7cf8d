from django.db import migrations, models

from samordna.kernel.append_only import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_a_sitting_has_a_beginning"),
    ]

    operations = [
        AlterGuarded(
            "cases_consent",
            [
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
            ],
        )
    ]
