"""Taking back what nobody has opened, and voiding with a reason (V-95, L-06)."""

from dataclasses import replace

import pytest
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.cases.worklist import Symbol
from samordna.kernel import clock
from samordna.messaging.models import Message
from samordna.messaging.states import Answer, MessageStatus
from samordna.notifications.models import OutboxItem
from samordna.sip import events
from samordna.sip.information.commands import save_information
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import at_work, press, read

pytestmark = pytest.mark.django_db
INITIATIVE = Part.INITIATIVE


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def sent(county: f.County):
    return f.sent_initiative(county)


def status(message_id) -> str:
    return Message.objects.get(pk=message_id).status


@pytest.mark.requirement("V-95")
def test_the_sender_takes_back_what_nobody_has_opened_and_the_receivers_see_nothing(county, sent) -> None:
    case_id, message_id = sent
    assert "Ta tillbaka" in read(at_work(county.anna), case_id, INITIATIVE)
    page = press(at_work(county.bertil), "take_back", case_id, message_id).content.decode()
    assert "Det är tillbakataget. Ingen hade öppnat det." in page
    assert status(message_id) == MessageStatus.TAKEN_BACK
    assert not UnitCase.objects.filter(unit__in=[county.health_centre, county.social]).exists()
    assert at_work(county.david).get(f"/sip/cases/{case_id}/initiative/").status_code == 404
    # A new one can be made.
    f.send_an_initiative(case_id, county.anna, [county.social])
    assert Entry.objects.filter(action=Action.MESSAGE_TAKEN_BACK).count() == 1


@pytest.mark.requirement("V-95")
def test_what_somebody_has_opened_is_not_taken_back(county, sent) -> None:
    case_id, message_id = sent
    read(at_work(county.david), case_id, INITIATIVE)
    anna = at_work(county.anna)
    assert "En enhet har öppnat meddelandet, så det går inte att ta tillbaka." in read(
        anna, case_id, INITIATIVE
    )
    page = press(anna, "take_back", case_id, message_id).content.decode()
    assert "Samordningsansvarig kan makulera det med en orsak." in page
    assert status(message_id) == MessageStatus.SENT


@pytest.mark.requirement("V-95", "V-21")
@pytest.mark.parametrize("part", [Part.INITIATIVE, Part.SUMMONS, Part.INFORMATION])
def test_nobody_is_waited_for_in_a_message_that_is_voided(county, part) -> None:
    """Neither in blue nor in red, nor with a date; a unit outside the system is not to be told of it."""
    case_id, message_id = f.sent_initiative(county, county.social, county.insurance)
    if part != Part.INITIATIVE:
        f.answer(case_id, message_id, county.cecilia, Answer.ACCEPTED)
        send = f.send_a_summons if part == Part.SUMMONS else f.send_information
        message_id = send(case_id, county.anna, f.to_units(county.social, county.insurance))
    anna = at_work(county.anna)
    press(anna, "void_message", case_id, message_id, words="Fel på datum")
    tables = read(anna, case_id, part).split('<table class="data-table stack">')[1:]
    table = next(one.split("</table>")[0] for one in tables if "Öppnat" in one)
    assert "Har inte svarat" in table
    assert "Har inte fått veta än" in table
    assert 'class="tag' not in table
    assert "senast" not in table


@pytest.mark.requirement("V-83", "L-06")
@pytest.mark.parametrize("part", [Part.INITIATIVE, Part.SUMMONS, Part.INFORMATION])
def test_a_draft_that_was_never_sent_can_be_read_when_the_case_is_over(county, part) -> None:
    case_id = f.new_case(county.anna) if part == Part.INITIATIVE else f.accepted_case(county)
    who = {"actor": f.actor(county.anna), "case_id": case_id, "message_id": None, "version": 0}
    who |= {"chosen": f.to_units(county.social), "at": clock.now()}
    if part == Part.INITIATIVE:
        save_initiative(text=replace(f.INITIATIVE, reason="Ska bo själv"), **who)
        said = "Ska bo själv"
    elif part == Part.SUMMONS:
        save_summons(part=part, text=f.a_meeting(), **who)
        said = "Vårdcentralen Linden, rum 4"
    else:
        save_information(text=InformationText("Passar torsdag?"), **who)
        said = "Passar torsdag?"
    anna = at_work(county.anna)
    anna.post(reverse("sip:end", args=[case_id]), {"reason": "DIED"})
    page = read(anna, case_id, part)
    assert "Er enhets utkast" in page
    assert said in page
    assert county.social.name in page
    assert "Skicka" not in page.split("<main")[1].split("</main>")[0]


