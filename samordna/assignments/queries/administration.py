"""What an administrator sees: the users, places and rights within the scope of the role (K-05)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from samordna.accounts.models import User
from samordna.accounts.queries import UserCard, user_card
from samordna.accounts.user_names import fold_user_name
from samordna.assignments.models import AppointedRight, Assignment, SystemRoleGrant
from samordna.assignments.queries.actors import grants_on
from samordna.assignments.queries.closed import closed_by_end, last_day_of
from samordna.assignments.states import Profession, SystemRole
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.collation import swedish
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.kernel.text import fingerprint, search_words
from samordna.organisations.models import Organisation
from samordna.organisations.places import within
from samordna.organisations.states import Level

PAGE_SIZE = 50
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Scope:
    """The places over which the actor is administrator; each covers all that lies below it."""

    organisation_ids: frozenset[int]

    def holds(self, place: Organisation) -> bool:
        """Whether the place is one of these or lies below one of them."""
        return bool(
            self.organisation_ids & {place.pk, place.parent_id, place.department_id, place.principal_id}
        )


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment on the page of a user."""

    id: int
    unit_id: int
    unit_name: str
    department_name: str
    profession: Profession
    title: str
    starts_on: date
    ends_on: date | None
    appointed_to_initiate: bool
    appointed_to_answer: bool
    in_scope: bool


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One system role on the page of a user."""

    id: int
    role: SystemRole
    organisation_name: str
    starts_on: date
    ends_on: date | None
    in_scope: bool


@dataclass(frozen=True, slots=True)
class GrantOf:
    """A system role and whose it is."""

    user_id: int
    user_name: str
    line: GrantLine


@dataclass(frozen=True, slots=True)
class UserPage:
    """All that the page of one user shows: what lies within the scope, and of the rest only that there is some.

    `here_now` and `elsewhere_now` tell of what counts or is to come; `last_day` is that of a user closed since then.
    `seen` changes when any of the details does.
    """

    user: UserCard
    assignments: tuple[AssignmentLine, ...]
    grants: tuple[GrantLine, ...]
    here_now: bool
    elsewhere_now: bool
    last_day: date | None

    @property
    def seen(self) -> str:
        return fingerprint(self.user)


@dataclass(frozen=True, slots=True)
class UserLine:
    """One user in the list, with where the user works within the scope."""

    id: int
    name: str
    username: str
    units: tuple[str, ...]
    protected: bool
    is_active: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place that can be chosen, with what it belongs to."""

    id: int
    name: str
    above: str
    level: Level

    @property
    def shown(self) -> str:
        """The name and, after it, what it belongs to."""
        return f"{self.name} ({self.above})" if self.above else self.name


def scope_of(actor: Actor, at: datetime) -> Scope:
    """Where the actor is administrator; `NotVisible` for one who is so nowhere."""
    scope = Scope(_administered(actor, at))
    if not scope.organisation_ids:
        raise NotVisible
    return scope


def users_page(scope: Scope, number: str, at: datetime) -> Page[UserLine]:
    """One page of the users who work or have worked within the scope, in Swedish order."""
    page = Paginator(users_within(scope).order_by(swedish("name"), "pk"), PAGE_SIZE).get_page(number[:6])
    lines = _user_lines(list(page.object_list), scope, today(at))
    return Page(lines, page.number, cast("Paginator[UserLine]", page.paginator))


def user_page(scope: Scope, user_id: int, at: datetime) -> UserPage:
    """One user who works or has worked within the scope; `NotVisible` for all others."""
    day = today(at)
    if not users_within(scope).filter(pk=user_id).exists():
        raise NotVisible
    assignments = _assignments(user_id, scope)
    grants = _grants(user_id, scope)
    held: list[AssignmentLine | GrantLine] = [*assignments, *grants]
    now = {line.in_scope for line in held if not has_ended(line, day)}
    return UserPage(
        user=user_card(user_id),
        assignments=tuple(line for line in assignments if line.in_scope),
        grants=tuple(line for line in grants if line.in_scope),
        here_now=True in now,
        elsewhere_now=False in now,
        last_day=last_day_of(user_id, day),
    )


def has_ended(line: AssignmentLine | GrantLine, day: date) -> bool:
    """Whether its last day is behind."""
    return line.ends_on is not None and line.ends_on < day


def users_within(scope: Scope) -> QuerySet[User]:
    """Users with an assignment, present or past, within the scope."""
    there = Assignment.objects.filter(within(scope.organisation_ids, place="unit"), user_id=OuterRef("pk"))
    return User.objects.filter(Exists(there))


def roles_within(scope: Scope, at: datetime) -> list[GrantOf]:
    """System roles that count that day at places within the scope, in Swedish order by name."""
    rows = (
        grants_on(at)
        .filter(within(scope.organisation_ids, place="organisation"))
        .select_related("organisation", "user")
        .order_by(swedish("user__name"), "role", "pk")
    )
    return [GrantOf(row.user_id, row.user.name, _grant_line(row, scope)) for row in rows]


