"""A message with a delivery per receiving unit. What is written in it belongs to the room that sends it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow

UNIT = "organisations.Organisation"
USER = settings.AUTH_USER_MODEL


def _pair(name: str) -> Q:
    return Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class Message(models.Model):
    """Draft, then sent, then perhaps taken back (nobody had opened it) or voided. Sent is frozen."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "written_by",
            "written_by_name",
            "sent_by",
            "sent_by_name",
            "voided_by",
            "voided_by_name",
            "void_reason",
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="messages")
    round_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    status = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in MessageStatus], default=MessageStatus.DRAFT
    )
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_by_name = models.CharField(max_length=120)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    sent_by_name = models.CharField(max_length=120, blank=True)
    sent_by_title = models.CharField(max_length=80, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    voided_by_name = models.CharField(max_length=120, blank=True)
    void_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_pair("sent"), name="message_sent_at_by"),
            models.CheckConstraint(condition=_pair("taken_back"), name="message_taken_back_at_by"),
            models.CheckConstraint(condition=_pair("voided"), name="message_voided_at_by"),
            models.CheckConstraint(condition=_pair("written"), name="message_written_at_by"),
            models.CheckConstraint(
                condition=Q(status__in=[MessageStatus.DRAFT, MessageStatus.DISCARDED], sent_at__isnull=True)
                | Q(status__in=[MessageStatus.SENT, MessageStatus.TAKEN_BACK, MessageStatus.VOIDED])
                & Q(sent_at__isnull=False),
                name="message_sent_when_status_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DraftRecipient(models.Model):
    """A unit that a draft is going to be sent to. Consumed when the draft is sent."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="draft_recipients", db_index=False
    )
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+", db_index=False)
    must_acknowledge = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "unit"], name="draft_recipient_once")]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class Delivery(models.Model):
    """A sent message at one unit: the unit answers, the person who answered is recorded. Answered once.

    Deliveries are added and ended, never edited; one that was sent on points to its predecessor.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"opened_by", "answered_by", "answered_by_name", "comment", "suggested_text", "told_by", "told_note"}
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey(UNIT, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=120)
    external = models.BooleanField(default=False)
    must_acknowledge = models.BooleanField(default=True)
    shared_why = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=12, blank=True, choices=[(a.value, a.value) for a in Answer])
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    answered_by_name = models.CharField(max_length=120, blank=True)
    comment = models.TextField(blank=True)
    suggested_unit = models.ForeignKey(
        UNIT, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    suggested_text = models.CharField(max_length=200, blank=True)
    told_how = models.CharField(max_length=10, blank=True, choices=[(t.value, t.value) for t in ToldHow])
    told_at = models.DateTimeField(null=True, blank=True)
    told_day_only = models.BooleanField(default=False)
    told_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    told_by_name = models.CharField(max_length=120, blank=True)
    told_note = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(
        max_length=10, blank=True, choices=[(r.value, r.value) for r in EndedReason]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "unit"], condition=Q(ended_at__isnull=True), name="delivery_once_per_unit"
            ),
            models.CheckConstraint(condition=_pair("opened"), name="delivery_opened_at_by"),
            models.CheckConstraint(condition=_pair("answered"), name="delivery_answered_at_by"),
            models.CheckConstraint(condition=_pair("told"), name="delivery_told_at_by"),
            models.CheckConstraint(
                condition=~Q(answer=Answer.DENIED) | Q(suggested_unit__isnull=False) | ~Q(suggested_text=""),
                name="delivery_denial_names_another",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="delivery_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
