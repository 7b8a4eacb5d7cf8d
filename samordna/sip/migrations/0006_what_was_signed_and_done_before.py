"""What plans signed before 0004 lack, and what follow-ups opened again before 0005 had as done for good."""

import json

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

from samordna.sip.rules.plan import gaps


def count_gaps(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Of each plan that is signed and not locked: the lists tell that it is to be completed before it is locked."""
    signed = apps.get_model("documents", "DocumentVersion").objects.filter(
        document__kind="PLAN", status="SIGNED", plan__gaps=0
    )
    contents = apps.get_model("sip", "PlanContent").objects
    for edition_id, content in signed.values_list("pk", "content").iterator(chunk_size=500):
        missing = len(gaps(json.loads(bytes(content))))
        if missing:
            contents.filter(edition_id=edition_id).update(gaps=missing)


def close_what_was_done(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was reported as done in the edition that was locked before this one is not corrected any more."""
    versions = apps.get_model("documents", "DocumentVersion").objects.filter(document__kind="FOLLOW_UP")
    before = versions.filter(
        document=OuterRef("document"), number__lt=OuterRef("number"), signed_at__isnull=False
    ).order_by("-number")
    reports = apps.get_model("sip", "ActivityReport").objects.filter(status="DONE")
    again = versions.filter(number__gt=1).annotate(locked=Subquery(before.values("pk")[:1]))
    pairs = again.filter(locked__isnull=False).values_list("pk", "locked")
    for edition_id, locked_id in pairs.iterator(chunk_size=500):
        done = reports.filter(edition_id=locked_id).values_list("activity_lineage", flat=True)
        reports.filter(edition_id=edition_id, activity_lineage__in=list(done)).update(done_before=True)


class Migration(migrations.Migration):
    dependencies = [
        ("sip", "0005_a_report_is_corrected"),
        ("documents", "0003_when_a_lock_was_opened"),
    ]

    operations = [
        migrations.RunPython(count_gaps, migrations.RunPython.noop),
        migrations.RunPython(close_what_was_done, migrations.RunPython.noop),
    ]
