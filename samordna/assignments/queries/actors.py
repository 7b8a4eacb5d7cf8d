"""The actor of a request, and the system roles that follow a user."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from samordna.assignments.models import Assignment, SystemRoleGrant
from samordna.assignments.places import covers
from samordna.assignments.queries.colleagues import sip_right
from samordna.assignments.states import SystemRole
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.organisations.queries import organisation_ids_above


@dataclass(frozen=True, slots=True)
class Visit:
    """What a session knows: who logged in and how, which session and which request it is."""

    user_id: int
    login_method: str
    session_id: str
    request_id: str
    language: str = "sv"


def actor_for(visit: Visit, assignment_id: int, at: datetime) -> Actor | None:
    """Who acts, if the assignment is the user's and is valid at that moment. One statement.

    `system_roles` are those whose scope covers the unit that the actor stands at (K-05).
    """
    own = Assignment.objects.valid_on(today(at)).filter(pk=assignment_id, user_id=visit.user_id)
    row = (
        own.select_related("user", "unit__department", "unit__principal")
        .annotate(may_initiate=sip_right("may_initiate"), may_answer=sip_right("may_answer"))
        .annotate(**{f"role_{role.value.lower()}": _role_over_unit(role, at) for role in SystemRole})
        .first()
    )
    return None if row is None else _actor(row, visit)


def system_roles_over(user_id: int, organisation_id: int, at: datetime) -> frozenset[str]:
    """Roles that the user holds at that place or at anything it lies within (K-05)."""
    held = grants_on(at).filter(user_id=user_id, organisation_id__in=organisation_ids_above(organisation_id))
    return frozenset(held.values_list("role", flat=True))


def grants_on(at: datetime) -> QuerySet[SystemRoleGrant]:
    """Grants of system roles that count that day."""
    day = today(at)
    return SystemRoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def _role_over_unit(role: SystemRole, at: datetime) -> Exists:
    return Exists(grants_on(at).filter(covers(place="unit"), user_id=OuterRef("user_id"), role=role))


def _actor(row: Assignment, visit: Visit) -> Actor:
    # A unit without a department of its own stands directly under its principal.
    department = row.unit.department or row.unit.principal
    principal = row.unit.principal
    return Actor(
        user_id=row.user_id,
        user_name=row.user.name,
        assignment_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        department_id=department.pk if department else 0,
        department_name=department.name if department else "",
        principal_id=principal.pk if principal else 0,
        principal_name=principal.name if principal else "",
        profession=row.profession,
        title=row.title,
        may_initiate=bool(getattr(row, "may_initiate", False)),
        may_answer=bool(getattr(row, "may_answer", False)),
        system_roles=frozenset(
            role.value for role in SystemRole if getattr(row, f"role_{role.value.lower()}", False)
        ),
        login_method=visit.login_method,
        session_id=visit.session_id,
        request_id=visit.request_id,
        language=visit.language,
    )
