"""Acts on identity as a user does them: the number, what is shown, and the confirmation."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.cases.models import Case
from samordna.cases.states import CaseStatus
from samordna.people.models import Person
from samordna.people.queries import person_by_identifier
from samordna.sip.tests import factories as f
from tests.support.stages import built_once

RESERVE = "19500101-K123"
LASTING = "19240909-9054"
BEFORE, AFTERWARDS = "19970303-2384", "19970303-2392"
WHY = "Fel siffra i numret"


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


@built_once
def case_on(number: str, who: Assignment, name: str = "Gun Ek") -> UUID:
    """A case that somebody has made on the number."""
    person = f.new_person(f.actor(who), name=name, number=number.replace("-", ""))
    return f.new_case(who, person_id=person)


def ask(client: Client, act: str, case_id: UUID, number: str, **typed: str) -> HttpResponse:
    """The first step."""
    more = {"reason": WHY} if act == "correct_number" else {}
    return client.post(url(act, case_id), {"identifier": number, **more, **typed})


def do(client: Client, act: str, case_id: UUID, number: str, **typed: str) -> HttpResponse:
    """Both steps, as the second is on the page of the first."""
    shown = ask(client, act, case_id, number, **typed)
    assert shown.status_code == 200, shown
    assert "seen" in shown.context, shown.context["form"].errors
    return confirm(client, shown, act, case_id, number, **typed)


def confirm(
    client: Client, shown: HttpResponse, act: str, case_id: UUID, number: str, **typed: str
) -> HttpResponse:
    return ask(client, act, case_id, number, **typed, seen=shown.context["seen"])


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def errors(answer: HttpResponse) -> str:
    """What the form says is wrong."""
    return " ".join(str(error) for errors in answer.context["form"].errors.values() for error in errors)


def person_of(case_id: UUID) -> Person:
    return Case.objects.get(pk=case_id).person


def found(number: str) -> UUID | None:
    return person_by_identifier(number.replace("-", ""))


def status(case_id: UUID) -> CaseStatus:
    return CaseStatus(Case.objects.get(pk=case_id).status)


def standing() -> list[Any]:
    """Who is known by which number, and which case is whose."""
    persons = Person.objects.order_by("id").values_list(
        "id", "name", "phone", "address", "protection", "merged_into", "related__name"
    )
    numbers = Person.objects.order_by("id", "identifiers__value").values_list(
        "id", "identifiers__value", "identifiers__replaced_at"
    )
    cases = Case.objects.order_by("id").values_list("id", "person_id", "status", "continued_in_id")
    return [list(persons), list(numbers), list(cases)]
