"""Prints: asked for in the transaction of the act, made by the worker, kept as they were made."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from samordna.printouts.states import Status


class Printout(models.Model):
    """One document. `data` is all that it is made of; when it is ready, a trigger lets nobody change it."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"data", "pdf"})

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    template = models.CharField(max_length=40)
    source_id = models.UUIDField()
    data = models.JSONField()
    status = models.CharField(max_length=10, default=Status.REQUESTED.value)
    pdf = models.BinaryField(null=True)
    pdf_digest = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.UUIDField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(
                fields=("requested_at",),
                name="printouts_requested",
                condition=Q(status=Status.REQUESTED.value),
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("source_id", "template"), name="printouts_once"),
            models.CheckConstraint(
                condition=Q(status=Status.READY.value, pdf__isnull=False, ready_at__isnull=False)
                | (~Q(status=Status.READY.value) & Q(pdf__isnull=True, ready_at__isnull=True)),
                name="printouts_ready_has_pdf",
            ),
        )