def users_found(scope: Scope, text: str, at: datetime) -> list[UserLine]:
    """Users of the scope with every word typed in the name, or the beginning of the user name; Swedish order."""
    users, named = users_within(scope), Q()
    for word in search_words(text):
        named &= Q(search_key__contains=word) | Q(username__startswith=word.upper())
    if username := fold_user_name(text[:200]):
        named |= Q(username__startswith=username)
    users = users.filter(named)
    return _user_lines(list(users.order_by(swedish("name"), "pk")[:MOST_FOUND]), scope, today(at))


def departments_within(scope: Scope) -> list[PlaceChoice]:
    """The departments whose rights the scope lets one decide."""
    return places_within(scope, Level.DEPARTMENT)


def units_within(scope: Scope) -> list[PlaceChoice]:
    """The open units where the scope lets one place people."""
    return places_within(scope, Level.UNIT)


def units_appointed_at(actor: Actor, at: datetime) -> list[PlaceChoice]:
    """The open units where the actor may appoint people by name: within the scope, and a headmaster's own (K-04)."""
    units = units_within(Scope(_administered(actor, at)))
    if actor.profession == Profession.HEADMASTER and actor.unit_id not in {unit.id for unit in units}:
        units.insert(0, PlaceChoice(actor.unit_id, actor.unit_name, actor.department_name, Level.UNIT))
    return units


def all_within(scope: Scope) -> list[PlaceChoice]:
    """Every open place of the scope, of any level: what a system role can hold over."""
    return places_within(scope, *Level)


def places_within(scope: Scope, *levels: Level) -> list[PlaceChoice]:
    """Open places of these levels within the scope, in Swedish order."""
    rows = (
        Organisation.objects.open()
        .filter(within(scope.organisation_ids), level__in=levels, external=False)
        .select_related("department", "principal")
        .order_by(swedish("name"), "pk")
    )
    return [PlaceChoice(row.pk, row.name, _above(row), Level(row.level)) for row in rows]


def place_in(scope: Scope, organisation_id: int) -> Organisation:
    """One place within the scope, closed ones too; else `NotVisible`."""
    row = Organisation.objects.filter(within(scope.organisation_ids), pk=organisation_id).first()
    if row is None:
        raise NotVisible
    return row


def _administered(actor: Actor, at: datetime) -> frozenset[int]:
    held = grants_on(at).filter(user_id=actor.user_id, role=SystemRole.ADMINISTRATOR)
    return frozenset(held.values_list("organisation_id", flat=True))


def _user_lines(users: list[User], scope: Scope, day: date) -> list[UserLine]:
    units: dict[int, list[str]] = {user.pk: [] for user in users}
    there = Assignment.objects.filter(within(scope.organisation_ids, place="unit"), user_id__in=list(units))
    for row in there.select_related("unit").order_by(swedish("unit__name")):
        if row.unit.name not in units[row.user_id]:
            units[row.user_id].append(row.unit.name)
    over = User.objects.filter(closed_by_end(day), pk__in=list(units))
    ended = set(over.values_list("pk", flat=True))
    return [
        UserLine(
            user.pk,
            user.name,
            user.username,
            tuple(units[user.pk]),
            user.protected,
            user.is_active,
            user.pk in ended,
        )
        for user in users
    ]


def _assignments(user_id: int, scope: Scope) -> tuple[AssignmentLine, ...]:
    rows = Assignment.objects.filter(user_id=user_id).select_related("unit__department")
    appointed = {
        right.assignment_id: right
        for right in AppointedRight.objects.filter(assignment__user_id=user_id, module=Module.SIP)
    }
    return tuple(
        AssignmentLine(
            id=row.pk,
            unit_id=row.unit_id,
            unit_name=row.unit.name,
            department_name=row.unit.department.name if row.unit.department else "",
            profession=Profession(row.profession),
            title=row.title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            appointed_to_initiate=row.pk in appointed and appointed[row.pk].may_initiate,
            appointed_to_answer=row.pk in appointed and appointed[row.pk].may_answer,
            in_scope=scope.holds(row.unit),
        )
        for row in rows.order_by("-starts_on", swedish("unit__name"))
    )


def _grants(user_id: int, scope: Scope) -> tuple[GrantLine, ...]:
    rows = (
        SystemRoleGrant.objects.filter(user_id=user_id)
        .select_related("organisation")
        .order_by("-starts_on", "pk")
    )
    return tuple(_grant_line(row, scope) for row in rows)


def _grant_line(row: SystemRoleGrant, scope: Scope) -> GrantLine:
    return GrantLine(
        id=row.pk,
        role=SystemRole(row.role),
        organisation_name=row.organisation.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        in_scope=scope.holds(row.organisation),
    )


def _above(row: Organisation) -> str:
    names = (row.principal.name if row.principal else "", row.department.name if row.department else "")
    return " › ".join(name for name in names if name)
