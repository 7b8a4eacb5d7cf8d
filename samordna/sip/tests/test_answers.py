"""Receiving a message: opened, read, accepted, denied, acknowledged (V-33, V-41)."""

import pytest
from django.urls import reverse

from samordna.assignments.states import Profession
from samordna.assignments.tests.factories import worker
from samordna.audit.models import Entry
from samordna.audit.states import Action
from samordna.cases.models import UnitCase
from samordna.cases.states import Access, LeftReason, StepStatus
from samordna.cases.worklist import Symbol
from samordna.casework import events as common
from samordna.casework.case.commands import case as case_acts
from samordna.kernel import clock
from samordna.messaging.models import Delivery, Message
from samordna.messaging.states import Answer
from samordna.notifications.models import OutboxItem
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.tests import factories as f
from samordna.sip.tests.message_pages import at_work, draft, press, read

pytestmark = pytest.mark.django_db
INITIATIVE = Part.INITIATIVE


@pytest.fixture
def county() -> f.County:
    return f.county()


@pytest.fixture
def sent(county: f.County):
    return f.sent_initiative(county)


def symbol(case_id, unit) -> StepStatus:
    return Symbol.loaded(UnitCase.objects.get(case_id=case_id, unit=unit).symbols["INITIATIVE"]).status


def delivery(message_id, unit) -> Delivery:
    return Delivery.objects.filter(message_id=message_id, unit=unit).latest("added_at")


@pytest.mark.requirement("V-33", "L-05")
def test_reading_opens_the_message_once_and_the_sender_sees_it(county, sent) -> None:
    case_id, message_id = sent
    page = read(at_work(county.david), case_id, INITIATIVE)
    assert "Behov av samordning" in page
    assert "Acceptera" in page
    assert "Neka" in page
    opened = delivery(message_id, county.health_centre).opened_at
    assert opened is not None
    read(at_work(county.david), case_id, INITIATIVE)
    assert delivery(message_id, county.health_centre).opened_at == opened
    assert Entry.objects.filter(action=Action.MESSAGE_OPENED).count() == 1
    assert "Inte öppnat" in read(at_work(county.anna), case_id, INITIATIVE)


@pytest.mark.requirement("V-33")
def test_who_may_not_answer_reads_without_opening_for_the_unit(county, sent) -> None:
    case_id, message_id = sent
    initiator = worker(county.health_centre, answers=False, profession=Profession.PHYSICIAN, name="Ida Ros")
    page = read(at_work(initiator), case_id, INITIATIVE)
    assert "Du får inte besvara en SIP." in page
    assert delivery(message_id, county.health_centre).opened_at is None
    refused = press(at_work(initiator), "answer", case_id, message_id, answer="ACCEPTED")
    assert "En kollega som får besvara SIP kan göra det." in refused.content.decode()


@pytest.mark.requirement("V-33")
def test_accepting_with_a_comment_lets_the_unit_in_and_turns_it_green(county, sent) -> None:
    case_id, message_id = sent
    page = press(
        at_work(county.david), "answer", case_id, message_id, answer="ACCEPTED", comment="Vi kommer två"
    )
    text = page.content.decode()
    assert "Er enhet har accepterat" in text
    assert "Vi kommer två" in read(at_work(county.anna), case_id, INITIATIVE)
    assert symbol(case_id, county.health_centre) == StepStatus.DONE
    case = f.facts_of(case_id).case
    assert case.reach_of(county.health_centre.pk).full
    assert case.handler_at(county.health_centre.pk).name == "David Holm"
    assert Entry.objects.filter(action=Action.MESSAGE_ACCEPTED).count() == 1


def test_accepting_denying_and_acknowledging_are_told_in_the_words_of_the_initiative(county, sent) -> None:
    case_id, message_id = sent
    david, must = at_work(county.david), "Alla enheter som får ett initiativ ska kvittera det."
    assert "och ange vem som ska få initiativet i stället." in read(david, case_id, INITIATIVE)
    denying = press(david, "answer", case_id, message_id, deny="1").content.decode()
    assert 'value="DENIED" data-variant="primary">Neka initiativet</button>' in denying
    anna, to = at_work(county.anna), county.psychiatry.pk
    assert must in press(anna, "add_recipients", case_id, message_id, add_unit=to).content.decode()
    begun = draft(anna, f.new_case(county.anna), INITIATIVE, "add", add_unit=to)
    assert must in begun.content.decode()


