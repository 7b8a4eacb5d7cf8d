"""Units outside the system: how they were told and what they answered is recorded (V-42)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import UnitCase
from samordna.cases.states import EndReason
from samordna.casework.case.commands.case import end_case, give_consent
from samordna.kernel import clock
from samordna.messaging.models import Delivery
from samordna.messaging.states import Answer
from samordna.notifications.models import OutboxItem
from samordna.sip.initiative.commands import save_initiative
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import at_work, check, press, read, send

pytestmark = pytest.mark.django_db
OUTSIDE = "Försäkringskassan Katrineholm är utanför systemet. Meddela själva, och anteckna hur."


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def told(county: f.County):
    """An initiative to Försäkringskassan alone: (case, message, delivery)."""
    case_id, message_id = f.sent_initiative(county, county.insurance)
    return case_id, message_id, Delivery.objects.get(message_id=message_id)


def typed(**changes: str) -> dict[str, str]:
    return {
        "how": "PHONE",
        "told_on": clock.today(clock.now()).isoformat(),
        "told_time": "",
        "note": "Växeln",
        **changes,
    }


@pytest.mark.requirement("V-42")
def test_the_sender_is_asked_to_tell_the_unit(county, told) -> None:
    case_id, _message_id, _delivery = told
    page = read(at_work(county.anna), case_id, Part.INITIATIVE)
    assert "Har inte fått veta än" in page
    assert "Anteckna hur enheten fick veta" in page
    assert UnitCase.objects.get(case_id=case_id, unit=county.home_care).next_step["code"] == "tell_external"
    assert not OutboxItem.objects.exists()
    assert not UnitCase.objects.filter(unit=county.insurance).exists()


@pytest.mark.requirement("V-42")
def test_how_the_unit_was_told_and_its_answer_are_recorded(county, told) -> None:
    case_id, message_id, delivery = told
    anna = at_work(county.anna)
    page = press(anna, "external", case_id, message_id, delivery.pk, **typed()).content.decode()
    assert "Det är antecknat hur Försäkringskassan Katrineholm fick veta." in page
    assert "Meddelad per telefon i dag<br>" in page, "no time was written, and none is made up"
    assert "Växeln" in page
    assert "Har inte svarat" in page
    page = press(
        anna, "external", case_id, message_id, delivery.pk, **typed(answer="ACCEPTED", comment="Kommer")
    ).content.decode()
    assert "Accepterat" in page
    assert "Kommer" in page
    assert Entry.objects.filter(action=Action.MESSAGE_EXTERNAL_RECORDED).count() == 2
    # An accepting unit outside is enough to go on to the summons.
    assert "Granska och skicka" in read(anna, case_id, Part.SUMMONS)
    assert f'name="recipient" value="{county.insurance.pk}"' in read(anna, case_id, Part.SUMMONS)


@pytest.mark.requirement("V-42")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"how": ""}, "Fyll i"),
        ({"told_on": ""}, "Skriv ett datum"),
        ({"told_time": "25.00"}, "told_time"),
        ({"answer": "DENIED"}, "Skriv vem som ska få initiativet i stället.<"),
        ({"told_on": "TOMORROW"}, "Tiden har inte varit än."),
        ({"told_on": "YESTERDAY"}, "Det är innan det skickades. Skriv när enheten fick veta."),
        ({"told_on": "YESTERDAY", "told_time": "23.59"}, "Det är innan det skickades."),
    ],
)
def test_what_is_missing_or_cannot_be_is_told(county, told, change, sentence) -> None:
    case_id, message_id, delivery = told
    tomorrow = clock.today(clock.now()) + timedelta(days=1)
    fields = typed(**change)
    if fields["told_on"] == "TOMORROW":
        fields["told_on"] = tomorrow.isoformat()
    if fields["told_on"] == "YESTERDAY":
        fields["told_on"] = (tomorrow - timedelta(days=2)).isoformat()
    page = press(
        at_work(county.anna), "external", case_id, message_id, delivery.pk, **fields
    ).content.decode()
    assert sentence in page
    assert "error-summary" in page
    delivery.refresh_from_db()
    assert delivery.told_at is None


@pytest.mark.requirement("V-42")
def test_the_unit_answers_once(county, told) -> None:
    case_id, message_id, delivery = told
    anna = at_work(county.anna)
    press(anna, "external", case_id, message_id, delivery.pk, **typed(answer="ACCEPTED"))
    press(
        anna, "external", case_id, message_id, delivery.pk, **typed(answer="DENIED", suggested_text="Annan")
    )
    delivery.refresh_from_db()
    assert delivery.answer == "ACCEPTED"


@pytest.mark.requirement("V-42")
def test_a_unit_inside_the_system_answers_itself(county) -> None:
    case_id, message_id = f.sent_initiative(county)
    delivery = Delivery.objects.get(message_id=message_id, unit=county.social)
    page = press(
        at_work(county.anna), "external", case_id, message_id, delivery.pk, **typed()
    ).content.decode()
    assert "Enheten svarar själv i systemet." in page
    delivery.refresh_from_db()
    assert delivery.told_at is None


@pytest.mark.requirement("L-06", "V-42")
def test_what_a_colleague_recorded_is_shown_beside_what_was_typed(county, told) -> None:
    case_id, message_id, delivery = told
    anna, bertil = at_work(county.anna), at_work(county.bertil)
    address = reverse("sip:external", args=[case_id, message_id, delivery.pk])
    old = anna.get(address).context["form"]["seen"].value()
    bertil.post(address, typed(note="Bertils anteckning", answer="ACCEPTED", comment="Kommer"))
    sent = typed(how="LETTER", note="Annas anteckning", answer="DENIED", comment="Annas kommentar")
    page = anna.post(address, {**sent, "seen": old})
    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("Bertils anteckning", "Annas anteckning", "Annas kommentar", "Nu står det: Per telefon"):
        assert shown in text
    delivery.refresh_from_db()
    assert (delivery.told_note, delivery.answer) == ("Bertils anteckning", "ACCEPTED")
    anna.post(address, {**sent, "seen": page.context["form"]["seen"].value()})
    delivery.refresh_from_db()
    assert (delivery.told_note, delivery.answer) == ("Annas anteckning", "ACCEPTED")


@pytest.mark.requirement("V-42", "V-30")
def test_nothing_is_said_to_be_sent_to_a_unit_outside(county) -> None:
    case_id = f.new_case(county.anna)
    who = {"actor": f.actor(county.anna), "case_id": case_id, "message_id": None, "version": 0}
    message_id = save_initiative(
        chosen=f.to_units(county.insurance), text=f.INITIATIVE, at=clock.now(), **who
    )
    act = {"actor": f.actor(county.anna), "case_id": case_id, "at": clock.now()}
    give_consent(process=SIP, choice=f.CONSENT, unit_ids=[county.home_care.pk, county.insurance.pk], **act)
    assert "till 1 enhet" not in check(at_work(county.anna), case_id, Part.INITIATIVE).content.decode()
    page = send(at_work(county.anna), case_id, Part.INITIATIVE, message_id).content.decode()
    assert OUTSIDE in page
    assert "De svarar senast" not in page
    assert "skickat till 1 enhet" not in page


@pytest.mark.requirement("V-42", "V-30")
def test_who_answers_by_when_is_said_before_what_is_told_outside(county) -> None:
    """Else the unit outside would seem to answer here."""
    case_id = f.new_case(county.anna)
    who = {"actor": f.actor(county.anna), "case_id": case_id, "message_id": None, "version": 0}
    units = f.to_units(county.insurance, county.health_centre)
    message_id = save_initiative(chosen=units, text=f.INITIATIVE, at=clock.now(), **who)
    act = {"actor": f.actor(county.anna), "case_id": case_id, "at": clock.now()}
    give_consent(
        process=SIP, choice=f.CONSENT, unit_ids=[county.health_centre.pk, county.insurance.pk], **act
    )
    page = send(at_work(county.anna), case_id, Part.INITIATIVE, message_id).content.decode()
    assert page.index("Enheten svarar senast") < page.index(OUTSIDE)


@pytest.mark.requirement("V-42", "V-34", "V-95")
def test_what_is_said_of_a_unit_outside_that_denied_is_true(county, told) -> None:
    """It opened nothing, and what it named in words is no unit that one can send on to."""
    case_id, message_id, delivery = told
    denied = typed(answer="DENIED", suggested_text="Arbetsförmedlingen")
    page = press(
        at_work(county.anna), "external", case_id, message_id, delivery.pk, **denied
    ).content.decode()
    assert "Det är antecknat att Försäkringskassan Katrineholm nekade." in page
    assert "Bestäm vem som ska få initiativet i stället" in page
    assert "kicka vidare till Arbetsförmedlingen" not in page
    assert "En enhet utanför systemet har fått veta, så det går inte att ta tillbaka." in page
    assert "har öppnat meddelandet" not in page


@pytest.mark.requirement("V-42", "V-25")
def test_the_coordinator_removes_a_unit_outside(county, told) -> None:
    case_id, _message_id, delivery = told
    anna, address = at_work(county.anna), reverse("sip:units", args=[told[0]])
    remove = reverse("sip:remove_unit", args=[case_id, county.insurance.pk])
    assert f'href="{remove}"' in anna.get(address).content.decode()
    assert "Enheter utanför systemet meddelar du själv" in anna.get(remove).content.decode()
    assert anna.post(remove, follow=True).status_code == 200
    assert county.insurance.name not in anna.get(address).content.decode()
    delivery.refresh_from_db()
    assert delivery.ended_reason == "REMOVED"
    assert anna.get(remove).status_code == 404


@pytest.mark.requirement("V-42")
@pytest.mark.parametrize("who", ["anna", "david"])
def test_a_cell_with_nothing_to_say_is_empty(county, who: str) -> None:
    """So that a narrow screen, where each cell stands on a line with its heading, leaves it out."""
    case_id, message_id = f.sent_initiative(county, county.insurance, county.health_centre, county.social)
    named = {"suggested_unit_id": county.hospital.pk}
    f.answer(case_id, message_id, county.david, Answer.DENIED, **named)
    cells = re.findall(
        r'data-label="[^"]*">(.*?)</td>', read(at_work(getattr(county, who)), case_id, Part.INITIATIVE), re.S
    )
    assert [cell for cell in cells if not cell.strip()]
    assert not [cell for cell in cells if cell and not cell.strip()]


@pytest.mark.requirement("V-33")
def test_when_a_unit_denied_is_said_once(county) -> None:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.DENIED, suggested_unit_id=county.hospital.pk)
    page = at_work(county.anna).get(reverse("sip:units", args=[case_id])).content.decode()
    row = page.partition(">Vårdcentralen Linden<")[2].partition("</tr>")[0]
    assert ">Nekad</td>" in row
    assert row.count("i dag") == 1


@pytest.mark.requirement("V-83")
def test_each_refusal_of_the_page_of_units_names_its_own_act(county) -> None:
    case_id = f.new_case(county.anna)
    end_case(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        reason=EndReason.INDIVIDUALS_WISH,
        comment="",
        at=clock.now(),
    )
    page = at_work(county.anna).get(reverse("sip:units", args=[case_id])).content.decode()
    assert page.count("Det går att läsa men inte att ändra.") == 2
    assert page.count("<strong>Lägg till en enhet:</strong>") == 1, "the other is about the handler"
