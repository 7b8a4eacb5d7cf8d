"""Writing messages: each change names the states that it starts from, and is made once."""

from datetime import timedelta

import pytest

from samordna.kernel.refusal import Refused, Stale
from samordna.messaging import commands
from samordna.messaging.commands import Reply
from samordna.messaging.models import Delivery, Message
from samordna.messaging.queries import draft_recipients
from samordna.messaging.states import Answer, EndedReason, MessageStatus, ToldHow
from samordna.messaging.tests.conftest import AT, DUE, LATER
from tests.support.upgrades import upgrade


def test_a_draft_is_its_writers_at_her_unit(post):
    message = post.message
    assert (message.kind, message.round_number, message.status) == ("INITIATIVE", 1, MessageStatus.DRAFT)
    assert (message.unit_id, message.unit_name) == (post.county.home_care.pk, "Hemtjänsten Norr")
    assert (message.written_at, message.written_by_id, message.written_by_name) == (
        AT,
        post.anna.user_id,
        "Anna Lindqvist",
    )
    assert (message.sent_at, message.deliveries, message.version) == (None, (), 1)
    assert Message.objects.get().written_by_name == "Anna Lindqvist"
    assert Message.objects.get().unit_name == "Hemtjänsten Norr"


def test_each_save_of_a_draft_counts_and_has_its_writer(post):
    other = commands.begin_draft(case_id=post.case_id, round_number=1, kind="SUMMONS", actor=post.anna, at=AT)
    commands.touch_draft(message_id=post.id, expected_version=1, actor=post.bertil, at=LATER)
    message = post.message
    assert (message.version, message.written_at, message.written_by_id) == (2, LATER, post.bertil.user_id)
    assert Message.objects.get(pk=post.id).written_by_name == "Bertil Ek"
    assert Message.objects.get(pk=other).version == 1


@pytest.mark.parametrize("what", ["saved meanwhile", "sent meanwhile"])
def test_a_save_that_comes_late_is_refused(post, what):
    if what == "saved meanwhile":
        commands.touch_draft(message_id=post.id, expected_version=1, actor=post.anna, at=AT)
    else:
        post.send()
    with pytest.raises(Stale) as refused:
        commands.touch_draft(message_id=post.id, expected_version=1, actor=post.bertil, at=LATER)
    assert refused.value.refusal.code == "message.changed"
    assert post.message.written_by_id == post.anna.user_id


def test_recipients_of_a_draft_are_replaced_and_keep_their_order(post):
    units = post.county
    other = commands.begin_draft(case_id=post.case_id, round_number=1, kind="SUMMONS", actor=post.anna, at=AT)
    commands.set_draft_recipients(message_id=other, recipients=[(units.hospital.pk, True)])
    commands.set_draft_recipients(message_id=post.id, recipients=[(units.psychiatry.pk, True)])
    chosen = [(units.social.pk, False), (units.health_centre.pk, True)]
    commands.set_draft_recipients(message_id=post.id, recipients=chosen)
    assert [(one.unit_id, one.must_acknowledge) for one in draft_recipients(post.id)] == chosen
    assert [one.unit_id for one in draft_recipients(other)] == [units.hospital.pk]


def with_recipients(post):
    other = commands.begin_draft(case_id=post.case_id, round_number=1, kind="SUMMONS", actor=post.anna, at=AT)
    units = post.county
    chosen = [(units.social.pk, False), (units.health_centre.pk, True)]
    for message_id in (other, post.id):
        commands.set_draft_recipients(message_id=message_id, recipients=chosen)
    return other, chosen


def test_recipients_that_are_taken_to_be_sent_to_are_no_longer_the_drafts(post):
    other, chosen = with_recipients(post)
    taken = commands.take_recipients(post.id)
    assert [(one.unit_id, one.must_acknowledge) for one in taken] == chosen
    assert draft_recipients(post.id) == commands.take_recipients(post.id) == ()
    assert draft_recipients(other) == taken