@pytest.mark.requirement("V-33")
def test_denying_asks_who_should_have_it_and_keeps_the_comment(county, sent) -> None:
    case_id, message_id = sent
    david = at_work(county.david)
    asked = press(
        david, "answer", case_id, message_id, deny="1", comment="Ingen kontakt hos oss"
    ).content.decode()
    assert "Vem ska få det i stället?" in asked
    assert "Ingen kontakt hos oss" in asked
    assert "error-summary" not in asked
    assert (
        f'href="{reverse("sip:part", args=[case_id, "initiative"])}" data-variant="tertiary">Gå tillbaka'
        in asked
    )
    found = press(
        david, "answer", case_id, message_id, find="1", q="psyk", comment="Ingen kontakt hos oss"
    ).content.decode()
    assert f'name="choose_unit" value="{county.psychiatry.pk}"' in found
    chosen = press(
        david,
        "answer",
        case_id,
        message_id,
        choose_unit=county.psychiatry.pk,
        comment="Ingen kontakt hos oss",
    )
    assert f'name="suggested_unit" value="{county.psychiatry.pk}"' in chosen.content.decode()
    assert "Ingen kontakt hos oss" in chosen.content.decode()
    nameless = press(
        david, "answer", case_id, message_id, answer="DENIED", comment="Ingen kontakt hos oss"
    ).content.decode()
    assert "Ange vem som ska få initiativet i stället" in nameless
    assert "Ingen kontakt hos oss" in nameless
    assert delivery(message_id, county.health_centre).answer == ""


@pytest.mark.requirement("V-33", "L-02")
def test_everybody_sees_who_denied_and_what_it_named(county, sent) -> None:
    case_id, message_id = sent
    press(
        at_work(county.david), "answer", case_id, message_id,
        answer="DENIED", comment="Går på psykiatrin", suggested_unit=county.psychiatry.pk,
    )  # fmt: skip
    for who in (county.anna, county.cecilia, county.david):
        page = read(at_work(who), case_id, INITIATIVE)
        assert "Nekad" in page
        assert "Psykiatriska öppenvården" in page
        assert "Går på psykiatrin" in page
    assert symbol(case_id, county.home_care) == StepStatus.DENIED
    left = f.facts_of(case_id).case.reach_of(county.health_centre.pk)
    assert left.access == Access.INVITED
    assert left.until_at is not None
    assert (
        OutboxItem.objects.filter(event=common.MESSAGE_DENIED.code, unit_id=county.home_care.pk).count() == 1
    )


@pytest.mark.requirement("V-33")
def test_a_denial_may_name_an_operation_outside_in_words(county, sent) -> None:
    case_id, message_id = sent
    press(
        at_work(county.cecilia),
        "answer",
        case_id,
        message_id,
        answer="DENIED",
        suggested_text="Friskolan Eken",
    )
    assert "Friskolan Eken" in read(at_work(county.anna), case_id, INITIATIVE)


@pytest.mark.requirement("V-33")
def test_a_unit_answers_once_whoever_answers(county, sent) -> None:
    case_id, message_id = sent
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    again = press(at_work(county.david), "answer", case_id, message_id, answer="ACCEPTED").content.decode()
    assert "David Holm har redan svarat för er enhet." in again
    assert Entry.objects.filter(action=Action.MESSAGE_ACCEPTED).count() == 1
    assert Entry.objects.filter(reason="message.already_answered").count() == 1


@pytest.mark.requirement("V-33", "V-41")
@pytest.mark.parametrize("answer", ["ACKNOWLEDGED", "MAYBE", ""])
def test_an_initiative_is_accepted_or_denied_and_nothing_else(county, sent, answer) -> None:
    case_id, message_id = sent
    page = press(at_work(county.david), "answer", case_id, message_id, answer=answer, comment="Mina ord")
    assert page.status_code == 200
    assert "Mina ord" in page.content.decode()
    assert delivery(message_id, county.health_centre).answer == ""


@pytest.mark.requirement("V-95")
def test_answering_what_was_voided_meanwhile_says_who_voided_it_and_why(county, sent) -> None:
    case_id, message_id = sent
    press(at_work(county.anna), "void_message", case_id, message_id, words="fel person")
    page = press(at_work(county.david), "answer", case_id, message_id, answer="ACCEPTED", comment="Mina ord")
    assert "Anna Lindqvist har makulerat meddelandet: fel person" in page.content.decode()
    assert "Mina ord" in page.content.decode()


