"""Casework carries a process that it was not written for: by its rules, its words, its rows and its pages."""

from uuid import UUID

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from samordna.assignments.models import Assignment, ModuleRight
from samordna.assignments.tests.factories import log_in
from samordna.cases.models import UnitCase
from samordna.cases.states import Bucket
from samordna.cases.worklist import NextStep
from samordna.casework.case.commands.case import change_coordinator
from samordna.casework.case.commands.new_case import begin_case
from samordna.casework.documents.commands import writing
from samordna.casework.file.commands.reading import read_case
from samordna.casework.file.presenters.next_step import sentence
from samordna.casework.file.queries import for_rebuild
from samordna.casework.file.rules import participant_refusal
from samordna.casework.messages.commands.answering import answer_message
from samordna.casework.messages.commands.voiding import void_message
from samordna.casework.tests.toy import NOTICE, PAPER, TOY, save_notice, send_notice
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible, Refused
from samordna.messaging.commands import Reply
from samordna.messaging.facts import Chosen as ChosenUnit
from samordna.messaging.states import Answer
from samordna.overview.presenters.rows import columns, rows_html
from samordna.overview.queries import page
from samordna.overview.states import Chosen
from samordna.sip.process import SIP
from samordna.sip.tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> f.County:
    county = f.county()
    for right in list(ModuleRight.objects.all()):
        right.pk, right.module = None, Module.SPU
        right.save()
    return county


def a_case(by: Assignment) -> UUID:
    actor = f.actor(by)
    return begin_case(process=TOY, actor=actor, person_id=f.new_person(actor), at=clock.now())


def a_sent_notice(case_id: UUID, by: Assignment, to: Assignment) -> UUID:
    actor = f.actor(by)
    chosen = [ChosenUnit(to.unit_id, must_acknowledge=True)]
    told = {"actor": actor, "case_id": case_id, "at": clock.now()}
    message_id = save_notice(message_id=None, version=0, chosen=chosen, text="", **told)
    version = for_rebuild(TOY, case_id).message(message_id).version
    send_notice(message_id=message_id, version=version, consent=f.CONSENT, **told)
    return message_id


def said_at(case_id: UUID, by: Assignment) -> tuple[str, str]:
    """What the unit's list says is next, and under which heading."""
    row = UnitCase.objects.get(case_id=case_id, unit_id=by.unit_id)
    return sentence(TOY, NextStep(**row.next_step)).text, row.bucket


def test_a_notice_is_written_sent_acknowledged_and_voided(county: f.County) -> None:
    case_id = a_case(county.frida)
    assert said_at(case_id, county.frida) == ("Send the notice", Bucket.TODO)
    message_id = a_sent_notice(case_id, county.frida, county.david)
    assert said_at(case_id, county.david) == ("Acknowledge the notice", Bucket.TODO)
    assert said_at(case_id, county.frida) == ("0 of 1 have acknowledged the notice", Bucket.WAITING)
    david = f.actor(county.david)
    told = {"process": TOY, "case_id": case_id, "message_id": message_id, "at": clock.now()}
    answer_message(actor=david, reply=Reply(Answer.ACKNOWLEDGED), **told)
    assert for_rebuild(TOY, case_id).sent(NOTICE).awaited == ()
    void_message(actor=f.actor(county.frida), reason="Fel patient", **told)
    assert said_at(case_id, county.frida) == ("Send the notice", Bucket.TODO)


def test_a_second_notice_and_a_denial_are_refused_by_what_the_kind_says(county: f.County) -> None:
    case_id = a_case(county.frida)
    message_id = a_sent_notice(case_id, county.frida, county.david)
    with pytest.raises(Refused) as second:
        a_sent_notice(case_id, county.frida, county.eva)
    reply = Reply(Answer.DENIED, suggested_text="Eva")
    told = {"process": TOY, "case_id": case_id, "message_id": message_id, "at": clock.now()}
    with pytest.raises(Refused) as denial:
        answer_message(actor=f.actor(county.david), reply=reply, **told)
    codes = (second.value.refusal.code, denial.value.refusal.code)
    assert codes == ("message.already_sent", "message.acknowledge_only")


