"""The name of whom a consent was withdrawn by, as it is now: that is the best that is known. Of the unit nothing is."""

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    Consent = apps.get_model("cases", "Consent")
    for consent in Consent.objects.exclude(withdrawn_at=None).select_related("withdrawn_by").iterator():
        Consent.objects.filter(pk=consent.pk).update(withdrawn_by_name=consent.withdrawn_by.name)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_who_withdrew_a_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
