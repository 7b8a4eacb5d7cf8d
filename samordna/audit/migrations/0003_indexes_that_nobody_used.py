"""Foreign keys that no row is looked for by, or that begin another index, lose their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_order_of_acts_outside_cases"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="entry",
            name="audit_entry_person",
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["person_id"], name="audit_entry_of_person"),
        ),
    ]
