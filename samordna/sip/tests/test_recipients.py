"""What the sender does about a denial, and adding units afterwards with consent asked again (V-25, V-34, L-03)."""

import pytest
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.consent import consents_of
from samordna.casework.messages.commands.recipients import add_recipients
from samordna.kernel import clock
from samordna.kernel.refusal import Refused
from samordna.messaging.models import Delivery
from samordna.messaging.states import Answer, EndedReason
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import CONSENT, at_work, press, read

pytestmark = pytest.mark.django_db
INITIATIVE = Part.INITIATIVE


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def denied(county: f.County):
    """The health centre has denied and named psychiatry."""
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.DENIED, suggested_unit_id=county.psychiatry.pk)
    return case_id, message_id, Delivery.objects.get(message_id=message_id, unit=county.health_centre)


def standing(message_id) -> set[int]:
    return set(
        Delivery.objects.filter(message_id=message_id, ended_at__isnull=True).values_list(
            "unit_id", flat=True
        )
    )


@pytest.mark.requirement("V-34", "L-03")
def test_sending_on_asks_for_consent_that_does_not_cover_the_unit_and_does_both_in_one(
    county, denied
) -> None:
    case_id, message_id, delivery = denied
    anna = at_work(county.anna)
    assert "Skicka vidare till Psykiatriska öppenvården" in read(anna, case_id, INITIATIVE)
    asked = press(anna, "send_on", case_id, message_id, delivery.pk, recipient=county.psychiatry.pk)
    assert "Det finns inget giltigt samtycke för enheten." in asked.content.decode()
    assert "error-summary" not in asked.content.decode()
    assert county.psychiatry.pk not in standing(message_id)
    incomplete = press(
        anna, "send_on", case_id, message_id, delivery.pk, recipient=county.psychiatry.pk, consent_shown="1"
    )
    assert "error-summary" in incomplete.content.decode()
    sent = press(
        anna,
        "send_on",
        case_id,
        message_id,
        delivery.pk,
        recipient=county.psychiatry.pk,
        consent_shown="1",
        **CONSENT,
    )
    assert "Det är skickat till Psykiatriska öppenvården." in sent.content.decode()
    assert standing(message_id) == {county.psychiatry.pk, county.social.pk}
    newer = Delivery.objects.get(message_id=message_id, unit=county.psychiatry)
    assert newer.predecessor_id == delivery.pk
    delivery.refresh_from_db()
    assert delivery.ended_reason == EndedReason.SENT_ON
    assert len(consents_of(case_id)) == 2
    assert "Acceptera" in read(at_work(county.eva), case_id, INITIATIVE)
    assert Entry.objects.filter(action=Action.MESSAGE_SENT_ON).count() == 1


@pytest.mark.requirement("V-34")
def test_sending_on_is_one_step_when_consent_covers_the_unit(county) -> None:
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social, county.psychiatry)
    f.answer(case_id, message_id, county.eva, Answer.DENIED, suggested_text="Vet inte")
    delivery = Delivery.objects.get(message_id=message_id, unit=county.psychiatry)
    anna = at_work(county.anna)
    page = press(
        anna, "send_on", case_id, message_id, delivery.pk, recipient=county.psychiatry.pk
    ).content.decode()
    assert "Det är skickat till Psykiatriska öppenvården. Enheten svarar senast" in page
    assert f"säg SIP {f.facts_of(case_id).case.number}" in page
    delivery.refresh_from_db()
    assert delivery.ended_reason == EndedReason.SENT_AGAIN
    # The unit that denied by mistake may answer again.
    f.answer(case_id, message_id, county.eva, Answer.ACCEPTED)
    assert f.facts_of(case_id).case.reach_of(county.psychiatry.pk).full


@pytest.mark.requirement("V-34")
def test_another_unit_is_found_in_the_address_book(county, denied) -> None:
    case_id, message_id, delivery = denied
    anna = at_work(county.anna)
    found = press(anna, "send_on", case_id, message_id, delivery.pk, find="1", q="avdelning").content.decode()
    assert f'name="add_unit" value="{county.hospital.pk}"' in found
    chosen = press(
        anna, "send_on", case_id, message_id, delivery.pk, add_unit=county.hospital.pk
    ).content.decode()
    assert f'name="recipient" value="{county.hospital.pk}"' in chosen


@pytest.mark.requirement("V-34")
def test_going_on_without_the_unit_keeps_its_answer(county, denied) -> None:
    case_id, message_id, delivery = denied
    page = press(at_work(county.anna), "set_aside", case_id, message_id, delivery.pk).content.decode()
    assert "Ni går vidare utan enheten." in page
    assert "Nekade, de andra går vidare utan enheten" in page
    assert "Psykiatriska öppenvården" in page
    assert standing(message_id) == {county.social.pk}


