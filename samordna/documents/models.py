"""A document with versions: open, signed, locked, voided or replaced. What it says belongs to another room."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from samordna.documents.states import VersionStatus

UNIT = "organisations.Organisation"
USER = settings.AUTH_USER_MODEL


class Document(models.Model):
    """A part of a case that is signed. After voiding, a new document of the same kind may be begun."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"voided_by", "voided_by_name", "void_reason"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="documents")
    round_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    begun_at = models.DateTimeField()
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_name = models.CharField(max_length=120)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    voided_by_name = models.CharField(max_length=120, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round_number", "kind"],
                condition=Q(voided_at__isnull=True),
                name="document_one_of_a_kind_per_round",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="document_voided_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DocumentVersion(models.Model):
    """One edition. The first signature freezes it; editing opens the next. One open edition at a time."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "opened_by",
            "opened_by_name",
            "signed_by",
            "signed_by_name",
            "locked_by",
            "locked_by_name",
            "content",
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in VersionStatus], default=VersionStatus.OPEN
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_by_name = models.CharField(max_length=120)
    opened_unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    opened_unit_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    signed_by_name = models.CharField(max_length=120, blank=True)
    signed_title = models.CharField(max_length=80, blank=True)
    signed_unit_name = models.CharField(max_length=120, blank=True)
    signed_login_method = models.CharField(max_length=20, blank=True)
    content = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    schema_version = models.PositiveSmallIntegerField(default=1)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    locked_by_name = models.CharField(max_length=120, blank=True)
    unlocked_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(status=VersionStatus.OPEN), name="document_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=False, opened_by__isnull=False), name="version_opened_at_by"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="version_signed_at_by",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locked_by__isnull=True)
                | Q(locked_at__isnull=False, locked_by__isnull=False),
                name="version_locked_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[VersionStatus.SIGNED, VersionStatus.LOCKED, VersionStatus.SUPERSEDED]
                )
                | Q(signed_at__isnull=False),
                name="version_signed_when_status_says",
            ),
            models.CheckConstraint(
                condition=~Q(status=VersionStatus.LOCKED) | Q(locked_at__isnull=False),
                name="version_locked_when_status_says",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
