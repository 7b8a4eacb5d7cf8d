"""Who lowered a protection, why and where it was checked is never deleted, as acts on identity and names are not."""

from django.db import migrations

from samordna.kernel.append_only import forbid_deletion


class Migration(migrations.Migration):
    dependencies = [("people", "0008_names_written_over")]

    operations = [forbid_deletion("people_protectionchange")]
