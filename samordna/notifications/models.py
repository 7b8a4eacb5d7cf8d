"""The outbox: what is to be told to whom, written in the same transaction as what it is about."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from samordna.notifications.states import Channel


class EventChoice(models.Model):
    """What a unit has chosen about one event, where that is not as from the start (V-11)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    unit_id = models.BigIntegerField()
    event = models.CharField(max_length=40)
    wanted = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("unit_id", "event"), name="notifications_choice_once"),
        )


class SendingClaim(models.Model):
    """That an operator turned sending on, from one machine and for one database; its id stands on that machine too.

    `sent` counts the mails that went under it. Here and on the machine: a database that is behind has been restored.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    database = models.CharField(max_length=500)
    reason = models.CharField(max_length=200)
    sent = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()


class OutboxItem(models.Model):
    """One notification to one address. Holds nothing about a person (V-12), only the unit's own address."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"address"})

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, default=Channel.MAIL.value)
    unit_id = models.BigIntegerField()
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(
                fields=("next_try_at",),
                name="notifications_due",
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            models.Index(fields=("unit_id", "created_at"), name="notifications_unit"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True),
                name="notifications_sent_or_failed",
            ),
        )
