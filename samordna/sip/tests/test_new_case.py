"""*Nytt ärende*: the number, the person to confirm, and a person who already has a SIP."""

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.tests.factories import log_in, worker
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import Case, CoordinatorTerm, UnitCase
from samordna.organisations.models import Organisation
from samordna.people.models import Person
from samordna.people.states import Protection

NUMBER = "19380102-9202"

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker(client: Client) -> Client:
    log_in(client, worker(name="Anna Lindqvist"))
    return client


def ask(client: Client, number: str = NUMBER):
    return client.post(reverse("sip:new"), {"identifier": number})


def create(client: Client, number: str = NUMBER, name: str = "Karl-Erik Wallin"):
    ask(client, number)
    return client.post(reverse("sip:create"), {"identifier": number, "name": name})


@pytest.mark.requirement("V-22", "V-24", "L-11")
def test_a_new_case_shows_the_number_first_and_makes_its_creator_coordinator(asker: Client) -> None:
    page = ask(asker)
    assert NUMBER in page.content.decode()
    response = create(asker)
    case = Case.objects.get()
    assert response.url == reverse("sip:case", args=[case.pk])
    assert case.person.name == "Karl-Erik Wallin"
    assert CoordinatorTerm.objects.get(case=case, until_at=None).name == "Anna Lindqvist"
    assert UnitCase.objects.get(case=case).next_step["code"] == "send_initiative"
    assert Entry.objects.filter(action=Action.CASE_CREATED, case_id=case.pk).count() == 1


@pytest.mark.requirement("V-22", "L-01")
@pytest.mark.parametrize(
    "number", ["", "19380102-9203", "19381302-9202", "123", "191500722391", "22951306FH20", "950606FH20"]
)
def test_a_wrong_number_is_refused_with_its_reason_and_kept(asker: Client, number: str) -> None:
    page = ask(asker, number)
    assert page.status_code == 200
    assert page.context["form"].errors["identifier"]
    assert f'value="{number}"' in page.content.decode() or not number
    assert not Case.objects.exists()


@pytest.mark.requirement("V-22", "L-01")
@pytest.mark.parametrize("number", [NUMBER, "191500722390", "22950606-FH20", "19500101-K123"])
def test_a_case_is_made_on_a_number_of_each_kind_and_found_by_it(asker: Client, number: str) -> None:
    assert "Är det rätt person?" in ask(asker, number).content.decode()
    asker.post(reverse("sip:create"), {"identifier": number, "name": "Karl-Erik Wallin"})
    case = Case.objects.get()
    found = asker.post(reverse("overview:search"), {"q": number}, follow=True)
    assert str(case.pk) in found.content.decode()
    assert "Det finns redan en pågående SIP" in ask(asker, number).content.decode()


@pytest.mark.requirement("V-23")
def test_a_unit_outside_learns_that_there_is_a_sip_and_whom_to_call(asker: Client) -> None:
    create(asker)
    case = Case.objects.get()
    unit = Organisation.objects.get(pk=case.created_unit_id)
    Organisation.objects.filter(pk=unit.pk).update(phone="0150-174 06 05")
    outsider = Client()
    log_in(outsider, worker(name="Eva Holm"))
    shown = ask(outsider).content.decode()
    assert case.created_unit_name in shown
    assert "0150-174 06 05" in shown
    assert "Karl-Erik" not in shown
    assert str(case.pk) not in shown
    assert not [said for said in (case.number, "Anna Lindqvist", "Initiativ") if said in shown]
    assert create(outsider).status_code == 200
    assert Case.objects.count() == 1
    asked = Entry.objects.filter(action=Action.CASE_EXISTENCE_ASKED, case_id=case.pk)
    assert asked.count() == 1


@pytest.mark.requirement("V-23", "L-04")
def test_of_a_protected_person_not_even_the_unit_is_told(asker: Client) -> None:
    create(asker)
    Person.objects.update(protection=Protection.PROTECTED_REGISTRATION)
    outsider = Client()
    log_in(outsider, worker(name="Eva Holm"))
    shown = ask(outsider).content.decode()
    assert Case.objects.get().created_unit_name not in shown
    assert "Personen har skyddad identitet" in shown, shown[shown.index("<main") :]


@pytest.mark.requirement("V-22", "K-04")
def test_without_the_right_to_initiate_no_case_is_made(asker: Client) -> None:
    answering = Client()
    log_in(answering, worker(initiates=False))
    assert ask(answering).context["refusal"] is not None
    create(answering)
    assert not Case.objects.exists()
    create(asker)
    assert Case.objects.count() == 1


@pytest.mark.requirement("V-22")
def test_the_form_posted_twice_makes_one_case(asker: Client) -> None:
    posted = {
        "identifier": NUMBER,
        "name": "Karl-Erik Wallin",
        "form_key": "0b6e8f2e-6a0e-4a39-9f38-50f51f1c8a10",
    }
    ask(asker)
    first = asker.post(reverse("sip:create"), posted)
    second = asker.post(reverse("sip:create"), posted)
    assert first.url == second.url
    assert Case.objects.count() == 1


@pytest.mark.requirement("L-07", "V-23")
@pytest.mark.parametrize("route", ["sip:new", "sip:create"])
def test_an_old_form_is_handed_back_with_the_number_that_was_typed(asker: Client, route: str) -> None:
    asker.handler.enforce_csrf_checks = True
    old = {"identifier": "ett nummer", "name": "Karl Wallin", "csrfmiddlewaretoken": "old"}
    answer = asker.post(reverse(route), old, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert [text for _label, text in answer.context["typed"]] == ["ett nummer", "Karl Wallin"]
