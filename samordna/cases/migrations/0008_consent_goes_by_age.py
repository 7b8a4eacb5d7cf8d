"""Who may consent goes by age (L-03)."""

from django.db import migrations, models

from samordna.kernel.append_only import forbid_deletion

_STANDS = forbid_deletion("cases_consent")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_join_requests"),
    ]

    operations = [
        # SQLite builds the table anew, which drops its triggers.
        migrations.RunPython(_STANDS.reverse_code, _STANDS.code),
        migrations.AddField(
            model_name="consent",
            name="guardians",
            field=models.CharField(blank=True, choices=[("BOTH", "BOTH"), ("ONE", "ONE")], max_length=4),
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
        _STANDS,
    ]
