"""Of whom units were told whose part has ended, who are only informed, or whose case is over.

Names have no history, so the present one is the best that is known; numbers and corrections have one. Named readers
of units that have left end with the unit's part. The rows of the lists are computed anew, as after every release.
"""

from django.db import migrations
from django.db.models import Q


def fill(apps, schema_editor):
    Participation = apps.get_model("cases", "Participation")
    past = Q(until_at__isnull=False) | Q(access="INFORMED") | ~Q(case__status="ACTIVE")
    for period in Participation.objects.filter(past).select_related("case").iterator():
        at = period.from_at if period.access == "INFORMED" else period.until_at or period.case.ended_at
        person = _person_then(apps, period.case, at)
        Participation.objects.filter(pk=period.pk).update(
            known_person_id=person.pk,
            known_name=person.name,
            known_number=_number_then(apps, period.case_id, person, at),
        )


def _person_then(apps, case, at):
    corrections = apps.get_model("cases", "PersonCorrection").objects.filter(
        case_id=case.pk, corrected_at__gt=at
    )
    later = corrections.order_by("corrected_at").select_related("from_person").first()
    return later.from_person if later is not None else case.person


def _number_then(apps, case_id, person, at):
    changes = apps.get_model("people", "IdentityChange").objects.filter(case_id=case_id, made_at__gt=at)
    linked = changes.filter(undone_at=None).exclude(kind="CORRECTED").order_by("made_at").first()
    if linked is not None and person.pk in (linked.person_id, linked.other_id):
        return linked.from_value
    numbers = apps.get_model("people", "PersonIdentifier").objects.filter(person_id=person.pk)
    then = numbers.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), linked_at__lte=at)
    found = then.order_by("-linked_at").first() or numbers.filter(replaced_at=None).first()
    return found.value if found is not None else ""


def end_readers(apps, schema_editor):
    Participation = apps.get_model("cases", "Participation")
    NamedReader = apps.get_model("cases", "NamedReader")
    for reader in NamedReader.objects.filter(until_at=None).iterator():
        periods = Participation.objects.filter(case_id=reader.case_id, unit_id=reader.unit_id)
        if periods.exists() and not periods.filter(until_at=None).exists():
            ended = periods.order_by("-until_at").first().until_at
            NamedReader.objects.filter(pk=reader.pk).update(until_at=max(ended, reader.from_at))


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_what_units_were_told")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(end_readers, migrations.RunPython.noop),
    ]
