"""The initiative is written, kept as a draft, checked and sent (V-30, V-31, V-32)."""

import re
from datetime import date, time

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.consent import consents_of
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.cases.worklist import Symbol
from samordna.kernel import clock
from samordna.messaging.models import Delivery, Message
from samordna.messaging.queries import draft_recipients
from samordna.messaging.states import MessageStatus
from samordna.notifications.commands import deliver_due
from samordna.organisations.models import Organisation, Setting
from samordna.sip.initiative.queries import initiative_text
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import CONSENT, at_work, check, draft, press, read, send

pytestmark = pytest.mark.django_db
INITIATIVE = Part.INITIATIVE


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def anna(county: f.County):
    return at_work(county.anna)


def typed(*units: Organisation, **changes: str) -> dict[str, object]:
    ids = [unit.pk for unit in units]
    return {
        "recipient": ids,
        "acknowledge": ids,
        "reason": "Behov av samordning",
        "initiator": "UNIT",
        "initiator_name": "",
        **CONSENT,
        **changes,
    }


def symbol(case_id, unit: Organisation) -> StepStatus:
    row = UnitCase.objects.get(case_id=case_id, unit=unit)
    return Symbol.loaded(row.symbols["INITIATIVE"]).status


@pytest.mark.requirement("V-30", "V-31")
def test_a_new_case_begins_with_the_initiative_and_the_advice_of_the_county(county, anna) -> None:
    page = read(anna, f.new_case(county.anna), INITIATIVE)
    assert "Behov av samordning" in page
    assert "vårdcentral, som har grundansvaret" in page
    assert "Skicka aldrig personnummer med e-post." in page
    assert "Granska och skicka" in page
    region = read(at_work(county.david), f.new_case(county.david), INITIATIVE)
    assert "Skicka till den verksamhet i kommunen" in region
    assert "Skicka till den verksamhet i kommunen" not in page
    assert "Skicka aldrig personnummer med e-post." in region


@pytest.mark.requirement("V-02", "V-30")
def test_recipients_are_found_added_and_removed_without_losing_what_is_typed(county, anna) -> None:
    case_id = f.new_case(county.anna)
    found = draft(anna, case_id, INITIATIVE, "find", q="linden", reason="Hjälp behövs").content.decode()
    assert f'name="add_unit" value="{county.health_centre.pk}"' in found
    assert "Hjälp behövs" in found
    added = draft(
        anna, case_id, INITIATIVE, "x", add_unit=county.health_centre.pk, reason="Hjälp behövs"
    ).content.decode()
    assert f'name="recipient" value="{county.health_centre.pk}"' in added
    assert f'<input type="hidden" name="acknowledge" value="{county.health_centre.pk}">Ja, alltid' in added
    assert "Hjälp behövs" in added
    ids = [county.health_centre.pk, county.social.pk]
    fewer = draft(
        anna, case_id, INITIATIVE, "x", recipient=ids, remove_unit=ids[0], reason="Hjälp behövs"
    ).content.decode()
    assert f'name="recipient" value="{ids[0]}"' not in fewer
    assert f'name="recipient" value="{ids[1]}"' in fewer
    assert "Hjälp behövs" in fewer
    assert not Message.objects.exists()


@pytest.mark.requirement("V-02")
@pytest.mark.parametrize("q", ["vuxen", "katrineholm vuxen", "socialtjänst", "socialtjänst katrineholm"])
def test_recipients_are_found_by_part_of_name_municipality_and_kind_of_care(county, anna, q) -> None:
    page = draft(anna, f.new_case(county.anna), INITIATIVE, "find", q=q).content.decode()
    assert f'name="add_unit" value="{county.social.pk}"' in page
    assert f'name="add_unit" value="{county.psychiatry.pk}"' not in page


