"""Readings are kept per part. Those of whole cases go: they say nothing of what was read in each."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("cases", "CaseReading").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_nothing_is_deleted")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveConstraint("casereading", "case_reading_once"),
        migrations.AddField(
            "casereading", "part", models.CharField(default="", max_length=20), preserve_default=False
        ),
        migrations.AddConstraint(
            "casereading",
            models.UniqueConstraint(fields=("case", "user", "part"), name="case_reading_once"),
        ),
    ]