def test_an_upgrade_forgets_whom_a_sent_message_was_meant_for_and_no_drafts(post):
    other, _chosen = with_recipients(post)
    post.send()
    assert len(draft_recipients(post.id)) == 2
    upgrade("messaging", "0005_what_was_sent_holds_no_recipients")
    assert draft_recipients(post.id) == ()
    assert len(draft_recipients(other)) == 2
    assert len(post.message.deliveries) == 2


def test_a_discarded_draft_is_seen_no_more_and_cannot_be_sent(post):
    other = commands.begin_draft(case_id=post.case_id, round_number=1, kind="SUMMONS", actor=post.anna, at=AT)
    commands.discard_draft(message_id=post.id)
    assert [message.id for message in post.all] == [other]
    assert Message.objects.get(pk=post.id).status == MessageStatus.DISCARDED
    with pytest.raises(Stale):
        post.send()
    assert not Delivery.objects.exists()


def test_what_is_sent_cannot_be_discarded(post):
    post.send()
    commands.discard_draft(message_id=post.id)
    assert post.message.status == MessageStatus.SENT


def test_a_message_is_sent_once_by_its_sender_with_a_delivery_per_unit(post):
    units = post.county
    other = commands.begin_draft(case_id=post.case_id, round_number=1, kind="SUMMONS", actor=post.anna, at=AT)
    post.send(
        post.to(units.health_centre),
        post.to(units.social, must=False),
        post.to(units.insurance, external=True),
    )
    message = post.message
    assert (message.status, message.sent_at) == (MessageStatus.SENT, AT)
    assert (message.sent_by_name, message.sent_by_title) == ("Bertil Ek", "planerare")
    assert Message.objects.get(pk=post.id).sent_by_id == post.bertil.user_id
    got = {
        one.unit_id: (
            one.unit_name,
            one.external,
            one.must_acknowledge,
            one.due_at,
            one.shared_why,
            one.added_at,
        )
        for one in message.deliveries
    }
    assert got == {
        units.health_centre.pk: ("Vårdcentralen Linden", False, True, DUE, "CONSENT", AT),
        units.social.pk: ("IFO Vuxen", False, False, None, "CONSENT", AT),
        units.insurance.pk: ("Försäkringskassan Katrineholm", True, True, DUE, "CONSENT", AT),
    }
    assert all(one.predecessor_id is None for one in message.deliveries)
    assert Message.objects.get(pk=other).status == MessageStatus.DRAFT
    with pytest.raises(Stale) as refused:
        post.send()
    assert refused.value.refusal.code == "message.changed"
    assert len(post.message.deliveries) == 3


def test_a_message_is_sent_in_the_name_that_its_unit_has_then(post):
    Message.objects.update(unit_name="Hemtjänsten")
    post.send()
    assert post.message.unit_name == "Hemtjänsten Norr"


def test_a_message_that_is_sent_on_says_after_which_delivery(post):
    post.send()
    before = post.delivery()
    commands.end_delivery(delivery_id=before.id, reason=EndedReason.SENT_ON, at=LATER)
    commands.add_deliveries(
        message_id=post.id,
        recipients=[post.to(post.county.psychiatry)],
        at=LATER,
        predecessor_id=before.id,
    )
    after = post.delivery(post.county.psychiatry)
    assert (after.predecessor_id, after.added_at) == (before.id, LATER)


def test_the_first_opening_counts(post):
    post.send()
    one = post.delivery()
    assert commands.open_delivery(delivery_id=one.id, actor=post.david, at=LATER) is True
    again = LATER + timedelta(hours=1)
    assert commands.open_delivery(delivery_id=one.id, actor=post.anna, at=again) is False
    assert post.delivery().opened_at == LATER
    assert Delivery.objects.get(pk=one.id).opened_by_id == post.david.user_id
    assert post.delivery(post.county.social).opened_at is None


def test_a_delivery_that_has_ended_is_not_opened(post):
    post.send()
    one = post.delivery()
    commands.end_delivery(delivery_id=one.id, reason=EndedReason.REMOVED, at=AT)
    assert commands.open_delivery(delivery_id=one.id, actor=post.david, at=LATER) is False


