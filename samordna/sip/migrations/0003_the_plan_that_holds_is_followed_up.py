"""*Ny plan* used to end the follow-up that was due. While no plan of the new round has been locked it is due again."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_back(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    turns = apps.get_model("cases", "Round").objects.filter(number__gt=1)
    plans = apps.get_model("documents", "DocumentVersion").objects.filter(document__kind="PLAN")
    schedules = apps.get_model("sip", "FollowUpSchedule").objects
    for case_id, number, started_at in turns.values_list("case_id", "number", "started_at"):
        earlier = plans.filter(document__case_id=case_id, document__round_number__lt=number)
        if earlier.filter(status="LOCKED", document__voided_at__isnull=True).exists():
            schedules.filter(case_id=case_id, met_at=started_at).update(met_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("sip", "0002_limits_that_fit"),
        ("cases", "0006_a_round_may_be_cancelled"),
        ("documents", "0003_when_a_lock_was_opened"),
    ]

    operations = [migrations.RunPython(give_back, migrations.RunPython.noop)]
