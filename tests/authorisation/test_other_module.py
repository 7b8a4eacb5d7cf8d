"""Whoever may use one module sees and does nothing in a case of the other, wherever the unit takes part.

The answer is that of an id that nobody has: nothing tells that the case exists (K-04, L-02).
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import ModuleRight
from samordna.assignments.tests.factories import AppointedRightFactory, AssignmentFactory, log_in
from samordna.audit.models import Entry
from samordna.audit.states import Result
from samordna.cases import queries as doors
from samordna.cases.models import (
    CaseReading,
    Consent,
    CoordinatorTerm,
    ExistenceQuestion,
    NamedReader,
    Participation,
    UnitCase,
    UnitHandler,
)
from samordna.cases.tests.discharges import Discharge, discharge_at
from samordna.documents.models import Document, DocumentVersion
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.messaging.models import Delivery, Message
from samordna.people.models import Person
from samordna.people.states import Protection
from samordna.sip.tests import factories as f
from tests.authorisation.table import TABLE
from tests.authorisation.test_table import SLUGS, routes, undone

NAME, NUMBER = "Odalfrid Tranströmmer", "19410110-6393"
WRITTEN: tuple[type[Model], ...] = (
    CaseReading, Consent, CoordinatorTerm, Delivery, Document, DocumentVersion, Message, NamedReader, Participation,
    UnitCase, UnitHandler,
)  # fmt: skip


@pytest.fixture
def county(db: None) -> f.County:
    return f.county()


@pytest.fixture
def discharge(county: f.County) -> Discharge:
    """Of a person without SIP, coordinated at the hospital; Anna's and David's units take part."""
    person = f.new_person(f.actor(county.frida), name=NAME, number=NUMBER)
    return discharge_at(county.frida, county.anna, county.david, person_id=person)


def addresses(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in TABLE:
        wanted = routes()[name].pattern.regex.groupindex
        if "case_id" in wanted:
            values = values | {"slug": SLUGS.get(name, "")}
            yield name, reverse(name, kwargs={key: values[key] for key in wanted})


def in_the_case(discharge: Discharge, county: f.County) -> dict[str, Any]:
    return {
        "case_id": discharge.case_id,
        "message_id": discharge.message_id,
        "delivery_id": Delivery.objects.filter(message_id=discharge.message_id).earliest("pk").pk,
        "version_id": discharge.version_id,
        "change_id": uuid4(),
        "lineage": uuid4(),
        "unit_id": county.health_centre.pk,
        "page": "person",
    }


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in WRITTEN}


def told(answer: HttpResponse, case_id: UUID) -> tuple[int, str]:
    """What was answered, but for the id that was asked for."""
    return answer.status_code, answer.headers.get("Location", "").replace(str(case_id), "")


@pytest.mark.requirement("K-04", "L-02")
@pytest.mark.parametrize("protected", [False, True])
def test_every_address_of_a_sip_answers_as_if_there_were_no_such_case(
    county: f.County, discharge: Discharge, protected: bool
) -> None:
    if protected:
        # Nobody at the unit is named: a SIP could be taken on.
        Person.objects.update(protection=Protection.FICTITIOUS)
    before, wrong = rows(), []
    client = Client(raise_request_exception=False)
    log_in(client, county.anna)
    other = in_the_case(discharge, county) | {"case_id": uuid4()}
    for (name, there), (_name, nowhere) in zip(
        addresses(in_the_case(discharge, county)), addresses(other), strict=True
    ):
        for ask in (client.get, client.post):
            with undone():
                answer, as_nowhere = ask(there), ask(nowhere)
            if (
                told(answer, discharge.case_id) != told(as_nowhere, other["case_id"])
                or NAME in answer.content.decode()
            ):
                wrong.append(f"{name} {ask.__name__}: {answer.status_code} {as_nowhere.status_code}")
            if answer.status_code not in {302, 404, 405}:
                wrong.append(f"{name} {ask.__name__}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert rows() == before
    assert not Entry.objects.filter(case_id=discharge.case_id, result=Result.DONE).exists()


@pytest.mark.requirement("K-04", "L-02")
def test_somebody_with_the_other_right_only_opens_no_sip(county: f.County) -> None:
    case_id, _initiative = f.sent_initiative(county, county.health_centre)
    AppointedRightFactory(assignment=county.david, module=Module.SPU, may_initiate=True, may_answer=True)
    ModuleRight.objects.filter(profession=county.david.profession).delete()
    client = Client()
    log_in(client, county.david)
    assert client.get(reverse("sip:case", args=[case_id])).status_code == 404
    assert client.get(reverse("overview:changes"), {"since": "2020-01-01T00:00:00Z"}).status_code == 404
    page = client.get(reverse("overview:administer")).content.decode()
    assert f'href="{reverse("overview:sip")}"' not in page
    assert reverse("overview:search") not in page


@pytest.mark.requirement("K-04", "L-08", "V-20")
def test_lists_counts_search_and_refresh_of_sips_know_no_discharge(
    county: f.County, discharge: Discharge
) -> None:
    own = f.new_case(county.anna)
    client = Client()
    log_in(client, county.anna)
    number = doors.case_numbers([discharge.case_id], Module.SPU)[discharge.case_id]
    for name in ("todo", "overdue", "waiting", "ongoing", "drafts", "ended"):
        for mine in ("", "1"):
            page = client.get(reverse("overview:sip"), {"list": name, "mine": mine}).content.decode()
            assert not any(word in page for word in (NAME, number, str(discharge.case_id), NUMBER)), name
    for sought in (NAME.split()[0], NUMBER, number):
        page = client.post(reverse("overview:search"), {"q": sought}).content.decode()
        assert str(discharge.case_id) not in page
        assert "0 ärenden hittades" in page or "Inget ärende" in page, sought
    UnitCase.objects.filter(case_id=own).delete()
    assert client.get(reverse("overview:changes"), {"since": "2020-01-01T00:00:00Z"}).status_code == 204


@pytest.mark.requirement("K-04", "V-15")
def test_the_units_to_choose_from_count_what_may_be_used_there(
    county: f.County, discharge: Discharge
) -> None:
    """Anna works at two units. A discharge waits at home care, where she may use SIP alone at first."""
    AssignmentFactory(user=county.anna.user, unit=county.social, profession=county.cecilia.profession)
    client = Client()
    log_in(client, county.anna)
    counts = lambda: [unit.to_do for unit in client.get(reverse("assignments:choose_unit")).context["units"]]  # noqa: E731
    assert counts() == [0, 0]
    AppointedRightFactory(assignment=county.anna, module=Module.SPU)
    assert sorted(counts()) == [0, 1]


def test_who_coordinates_by_one_module_is_lost_when_that_right_is(
    county: f.County, discharge: Discharge
) -> None:
    """Frida's right is in SIP: she may not coordinate a discharge, whatever else she may."""
    facts = doors.case_for_rebuild(discharge.case_id, Module.SPU)
    assert not facts.coordinator.valid
    AppointedRightFactory(assignment=county.frida, module=Module.SPU)
    facts = doors.case_for_rebuild(discharge.case_id, Module.SPU)
    assert facts.coordinator.valid
    assert not facts.watched_at(county.home_care.pk)