@pytest.mark.requirement("V-34")
def test_going_on_without_the_unit_is_asked_about_first_with_what_happens(county, denied) -> None:
    case_id, message_id, delivery = denied
    anna, address = at_work(county.anna), reverse("sip:set_aside", args=[case_id, message_id, delivery.pk])
    page = read(anna, case_id, Part.INITIATIVE)
    assert f'href="{address}"' in page
    assert f'action="{address}"' not in page, "one click changes nothing"
    before = standing(message_id)
    asked = anna.get(address).content.decode()
    assert "Gå vidare utan Vårdcentralen Linden?" in asked
    assert "inget mer väntas från Vårdcentralen Linden" in asked
    assert "lägger ni till den som mottagare igen" in asked
    assert standing(message_id) == before
    anna.post(address)
    assert standing(message_id) == {county.social.pk}
    assert "Det är redan bestämt" in anna.get(address).content.decode()
    typed = {"recipient": county.health_centre.pk, "acknowledge": county.health_centre.pk, "send": "1"}
    press(anna, "add_recipients", case_id, message_id, **typed)
    assert county.health_centre.pk in standing(message_id), "as the page says"


@pytest.mark.requirement("V-34")
@pytest.mark.parametrize("name", ["send_on", "set_aside"])
def test_only_a_participant_who_may_initiate_handles_a_denial(county, denied, name) -> None:
    case_id, message_id, delivery = denied
    before = standing(message_id)
    for who in (county.olle, county.cecilia):
        press(at_work(who), name, case_id, message_id, delivery.pk, recipient=county.psychiatry.pk, **CONSENT)
    assert press(at_work(county.eva), name, case_id, message_id, delivery.pk).status_code == 404
    assert standing(message_id) == before


@pytest.mark.requirement("V-34")
def test_a_denial_is_handled_once(county, denied) -> None:
    case_id, message_id, delivery = denied
    anna = at_work(county.anna)
    press(anna, "set_aside", case_id, message_id, delivery.pk)
    again = press(anna, "set_aside", case_id, message_id, delivery.pk).content.decode()
    assert "Det är redan bestämt vad som händer efter att enheten nekade." in again
    assert Entry.objects.filter(action=Action.MESSAGE_RECIPIENT_REMOVED).count() == 1


@pytest.mark.requirement("V-25", "L-03")
@pytest.mark.parametrize("part", [Part.INITIATIVE, Part.SUMMONS])
def test_a_unit_is_added_to_a_sent_message_with_consent_asked_again(county, part) -> None:
    case_id = f.summoned_case(county)
    message = f.facts_of(case_id).sent(part)
    anna = at_work(county.anna)
    typed = {"recipient": county.hospital.pk, "acknowledge": county.hospital.pk}
    asked = press(anna, "add_recipients", case_id, message.id, send="1", **typed).content.decode()
    assert "Det finns inget giltigt samtycke för enheten." in asked
    press(anna, "add_recipients", case_id, message.id, send="1", consent_shown="1", **typed, **CONSENT)
    assert county.hospital.pk in standing(message.id)
    frida = at_work(county.frida)
    expected = "Acceptera" if part == Part.INITIATIVE else "Kvittera"
    assert expected in read(frida, case_id, part)
    full = f.facts_of(case_id).case.reach_of(county.hospital.pk).full
    assert full == (part == Part.SUMMONS)


@pytest.mark.requirement("V-25")
@pytest.mark.parametrize(
    ("unit", "sentence"),
    [("health_centre", "Enheten har redan meddelandet."), ("home_care", "Er egen enhet deltar redan")],
)
def test_a_unit_that_has_the_message_does_not_get_it_twice(county, unit, sentence) -> None:
    case_id = f.accepted_case(county)
    message = f.facts_of(case_id).sent(Part.INITIATIVE)
    chosen = getattr(county, unit).pk
    page = press(at_work(county.anna), "add_recipients", case_id, message.id, send="1", recipient=chosen)
    assert sentence in page.content.decode()
    assert Delivery.objects.filter(message_id=message.id).count() == 2


@pytest.mark.requirement("V-25")
def test_adding_without_choosing_is_told(county) -> None:
    case_id = f.accepted_case(county)
    message = f.facts_of(case_id).sent(Part.INITIATIVE)
    page = press(at_work(county.anna), "add_recipients", case_id, message.id, send="1").content.decode()
    assert "Välj minst en mottagare." in page


@pytest.mark.requirement("L-03")
def test_nothing_is_delivered_after_consent_is_withdrawn(county) -> None:
    case_id = f.accepted_case(county)
    press(at_work(county.anna), "withdraw_consent", case_id)
    with pytest.raises(Refused) as refused:
        f.send_a_summons(case_id, county.anna, [county.health_centre])
    assert refused.value.refusal.code == "consent.missing"
    assert f.facts_of(case_id).sent(Part.SUMMONS) is None
    # The page asks first; what has been withdrawn since it was shown is refused by the act itself.
    initiative = f.facts_of(case_id).sent(Part.INITIATIVE)
    act = {"actor": f.actor(county.anna), "case_id": case_id, "message_id": initiative.id, "at": clock.now()}
    with pytest.raises(Refused) as refused:
        add_recipients(process=SIP, chosen=f.to_units(county.psychiatry), **act)
    assert refused.value.refusal.code == "consent.missing"
    assert county.psychiatry.pk not in standing(initiative.id)