@pytest.mark.requirement("V-95")
def test_another_unit_does_not_take_it_back(county) -> None:
    case_id = f.accepted_case(county)
    message_id = f.send_information(case_id, county.anna, f.to_units(county.social))
    page = press(at_work(county.david), "take_back", case_id, message_id).content.decode()
    assert "Bara enheten som skickade meddelandet kan ta tillbaka det." in page
    assert status(message_id) == MessageStatus.SENT


@pytest.mark.requirement("V-95", "L-06")
def test_the_coordinator_voids_with_a_reason_and_it_stays_readable(county, sent) -> None:
    case_id, message_id = sent
    read(at_work(county.david), case_id, INITIATIVE)
    anna = at_work(county.anna)
    page = press(anna, "void_message", case_id, message_id, words="Fel på datum").content.decode()
    assert "Meddelandet är makulerat" in page
    for who in (county.anna, county.david):
        shown = read(at_work(who), case_id, INITIATIVE)
        for text in ("Makulerad", "Fel på datum", "Anna Lindqvist", "Behov av samordning"):
            assert text in shown
    symbols = UnitCase.objects.get(case_id=case_id, unit=county.health_centre).symbols
    assert Symbol.loaded(symbols["INITIATIVE"]).status == StepStatus.VOIDED
    assert OutboxItem.objects.filter(event=events.INITIATIVE_VOIDED.code).count() == 2
    assert Entry.objects.filter(action=Action.MESSAGE_VOIDED).count() == 1
    assert "Fel på datum" not in str(list(Entry.objects.values()))


@pytest.mark.requirement("V-95")
def test_the_countys_reasons_are_proposed(county, sent) -> None:
    case_id, message_id = sent
    anna = at_work(county.anna)
    page = anna.get(f"/sip/cases/{case_id}/messages/{message_id}/void/").content.decode()
    assert "begäran" in page
    assert 'name="reason"' in page


@pytest.mark.requirement("V-95")
def test_voiding_without_a_reason_is_refused(county, sent) -> None:
    case_id, message_id = sent
    page = press(at_work(county.anna), "void_message", case_id, message_id).content.decode()
    assert "Välj en orsak eller skriv en egen." in page
    assert status(message_id) == MessageStatus.SENT


@pytest.mark.requirement("V-95")
def test_another_reason_says_nothing_without_words(county, sent) -> None:
    case_id, message_id = sent
    anna = at_work(county.anna)
    page = press(anna, "void_message", case_id, message_id, reason="Annan orsak", words="").content.decode()
    assert "Skriv varför." in page
    assert status(message_id) == MessageStatus.SENT
    press(anna, "void_message", case_id, message_id, reason="Annan orsak", words="Ändrade planer")
    assert status(message_id) == MessageStatus.VOIDED


@pytest.mark.requirement("V-95")
def test_only_the_coordinator_voids(county) -> None:
    case_id = f.accepted_case(county)
    message = f.facts_of(case_id).sent(INITIATIVE)
    for who in (county.bertil, county.david, county.cecilia):
        client = at_work(who)
        assert "Bara samordningsansvarig kan göra det här." in read(client, case_id, INITIATIVE)
        page = press(client, "void_message", case_id, message.id, words="fel").content.decode()
        assert "Anna Lindqvist, Hemtjänsten Norr, är samordningsansvarig." in page
    assert status(message.id) == MessageStatus.SENT


@pytest.mark.requirement("V-95")
def test_a_message_is_voided_once(county, sent) -> None:
    case_id, message_id = sent
    anna = at_work(county.anna)
    press(anna, "void_message", case_id, message_id, words="fel")
    again = press(anna, "void_message", case_id, message_id, words="fel igen").content.decode()
    assert "Anna Lindqvist har makulerat meddelandet: fel" in again
    assert Message.objects.get(pk=message_id).void_reason == "fel"


@pytest.mark.requirement("V-95")
def test_after_voiding_a_new_initiative_goes_to_the_same_units(county, sent) -> None:
    case_id, message_id = sent
    press(at_work(county.anna), "void_message", case_id, message_id, words="fel")
    second = f.send_an_initiative(case_id, county.anna, [county.health_centre], consent=None)
    assert "Acceptera" in read(at_work(county.david), case_id, INITIATIVE)
    f.answer(case_id, second, county.david, "ACCEPTED")
    assert f.facts_of(case_id).case.reach_of(county.health_centre.pk).full


@pytest.mark.requirement("L-06")
def test_nothing_is_voided_in_a_case_that_has_ended(county, sent) -> None:
    case_id, message_id = sent
    anna = at_work(county.anna)
    press(anna, "end", case_id, reason="DIED", comment="")
    page = press(anna, "void_message", case_id, message_id, words="fel").content.decode()
    assert "Ärendet är avslutat." in page
    assert status(message_id) == MessageStatus.SENT
