"""Who works where as what, and what that lets them do."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from samordna.assignments.states import Profession, SystemRole
from samordna.kernel.module import Module


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def valid_on(self, day: date) -> "AssignmentQuerySet":
        """Assignments that count that day: begun, not ended, of an active user at an open unit."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, user__is_active=True
        ).filter(Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=day))


class Assignment(models.Model):
    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user"})

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    unit = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="assignments"
    )
    profession = models.CharField(max_length=24, choices=[(p.value, p.value) for p in Profession])
    title = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Which unit stands first in the user's list.
    last_chosen_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "profession", "starts_on"], name="assignment_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="assignment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"


class ModuleRight(models.Model):
    """A department's choice: what this profession may do in this module (K-04, K-03)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    department = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    module = models.CharField(max_length=3, choices=[(m.value, m.value) for m in Module])
    profession = models.CharField(max_length=24, choices=[(p.value, p.value) for p in Profession])
    may_initiate = models.BooleanField(default=False)
    may_answer = models.BooleanField(default=False)
    may_decide = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "module", "profession"], name="module_right_once_per_profession"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.profession}"


class AppointedRight(models.Model):
    """A person appointed by name, as a headmaster does for staff (K-04)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"assignment", "appointed_by"})

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="appointed_rights", db_index=False
    )
    module = models.CharField(max_length=3, choices=[(m.value, m.value) for m in Module])
    may_initiate = models.BooleanField(default=False)
    may_answer = models.BooleanField(default=False)
    may_decide = models.BooleanField(default=False)
    appointed_at = models.DateTimeField()
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "module"], name="appointed_right_once_per_module"),
            models.CheckConstraint(
                condition=Q(appointed_at__isnull=False, appointed_by__isnull=False),
                name="appointed_right_appointed_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"appointed {self.module}"


class SystemRoleGrant(models.Model):
    """A system role over a part of the tree: the organisation named and all below it (K-05)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user"})

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="system_roles", db_index=False
    )
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in SystemRole])
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "starts_on"], name="system_role_once_per_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}"


class FirstPasswords(models.Model):
    """Whose first passwords somebody gave at once. They can be worked out from the seed and the secret key for some
    minutes; then the row is deleted."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"made_by", "seed", "usernames"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_by = models.BigIntegerField()
    seed = models.CharField(max_length=64)
    usernames = models.JSONField(default=list)
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"passwords {self.pk}"
