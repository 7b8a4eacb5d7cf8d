"""What is written in a summons."""

from typing import ClassVar

from django.db import models

from samordna.casework.meetings.states import MeetingForm


class SummonsContent(models.Model):
    """Where and when: summons to planning or to evaluation (V-41, V-80)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"place", "other"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="summons")
    meets_on = models.DateField(null=True, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    form = models.CharField(
        max_length=5, choices=[(f.value, f.value) for f in MeetingForm], default=MeetingForm.PLACE
    )
    place = models.CharField(max_length=1000, blank=True)
    other = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"summons {self.pk}"
