from django.db import migrations, models

from samordna.kernel.append_only import forbid_deletion

_STANDS = forbid_deletion("cases_consent")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_a_sitting_has_a_beginning"),
    ]

    operations = [
        # SQLite builds the table anew, which drops its triggers.
        migrations.RunPython(_STANDS.reverse_code, _STANDS.code),
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
        _STANDS,
    ]
