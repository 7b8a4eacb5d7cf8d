"""The log and its seals. Triggers (migration 0001) forbid every change of a row that stands."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samordna.audit.digests import all_persons
from samordna.audit.states import Result

# Acts on users, places, settings: few beside those in cases, so their index stays small.
OUTSIDE_CASES = models.Q(case_id__isnull=True) & ~models.Q(object_id="")


class Entry(models.Model):
    """One act, reading or refusal: who, where, what, to whom, when, with what result.

    Names are kept as they were that day. No text of a record ever stands here, so nothing here
    has to be weeded when a record is. Holds what RIV-TA's StoreLog asks for.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset(
        {"user_id", "user_name", "assignment_id", "title", "person_id", "person_ids", "session_id"}
    )

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    result = models.CharField(max_length=10, default=Result.DONE.value)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=200, blank=True)
    assignment_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200, blank=True)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=200, blank=True)
    principal_id = models.BigIntegerField(null=True)
    principal_name = models.CharField(max_length=200, blank=True)
    # The first person stands in the row itself: nearly every act is about one, and costs one insert. All are listed
    # when there are several; rows of before list a single one too.
    person_id = models.UUIDField(null=True)
    person_ids = models.JSONField(default=list)
    case_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_version = models.IntegerField(null=True)
    reason = models.CharField(max_length=100, blank=True)
    details = models.JSONField(default=dict)
    session_id = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    login_method = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        default_permissions = ()
        indexes = (
            # Without the id, which is in the row: rows of one person then share one key, a fifth of the space.
            models.Index(fields=("person_id",), name="audit_entry_of_person"),
            models.Index(fields=("case_id", "id"), name="audit_entry_case"),
            models.Index(fields=("user_id", "at"), name="audit_entry_user"),
            models.Index(fields=("session_id", "action", "at"), name="audit_entry_session"),
            models.Index(
                fields=("object_kind", "object_id", "id"), condition=OUTSIDE_CASES, name="audit_entry_object"
            ),
        )
        # No constraint on `action`: a new code would rebuild the table and lose its triggers on SQLite.
        constraints = (
            models.CheckConstraint(
                condition=models.Q(result__in=[result.value for result in Result]), name="audit_entry_result"
            ),
        )

    @property
    def persons(self) -> list[str]:
        """Everybody whom the entry is about, the first first."""
        persons: list[str] = all_persons(self.person_id, self.person_ids)
        return persons


class EntryPerson(models.Model):
    """The persons after the first of an entry about several, such as a list."""

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset({"person_id"})

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    person_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("person_id", "entry"), name="audit_entryperson_person"),)
        constraints = (models.UniqueConstraint(fields=("entry", "person_id"), name="audit_entryperson_once"),)


class Seal(models.Model):
    """A stretch of entries, closed. Each seal's digest goes into the next one's, so they form a chain.

    `marks` has sixteen bytes per entry (its id and the beginning of its own digest): with them
    `queries.verify` names the very row that was changed.
    """

    PERSONAL_FIELDS: ClassVar[frozenset[str]] = frozenset()

    number = models.BigIntegerField(primary_key=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    marks = models.BinaryField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("last_id",), name="audit_seal_last_id"),)
