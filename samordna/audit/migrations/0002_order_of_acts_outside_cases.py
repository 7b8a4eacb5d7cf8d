from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entries_and_seals")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("case_id__isnull", True), models.Q(("object_id", ""), _negated=True)),
                fields=["object_kind", "object_id", "id"],
                name="audit_entry_object",
            ),
        )
    ]
