"""Finding a case among the unit's own (L-08)."""

from django.db.models import Case, IntegerField, Q, When

from samordna.kernel.actor import Actor
from samordna.overview.queries.lists import FIELDS, ONGOING, Line, own
from samordna.overview.states import PAGE_SIZE, Sought, SoughtBy
from samordna.people import queries as people
from samordna.people.states import Protection


def found(actor: Actor, sought: Sought) -> tuple[Line, ...]:
    """The unit's own cases that fit, ongoing ones first. A protected person is not found by name (L-04)."""
    ongoing_first = Case(When(bucket__in=ONGOING, then=0), default=1, output_field=IntegerField())
    rows = own(actor).filter(_fits(sought)).order_by(ongoing_first, "-last_change", "-id")
    return tuple(Line(*row) for row in rows.values_list(*FIELDS)[:PAGE_SIZE])


def _fits(sought: Sought) -> Q:
    if sought.by == SoughtBy.CASE_NUMBER:
        return Q(case_number=sought.value)
    if sought.by == SoughtBy.NUMBER:
        numbers = {sought.value, sought.earlier or sought.value}
        return Q(person_id__in=[people.person_by_identifier(number) for number in numbers])
    return Q(person_id__in=people.person_ids_named(sought.value).filter(protection=Protection.NONE))
