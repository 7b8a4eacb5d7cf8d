"""What is written in the documents of a SIP. Each row is saved by itself and has its own version.

`lineage` follows a goal, an activity or a participant through versions, plans and follow-up.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from samordna.casework.documents.models import VERSION, WrittenRow
from samordna.sip.plan.states import Attendance, ParticipantKind


class PlanContent(WrittenRow):
    """What the law wants beside goals: what is needed, what others do, who has the overall responsibility."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"needs", "others_do", "written_by", "written_by_name"}
    )

    edition = models.OneToOneField(VERSION, on_delete=models.PROTECT, related_name="plan")
    met_on = models.DateField(null=True, blank=True)
    needs = models.TextField(blank=True)
    others_do = models.TextField(blank=True)
    principal = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    principal_name = models.CharField(max_length=120, blank=True)
    coordinator_confirmed = models.BooleanField(default=False)
    # How much was missing when the edition was signed (`rules.plan.gaps`), for the lists to tell.
    gaps = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"plan {self.pk}"


class Participant(WrittenRow):
    """One line of *Deltagare*: the individual, a guardian, a summoned unit's representative, or somebody else."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"user", "name", "role", "contact", "written_by", "written_by_name"}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="participants")
    lineage = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in ParticipantKind])
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    unit_name = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    attendance = models.CharField(
        max_length=8, choices=[(a.value, a.value) for a in Attendance], default=Attendance.UNKNOWN
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Goal(WrittenRow):
    """A goal under a heading in the individual's own voice (V-51)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"text", "responsible_name", "written_by", "written_by_name"}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="goals")
    lineage = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(max_length=120)
    text = models.TextField()
    responsible_lineage = models.UUIDField(null=True, blank=True)
    responsible_assignment = models.ForeignKey(
        "assignments.Assignment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    responsible_name = models.CharField(max_length=400, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"goal {self.pk}"


class Activity(WrittenRow):
    """What is done to reach a goal. No date: it goes on during the whole SIP (V-52)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"text", "responsible_name", "written_by", "written_by_name"}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="activities")
    lineage = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    responsible_lineage = models.UUIDField(null=True, blank=True)
    responsible_assignment = models.ForeignKey(
        "assignments.Assignment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    responsible_name = models.CharField(max_length=400, blank=True)
    done_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"activity {self.pk}"


class FollowUpSchedule(models.Model):
    """When the coordinator wants the next follow-up (V-62). The newest row counts."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"set_by", "set_by_name"})

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="follow_up_schedules")
    due_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    set_by_name = models.CharField(max_length=120)
    met_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(set_at__isnull=False, set_by__isnull=False), name="follow_up_set_at_by"
            )
        ]

    def __str__(self) -> str:
        return f"follow-up due {self.due_on}"


class PlanHandover(models.Model):
    """That the locked plan was handed over, and who signed it on paper (V-54)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"handed_to", "signed_on_paper", "recorded_by", "recorded_by_name"}
    )

    edition = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="handovers")
    handed_on = models.DateField()
    handed_to = models.CharField(max_length=200)
    signed_on_paper = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="handover_recorded_at_by",
            )
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class PlanPrinting(models.Model):
    """That the plan was printed, so that the coordinator's next step is known."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"printed_by"})

    edition = models.ForeignKey(VERSION, on_delete=models.PROTECT, related_name="printings")
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(printed_at__isnull=False, printed_by__isnull=False),
                name="printing_printed_at_by",
            )
        ]

    def __str__(self) -> str:
        return f"printing {self.pk}"