def test_a_paper_is_begun_and_signed(county: f.County) -> None:
    case_id = a_case(county.frida)
    a_sent_notice(case_id, county.frida, county.david)
    told = {
        "process": TOY,
        "actor": f.actor(county.david),
        "case_id": case_id,
        "part": PAPER,
        "at": clock.now(),
    }
    rule = lambda facts, actor: participant_refusal(facts.case, actor)  # noqa: E731
    writing.begin(rule=rule, fill=lambda _facts, _edition, _at: None, **told)
    assert said_at(case_id, county.david) == ("Acknowledge the notice", Bucket.TODO)
    content = {"says": "nothing"}
    seen = writing.fingerprint(content)
    writing.sign(content=lambda _facts, _version: content, seen=seen, **told)
    assert for_rebuild(TOY, case_id).standing(PAPER).valid_version is not None


def test_neither_process_opens_a_case_of_the_other(county: f.County) -> None:
    case_id, sip_id = a_case(county.frida), f.new_case(county.frida)
    frida, at = f.actor(county.frida), clock.now()
    for process, one in ((SIP, case_id), (TOY, sip_id)):
        with pytest.raises(NotVisible):
            read_case(process=process, actor=frida, case_id=one, part=process.parts[0], at=at)


def test_a_refusal_says_the_name_of_the_process_of_the_case(county: f.County) -> None:
    case_id = a_case(county.frida)
    with pytest.raises(Refused) as refused:
        change_coordinator(
            process=TOY, actor=f.actor(county.frida), case_id=case_id, assignment_id=0, at=clock.now()
        )
    assert str(refused.value.refusal.message) == "Välj en person som får använda Prov."


@override_settings(ROOT_URLCONF="samordna.casework.tests.toy")
def test_its_pages_are_at_its_own_addresses_with_its_own_words(client: Client, county: f.County) -> None:
    case_id = a_case(county.frida)
    log_in(client, county.frida)
    answer = client.get(reverse("toy:case", args=[case_id]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("toy:part", args=[case_id, "notice"])
    text = answer.content.decode()
    assert [said for said in ("Send the notice", "Notice", "Paper", "Prov ") if said not in text] == []
    assert "/sip/cases/" not in text
    draft = {"recipient": county.david.unit_id, "acknowledge": county.david.unit_id, "check": "1"}
    checked = client.post(reverse("toy:draft", args=[case_id, "notice"]), draft, follow=True)
    assert checked.redirect_chain[-1][0] == reverse("toy:check", args=[case_id, "notice"])
    assert reverse("toy:part", args=[case_id, "notice"]) in checked.content.decode()


@override_settings(ROOT_URLCONF="samordna.casework.tests.toy")
def test_a_unit_is_asked_with_what_the_process_asks_with(client: Client, county: f.County) -> None:
    case_id = a_case(county.frida)
    a_sent_notice(case_id, county.frida, county.david)
    log_in(client, county.frida)
    units = client.get(reverse("toy:units", args=[case_id])).content.decode()
    assert "genom att skicka the notice till den" in units


@override_settings(ROOT_URLCONF="samordna.casework.tests.toy")
def test_its_list_has_its_own_columns_sentences_and_addresses(county: f.County) -> None:
    case_id = a_case(county.frida)
    a_sent_notice(case_id, county.frida, county.david)
    f.new_case(county.frida)
    at = clock.now()
    lines = page(f.actor(county.frida), Module.SPU, Chosen(), at).lines
    assert [line.case_id for line in lines] == [case_id]
    assert [heading.label for heading in columns(TOY, lines)] == ["Notice", "Paper"]
    rows = rows_html(TOY, lines, {}, at=at, page="/", mark_unhandled=False)
    said = ("0 of 1 have acknowledged the notice", f"toy/cases/{case_id}/notice/", "Paper: ")
    assert [word for word in said if word not in rows] == []
