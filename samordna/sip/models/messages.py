"""What is written in the messages of a SIP: initiative, summons, information message."""

from typing import ClassVar

from django.db import models

from samordna.sip.states import Initiator, MeetingForm


class InitiativeContent(models.Model):
    """Why a SIP is needed, who took the initiative, and the choice of consent (V-31)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"reason", "initiator_name", "consent_draft"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="initiative")
    reason = models.TextField(blank=True)
    initiator = models.CharField(max_length=12, blank=True, choices=[(i.value, i.value) for i in Initiator])
    initiator_name = models.CharField(max_length=200, blank=True)
    consent = models.ForeignKey(
        "cases.Consent", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent_draft = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"initiative {self.pk}"


class SummonsContent(models.Model):
    """Where and when: summons to planning or to evaluation (V-41, V-80)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"place", "other"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="summons")
    meets_on = models.DateField(null=True, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    form = models.CharField(
        max_length=5, choices=[(f.value, f.value) for f in MeetingForm], default=MeetingForm.PLACE
    )
    place = models.CharField(max_length=1000, blank=True)
    other = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"summons {self.pk}"


class InformationContent(models.Model):
    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"text"})

    message = models.OneToOneField("messaging.Message", on_delete=models.PROTECT, related_name="information")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"information {self.pk}"
