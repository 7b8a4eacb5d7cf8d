"""The individual: identifiers, name, protection, the people beside them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from samordna.people.states import IdentityKind, NameSource, Protection, ProtectionAct, Relation

PROTECTION_CHOICES = [(level.value, level.value) for level in Protection]


class Person(models.Model):
    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "search_key",
            "protection",
            "protection_said_at",
            "phone",
            "address",
            "municipality",
            "interpreter_language",
            "merged_into",
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=200, db_index=True)
    name_source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in NameSource])
    protection = models.CharField(max_length=24, choices=PROTECTION_CHOICES, default=Protection.NONE)
    phone = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    municipality = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    interpreter_language = models.CharField(max_length=60, blank=True)
    # The strongest protection that each has stood under and was not opened after.
    phone_under = models.CharField(max_length=24, choices=PROTECTION_CHOICES, default=Protection.NONE)
    address_under = models.CharField(max_length=24, choices=PROTECTION_CHOICES, default=Protection.NONE)
    municipality_under = models.CharField(max_length=24, choices=PROTECTION_CHOICES, default=Protection.NONE)
    # When somebody last said that she is protected, also by saying again what stood there.
    protection_said_at = models.DateTimeField(null=True, blank=True)
    # The same of the contacts that stand in her plans, which lie above this room.
    plans_under = models.CharField(max_length=24, choices=PROTECTION_CHOICES, default=Protection.NONE)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"person {self.pk}"


class PersonIdentifier(models.Model):
    """A number the person is or was known by. A reserve number stays when a personal number is linked (L-01)."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"value", "person"})

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=20, unique=True)
    linked_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_why = models.CharField(
        max_length=12, blank=True, choices=[(k.value, k.value) for k in IdentityKind]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(replaced_at__isnull=True),
                name="person_has_one_current_identifier",
            )
        ]

    def __str__(self) -> str:
        return f"identifier {self.pk}"


class RelatedPerson(models.Model):
    """A guardian, trustee (god man) or next of kin."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"person", "name", "relation_text", "contact"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="related")
    relation = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Relation])
    name = models.CharField(max_length=120)
    relation_text = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    contact_under = models.CharField(max_length=24, choices=PROTECTION_CHOICES, default=Protection.NONE)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"related {self.pk}"


class IdentityChange(models.Model):
    """An act on who somebody is, with what stood before, so that it can be undone within 14 days (L-12).

    `person` has the number (or the case) now. `other` is who was merged into `person`, or whom the case was about
    before; nobody when the number was new here. Cases lie above this room, so theirs are plain ids. `before` holds
    what the act wrote over in `person`, and the numbers and relatives it took from `other`; `after` what it wrote.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "person", "other", "from_value", "to_value", "before", "after", "made_by", "made_by_name", "undone_by",
            "undone_by_name", "undone_reason",
        }
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in IdentityKind])
    case_id = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_value = models.CharField(max_length=20)
    to_value = models.CharField(max_length=20)
    person_made = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    moved_case_ids = models.JSONField(default=list)
    ended_case_id = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_by_name = models.CharField(max_length=120, blank=True)
    undone_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_by_name="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_by_name="")),
                name="identity_undone_at_by",
            )
        ]

    def __str__(self) -> str:
        return f"identity change {self.pk}"


class NameChange(models.Model):
    """A name that was written over in a case: who, when, and what stood before. Cases lie above, so theirs is an id."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"person", "before", "after", "made_by", "made_by_name"}
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(db_index=True)
    before = models.CharField(max_length=120)
    after = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"name change {self.pk}"


class ProtectionChange(models.Model):
    """A protection that was lowered, or contacts that were opened after it: by whom, why and where it was checked.

    The reason stands here and not in the log, which holds no text (L-10). `opened` names contacts, not what they say.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "person",
            "before",
            "after",
            "reason",
            "checked_where",
            "made_by",
            "made_by_name",
            "undone_by",
            "undone_by_name",
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protection_changes")
    act = models.CharField(max_length=8, choices=[(a.value, a.value) for a in ProtectionAct])
    before = models.CharField(max_length=24, choices=PROTECTION_CHOICES)
    after = models.CharField(max_length=24, choices=PROTECTION_CHOICES)
    opened = models.JSONField(default=list)
    reason = models.TextField()
    checked_where = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=120)
    made_unit_name = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_by_name="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_by_name="")),
                name="protection_undone_at_by",
            )
        ]

    def __str__(self) -> str:
        return f"protection change {self.pk}"
