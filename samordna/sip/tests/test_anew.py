"""Voiding or taking back is not typing again (V-95): *Gör en ny utifrån den*; and what a voiding is said to lead to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.casework.case.commands.case import withdraw_consent
from samordna.casework.messages.commands import voiding
from samordna.kernel import clock
from samordna.messaging.models import DraftRecipient
from samordna.messaging.states import Answer, MessageStatus
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.queries import reports_of
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.information.queries import information_texts
from samordna.sip.initiative.queries import initiative_text
from samordna.sip.plan.commands import plan
from samordna.sip.plan.queries import plan_of
from samordna.sip.plan.states import Attendance
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.sip.summons.queries import summons_text
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    return f.county()


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def void(case_id: UUID, message_id: UUID, by: Assignment) -> None:
    voiding.void_message(
        process=SIP,
        actor=f.actor(by),
        case_id=case_id,
        message_id=message_id,
        reason="Fel datum",
        at=clock.now(),
    )


def recipients(message_id: UUID) -> set[int]:
    return set(DraftRecipient.objects.filter(message_id=message_id).values_list("unit_id", flat=True))


@pytest.mark.requirement("V-95", "L-03")
def test_a_voided_initiative_is_made_anew_with_recipients_text_and_consent(county: f.County) -> None:
    case_id, message_id = f.sent_initiative(county)
    void(case_id, message_id, county.anna)
    anna = browser(county.anna)
    assert url("message_anew", case_id, message_id) in read(anna, url("part", case_id, "initiative"))
    anna.post(url("message_anew", case_id, message_id))
    draft = f.facts_of(case_id).draft_at(Part.INITIATIVE, county.home_care.pk)
    assert recipients(draft.id) == {county.health_centre.pk, county.social.pk}
    old, new = initiative_text(message_id), initiative_text(draft.id)
    assert (new.reason, new.initiator, new.initiator_name) == (old.reason, old.initiator, old.initiator_name)
    check = url("check", case_id, "initiative")
    shown = anna.get(check)
    anna.post(check, {"message_id": str(draft.id), "version": str(draft.version), "send": "1"})
    assert f.facts_of(case_id).sent(Part.INITIATIVE).id == draft.id, (
        "the consent that stands covers the same units",
        shown.status_code,
    )
    assert len(f.facts_of(case_id).consents) == 1


@pytest.mark.requirement("V-95", "L-03")
def test_a_consent_that_is_withdrawn_is_not_carried_along(county: f.County) -> None:
    case_id, message_id = f.sent_initiative(county)
    void(case_id, message_id, county.anna)
    withdraw_consent(process=SIP, actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    anna = browser(county.anna)
    anna.post(url("message_anew", case_id, message_id))
    draft = f.facts_of(case_id).draft_at(Part.INITIATIVE, county.home_care.pk)
    typed = {"message_id": str(draft.id), "version": str(draft.version), "send": "1"}
    anna.post(url("check", case_id, "initiative"), typed)
    assert f.facts_of(case_id).sent(Part.INITIATIVE) is None


@pytest.mark.requirement("V-95")
@pytest.mark.parametrize("part", [Part.SUMMONS, Part.EVALUATION_SUMMONS])
def test_a_voided_summons_is_made_anew_without_those_who_left(county: f.County, part: Part) -> None:
    case_id = f.accepted_case(county) if part == Part.SUMMONS else s.locked_plan(county)
    message_id = f.send_a_summons(case_id, county.david, [county.home_care, county.social], part=part)
    void(case_id, message_id, county.anna)
    browser(county.anna).post(url("message_anew", case_id, message_id))
    draft = f.facts_of(case_id).draft_at(part, county.home_care.pk)
    assert recipients(draft.id) == {county.health_centre.pk, county.social.pk}, (
        "who called is called by the next"
    )
    assert summons_text(draft.id) == summons_text(message_id)


@pytest.mark.requirement("V-95", "V-41")
@pytest.mark.parametrize(("later", "kept"), [(timedelta(days=1), True), (timedelta(days=30), False)])
@pytest.mark.parametrize("part", [Part.SUMMONS, Part.EVALUATION_SUMMONS])
def test_a_meeting_day_that_has_passed_is_not_taken_along(
    county: f.County, part: Part, later: timedelta, kept: bool
) -> None:
    case_id = f.accepted_case(county) if part == Part.SUMMONS else s.locked_plan(county)
    message_id = f.send_a_summons(case_id, county.anna, [county.health_centre], part=part)
    said = summons_text(message_id)
    void(case_id, message_id, county.anna)
    with time_machine.travel(clock.now() + later, tick=True):
        anna = browser(county.anna)
        told = unescape(anna.post(url("message_anew", case_id, message_id), follow=True).content.decode())
        assert ("Mötesdagen har passerat" in told) is not kept
        assert (f'value="{said.meets_on:%Y-%m-%d}"' in told) is kept
    draft = f.facts_of(case_id).draft_at(part, county.home_care.pk)
    assert summons_text(draft.id) == replace(said, meets_on=said.meets_on if kept else None)


@pytest.mark.requirement("V-95", "V-33")
@pytest.mark.parametrize("denied", [1, 2])
def test_when_all_had_denied_it_says_that_recipients_are_to_be_chosen(county: f.County, denied: int) -> None:
    case_id, message_id = f.sent_initiative(county)
    for who in (county.david, county.cecilia)[:denied]:
        f.answer(case_id, message_id, who, Answer.DENIED, suggested_unit_id=county.hospital.pk)
    void(case_id, message_id, county.anna)
    told = unescape(
        browser(county.anna).post(url("message_anew", case_id, message_id), follow=True).content.decode()
    )
    assert ("Välj mottagare: de förra hade nekat" in told) == (denied == 2)
    assert ("med de mottagare som inte har nekat" in told) == (denied == 1)
    assert "Bör gå till Avdelning 7 Kullbergska i stället" in told


@pytest.mark.requirement("V-95", "V-90")
def test_what_was_taken_back_and_an_information_message_are_made_anew(county: f.County) -> None:
    case_id = f.accepted_case(county)
    message_id = f.send_information(
        case_id, county.david, f.to_units(county.social, acknowledge=False), "Passar fredag?"
    )
    voiding.take_back_message(
        process=SIP, actor=f.actor(county.david), case_id=case_id, message_id=message_id, at=clock.now()
    )
    david = browser(county.david)
    david.post(url("message_anew", case_id, message_id))
    draft = f.facts_of(case_id).draft_at(Part.INFORMATION, county.health_centre.pk)
    assert information_texts([draft.id])[draft.id].text == "Passar fredag?"
    assert [r.must_acknowledge for r in DraftRecipient.objects.filter(message_id=draft.id)] == [False]
    again = david.post(url("message_anew", case_id, message_id), follow=True).content.decode()
    assert "Er enhet har redan påbörjat ett utkast." in again


@pytest.mark.requirement("V-95")
def test_it_is_for_whoever_may_write_one_of_what_is_gone(county: f.County) -> None:
    case_id, message_id = f.sent_initiative(county)
    anna = browser(county.anna)
    anna.post(url("message_anew", case_id, message_id))
    assert f.facts_of(case_id).draft_at(Part.INITIATIVE, county.home_care.pk) is None, "it stands"
    void(case_id, message_id, county.anna)
    olle = browser(county.olle)
    assert url("message_anew", case_id, message_id) not in read(olle, url("part", case_id, "initiative"))
    olle.post(url("message_anew", case_id, message_id))
    assert browser(county.eva).post(url("message_anew", case_id, message_id)).status_code == 404
    assert f.facts_of(case_id).draft_at(Part.INITIATIVE, county.home_care.pk) is None


@pytest.mark.requirement("V-95")
def test_a_voided_plan_follow_up_and_evaluation_are_made_anew_with_what_they_said(county: f.County) -> None:
    case_id = s.signed_plan(county)
    who = {"actor": f.actor(county.anna), "case_id": case_id, "reason": "Fel datum", "at": clock.now()}
    anna = browser(county.anna)
    plan.void_plan(**who)
    assert "Gör en ny utifrån den makulerade" in read(anna, url("part", case_id, "plan"))
    anna.post(url("begin_plan", case_id), {"like_voided": "1"})
    said = plan_of(s.edition_of(case_id, Part.PLAN))
    assert [a.text for goal in said.standing_goals for a in goal.standing] == list(s.ACTIVITIES)
    assert said.attended
    s.sign_plan(case_id, county.anna)
    s.lock_plan(case_id, county.anna)
    s.activate(case_id, county.anna)
    s.report(case_id, county.anna, 0, ReportStatus.DONE, "Går i trappan")
    follow_up.void_follow_up(**who)
    anna.post(url("follow_up_activate", case_id), {"like_voided": "1"})
    first = reports_of(s.edition_of(case_id, Part.FOLLOW_UP))[0]
    assert (first.status, first.note) == (ReportStatus.DONE, "Går i trappan")
    s.lock_follow_up(case_id, county.anna)
    s.begin_evaluation(case_id, county.anna)
    s.write_evaluation(case_id, county.anna, "Målen är nådda.")
    evaluation.void_evaluation(**who)
    anna.post(url("evaluation_begin", case_id), {"like_voided": "1"})
    said_again = evaluation_of(s.edition_of(case_id, Part.EVALUATION))
    assert said_again.text == "Målen är nådda."
    assert Attendance.ATTENDED in {line.attendance for line in said_again.participants}


# --- What a voiding is said to lead to ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Warning_:
    """The page before a voiding, in one state: what it says, and what it does not say."""

    name: str
    case: Callable[[f.County], UUID]
    page: Callable[[UUID], str]
    says: tuple[str, ...]
    never: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def _message(part: Part) -> Callable[[UUID], str]:
    def address(case_id: UUID) -> str:
        sent = [m for m in f.facts_of(case_id).messages if m.kind == part and m.status == MessageStatus.SENT]
        return url("void_message", case_id, sent[-1].id)

    return address


def _page(name: str) -> Callable[[UUID], str]:
    return lambda case_id: url(name, case_id)


def _first_plan(case_id: UUID) -> str:
    holding = f.facts_of(case_id).valid_plan
    return f"{url('void_plan', case_id)}?plan={holding.id}"


def _begun(county: f.County) -> UUID:
    case_id = f.summoned_case(county)
    s.begin_plan(case_id, county.anna)
    return case_id


def _opened(county: f.County) -> UUID:
    case_id = s.locked_plan(county)
    plan.unlock_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    return case_id


def _renewed(county: f.County) -> UUID:
    case_id = s.locked_follow_up(county)
    s.signed_new_plan(county, case_id)
    return case_id


def _renewed_and_summoned(county: f.County) -> UUID:
    case_id = s.locked_plan(county)
    s.new_plan(case_id, county.anna)
    f.send_a_summons(case_id, county.anna, [county.health_centre, county.social])
    return case_id


def _summoned_to_evaluation(county: f.County) -> UUID:
    case_id = s.locked_plan(county)
    f.send_a_summons(case_id, county.anna, [county.health_centre], part=Part.EVALUATION_SUMMONS)
    return case_id


def _partly_accepted(county: f.County) -> UUID:
    case_id, message_id = f.sent_initiative(county)
    f.answer(case_id, message_id, county.david, Answer.ACCEPTED)
    return case_id


HELD, NOT_HELD = "slutar att gälla", "har aldrig varit låst"
WARNINGS = [
    Warning_(
        "initiative, nobody has answered",
        lambda c: f.sent_initiative(c)[0],
        _message(Part.INITIATIVE),
        ("Ingen kan kallas till planering", "Inget mer väntas från IFO Vuxen, Vårdcentralen Linden."),
        ("deltar fortfarande",),
    ),
    Warning_(
        "initiative, one has accepted",
        _partly_accepted,
        _message(Part.INITIATIVE),
        ("deltar fortfarande i ärendet", "Inget mer väntas från IFO Vuxen.", "2 enheter får veta"),
        ("Det som har skickats",),
    ),
    Warning_(
        "initiative, a plan is written",
        s.signed_plan,
        _message(Part.INITIATIVE),
        ("Det som har skickats och skrivits sedan dess står kvar.",),
        ("Inget mer väntas", "Ingen kan kallas"),
    ),
    Warning_(
        "summons, before the plan",
        f.summoned_case,
        _message(Part.SUMMONS),
        ("blir inställt", "Planen kan inte påbörjas förrän en ny kallelse är skickad."),
        ("som är påbörjad står kvar", "gäller som förut"),
    ),
    Warning_(
        "summons, the plan begun",
        _begun,
        _message(Part.SUMMONS),
        ("Planen som är påbörjad står kvar.",),
        ("kan inte påbörjas",),
    ),
    Warning_(
        "summons, the plan locked",
        s.locked_plan,
        _message(Part.SUMMONS),
        ("Den låsta planen gäller.",),
        ("som är påbörjad står kvar",),
    ),
    Warning_(
        "summons of a new plan",
        _renewed_and_summoned,
        _message(Part.SUMMONS),
        ("Plan 1 gäller som förut och följs upp.", "Planen kan inte påbörjas förrän"),
        ("hör till en tidigare plan",),
    ),
    Warning_(
        "summons to evaluation",
        _summoned_to_evaluation,
        _message(Part.EVALUATION_SUMMONS),
        ("Utvärderingen kan inte påbörjas förrän", "Enheten får veta"),
        ("utan möte",),
    ),
    Warning_(
        "plan, never signed",
        _begun,
        _page("void_plan"),
        (NOT_HELD, "Bara enheten som skrev den kan läsa den.", "En ny plan kan påbörjas."),
        (HELD, "Uppföljningen makuleras"),
    ),
    Warning_(
        "plan, signed",
        s.signed_plan,
        _page("void_plan"),
        (NOT_HELD, "Den kan läsas med orsaken."),
        (HELD, "Uppföljningen makuleras"),
    ),
    Warning_(
        "plan, locked",
        s.locked_plan,
        _page("void_plan"),
        (HELD, "Makulera Plan 1"),
        (NOT_HELD, "Uppföljningen makuleras"),
    ),
    Warning_(
        "plan, locked and followed up",
        s.locked_follow_up,
        _page("void_plan"),
        (HELD, "Uppföljningen makuleras också"),
        (NOT_HELD,),
    ),
    Warning_(
        "plan, opened after a lock",
        _opened,
        _page("void_plan"),
        ("Planen är öppnad och gäller inte just nu.",),
        (HELD, NOT_HELD),
    ),
    Warning_(
        "a new plan, signed",
        _renewed,
        _page("void_plan"),
        (NOT_HELD, "Makulera Plan 2", "Plan 1 gäller som förut och följs upp."),
        (HELD, "Uppföljningen makuleras"),
    ),
    Warning_(
        "the plan that holds, a new one begun",
        _renewed,
        _first_plan,
        (
            HELD,
            "Makulera Plan 1",
            "Uppföljningen makuleras också",
            "Den nya planen som är påbörjad fortsätter.",
        ),
        (NOT_HELD,),
    ),
    Warning_(
        "follow-up, open",
        s.open_follow_up,
        _page("follow_up_void"),
        ("En ny uppföljning kan aktiveras.",),
        ("kan inte längre utvärderas",),
    ),
    Warning_(
        "follow-up, locked",
        s.locked_follow_up,
        _page("follow_up_void"),
        ("kan inte längre utvärderas utan en kallelse",),
        ("när planen är låst",),
    ),
    Warning_(
        "evaluation, not signed",
        s.open_evaluation,
        _page("evaluation_void"),
        ("Bara enheten som skrev den kan läsa den.",),
        ("Ärendet fortsätter",),
    ),
    Warning_(
        "evaluation that ended the case",
        s.ended_case,
        _page("evaluation_void"),
        ("Ärendet fortsätter", "går fortfarande att läsa"),
        ("Bara enheten",),
    ),
]


@pytest.mark.requirement("V-95", "V-73")
@pytest.mark.parametrize("warning", WARNINGS, ids=str)
def test_the_page_before_a_voiding_says_what_this_one_leads_to(county: f.County, warning: Warning_) -> None:
    case_id = warning.case(county)
    shown = read(browser(county.anna), warning.page(case_id))
    effects = shown.partition('class="effects"')[2].partition("</form>")[0]
    heading = shown.partition("<h1>")[2].partition("</h1>")[0]
    for sentence in warning.says:
        assert sentence in heading + effects, effects
    for sentence in warning.never:
        assert sentence not in effects
