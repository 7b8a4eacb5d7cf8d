"""A question to two coordinators: are these two active SIPs one person's, and which of them goes on?"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from samordna.cases.models.case import Case
from samordna.cases.states import JoinStatus

_USER = settings.AUTH_USER_MODEL


def _by_somebody() -> "models.ForeignKey[object, object]":
    return models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class JoinRequest(models.Model):
    """Asked in `case`, whose person has got a number that belongs to the person of `other_case` (L-01).

    Nothing is changed before both coordinators have confirmed, each for the own case, that `keep_case` goes on; each
    `_to` is a digest of the persons that were said yes to. A case is in one question at a time.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "number", "asked_by", "asked_by_name", "agreed_by", "agreed_by_name", "other_agreed_by",
            "other_agreed_by_name", "declined_by", "declined_by_name", "decline_reason",
        }
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    keep_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=20)
    status = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in JoinStatus], default=JoinStatus.WAITING
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=120)
    asked_unit_name = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    other_due_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = _by_somebody()
    agreed_by_name = models.CharField(max_length=120, blank=True)
    agreed_to = models.CharField(max_length=32, blank=True)
    other_agreed_at = models.DateTimeField(null=True, blank=True)
    other_agreed_by = _by_somebody()
    other_agreed_by_name = models.CharField(max_length=120, blank=True)
    other_agreed_to = models.CharField(max_length=32, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = _by_somebody()
    declined_by_name = models.CharField(max_length=120, blank=True)
    decline_reason = models.TextField(blank=True)
    # The act on identity that it led to (people.IdentityChange).
    change_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status=JoinStatus.WAITING), name="join_one_waiting_per_case"
            ),
            models.UniqueConstraint(
                fields=["other_case"],
                condition=Q(status=JoinStatus.WAITING),
                name="join_one_waiting_per_other",
            ),
            models.CheckConstraint(condition=~Q(case=F("other_case")), name="join_of_two"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{act}_at__isnull": True, f"{act}_by__isnull": True})
                    | Q(**{f"{act}_at__isnull": False, f"{act}_by__isnull": False}),
                    name=f"join_{act}_at_by",
                )
                for act in ("agreed", "other_agreed", "declined")
            ),
        ]

    def __str__(self) -> str:
        return f"join {self.pk}"
