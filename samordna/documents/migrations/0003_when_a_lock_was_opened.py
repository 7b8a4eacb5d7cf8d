"""When a locked version was opened: from then on it waits to be locked again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_what_is_signed_stands")]

    operations = [
        migrations.AddField("documentversion", "unlocked_at", models.DateTimeField(blank=True, null=True))
    ]
