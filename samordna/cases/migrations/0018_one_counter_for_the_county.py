"""One counter a year for all modules, which goes on after the highest number that any module has given."""

from django.db import migrations, models


def merge(apps, schema_editor):
    CaseCounter = apps.get_model("cases", "CaseCounter")
    for year in CaseCounter.objects.order_by().values_list("year", flat=True).distinct():
        counters = dict(CaseCounter.objects.filter(year=year).order_by("pk").values_list("pk", "last"))
        first, *others = counters
        highest = max([*counters.values(), *_given_in(apps, year)])
        CaseCounter.objects.filter(pk=first).update(last=highest)
        CaseCounter.objects.filter(pk__in=others).delete()


def _given_in(apps, year):
    """Counters of the numbers that cases have: "2026-00012-K"."""
    numbers = apps.get_model("cases", "Case").objects.filter(number__startswith=f"{year}-")
    for number in numbers.values_list("number", flat=True).iterator():
        yield int(number.split("-")[1])


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_fill_who_withdrew_a_consent")]

    operations = [
        migrations.RemoveConstraint(model_name="casecounter", name="case_counter_once_a_year"),
        migrations.RunPython(merge, migrations.RunPython.noop),
        migrations.RemoveField(model_name="casecounter", name="module"),
        migrations.AddConstraint(
            model_name="casecounter",
            constraint=models.UniqueConstraint(fields=["year"], name="case_counter_once_a_year"),
        ),
    ]