@pytest.mark.requirement("V-02")
def test_enter_in_the_search_field_searches(county, anna) -> None:
    page = draft(anna, f.new_case(county.anna), INITIATIVE, "enter", q="psykiatriska").content.decode()
    assert f'name="add_unit" value="{county.psychiatry.pk}"' in page


@pytest.mark.requirement("V-31")
def test_an_unfinished_draft_is_kept_and_seen_by_its_unit_only(county, anna) -> None:
    case_id = f.accepted_case(county)
    press(anna, "void_message", case_id, Message.objects.get().pk, words="fel på datum")
    answer = draft(anna, case_id, INITIATIVE, "save", reason="Bara börjat", recipient=county.psychiatry.pk)
    assert answer.status_code == 302
    message = Message.objects.get(status=MessageStatus.DRAFT)
    assert initiative_text(message.pk).reason == "Bara börjat"
    assert [kept.unit_id for kept in draft_recipients(message.pk)] == [county.psychiatry.pk]
    assert "Bara börjat" in read(at_work(county.bertil), case_id, INITIATIVE)
    assert "Bara börjat" not in read(at_work(county.david), case_id, INITIATIVE)
    assert symbol(case_id, county.home_care) == StepStatus.DRAFT
    assert Entry.objects.filter(action=Action.MESSAGE_DRAFTED, object_id=str(message.pk)).count() == 1


@pytest.mark.requirement("V-30", "V-31", "L-03")
def test_everything_is_shown_once_more_and_then_sent(
    county, anna, django_capture_on_commit_callbacks
) -> None:
    case_id = f.new_case(county.anna)
    units = (county.health_centre, county.social, county.insurance)
    answer = draft(anna, case_id, INITIATIVE, "check", **typed(*units))
    assert answer.url == reverse("sip:check", args=[case_id, "initiative"])
    shown = check(anna, case_id, INITIATIVE).content.decode()
    for text in (
        "Skicka initiativ till 2 enheter",
        "Vårdcentralen Linden",
        "Behov av samordning",
        "Muntligt",
        "Ändra",
    ):
        assert text in shown
    before = Entry.objects.count()
    message = Message.objects.get()
    sent = send(anna, case_id, INITIATIVE, message.pk).content.decode()
    assert "Initiativet är skickat till 2 enheter." in sent
    assert "Du ser svaren här." in sent
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT
    assert set(Delivery.objects.values_list("unit_id", flat=True)) == {unit.pk for unit in units}
    (consent,) = consents_of(case_id)
    assert {unit.pk for unit in units} <= consent.unit_ids
    assert Entry.objects.filter(action=Action.MESSAGE_SENT).count() == 1
    # The act and the page that was shown after it.
    assert Entry.objects.count() == before + 2


@pytest.mark.requirement("V-30")
def test_whoever_gets_an_initiative_acknowledges_it_whatever_the_form_says(county, anna) -> None:
    case_id = f.new_case(county.anna)
    draft(anna, case_id, INITIATIVE, "check", **typed(county.health_centre) | {"acknowledge": []})
    send(anna, case_id, INITIATIVE, Message.objects.get().pk)
    david = at_work(county.david)
    assert "Svara på initiativ" in david.get(reverse("overview:sip"), {"list": "todo"}).content.decode()


@pytest.mark.requirement("V-32", "V-21")
def test_the_sender_waits_and_the_receivers_have_a_task(county) -> None:
    def shown(who) -> str:
        listed = at_work(who).get(reverse("overview:sip")).content.decode()
        return re.search(r">Initiativ: ([^<]*)</a>", listed).group(1)

    case_id, message_id = f.sent_initiative(county)
    told = [(shown(county.anna), shown(county.david), shown(county.cecilia))]
    for who in (county.david, county.cecilia):
        press(at_work(who), "answer", case_id, message_id, answer="ACCEPTED")
        told.append((shown(county.anna), shown(county.david), shown(county.cecilia)))
    assert told == [
        ("Väntar på andra", "Att göra", "Att göra"),
        ("Väntar på andra", "Klar", "Att göra"),
        ("Klar", "Klar", "Klar"),
    ]