@pytest.mark.parametrize("module", list(Module))
def test_each_door_opens_for_its_own_module_alone(
    county: f.County, discharge: Discharge, module: Module
) -> None:
    """Somebody with both rights is met by the case's own door, and by no other."""
    AppointedRightFactory(assignment=county.anna, module=Module.SPU)
    anna, at = f.actor(county.anna), clock.now()
    sip = f.new_case(county.anna)
    own, other = (sip, discharge.case_id) if module == Module.SIP else (discharge.case_id, sip)
    assert doors.open_case(anna, own, module).module == module
    assert doors.case_for_rebuild(own, module).id == own
    assert set(doors.case_numbers([own, other], module)) == {own}
    assert doors.active_case_of(doors.open_case(anna, own, module).person_id, module).case_id == own
    with pytest.raises(NotVisible):
        doors.open_case(anna, other, module)
    with pytest.raises(NotVisible):
        doors.case_for_rebuild(other, module)
    for hanging in (county.anna, county.frida):
        assert other not in doors.cases_hanging_on(hanging.pk, module)
    Person.objects.update(protection=Protection.FICTITIOUS)
    NamedReader.objects.update(until_at=at)
    assert doors.open_case_for_naming(anna, own, module).id == own
    with pytest.raises(NotVisible):
        doors.open_case_for_naming(anna, other, module)
    for case_id in (own, other):
        NamedReader.objects.create(
            case_id=case_id, unit_id=anna.unit_id, user=county.bertil.user, name="Bertil Ek", from_at=at
        )
    assert doors.readers_named_at(anna, own, module) == ("Bertil Ek",)
    assert doors.readers_named_at(anna, other, module) == ()


@pytest.mark.requirement("V-23")
def test_what_was_asked_in_one_module_is_not_answered_in_the_other(
    county: f.County, discharge: Discharge
) -> None:
    """Having been shown a person by the other module's door is no leave to make a SIP of her."""
    client = Client()
    log_in(client, county.anna)
    client.post(reverse("sip:new"), {"identifier": NUMBER})
    assert ExistenceQuestion.objects.get().module == Module.SIP
    ExistenceQuestion.objects.update(module=Module.SPU)
    client.post(reverse("sip:create"), {"identifier": NUMBER, "name": NAME})
    assert doors.active_case_of(Person.objects.get(name=NAME).pk, Module.SIP) is None
