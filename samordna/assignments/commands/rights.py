"""What professions and people may do in a module (K-04), and the system roles (K-05)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from samordna.accounts import commands as accounts
from samordna.assignments.models import AppointedRight, Assignment, ModuleRight, SystemRoleGrant
from samordna.assignments.queries.actors import system_roles_over, there_is_a_manager
from samordna.assignments.queries.administration import place_in, scope_of, user_page
from samordna.assignments.queries.module_rights import COLUMNS
from samordna.assignments.queries.rights import RightLine, professions_of, rights_of, rights_seen
from samordna.assignments.rules import (
    Period,
    appoint_refusal,
    end_grant_refusal,
    first_roles_refusal,
    grant_refusal,
    stale_refusal,
)
from samordna.assignments.states import SystemRole
from samordna.audit.commands import moment_of_act, record
from samordna.audit.states import Action
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.line import wait_in_line
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible, Stale, demand
from samordna.organisations.models import Organisation
from samordna.organisations.states import Level


@transaction.atomic
def change_rights(
    *,
    actor: Actor,
    department_id: int,
    module: Module,
    wanted: Sequence[RightLine],
    seen: str,
    at: datetime,
) -> int:
    """What a department lets each profession do in a module; answers with how many professions were changed.

    `Stale` when someone else changed the table after it was opened.
    """
    if place_in(scope_of(actor, at), department_id).level != Level.DEPARTMENT:
        raise NotVisible
    # The department's row is the lock: a table without rows has nothing else to hold on to.
    Organisation.objects.select_for_update().get(pk=department_id)
    present = rights_of(department_id, module)
    if rights_seen(present) != seen:
        raise Stale(stale_refusal())
    changed = [line for line in wanted if line not in present]
    own = professions_of(actor.user_id, department_id, at)
    before = {line.profession: line for line in present}
    for line in changed:
        set_right(department_id=department_id, module=module, line=line)
        gains = line.profession in own and line.gives_more_than(before[line.profession])
        record(
            actor=actor,
            at=at,
            action=Action.RIGHT_GIVEN_ONESELF if gains else Action.RIGHT_CHANGED,
            object_kind="department",
            object_id=str(department_id),
            details={
                "module": module,
                "profession": line.profession,
                "initiate": line.may_initiate,
                "answer": line.may_answer,
                "decide": line.may_decide,
            },
        )
    return len(changed)


def set_right(*, department_id: int, module: Module, line: RightLine) -> None:
    """The row itself, for what has been asked and answered already (made-up counties)."""
    wait_in_line("module right", department_id, module, line.profession)
    ModuleRight.objects.update_or_create(
        department_id=department_id,
        module=module,
        profession=line.profession,
        defaults={column: getattr(line, column) for column in COLUMNS.values()},
    )


@transaction.atomic
def appoint(
    *, actor: Actor, assignment_id: int, module: Module, may_initiate: bool, may_answer: bool, at: datetime
) -> None:
    """Appoint somebody by name to use a module, or take it back with neither right (K-04).

    By an administrator of the unit, or by its headmaster. A unit that is neither's does not exist.
    """
    row = (
        Assignment.objects.valid_on(today(at))
        .select_for_update(of=("self",))
        .filter(pk=assignment_id)
        .first()
    )
    if row is None:
        raise NotVisible
    administers = SystemRole.ADMINISTRATOR in system_roles_over(actor.user_id, row.unit_id, at)
    same_unit = row.unit_id == actor.unit_id
    if not administers and not same_unit:
        raise NotVisible
    demand(
        appoint_refusal(
            administers=administers,
            profession=actor.profession,
            same_unit=same_unit,
            gives_oneself=row.user_id == actor.user_id and (may_initiate or may_answer),
        )
    )
    at = moment_of_act(object_kind="assignment", object_id=str(row.pk), at=at)
    AppointedRight.objects.update_or_create(
        assignment=row,
        module=module,
        defaults={
            "may_initiate": may_initiate,
            "may_answer": may_answer,
            "appointed_at": at,
            "appointed_by_id": actor.user_id,
        },
    )
    record(
        actor=actor,
        at=at,
        action=Action.RIGHT_CHANGED,
        object_kind="assignment",
        object_id=str(row.pk),
        details={"user": row.user_id, "module": module, "initiate": may_initiate, "answer": may_answer},
    )


@transaction.atomic
def grant_role(
    *, actor: Actor, user_id: int, role: SystemRole, organisation_id: int, period: Period, at: datetime
) -> int:
    """A user gets a system role over a place and all below it. Refused: twice for the same time."""
    scope = scope_of(actor, at)
    user_page(scope, user_id, at)
    place = place_in(scope, organisation_id)
    accounts.locked(user_id)
    same = SystemRoleGrant.objects.filter(user_id=user_id, role=role, organisation_id=place.pk)
    has_same = any(Period(row.starts_on, row.ends_on).meets(period) for row in same)
    may_give = _may_give(actor, role, place.pk, at)
    demand(grant_refusal(period, has_same=has_same, may_give=may_give))
    # One that was ended before it had begun never counted, and is given again from the same day.
    row, _made = SystemRoleGrant.objects.update_or_create(
        user_id=user_id,
        role=role,
        organisation_id=place.pk,
        starts_on=period.starts_on,
        defaults={"ends_on": period.ends_on},
    )
    _record_grant(actor, row, at)
    return row.pk


@transaction.atomic
def grant_first_roles(*, user_id: int, organisation_id: int, at: datetime) -> None:
    """Make the user the first administrator and system manager, of a principal.

    Refused when there is a system manager who can log in.

    From the operator's command line, before there is anybody who could do it from a page; logged as any grant.
    """
    demand(first_roles_refusal(there_is_a_manager=there_is_a_manager(at)))
    for role in (SystemRole.SYSTEM_MANAGER, SystemRole.ADMINISTRATOR):
        row = SystemRoleGrant.objects.create(
            user_id=user_id, role=role, organisation_id=organisation_id, starts_on=today(at)
        )
        _record_grant(None, row, at)


@transaction.atomic
def end_role(*, actor: Actor, grant_id: int, at: datetime) -> None:
    """A system role ends at once: yesterday was its last day. Refused: one's own, a system manager's by who is none.

    One that began today ends before it begins, so it has never counted.
    """
    scope = scope_of(actor, at)
    rows = SystemRoleGrant.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=grant_id).first()
    if row is None or not scope.holds(row.organisation):
        raise NotVisible
    may_give = _may_give(actor, SystemRole(row.role), row.organisation_id, at)
    demand(end_grant_refusal(is_own=row.user_id == actor.user_id, may_give=may_give))
    row.ends_on = today(at) - timedelta(days=1)
    row.save(update_fields=["ends_on"])
    _record_grant(actor, row, at)


@transaction.atomic
def end_roles_with_work(*, actor: Actor, user_id: int, ends_on: date, at: datetime) -> None:
    """The user's system roles within the actor's scope end with the work, on its last day. Refused as `end_role`."""
    scope = scope_of(actor, at)
    user_page(scope, user_id, at)
    rows = SystemRoleGrant.objects.select_for_update(of=("self",)).select_related("organisation")
    lasting = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on), user_id=user_id).order_by("pk")
    for row in lasting:
        if not scope.holds(row.organisation):
            continue
        may_give = _may_give(actor, SystemRole(row.role), row.organisation_id, at)
        demand(end_grant_refusal(is_own=row.user_id == actor.user_id, may_give=may_give))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        _record_grant(actor, row, at)


def _may_give(actor: Actor, role: SystemRole, organisation_id: int, at: datetime) -> bool:
    return role != SystemRole.SYSTEM_MANAGER or role in system_roles_over(actor.user_id, organisation_id, at)


def _record_grant(actor: Actor | None, row: SystemRoleGrant, at: datetime) -> None:
    lasting = row.ends_on is None or row.ends_on >= row.starts_on
    own = actor is not None and actor.user_id == row.user_id and lasting
    record(
        actor=actor,
        at=at,
        action=Action.RIGHT_GIVEN_ONESELF if own else Action.RIGHT_CHANGED,
        object_kind="system_role",
        object_id=str(row.pk),
        details={
            "user": row.user_id,
            "role": row.role,
            "organisation": row.organisation_id,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        },
    )