@pytest.mark.requirement("L-02")
def test_a_unit_that_did_not_get_the_message_cannot_find_it(county, sent) -> None:
    case_id, message_id = sent
    eva = at_work(county.eva)
    assert press(eva, "answer", case_id, message_id, answer="ACCEPTED").status_code == 404
    own_case = f.new_case(county.eva)
    assert press(eva, "answer", own_case, message_id, answer="ACCEPTED").status_code == 404
    assert Message.objects.get(pk=message_id).deliveries.filter(unit=county.psychiatry).count() == 0


@pytest.mark.requirement("V-33", "L-09")
def test_script_in_a_comment_is_shown_as_text(county, sent) -> None:
    case_id, message_id = sent
    press(
        at_work(county.david),
        "answer",
        case_id,
        message_id,
        answer="ACCEPTED",
        comment="<script>alert(1)</script>\u202ex",
    )
    page = read(at_work(county.anna), case_id, INITIATIVE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page


@pytest.mark.requirement("L-02")
def test_a_unit_that_denied_keeps_the_initiative_and_nothing_else(county, sent) -> None:
    case_id, message_id = sent
    f.answer(case_id, message_id, county.david, Answer.DENIED, suggested_text="Någon annan")
    david = at_work(county.david)
    assert "Behov av samordning" in read(david, case_id, INITIATIVE)
    assert "Er enhet har nekat" in read(david, case_id, INITIATIVE) or "nekade" in read(
        david, case_id, INITIATIVE
    )
    for slug in ("summons", "plan", "information"):
        assert david.get(reverse("sip:part", args=[case_id, slug])).status_code == 404
    for name in ("units", "consent", "person"):
        assert david.get(reverse(f"sip:{name}", args=[case_id])).status_code == 404
    participation = [
        p for p in f.facts_of(case_id).case.participations if p.unit_id == county.health_centre.pk
    ]
    assert participation[-1].left_reason == LeftReason.DENIED


@pytest.mark.requirement("L-03", "V-33")
def test_a_unit_invited_before_consent_was_withdrawn_can_deny_and_not_accept(county, sent) -> None:
    case_id, message_id = sent
    david = at_work(county.david)
    case_acts.withdraw_consent(process=SIP, actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    page = press(david, "answer", case_id, message_id, answer="ACCEPTED").content.decode()
    assert "Den enskildes samtycke gäller inte längre för er enhet." in page
    assert f"Be {county.anna.user.name}" in page
    assert delivery(message_id, county.health_centre).answer == ""
    denial = {"answer": "DENIED", "suggested_text": "Habiliteringen"}
    press(at_work(county.cecilia), "answer", case_id, message_id, **denial)
    assert delivery(message_id, county.social).answer == Answer.DENIED
    units = [county.health_centre.pk, county.social.pk]
    case_acts.give_consent(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        choice=f.CONSENT,
        unit_ids=units,
        at=clock.now(),
    )
    press(david, "answer", case_id, message_id, answer="ACCEPTED")
    assert delivery(message_id, county.health_centre).answer == Answer.ACCEPTED


@pytest.mark.requirement("L-02", "V-33")
@pytest.mark.parametrize("leaves", ["denies", "is removed"])
def test_a_unit_that_has_left_sees_nothing_of_what_others_answer_since(county, leaves) -> None:
    """Neither the answer, its comment, a unit that was asked later, nor that the own denial was seen to."""
    case_id, message_id = f.sent_initiative(county, county.health_centre, county.social, county.psychiatry)
    f.answer(case_id, message_id, county.eva, Answer.ACCEPTED, comment="Vi kommer gärna")
    if leaves == "denies":
        f.answer(case_id, message_id, county.david, Answer.DENIED, suggested_text="Rehab Väster")
    else:
        f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
        who = {"actor": f.actor(county.anna), "case_id": case_id, "at": clock.now()}
        case_acts.remove_unit(process=SIP, unit_id=county.health_centre.pk, **who)
    f.answer(case_id, message_id, county.cecilia, Answer.ACCEPTED, comment="Hälsar hans bror Sven")
    page = read(at_work(county.david), case_id, Part.INITIATIVE)
    assert "Vi kommer gärna" in page
    assert county.social.name in page
    table = page.split('<table class="data-table stack">', 1)[1].split("</table>")[0]
    for later in ("Hälsar hans bror", "Cecilia", "Har inte svarat", "Inte öppnat", "senast"):
        assert later not in table, later
    assert "Hälsar hans bror Sven" in read(at_work(county.anna), case_id, Part.INITIATIVE)