@pytest.mark.requirement("V-12", "V-42")
def test_units_are_told_by_mail_without_a_word_about_the_person(county) -> None:
    f.sent_initiative(county, county.health_centre, county.insurance)
    deliver_due(at=clock.now())
    (sent,) = mail.outbox
    assert sent.to == [county.health_centre.notify_email]
    assert "Karl-Erik" not in sent.subject + sent.body
    assert "1980" not in sent.subject + sent.body


@pytest.mark.requirement("K-08", "V-13")
@pytest.mark.parametrize(
    ("day", "hour", "same_day", "one_day"),
    [
        (16, 9, "senast i dag 15.00", "senast i morgon 16.00"),
        (16, 16, "senast i morgon 15.00", "senast i morgon 16.00"),
        (20, 16, "senast mån 23 nov", "senast mån 23 nov"),
        (21, 9, "senast mån 23 nov", "senast mån 23 nov"),
    ],
    ids=["in time", "after the hour", "on a Friday afternoon", "on a Saturday"],
)
def test_each_department_has_its_own_deadline(county, day, hour, same_day, one_day) -> None:
    """The same day at social services, one working day at the others; told at once, in the list of what is to do."""
    deadline = {"initiative": {"kind": "working_days", "amount": 0, "hour": "15:00"}}
    Setting.objects.create(key="deadlines", department=county.social.department, value=deadline)
    with time_machine.travel(clock.at_local(date(2026, 11, day), time(hour)), tick=False):
        case_id = f.new_case(county.anna)
        f.send_an_initiative(case_id, county.anna, [county.social, county.health_centre])
        for who, told in ((county.cecilia, same_day), (county.david, one_day)):
            todo = at_work(who).get(reverse("overview:sip"), {"list": "todo"}).content.decode()
            assert f"<em>{told}</em>" in todo