def test_a_unit_answers_once_with_the_person_and_her_words(post):
    post.send()
    one = post.delivery()
    reply = Reply(Answer.DENIED, "Hör till psykiatrin", post.county.psychiatry.pk, "Psykiatrin i Nyköping")
    commands.answer_delivery(delivery_id=one.id, reply=reply, actor=post.david, at=LATER)
    told = post.delivery()
    assert (told.answer, told.answered_at, told.answered_by_name, told.comment) == (
        Answer.DENIED,
        LATER,
        "David Holm",
        "Hör till psykiatrin",
    )
    assert (told.suggested_unit_id, told.suggested_text) == (
        post.county.psychiatry.pk,
        "Psykiatrin i Nyköping",
    )
    assert Delivery.objects.get(pk=one.id).answered_by_id == post.david.user_id
    assert post.delivery(post.county.social).answer is None
    with pytest.raises(Stale) as refused:
        commands.answer_delivery(delivery_id=one.id, reply=Reply(Answer.ACCEPTED), actor=post.david, at=LATER)
    assert refused.value.refusal.code == "message.already_answered"
    assert post.delivery().answer == Answer.DENIED


@pytest.mark.parametrize("opened", [True, False])
def test_who_answers_has_read_it_and_the_first_opening_counts_all_the_same(post, opened):
    post.send()
    one = post.delivery()
    if opened:
        commands.open_delivery(delivery_id=one.id, actor=post.anna, at=AT)
    reply = Reply(Answer.ACKNOWLEDGED)
    commands.answer_delivery(delivery_id=one.id, reply=reply, actor=post.david, at=LATER, opens=True)
    row = Delivery.objects.get(pk=one.id)
    who, when = (post.anna, AT) if opened else (post.david, LATER)
    assert (row.opened_at, row.opened_by_id) == (when, who.user_id)
    assert (row.answered_at, row.answered_by_id) == (LATER, post.david.user_id)
    assert post.delivery(post.county.social).opened_at is None


def test_an_answer_that_is_recorded_for_a_unit_opens_nothing(post):
    post.send()
    one = post.delivery()
    commands.answer_delivery(delivery_id=one.id, reply=Reply(Answer.ACKNOWLEDGED), actor=post.anna, at=LATER)
    assert Delivery.objects.get(pk=one.id).opened_at is None


@pytest.mark.parametrize("what", ["the delivery has ended", "the message is voided"])
def test_what_no_longer_stands_is_not_answered(post, what):
    post.send()
    one = post.delivery()
    if what == "the delivery has ended":
        commands.end_delivery(delivery_id=one.id, reason=EndedReason.REMOVED, at=LATER)
    else:
        commands.void_message(message_id=post.id, reason="Fel person", actor=post.anna, at=LATER)
    with pytest.raises(Stale):
        commands.answer_delivery(
            delivery_id=one.id, reply=Reply(Answer.ACKNOWLEDGED), actor=post.david, at=LATER
        )
    assert post.delivery().answer is None


def test_the_last_telling_of_a_unit_outside_counts(post):
    units = post.county
    post.send(post.to(units.insurance, external=True), post.to(units.social, external=True))
    one = post.delivery(units.insurance)
    commands.record_telling(delivery_id=one.id, how=ToldHow.PHONE, note="Växeln", actor=post.anna, told_at=AT)
    assert not post.delivery(units.insurance).told_day_only
    commands.record_telling(
        delivery_id=one.id, how=ToldHow.LETTER, note="Rek", actor=post.bertil, told_at=LATER, day_only=True
    )
    told = post.delivery(units.insurance)
    assert (told.told_how, told.told_note, told.told_at) == (ToldHow.LETTER, "Rek", LATER)
    assert (told.told_day_only, told.told_by_name) == (True, "Bertil Ek")
    assert Delivery.objects.get(pk=one.id).told_by_id == post.bertil.user_id
    assert post.delivery(units.social).told_at is None


def test_of_a_unit_in_the_system_no_telling_is_recorded(post):
    post.send()
    commands.record_telling(
        delivery_id=post.delivery().id, how=ToldHow.PHONE, note="", actor=post.anna, told_at=AT
    )
    assert post.delivery().told_at is None


