"""What the rest of the database knows of acts that the log should know of: what is left when the log itself is gone.

The seals show what was done to the middle of the log. Whoever owns the database and takes all of it away, or its end
with the seals, leaves no seal that could tell; the cases are still there.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from samordna.accounts.models import User
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import Case
from samordna.documents.models import DocumentVersion
from samordna.messaging.models import Delivery, Message
from samordna.organisations.models import Organisation
from samordna.people.models import Person

# What an act writes at the same moment as its entry in the log.
_MOMENTS: tuple[tuple[type[Any], str, tuple[str, ...]], ...] = (
    (Message, "case_id", ("sent_at", "taken_back_at", "voided_at")),
    (Delivery, "message__case_id", ("opened_at", "answered_at")),
    (DocumentVersion, "document__case_id", ("signed_at", "locked_at")),
)


def acts_without_entry() -> Iterator[str]:
    """A sentence for each kind of act that stands in the database and not in the log; nothing when all of them do."""
    if not Entry.objects.exists():
        there = User.objects.exists() or Person.objects.exists() or Organisation.objects.exists()
        if there:
            yield _("The log is empty, though there are users, units or persons.")
    made = _entries_of_case(action=Action.CASE_CREATED).values("case_id")[:1]
    yield from _told(
        _("There is no entry of when case %(case)s was made (%(count)d such cases)."),
        Case.objects.annotate(entry=Subquery(made)).filter(entry=None),
    )
    yield from _told(
        _("Case %(case)s has acts that are later than its last entry (%(count)d such cases)."),
        _later_than_log(),
    )


def _told(sentence: str, cases: QuerySet[Case]) -> Iterator[str]:
    numbers = cases.order_by("-created_at").values_list("number", flat=True)
    first = numbers.first()
    if first is not None:
        yield sentence % {"case": first, "count": numbers.count()}


def _later_than_log() -> QuerySet[Case]:
    """Cases that are in the log, but in which something was done after their last entry."""
    last = Subquery(_entries_of_case().values("case_id").annotate(last=Max("at")).values("last"))
    later = Q(ended_at__gt=F("last_entry"))
    newest = {}
    for model, case, moments in _MOMENTS:
        rows = model.objects.filter(**{case: OuterRef("pk")}).order_by().values(case)
        for moment in moments:
            name = f"{model._meta.model_name}_{moment}"
            newest[name] = Subquery(rows.annotate(newest=Max(moment)).values("newest"))
            later |= Q(**{f"{name}__gt": F("last_entry")})
    return Case.objects.annotate(last_entry=last, **newest).filter(later)


def _entries_of_case(**conditions: object) -> QuerySet[Entry]:
    return Entry.objects.filter(case_id=OuterRef("pk"), **conditions).order_by()
