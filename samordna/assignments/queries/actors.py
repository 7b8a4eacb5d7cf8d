"""The actor of a request, and the system roles that follow a user."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samordna.accounts.models import Session
from samordna.accounts.session_store import SESSIONS
from samordna.assignments.models import Assignment, SystemRoleGrant
from samordna.assignments.queries.module_rights import RIGHTS_COLUMNS, rights_columns, rights_in_row
from samordna.assignments.states import SystemRole
from samordna.kernel.actor import Actor, Held
from samordna.kernel.clock import today
from samordna.kernel.prepared import Prepared
from samordna.kernel.together import Together
from samordna.organisations.places import covers
from samordna.organisations.queries import organisation_ids_above, organisation_ids_above_each


@dataclass(frozen=True, slots=True)
class Visit:
    """What a session knows: who logged in and how, which session and which request it is."""

    user_id: int
    login_method: str
    session_id: str
    request_id: str
    language: str = "sv"


def actor_for(visit: Visit, assignment_id: int, at: datetime) -> Actor | None:
    """Who acts, if the assignment is the user's and is valid at that moment.

    One statement; one more for who holds a system role anywhere. `system_roles` are those whose scope covers the unit
    that the actor stands at, `held` are all of them with their places (K-05).
    """
    found = actor_with_password(visit, assignment_id, at)
    return found[0] if found else None


class WhoAsks:
    """The session by its key and the actor by what stands in its row, in one statement, with other queries beside.

    Each of those may take the key, the moment `at`, the `day` and values of its own. The rows are by name: "session",
    "actor", and the names of the others.
    """

    def __init__(self, **beside: Prepared) -> None:
        self._together = Together(session=SESSIONS, actor=_ACTORS_OF_SESSION, **beside)

    def rows(self, *, key: str, at: datetime, day: date, **values: Any) -> dict[str, list[tuple[Any, ...]]]:
        return self._together.rows(key=key, at=at, day=day, **values)


def actor_with_password(
    visit: Visit, assignment_id: int, at: datetime, *, known: Sequence[tuple[Any, ...]] = ()
) -> tuple[Actor, str] | None:
    """The same with the user's password as it is stored, by which a session is judged.

    None also for a user who must choose another password first. `known` are rows that `WhoAsks` gave a moment ago; they
    count when they are of that user and assignment.
    """
    found = _found(visit, assignment_id, at, known if is_of(known, visit.user_id, assignment_id) else ())
    if found is None:
        return None
    actor, password, must_change_password = found
    return None if must_change_password else (actor, password)


def is_of(rows: Sequence[tuple[Any, ...]], user_id: int, assignment_id: int) -> bool:
    """Whether the rows that `WhoAsks` gave of the actor are of that user and assignment."""
    return any((row[_USER], row[_ASSIGNMENT]) == (user_id, assignment_id) for row in rows)


def who_typed(visit: Visit, assignment_id: int, at: datetime) -> Actor | None:
    """For whom what was typed at the assignment is kept. Also a user who must choose another password first."""
    found = _found(visit, assignment_id, at)
    return found[0] if found else None


def _found(
    visit: Visit, assignment_id: int, at: datetime, known: Sequence[tuple[Any, ...]] = ()
) -> tuple[Actor, str, bool] | None:
    rows = known or _ACTORS.rows(user_id=visit.user_id, assignment_id=assignment_id, day=today(at))
    if not rows:
        return None
    password, must_change_password, has_roles, *row = rows[0]
    held = _HELD.rows(user_id=visit.user_id, day=today(at)) if has_roles else ()
    return _actor(tuple(row), visit, frozenset(Held(*one) for one in held)), password, must_change_password


def system_roles_over(user_id: int, organisation_id: int, at: datetime) -> frozenset[str]:
    """Roles that the user holds at that place or at anything it lies within (K-05)."""
    held = grants_on(at).filter(user_id=user_id, organisation_id__in=organisation_ids_above(organisation_id))
    return frozenset(held.values_list("role", flat=True))


def has_roles_of(user_id: int, other_id: int, at: datetime) -> bool:
    """Whether the user is a system manager wherever the other one is. One statement, however many places."""
    manager = grants_on(at).filter(role=SystemRole.SYSTEM_MANAGER)
    own = manager.filter(covers(place="organisation"), user_id=user_id)
    return not manager.filter(~Exists(own), user_id=other_id).exists()


def there_is_a_manager(at: datetime) -> bool:
    """Whether a system manager of a whole principal can log in today: open, and with somewhere to work."""
    here = Assignment.objects.valid_on(today(at)).filter(user_id=OuterRef("user_id"))
    held = grants_on(at).filter(Exists(here), role=SystemRole.SYSTEM_MANAGER)
    return held.filter(organisation__parent__isnull=True).exists()


def names_of_holders(
    roles: Collection[str], unit_ids: Collection[int], at: datetime, most: int = 3
) -> tuple[str, ...]:
    """Who holds one of the roles over one of the units: those nearest first, a few of them, by name and unit.

    Only who can log in and stand somewhere today.
    """
    above = organisation_ids_above_each(unit_ids)
    places = {place_id for ids in above.values() for place_id in ids}
    here = Assignment.objects.valid_on(today(at)).filter(user_id=OuterRef("user_id"))
    held = grants_on(at).filter(Exists(here), role__in=roles, organisation_id__in=places)
    near = sorted(
        held.values_list("organisation_id", "user__name", "organisation__name").distinct(),
        key=lambda row: (min(ids.index(row[0]) for ids in above.values() if row[0] in ids), row[1]),
    )
    return tuple(dict.fromkeys(f"{name}, {place}" for _place_id, name, place in near))[:most]


def grants_on(at: datetime) -> QuerySet[SystemRoleGrant]:
    """Grants of system roles that count that day."""
    return _grants_on_day(today(at))


def _grants_on_day(day: date) -> QuerySet[SystemRoleGrant]:
    return SystemRoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def _actors(
    *, user_id: int | Subquery, assignment_id: int | Subquery, day: date
) -> QuerySet[Assignment, tuple[Any, ...]]:
    """Asked at every request, before anything else: what the actor is made of, in one row."""
    own = Assignment.objects.valid_on(day).filter(pk=assignment_id, user_id=user_id)
    return own.annotate(
        **rights_columns(),
        has_roles=Exists(_grants_on_day(day).filter(user_id=OuterRef("user_id"))),
        **{f"role_{role.value.lower()}": _role_over_unit(role, day) for role in SystemRole},
    ).values_list(
        "user__password",
        "user__must_change_password",
        "has_roles",
        *_COLUMNS,
        *RIGHTS_COLUMNS,
        *(f"role_{role.value.lower()}" for role in SystemRole),
    )


def _actors_of_session(*, key: str, day: date) -> QuerySet[Assignment, tuple[Any, ...]]:
    session = Session.objects.filter(session_key=key)
    user_id, assignment_id = Subquery(session.values("user_id")), Subquery(session.values("assignment_id"))
    return _actors(user_id=user_id, assignment_id=assignment_id, day=day)


def _held(*, user_id: int, day: date) -> QuerySet[SystemRoleGrant, tuple[Any, ...]]:
    own = _grants_on_day(day).filter(user_id=user_id)
    return own.values_list(
        "role", "organisation_id", "organisation__level", "organisation__principal_kind"
    ).distinct()


def _role_over_unit(role: SystemRole, day: date) -> Exists:
    return Exists(_grants_on_day(day).filter(covers(place="unit"), user_id=OuterRef("user_id"), role=role))


_COLUMNS = (
    "user_id", "user__name", "id", "profession", "title", "unit_id", "unit__name",
    "unit__department_id", "unit__department__name", "unit__principal_id", "unit__principal__name",
)  # fmt: skip
# Where in the row the rights begin, and where the roles.
_RIGHTS = len(_COLUMNS)
_ROLES = _RIGHTS + len(RIGHTS_COLUMNS)
# Before the columns stand the password, whether it must be changed, and whether there are roles.
_USER, _ASSIGNMENT = (3 + _COLUMNS.index(name) for name in ("user_id", "id"))
_ACTORS_OF_SESSION = Prepared(_actors_of_session, key=str, day=date)
_ACTORS = Prepared(_actors, user_id=int, assignment_id=int, day=date)
_HELD = Prepared(_held, user_id=int, day=date)


def _actor(row: tuple[Any, ...], visit: Visit, held_everywhere: frozenset[Held]) -> Actor:
    columns, rights, held = row[:_RIGHTS], row[_RIGHTS:_ROLES], row[_ROLES:]
    user_id, user_name, assignment_id, profession, title, unit_id, unit_name, *places = columns
    department_id, department_name, principal_id, principal_name = places
    return Actor(
        user_id=user_id,
        user_name=user_name,
        assignment_id=assignment_id,
        unit_id=unit_id,
        unit_name=unit_name,
        # A unit without a department of its own stands directly under its principal.
        department_id=department_id or principal_id or 0,
        department_name=department_name or principal_name or "",
        principal_id=principal_id or 0,
        principal_name=principal_name or "",
        profession=profession,
        title=title,
        module_rights=rights_in_row(dict(zip(RIGHTS_COLUMNS, rights, strict=True))),
        system_roles=frozenset(role.value for role, has in zip(SystemRole, held, strict=True) if has),
        login_method=visit.login_method,
        session_id=visit.session_id,
        request_id=visit.request_id,
        language=visit.language,
        held=held_everywhere,
    )
