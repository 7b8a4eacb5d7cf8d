"""Finding a case among the unit's own (L-08)."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from samordna.assignments.queries import using_on
from samordna.cases.models import CoordinatorTerm, UnitCase
from samordna.kernel.actor import Actor
from samordna.kernel.clock import now, today
from samordna.kernel.module import Module
from samordna.kernel.text import search_words
from samordna.overview.queries.lists import FIELDS, ONGOING, Line, own
from samordna.overview.states import PAGE_SIZE, Sought, SoughtBy
from samordna.people import queries as people
from samordna.people.states import Protection


def found(actor: Actor, module: Module, sought: Sought) -> tuple[Line, ...]:
    """The unit's own cases of the module that fit, ongoing ones first.

    A protected person is not found by name (L-04).
    """
    ongoing_first = Case(When(bucket__in=ONGOING, then=0), default=1, output_field=IntegerField())
    rows = own(actor, module).filter(_fits(sought)).order_by(ongoing_first, "-last_change", "-id")
    told = [_TODAY.get(name, name) for name in FIELDS]
    return tuple(Line(*row) for row in _as_today(rows, module).values_list(*told, "works")[:PAGE_SIZE])


_TODAY = {
    "coordinator_name": "name_now",
    "coordinator_unit_name": "unit_now",
    "handler_assignment_id": "handler_now",
}


def _as_today(rows: QuerySet[UnitCase], module: Module) -> QuerySet[UnitCase]:
    """With coordinator and handler as they are today, as in the lists."""
    using = using_on(module, today(now()))
    term = CoordinatorTerm.objects.filter(case_id=OuterRef("case_id"), until_at=None)
    watches = Exists(using.filter(pk=OuterRef("handler_assignment_id")))
    return rows.annotate(
        name_now=Coalesce(Subquery(term.values("assignment__user__name")[:1]), F("coordinator_name")),
        unit_now=Coalesce(Subquery(term.values("unit__name")[:1]), F("coordinator_unit_name")),
        handler_now=Case(When(watches, then=F("handler_assignment_id"))),
        works=~Exists(term.exclude(assignment__in=using)),
    )


def _fits(sought: Sought) -> Q:
    if sought.by == SoughtBy.CASE_NUMBER:
        return Q(case_number=sought.value)
    if sought.by == SoughtBy.NUMBER:
        numbers = {sought.value, sought.earlier or sought.value}
        found = [people.person_by_identifier(number) for number in numbers]
        return Q(known_name="", person_id__in=found) | Q(known_number__in=numbers)
    return _named(sought.value)


def _named(text: str) -> Q:
    """By the name that the row shows: that of today, or the one that the unit was told."""
    named = Q(known_name="", person_id__in=people.person_ids_named(text).filter(protection=Protection.NONE))
    words = search_words(text)
    if not words:
        return named
    then = ~Q(known_name="") & Q(person_id__in=people.unprotected())
    for word in words:
        then &= Q(known_key__contains=word)
    return named | then
