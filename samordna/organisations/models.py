"""The county's tree of organisations and the settings that follow it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from samordna.organisations.states import CareKind, Level, PrincipalKind


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def units(self) -> "OrganisationQuerySet":
        return self.filter(level=Level.UNIT)

    def open(self) -> "OrganisationQuerySet":
        return self.filter(closed_on__isnull=True)


class Organisation(models.Model):
    """One place in the tree: principal, department (förvaltning), operation (verksamhet) or unit (enhet).

    `principal` and `department` repeat what the parents say, so that a unit's place is read without a walk;
    the commands of this room keep them true. Both are empty on a principal, `department` on a department too.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    level = models.CharField(max_length=12, choices=[(level.value, level.value) for level in Level])
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    principal = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=400, db_index=True)
    principal_kind = models.CharField(
        max_length=12, blank=True, choices=[(kind.value, kind.value) for kind in PrincipalKind]
    )
    care_kind = models.CharField(max_length=24, blank=True, choices=[(k.value, k.value) for k in CareKind])
    hsa_id = models.CharField(max_length=31, null=True, blank=True)
    municipality = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    notify_email = models.EmailField(blank=True)
    external = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    # Set when lists say something else of the unit than they should, until the worker has computed their rows anew.
    rows_stale_from = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            # Kept as delivered, compared without regard to capitals.
            models.UniqueConstraint(Upper("hsa_id"), name="organisation_hsa_id_once"),
            models.UniqueConstraint(fields=["parent", "name"], name="organisation_name_once_below_parent"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(parent__isnull=True), name="organisation_principal_name_once"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PRINCIPAL) | Q(parent__isnull=False), name="organisation_has_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IncomingFile(models.Model):
    """A file that somebody has chosen and not yet imported: one of each kind per user, for an hour at most.

    `answers` say, for what is nearly the same as something known, which is meant.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"user_id", "content", "answers"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    content = models.BinaryField()
    answers = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "kind"], name="incoming_file_once_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class UnitClosing(models.Model):
    """That a unit was closed: by whom, what hung on it, and why that was left as it was. Never changed."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"closed_by_id", "closed_by_name", "reasons"})

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    closed_by_id = models.BigIntegerField()
    closed_by_name = models.CharField(max_length=120)
    numbers = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"closing of {self.unit_id}"


class Setting(models.Model):
    """One value of the county (department empty) or of a department, which wins over the county's.

    Keys, shapes and built-in values stand in `settings_catalogue`.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        constraints = [
            # Two constraints, since SQLite takes every empty department for another one.
            models.UniqueConstraint(fields=["department", "key"], name="setting_once_per_department"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(department__isnull=True), name="setting_once_for_the_county"
            ),
        ]

    def __str__(self) -> str:
        return self.key