def test_a_delivery_ends_once_with_its_reason(post):
    post.send()
    one = post.delivery()
    commands.end_delivery(delivery_id=one.id, reason=EndedReason.REMOVED, at=LATER)
    with pytest.raises(Stale) as refused:
        commands.end_delivery(delivery_id=one.id, reason=EndedReason.SENT_ON, at=LATER + timedelta(hours=1))
    assert refused.value.refusal.code == "message.changed"
    ended = post.delivery()
    assert (ended.ended_at, ended.ended_reason) == (LATER, EndedReason.REMOVED)
    assert post.delivery(post.county.social).ended_at is None


def test_what_nobody_has_opened_is_taken_back_with_its_deliveries(post):
    post.send()
    removed = post.delivery(post.county.social)
    commands.end_delivery(delivery_id=removed.id, reason=EndedReason.REMOVED, at=AT)
    commands.take_back(message_id=post.id, actor=post.anna, at=LATER)
    message = post.message
    assert (message.status, message.taken_back_at) == (MessageStatus.TAKEN_BACK, LATER)
    assert Message.objects.get(pk=post.id).taken_back_by_id == post.anna.user_id
    assert [(one.ended_at, one.ended_reason) for one in message.deliveries] == [
        (AT, EndedReason.REMOVED),
        (LATER, EndedReason.TAKEN_BACK),
    ]
    with pytest.raises(Stale):
        commands.take_back(message_id=post.id, actor=post.anna, at=LATER)


@pytest.mark.parametrize("known_by", ["opening", "telling"])
def test_what_somebody_knows_of_is_not_taken_back(post, known_by):
    units = post.county
    post.send(post.to(units.health_centre), post.to(units.insurance, external=True))
    if known_by == "opening":
        commands.open_delivery(delivery_id=post.delivery().id, actor=post.david, at=AT)
    else:
        told = post.delivery(units.insurance).id
        commands.record_telling(delivery_id=told, how=ToldHow.FAX, note="", actor=post.anna, told_at=AT)
    with pytest.raises(Refused) as refused:
        commands.take_back(message_id=post.id, actor=post.anna, at=LATER)
    assert refused.value.refusal.code == "message.opened"
    assert post.message.status == MessageStatus.SENT


def test_what_is_opened_elsewhere_hinders_no_taking_back(post):
    post.send()
    kept, post.id = (
        post.id,
        commands.begin_draft(case_id=post.case_id, round_number=1, kind="SUMMONS", actor=post.anna, at=AT),
    )
    post.send()
    commands.open_delivery(delivery_id=post.delivery().id, actor=post.david, at=AT)
    post.id = kept
    commands.take_back(message_id=kept, actor=post.anna, at=LATER)
    assert {(message.status, message.standing != ()) for message in post.all} == {
        (MessageStatus.TAKEN_BACK, False),
        (MessageStatus.SENT, True),
    }


def test_a_draft_is_not_taken_back(post):
    with pytest.raises(Stale):
        commands.take_back(message_id=post.id, actor=post.anna, at=LATER)


def test_a_sent_message_is_voided_once_and_stays_with_the_reason(post):
    with pytest.raises(Stale):
        commands.void_message(message_id=post.id, reason="Utkast", actor=post.anna, at=AT)
    post.send()
    voided, post.id = (
        post.id,
        commands.begin_draft(
            case_id=post.case_id, round_number=1, kind="INITIATIVE", actor=post.anna, at=LATER
        ),
    )
    post.send()
    commands.void_message(message_id=voided, reason="Fel person", actor=post.anna, at=LATER)
    assert [message.status for message in post.all] == [MessageStatus.VOIDED, MessageStatus.SENT]
    post.id = voided
    with pytest.raises(Stale) as refused:
        commands.void_message(message_id=post.id, reason="Igen", actor=post.bertil, at=LATER)
    assert refused.value.refusal.code == "message.changed"
    message = post.message
    assert (message.status, message.voided_at) == (MessageStatus.VOIDED, LATER)
    assert (message.voided_by_name, message.void_reason) == ("Anna Lindqvist", "Fel person")
    assert Message.objects.get(pk=post.id).voided_by_id == post.anna.user_id
    assert len(message.deliveries) == 2
