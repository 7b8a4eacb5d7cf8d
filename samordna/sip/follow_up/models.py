"""What is written in a follow-up: a report per activity. Each row is saved by itself and has its own version."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from samordna.casework.documents.models import VERSION, WrittenRow
from samordna.sip.follow_up.states import ReportStatus


class ActivityReport(WrittenRow):
    """How an activity of the locked plan goes, in one edition of the follow-up (V-60)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"goal_text", "activity_text", "responsible_name", "note", "written_by", "written_by_name"}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="reports", db_index=False)
    activity_lineage = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    goal_text = models.TextField()
    activity_text = models.TextField()
    responsible_name = models.CharField(max_length=400, blank=True)
    done_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=16, blank=True, choices=[(s.value, s.value) for s in ReportStatus])
    note = models.TextField(blank=True)
    # Reported as done in an edition that was locked: closed for good (V-60).
    done_before = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "activity_lineage"], name="report_once")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class EarlierReport(models.Model):
    """What was reported on an activity before somebody reported anew or corrected it; never changed."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"note", "said_by", "said_by_name"})

    edition = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="earlier_reports")
    activity_lineage = models.UUIDField()
    status = models.CharField(max_length=16, choices=[(s.value, s.value) for s in ReportStatus])
    note = models.TextField(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    said_by_name = models.CharField(max_length=120)
    said_unit_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"earlier report {self.pk}"
