"""Lets people in: users, where they work, their system roles, and who is appointed by name."""

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from samordna.accounts.models import User
from samordna.assignments.commands import Work as Assigned
from samordna.assignments.commands import appoint, write_assignment
from samordna.assignments.models import SystemRoleGrant
from samordna.assignments.queries import Visit, actor_for
from samordna.assignments.rules import Period
from samordna.audit.commands import record
from samordna.audit.states import Action
from samordna.demo.county import telephones
from samordna.demo.county.shapes import Work, Worker
from samordna.demo.passwords import PASSWORD
from samordna.kernel.actor import Actor
from samordna.kernel.clock import today
from samordna.kernel.module import Module
from samordna.kernel.text import search_key

WORKS_SINCE = date(2020, 1, 1)
_SHARE_OF_FIRST = 0.4
# A headmaster lets these answer for the school, by name (K-04).
APPOINTED = {"Pär Nygrind": ("Linnea Ekedahlin",)}


@dataclass(frozen=True)
class Staff:
    """Who may act at which unit. Everybody is as they were `since` then, so that one who has left can act before."""

    by_unit: Mapping[str, Sequence[Actor]]
    by_name: Mapping[str, Actor]

    def someone(self, unit: str, rng: random.Random, *, initiating: bool = False) -> Actor:
        """Somebody who may answer there, and initiate when asked for; the first one named there most often."""
        able = [
            actor
            for actor in self.by_unit[unit]
            if actor.rights(Module.SIP).may_answer
            and (actor.rights(Module.SIP).may_initiate or not initiating)
        ]
        return able[0] if rng.random() < _SHARE_OF_FIRST else rng.choice(able)


def username_of(name: str) -> str:
    """ANNALI: four letters of the first name and two of the last, as in Prator."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("-", "")
    first, last = plain.split()[0], plain.split()[-1]
    return (first[:4] + last[:2]).upper()


def let_in(workers: Sequence[Worker], place_ids: Mapping[str, int], since: datetime, at: datetime) -> Staff:
    """Everybody with the one password of the demo, hashed once: a hash for each would take seconds."""
    rows = _users(workers, since)
    by_unit: dict[str, list[Actor]] = {}
    by_name: dict[str, Actor] = {}
    for worker in workers:
        _grant(worker, rows[worker.name], place_ids)
        for work in worker.work:
            if work.unit not in place_ids:
                continue
            actor = _assign(rows[worker.name], work, place_ids[work.unit], since, at)
            by_name.setdefault(worker.name, actor)
            if work.ended is None:
                by_unit.setdefault(work.unit, []).append(actor)
    _appoint(by_name, since)
    able = {
        unit: [actor for actor in actors if actor.rights(Module.SIP).has_any]
        for unit, actors in by_unit.items()
    }
    return Staff(able, by_name)


def _users(workers: Sequence[Worker], since: datetime) -> dict[str, User]:
    password, mobiles = make_password(PASSWORD), telephones.mobiles()
    rows = [
        User(
            username=username_of(worker.name),
            name=worker.name,
            search_key=search_key(worker.name),
            email=f"{username_of(worker.name).lower()}@example.org",
            phone=next(mobiles),
            protected=worker.protected,
            password=password,
            created_at=since,
        )
        for worker in workers
    ]
    User.objects.bulk_create(rows)
    for row in rows:
        record(actor=None, at=since, action=Action.USER_CREATED, object_kind="user", object_id=str(row.pk))
    return {row.name: row for row in rows}


def _assign(user: User, work: Work, unit_id: int, since: datetime, at: datetime) -> Actor:
    ends_on = today(at) - timedelta(days=work.ended) if work.ended is not None else None
    assigned = Assigned(unit_id, work.profession, work.title, Period(WORKS_SINCE, ends_on))
    row = write_assignment(actor=None, user_id=user.pk, work=assigned, at=since)
    visit = Visit(user_id=user.pk, login_method="password", session_id="", request_id="")
    actor = actor_for(visit, row.pk, since)
    if actor is None:
        raise RuntimeError("An assignment that has begun must give an actor.")
    return actor


def _grant(worker: Worker, user: User, place_ids: Mapping[str, int]) -> None:
    SystemRoleGrant.objects.bulk_create(
        SystemRoleGrant(
            user=user, role=role.role, organisation_id=place_ids[role.place], starts_on=WORKS_SINCE
        )
        for role in worker.roles
        if role.place in place_ids
    )


def _appoint(by_name: Mapping[str, Actor], since: datetime) -> None:
    for headmaster, chosen in APPOINTED.items():
        for name in chosen:
            if headmaster in by_name and name in by_name:
                appoint(
                    actor=by_name[headmaster],
                    assignment_id=by_name[name].assignment_id,
                    module=Module.SIP,
                    may_initiate=False,
                    may_answer=True,
                    at=since,
                )
