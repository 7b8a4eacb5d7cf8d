"""Who may consent goes by age (L-03)."""

from django.db import migrations, models

from samordna.kernel.append_only import AlterGuarded


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_join_requests"),
    ]

    operations = [
        AlterGuarded(
            "cases_consent",
            [
                migrations.AddField(
                    model_name="consent",
                    name="guardians",
                    field=models.CharField(
                        blank=True, choices=[("BOTH", "BOTH"), ("ONE", "ONE")], max_length=4
                    ),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="judgement",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="consent",
                    name="lapsed_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
            ],
        ),
    ]
