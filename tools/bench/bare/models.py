"""A case with what a list shows of it, and its messages."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Case(models.Model):
    unit = models.PositiveIntegerField()
    active = models.BooleanField()
    number = models.CharField(max_length=20)
    person = models.CharField(max_length=120)
    personal_number = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    step = models.CharField(max_length=120)
    who = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Case"]] = models.Manager()

    class Meta:
        app_label = "bare"
        indexes: ClassVar = [
            models.Index(fields=["unit", "-changed_at"], name="bare_active", condition=Q(active=True))
        ]

    def __str__(self) -> str:
        return self.number


class Message(models.Model):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    sender = models.CharField(max_length=120)
    text = models.TextField()
    sent_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Message"]] = models.Manager()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return f"message {self.pk}"
