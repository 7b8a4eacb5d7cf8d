"""A case (ärende): its number, its state, its rounds, the corrections of its person."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from samordna.cases.states import CaseStatus, EndReason
from samordna.kernel.module import Module

UNIT = "organisations.Organisation"


class Case(models.Model):
    """What one module does for one person. The database allows one active per person and module (V-23)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"person", "created_by", "created_by_name", "end_comment"}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    module = models.CharField(max_length=3, choices=[(m.value, m.value) for m in Module])
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in CaseStatus], default=CaseStatus.ACTIVE
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_by_name = models.CharField(max_length=120)
    created_unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_unit_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    ended_by_name = models.CharField(max_length=120, blank=True)
    end_reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in EndReason])
    end_comment = models.TextField(blank=True)
    continued_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    steps_version = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "module"],
                condition=Q(status=CaseStatus.ACTIVE),
                name="case_one_active_per_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="case_ended_at_by",
            ),
            models.CheckConstraint(
                condition=Q(created_at__isnull=False, created_by__isnull=False), name="case_created_at_by"
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.ACTIVE, ended_at__isnull=True)
                | (~Q(status=CaseStatus.ACTIVE) & Q(ended_at__isnull=False)),
                name="case_ended_when_not_active",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseCounter(models.Model):
    """The last number given in a year, whatever the module: a number is said on the telephone without one (L-11).

    Its row is locked while the next is taken.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year"], name="case_counter_once_a_year")]

    def __str__(self) -> str:
        return f"cases of {self.year}"


class Round(models.Model):
    """One turn of summons, plan and follow-up; *Ny plan* begins the next (V-70), which may be cancelled (V-73)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"started_by", "cancelled_by", "cancelled_by_name", "cancel_reason"}
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds", db_index=False)
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    cancelled_by_name = models.CharField(max_length=120, blank=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(started_at__isnull=False, started_by__isnull=False), name="round_started_at_by"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, number__gt=1),
                name="round_cancelled_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"


class PersonCorrection(models.Model):
    """A case that was made on the wrong number: what it said, what it says, who corrected it and why."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"from_person", "to_person", "corrected_by", "reason"}
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="person_corrections")
    from_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    corrected_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=False, corrected_by__isnull=False),
                name="correction_corrected_at_by",
            )
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"


class CaseReading(models.Model):
    """When a user last read a part of a case: what is younger in it is marked as new."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="readings", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    read_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True, blank=True)
    sitting_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user", "part"], name="case_reading_once")]

    def __str__(self) -> str:
        return f"reading {self.pk}"
