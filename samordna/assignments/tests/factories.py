"""Made-up places and people for tests: principal, department, operation, unit, user, assignment with rights."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import factory
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.test import Client
from django.utils.crypto import get_random_string

from samordna.accounts.models import User
from samordna.accounts.session_store import SessionStore
from samordna.accounts.sessions import begin
from samordna.assignments.models import AppointedRight, Assignment, ModuleRight, SystemRoleGrant
from samordna.assignments.queries import Visit, actor_for
from samordna.assignments.states import Profession, SystemRole
from samordna.kernel.actor import Actor
from samordna.kernel.clock import now
from samordna.kernel.module import Module
from samordna.kernel.text import search_key
from samordna.organisations.models import Organisation
from samordna.organisations.states import CareKind, Level, PrincipalKind

PASSWORD = "korrekt-häst-batteri-klammer"
LONG_AGO = date(2020, 1, 1)


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        abstract = True

    search_key = factory.LazyAttribute(
        lambda place: search_key(f"{place.name} {getattr(place, 'municipality', '')}")
    )
    principal = factory.LazyAttribute(lambda place: place.parent.principal or place.parent)
    department = factory.LazyAttribute(
        lambda place: place.parent if place.parent.level == Level.DEPARTMENT else place.parent.department
    )


class PrincipalFactory(PlaceFactory):
    class Meta:
        model = Organisation

    level = Level.PRINCIPAL
    name = factory.Sequence(lambda n: f"Exempelköpings kommun {n}")
    principal_kind = PrincipalKind.MUNICIPALITY
    parent = None
    principal = None
    department = None


class DepartmentFactory(PlaceFactory):
    class Meta:
        model = Organisation

    level = Level.DEPARTMENT
    name = factory.Sequence(lambda n: f"Vård- och omsorgsförvaltningen {n}")
    parent = factory.SubFactory(PrincipalFactory)
    department = None


class OperationFactory(PlaceFactory):
    class Meta:
        model = Organisation

    level = Level.OPERATION
    name = factory.Sequence(lambda n: f"Äldreomsorgen {n}")
    parent = factory.SubFactory(DepartmentFactory)


class UnitFactory(PlaceFactory):
    class Meta:
        model = Organisation

    level = Level.UNIT
    name = factory.Sequence(lambda n: f"Hemtjänsten {n}")
    care_kind = CareKind.HOME_CARE
    parent = factory.SubFactory(DepartmentFactory)
    notify_email = factory.Sequence(lambda n: f"enhet{n}@example.org")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"USER{n:03d}")
    name = factory.Sequence(lambda n: f"Anna Exempel {n}")
    search_key = factory.LazyAttribute(lambda user: search_key(user.name))
    email = factory.LazyAttribute(lambda user: f"{user.username.lower()}@example.org")
    phone = "0150-000 00"
    created_at = datetime(2020, 1, 1, tzinfo=UTC)
    password = factory.Transformer(PASSWORD, transform=make_password)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    profession = Profession.UNIT_MANAGER
    title = "enhetschef"
    starts_on = LONG_AGO


class ModuleRightFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ModuleRight
        django_get_or_create = ("department", "module", "profession")

    department = factory.SubFactory(DepartmentFactory)
    module = Module.SIP
    profession = Profession.UNIT_MANAGER
    may_initiate = True
    may_answer = True


class AppointedRightFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AppointedRight

    assignment = factory.SubFactory(AssignmentFactory)
    module = Module.SIP
    may_initiate = False
    may_answer = True
    appointed_at = datetime(2020, 1, 1, tzinfo=UTC)
    appointed_by = factory.SubFactory(UserFactory)


class SystemRoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SystemRoleGrant

    user = factory.SubFactory(UserFactory)
    role = SystemRole.ADMINISTRATOR
    organisation = factory.SubFactory(DepartmentFactory)
    starts_on = LONG_AGO


def worker(
    unit: Organisation | None = None, *, initiates: bool = True, answers: bool = True, **fields: object
) -> Assignment:
    """An assignment whose profession has these rights in the unit's department.

    `fields` are the assignment's ("profession", "title"); "name", "username" and others beginning with "user__" go
    to the user.
    """
    for short in ("name", "username"):
        if short in fields:
            fields[f"user__{short}"] = fields.pop(short)
    assignment: Assignment = AssignmentFactory(unit=unit or UnitFactory(), **fields)
    set_right(assignment, initiates=initiates, answers=answers)
    return assignment


def set_right(assignment: Assignment, *, initiates: bool, answers: bool) -> ModuleRight:
    """What the department of the unit lets the assignment's profession do in SIP."""
    right, _made = ModuleRight.objects.update_or_create(
        department=assignment.unit.department or assignment.unit.principal,
        module=Module.SIP,
        profession=assignment.profession,
        defaults={"may_initiate": initiates, "may_answer": answers},
    )
    return right


def actor_for_assignment(assignment: Assignment, at: datetime | None = None, **visit: str) -> Actor:
    """The actor as a request builds it."""
    visited: Mapping[str, str] = {
        "login_method": "password",
        "session_id": "session",
        "request_id": "request",
        **visit,
    }
    actor = actor_for(Visit(user_id=assignment.user_id, **visited), assignment.pk, at or now())
    assert actor is not None, "the assignment is not valid"
    return actor


def log_in(client: Client, assignment: Assignment) -> None:
    """The client's session as it is after login and the choice of unit, without the form and what follows on it."""
    at, user = now(), assignment.user
    session = SessionStore(get_random_string(32, VALID_KEY_CHARS))
    # A new key: nothing is to be read of it first.
    session._session_cache = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "samordna.accounts.backends.UserBackend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        "assignment_id": assignment.pk,
    }
    begin(session, user_id=user.pk, method="password", browser="", at=at)
    session.save(must_create=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
