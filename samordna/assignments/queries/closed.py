"""Users whose last assignment has ended: closed from the day after, until they get a new one (K-06).

It is asked whenever it matters and stored nowhere, so it holds from its day whatever runs.
"""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from samordna.assignments.models import Assignment
from samordna.assignments.queries.actors import grants_on
from samordna.assignments.states import SystemRole
from samordna.kernel.clock import today
from samordna.organisations.queries import stands_in


def last_day_of(user_id: int, day: date) -> date | None:
    """The last day that the user had somewhere to work, when all such days are behind; None for everybody else.

    Somebody who has never had an assignment is not closed, nor is one whose first is to come.
    """
    last: date | None = None
    rows = Assignment.objects.filter(user_id=user_id).values_list("ends_on", "unit__closed_on")
    for ends_on, closed_on in rows:
        # A unit is closed from the day that it is closed on.
        ends = [end for end in (ends_on, closed_on and closed_on - timedelta(days=1)) if end]
        if not ends or min(ends) >= day:
            return None
        last = max(last or min(ends), min(ends))
    return last


def is_last_work(user_id: int, assignment_id: int, ends_on: date) -> bool:
    """Whether the user has nowhere to work after that day, once the assignment ends then."""
    others = Assignment.objects.filter(user_id=user_id).exclude(pk=assignment_id)
    lasting = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on))
    return not lasting.filter(Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=ends_on)).exists()


def managers_only_at(unit_id: int, at: datetime) -> tuple[frozenset[int], ...]:
    """For each system manager's role whose holder would have nowhere to work without the unit: what it stands in."""
    day = today(at)
    own = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), user_id=OuterRef("user_id"))
    open_then = Q(unit__closed_on=None) | Q(unit__closed_on__gt=day)
    here, elsewhere = own.filter(unit_id=unit_id), own.filter(open_then).exclude(unit_id=unit_id)
    roles = grants_on(at).filter(role=SystemRole.SYSTEM_MANAGER, user__is_active=True)
    found = roles.filter(Exists(here), ~Exists(elsewhere)).select_related("organisation")
    return tuple(stands_in(row.organisation) for row in found.order_by("pk"))


def closed_by_end(day: date) -> Q:
    """Condition on a user: has had an assignment, and none that lasts or is to come."""
    own = Assignment.objects.filter(user_id=OuterRef("pk"))
    left = own.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).filter(
        Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=day)
    )
    return Q(Exists(own)) & ~Q(Exists(left))
