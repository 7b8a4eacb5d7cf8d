"""Reading messages: in which order, by which names, and which there are."""

from datetime import date, timedelta
from uuid import uuid4

from samordna.kernel.module import Module
from samordna.messaging import commands
from samordna.messaging.queries import kind_of_message, recent_recipients
from samordna.messaging.tests.conftest import AT, LATER
from samordna.sip.tests import factories as f


def test_messages_stand_by_when_they_were_written_and_their_units_in_swedish_order(post):
    units = post.county
    earlier = commands.begin_draft(
        case_id=post.case_id, round_number=1, kind="INITIATIVE", actor=post.anna, at=AT - timedelta(hours=1)
    )
    post.send(post.to(units.social), post.to(units.health_centre), post.to(units.hospital))
    commands.add_deliveries(message_id=post.id, recipients=[post.to(units.home_care)], at=LATER)
    assert [message.id for message in post.all] == [earlier, post.id]
    assert [one.unit_name for one in post.message.deliveries] == [
        "Avdelning 7 Kullbergska",
        "IFO Vuxen",
        "Vårdcentralen Linden",
        "Hemtjänsten Norr",
    ]


def test_a_case_has_its_own_messages_only(post):
    other = f.new_case(post.county.david)
    commands.begin_draft(case_id=other, round_number=1, kind="SUMMONS", actor=post.david, at=AT)
    assert [message.id for message in post.all] == [post.id]


def test_a_draft_has_the_names_of_today_and_what_is_sent_those_of_its_day(post):
    user, unit = post.county.anna.user, post.county.home_care
    user.name, unit.name = "Anna Berg", "Hemtjänsten Nord"
    user.save()
    unit.save()
    assert (post.message.written_by_name, post.message.unit_name) == ("Anna Berg", "Hemtjänsten Nord")
    post.send()
    user.name, unit.name = "Anna Sjö", "Hemtjänsten"
    user.save()
    unit.save()
    assert (post.message.written_by_name, post.message.unit_name) == ("Anna Lindqvist", "Hemtjänsten Norr")


def test_a_unit_that_is_closed_gives_no_answer(post):
    unit = post.county.health_centre
    unit.closed_on = date(2026, 5, 14)
    unit.save()
    post.send()
    assert post.delivery().unit_closed_on == date(2026, 5, 14)
    assert [one.unit_name for one in post.message.unmet] == ["Vårdcentralen Linden"]
    assert [one.unit_name for one in post.message.awaited] == ["IFO Vuxen"]


def test_the_kind_of_a_message_is_told_in_its_own_case_only(post):
    assert kind_of_message(post.case_id, post.id, Module.SIP) == "INITIATIVE"
    assert kind_of_message(post.case_id, post.id, Module.SPU) == ""
    assert kind_of_message(uuid4(), post.id, Module.SIP) == ""
    assert kind_of_message(post.case_id, uuid4(), Module.SIP) == ""


def test_a_units_recent_recipients_are_the_five_that_it_sent_to_last(post):
    units = post.county
    post.send(post.to(units.health_centre), post.to(units.social))
    for hours, unit in enumerate(
        [units.psychiatry, units.hospital, units.insurance, units.home_care], start=1
    ):
        commands.add_deliveries(
            message_id=post.id, recipients=[post.to(unit)], at=AT + timedelta(hours=hours)
        )
    commands.end_delivery(delivery_id=post.delivery().id, reason="REMOVED", at=LATER)
    commands.add_deliveries(
        message_id=post.id, recipients=[post.to(units.health_centre)], at=AT + timedelta(hours=9)
    )
    assert recent_recipients(units.home_care.pk) == [
        units.health_centre.pk,
        units.home_care.pk,
        units.insurance.pk,
        units.hospital.pk,
        units.psychiatry.pk,
    ]
    assert recent_recipients(units.home_care.pk, limit=1) == [units.health_centre.pk]
    assert recent_recipients(units.social.pk) == []


def test_units_sent_to_at_one_moment_stand_in_the_order_of_their_ids(post):
    units = post.county
    post.send(post.to(units.social), post.to(units.health_centre))
    assert recent_recipients(units.home_care.pk) == sorted([units.social.pk, units.health_centre.pk])
