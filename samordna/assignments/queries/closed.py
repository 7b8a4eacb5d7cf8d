"""Users whose last assignment has ended: closed from the day after, until they get a new one (K-06).

It is asked whenever it matters and stored nowhere, so it holds from its day whatever runs.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from samordna.assignments.models import Assignment


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


def closed_by_end(day: date) -> Q:
    """Condition on a user: has had an assignment, and none that lasts or is to come."""
    own = Assignment.objects.filter(user_id=OuterRef("pk"))
    left = own.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).filter(
        Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=day)
    )
    return Q(Exists(own)) & ~Q(Exists(left))