@pytest.mark.requirement("V-31", "L-09")
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"recipient": [], "acknowledge": []}, "Välj minst en mottagare."),
        ({"reason": " "}, "Skriv varför en SIP behövs."),
        ({"initiator": ""}, "initiator"),
        ({"consent-giver": ""}, "consent-giver"),
        ({"consent-giver": "CANNOT_CONSENT"}, "Skriv varför personen inte kan samtycka"),
        ({"consent-giver": "GUARDIAN"}, "Skriv vem som samtyckte."),
        ({"reason": "x" * 200_000}, "för lång"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_what_is_typed_stays(county, anna, change, message) -> None:
    case_id = f.new_case(county.anna)
    fields = typed(county.social) | {"initiator_name": "Kalle"} | change
    page = draft(anna, case_id, INITIATIVE, "check", **fields)
    text = page.content.decode()
    assert page.status_code == 200
    assert message in text
    assert "Kalle" in text
    assert "<title>Fel: Initiativ" in text
    assert not Message.objects.exists()


@pytest.mark.requirement("L-03")
def test_a_person_who_cannot_consent_needs_a_reason_and_then_it_is_kept(county, anna) -> None:
    case_id = f.new_case(county.anna)
    why = {"consent-giver": "CANNOT_CONSENT", "consent-cannot_consent_reason": "Demens. Bedömt med läkare."}
    draft(anna, case_id, INITIATIVE, "check", **typed(county.social, **why))
    send(anna, case_id, INITIATIVE, Message.objects.get().pk)
    (consent,) = consents_of(case_id)
    assert consent.cannot_consent_reason == "Demens. Bedömt med läkare."


@pytest.mark.requirement("L-03")
def test_a_child_is_asked_what_it_thinks(county, anna) -> None:
    person = f.new_person(f.actor(county.anna), number="20150620-2397", name="Vilma Ek")
    case_id = f.new_case(county.anna, person_id=person)
    assert "consent-child_view" in read(anna, case_id, INITIATIVE)
    asked = {
        "consent-giver": "GUARDIAN",
        "consent-giver_name": "Moa Ek",
        "consent-guardians": "BOTH",
        "consent-child_view": "Vill ha hjälp i skolan",
    }
    draft(anna, case_id, INITIATIVE, "check", **typed(county.social, **asked))
    send(anna, case_id, INITIATIVE, Message.objects.get().pk)
    (consent,) = consents_of(case_id)
    assert (consent.giver_name, consent.child_view) == ("Moa Ek", "Vill ha hjälp i skolan")
    assert "Vill ha hjälp i skolan" in read(anna, case_id, INITIATIVE)


@pytest.mark.requirement("V-31")
@pytest.mark.parametrize("choice", ["twice", "own", "closed"])
def test_a_choice_of_recipients_that_cannot_be_sent_to_is_refused(county, anna, choice) -> None:
    case_id = f.new_case(county.anna)
    Organisation.objects.filter(pk=county.hospital.pk).update(closed_on=clock.today(clock.now()))
    ids, message = {
        "twice": ([county.social.pk] * 2, "vald två gånger"),
        "own": ([county.home_care.pk], "Er egen enhet deltar redan"),
        "closed": ([county.hospital.pk], "tar inte längre emot meddelanden"),
    }[choice]
    page = draft(anna, case_id, INITIATIVE, "check", **typed(county.social) | {"recipient": ids})
    assert message in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.requirement("V-31")
def test_a_colleague_who_saves_an_old_form_sees_both_texts(county, anna) -> None:
    case_id = f.new_case(county.anna)
    draft(anna, case_id, INITIATIVE, "save", reason="Annas ord")
    message = Message.objects.get()
    upon = {"message_id": message.pk, "version": 1}
    draft(anna, case_id, INITIATIVE, "save", reason="Annas nya ord", **upon)
    page = draft(at_work(county.bertil), case_id, INITIATIVE, "save", reason="Bertils ord", **upon)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Anna Lindqvist har sparat utkastet" in text
    assert "Annas nya ord" in text
    assert "Bertils ord" in text
    assert 'name="version" value="2"' in text
    assert initiative_text(message.pk).reason == "Annas nya ord"
    # Saving once more, with what was shown, replaces theirs.
    draft(
        at_work(county.bertil),
        case_id,
        INITIATIVE,
        "save",
        reason="Bertils ord",
        message_id=message.pk,
        version=2,
    )
    assert initiative_text(message.pk).reason == "Bertils ord"


@pytest.mark.requirement("V-31")
def test_an_old_form_after_the_message_was_sent_says_so_and_keeps_the_text(county, anna) -> None:
    case_id, message_id = f.sent_initiative(county)
    page = draft(
        anna, case_id, INITIATIVE, "save", reason="Försent skrivet", message_id=message_id, version=1
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert "Anna Lindqvist har redan skickat meddelandet." in text
    assert "Försent skrivet" in text
    assert initiative_text(message_id).reason == "Behov av samordning"


@pytest.mark.requirement("V-31")
def test_a_form_posted_twice_sends_once(county, anna) -> None:
    case_id = f.new_case(county.anna)
    draft(anna, case_id, INITIATIVE, "check", **typed(county.social))
    message = Message.objects.get()
    key = "0f9a4e0e-6a4f-4b5a-9b2e-0d6e2f6f6a01"
    for _time in range(2):
        assert send(anna, case_id, INITIATIVE, message.pk, form_key=key).status_code == 200
    assert Delivery.objects.count() == 1
    assert Entry.objects.filter(action=Action.MESSAGE_SENT).count() == 1
    # From another tab, the same draft cannot be sent either.
    assert "har redan skickat meddelandet" in send(anna, case_id, INITIATIVE, message.pk).content.decode()
    assert Delivery.objects.count() == 1


@pytest.mark.requirement("V-31")
def test_a_draft_changed_after_the_check_page_is_not_sent(county, anna) -> None:
    case_id = f.new_case(county.anna)
    draft(anna, case_id, INITIATIVE, "check", **typed(county.social))
    message = Message.objects.get()
    draft(
        at_work(county.bertil),
        case_id,
        INITIATIVE,
        "save",
        **typed(county.psychiatry),
        message_id=message.pk,
        version=1,
    )
    send(anna, case_id, INITIATIVE, message.pk, version=1)
    message.refresh_from_db()
    assert message.status == MessageStatus.DRAFT


@pytest.mark.requirement("V-31")
def test_a_draft_is_thrown_away(county, anna) -> None:
    case_id = f.new_case(county.anna)
    draft(anna, case_id, INITIATIVE, "save", reason="Nej")
    message, address = Message.objects.get(), reverse("sip:discard", args=[case_id, "initiative"])
    page = read(anna, case_id, INITIATIVE)
    assert f'href="{address}"' in page
    assert f'action="{address}"' not in page, "one click loses nothing"
    asked = anna.get(address).content.decode()
    assert "Slänga utkastet?" in asked
    assert f'name="message_id" value="{message.pk}"' in asked
    assert "Texten och mottagarna som Anna Lindqvist sparade" in asked
    message.refresh_from_db()
    assert message.status == MessageStatus.DRAFT
    press(anna, "discard", case_id, "initiative", message_id=message.pk)
    message.refresh_from_db()
    assert message.status == MessageStatus.DISCARDED
    assert "Nej" not in read(anna, case_id, INITIATIVE).split("<main")[1].split("reason")[1][:400]


@pytest.mark.requirement("V-31")
def test_what_was_typed_and_not_saved_is_found_again(county, anna) -> None:
    case_id = f.new_case(county.anna)
    anna.post(
        reverse("drafts:save"),
        {
            "draft_form": f"INITIATIVE:{case_id}",
            "draft_base": "0",
            "reason": "Halvt",
            "recipient": county.social.pk,
        },
    )
    page = read(anna, case_id, INITIATIVE)
    assert "Halvt" in page
    assert "finns kvar här" in page
    assert f'name="recipient" value="{county.social.pk}"' in page
    draft(anna, case_id, INITIATIVE, "save", reason="Helt")
    assert "finns kvar här" not in read(anna, case_id, INITIATIVE)


@pytest.mark.requirement("K-04")
def test_who_may_only_answer_does_not_write_an_initiative(county) -> None:
    case_id = f.new_case(county.anna)
    olle = at_work(county.olle)
    assert "Du får besvara en SIP men inte initiera." in read(olle, case_id, INITIATIVE)
    page = draft(olle, case_id, INITIATIVE, "save", reason="Får inte")
    assert "Du får besvara en SIP men inte initiera." in page.content.decode()
    assert not Message.objects.exists()
    assert Entry.objects.filter(result="refused", reason="rights.may_not_initiate").exists()


@pytest.mark.requirement("L-02")
def test_another_units_draft_and_case_are_not_there(county, anna) -> None:
    case_id = f.new_case(county.anna)
    draft(anna, case_id, INITIATIVE, "save", reason="Vårt")
    message = Message.objects.get()
    eva = at_work(county.eva)
    assert eva.get(reverse("sip:part", args=[case_id, "initiative"])).status_code == 404
    assert eva.get(reverse("sip:check", args=[case_id, "initiative"])).status_code == 404
    assert draft(eva, case_id, INITIATIVE, "save", message_id=message.pk, version=1).status_code == 404
    assert press(eva, "discard", case_id, "initiative", message_id=message.pk).status_code == 404
    own = f.new_case(county.eva)
    assert draft(eva, own, INITIATIVE, "save", message_id=message.pk, version=1).status_code in {404, 409}
    assert initiative_text(message.pk).reason == "Vårt"
