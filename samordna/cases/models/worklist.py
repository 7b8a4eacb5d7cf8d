"""What the worklist reads: one derived row per unit and case, stored by the commands that change a case."""

from typing import ClassVar

from django.db import models

from samordna.cases.models.case import UNIT, Case
from samordna.cases.states import Bucket
from samordna.kernel.module import Module


class UnitCase(models.Model):
    """One row of one unit's worklist. `symbols` has a code per part with its status, task start and due time.

    `next_step` is a code with named values, worded when shown in the reader's language.
    Late is what has a `next_due` before now, which the list tells. What else a moment changes is computed anew by the
    worker when `renew_at` has come.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"person_id", "known_name", "known_number", "known_key", "coordinator_name", "handler_name"}
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="unit_cases", db_index=False)
    unit = models.ForeignKey(UNIT, on_delete=models.CASCADE, related_name="+", db_index=False)
    module = models.CharField(max_length=3, choices=[(m.value, m.value) for m in Module])
    bucket = models.CharField(max_length=8, choices=[(b.value, b.value) for b in Bucket])
    has_draft = models.BooleanField(default=False)
    acts_from = models.DateTimeField(null=True, blank=True)
    next_due = models.DateTimeField()
    overdue_from = models.DateTimeField(null=True, blank=True)
    next_step = models.JSONField(default=dict)
    symbols = models.JSONField(default=dict)
    case_number = models.CharField(max_length=20)
    person_id = models.UUIDField()
    # As the unit was told the person last; empty where it sees the person as she is now.
    known_name = models.CharField(max_length=120, blank=True)
    known_number = models.CharField(max_length=20, blank=True)
    known_key = models.CharField(max_length=200, blank=True)
    coordinator_name = models.CharField(max_length=120)
    coordinator_unit_name = models.CharField(max_length=120)
    coordinator_here = models.BooleanField(default=False)
    handler_assignment_id = models.BigIntegerField(null=True, blank=True)
    handler_name = models.CharField(max_length=120, blank=True)
    last_change = models.DateTimeField()
    renew_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="unit_case_once")]
        indexes = [
            models.Index(fields=["unit", "module", "bucket", "next_due", "id"], name="unit_case_worklist"),
            models.Index(fields=["unit", "module", "last_change"], name="unit_case_changed"),
            models.Index(
                fields=["renew_at"], condition=models.Q(renew_at__isnull=False), name="unit_case_renewed"
            ),
        ]

    def __str__(self) -> str:
        return f"worklist row {self.pk}"


class WorklistRenewal(models.Model):
    """How far all rows have been computed anew since the county changed what they say. One row, or none yet.

    `settings` is what the rows are computed by, `after` the last case done, `left` whether there are more.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    module = models.CharField(max_length=3, primary_key=True, choices=[(m.value, m.value) for m in Module])
    settings = models.TextField()
    after = models.UUIDField(null=True, blank=True)
    left = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"renewal of {self.module}"
