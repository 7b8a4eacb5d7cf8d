"""*Avbryt den nya planen* (V-73): a new round begun by mistake, and what holds is as if it had not been begun."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.audit.models import Entry
from samordna.cases.models import Round, UnitCase
from samordna.cases.states import StepStatus
from samordna.casework.file.steps.rows import next_of, part_views, rows
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.states import MessageStatus
from samordna.notifications.models import OutboxItem
from samordna.sip.follow_up.commands import schedule_follow_up
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s

pytestmark = pytest.mark.django_db
WHY = {"reason": "Skapad av misstag", "words": "Fel knapp"}


@pytest.fixture
def county() -> f.County:
    return f.county()


def browser(who: Assignment) -> Client:
    client = Client()
    log_in(client, who)
    return client


def url(name: str, case_id: UUID, *more: object) -> str:
    return reverse(f"sip:{name}", args=[case_id, *more])


def page(client: Client, case_id: UUID, slug: str) -> str:
    return client.get(url("part", case_id, slug)).content.decode()


def cancel(client: Client, case_id: UUID) -> str:
    reason = client.get(url("cancel_new_plan", case_id)).context["form"].fields["reason"].choices[0][0]
    answer = client.post(
        url("cancel_new_plan", case_id), {"reason": reason, "words": "Fel knapp"}, follow=True
    )
    return answer.content.decode()


def overdue_follow_up(county: f.County) -> UUID:
    """Followed up once; the next one was due a month ago when it is looked at."""
    case_id, at = s.locked_follow_up(county), clock.now()
    due_on = add_working_days(clock.today(at), 3)
    schedule_follow_up(actor=f.actor(county.anna), case_id=case_id, due_on=due_on, at=at)
    return case_id


@pytest.mark.requirement("V-73", "V-62")
def test_the_follow_up_is_asked_for_all_the_while_and_the_schedule_stands(county: f.County) -> None:
    case_id = overdue_follow_up(county)
    due_on = f.facts_of(case_id).follow_up_due_on
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    facts = f.facts_of(case_id)
    view, later = part_views(facts, county.home_care.pk)[Part.FOLLOW_UP], clock.now() + timedelta(days=30)
    assert view.task
    assert view.symbol.seen_at(later) == StepStatus.TODO
    assert view.symbol.due_at < later
    assert "Den nya planen är avbruten." in cancel(anna, case_id)
    facts = f.facts_of(case_id)
    assert facts.follow_up_due_on == due_on
    assert facts.round_number == 1
    assert part_views(facts, county.home_care.pk)[Part.FOLLOW_UP] == view


@pytest.mark.requirement("V-73")
def test_what_was_sent_and_signed_in_it_is_voided_and_told(county: f.County) -> None:
    case_id = s.renewed_plan(county)
    second = f.facts_of(case_id)
    OutboxItem.objects.all().delete()
    anna = browser(county.anna)
    asked = anna.get(url("cancel_new_plan", case_id)).content.decode()
    for effect in (
        "kallelsen till planering makuleras",
        "skrivet i Plan 2 makuleras",
        "Plan 1 gäller som förut",
    ):
        assert effect in asked
    cancel(anna, case_id)
    facts = f.facts_of(case_id)
    summons = facts.message(second.sent(Part.SUMMONS).id)
    plan = facts.document(second.standing(Part.PLAN).id)
    assert (summons.status, plan.voided) == (MessageStatus.VOIDED, True)
    assert "Fel knapp" in summons.void_reason
    assert "Fel knapp" in plan.void_reason
    told = OutboxItem.objects.values_list("event", "unit_id")
    for unit in (county.health_centre, county.social):
        assert {("planning_summons.voided", unit.pk), ("plan.voided", unit.pk)} <= {
            (event, unit_id) for event, unit_id in told
        }
    david = browser(county.david)
    assert "Makulerad" in page(david, case_id, "summons"), "who was called reads why"
    assert "Fel knapp" in page(david, case_id, "summons")


@pytest.mark.requirement("V-73", "V-60", "V-70", "V-81")
def test_afterwards_follow_up_new_plan_and_evaluation_go_on_from_the_plan_that_holds(
    county: f.County,
) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    cancel(anna, case_id)
    anna.post(url("follow_up_activate", case_id))
    s.report(case_id, county.anna, 0, s.ReportStatus.DONE)
    s.lock_follow_up(case_id, county.anna)
    anna.post(url("evaluation_begin", case_id))
    assert f.facts_of(case_id).standing(Part.EVALUATION) is not None
    anna.post(url("evaluation_void", case_id), {"reason": "Skapad av misstag", "words": ""})
    anna.post(url("new_plan", case_id))
    facts = f.facts_of(case_id)
    assert [turn.number for turn in facts.case.rounds] == [1, 2, 3]
    assert facts.round_number == 3
    s.cancel_new_plan(case_id, county.anna)
    s.signed_new_plan(county, case_id)
    s.lock_plan(case_id, county.anna)
    assert f.facts_of(case_id).valid_plan.ordinal == 2


@pytest.mark.requirement("V-73", "V-95")
def test_voiding_the_new_plan_shuts_nothing_while_the_old_one_holds(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    s.signed_new_plan(county, case_id)
    anna = browser(county.anna)
    assert "Plan 1 gäller som förut" in anna.get(url("void_plan", case_id)).content.decode()
    anna.post(url("void_plan", case_id), {"reason": "Skapad av misstag", "words": ""})
    facts = f.facts_of(case_id)
    assert facts.valid_plan.ordinal == 1
    assert "Öppna" in page(anna, case_id, "follow-up")
    anna.post(url("follow_up_open", case_id))
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP).open_version is not None
    s.lock_follow_up(case_id, county.anna)
    anna.post(url("begin_plan", case_id))
    assert f.facts_of(case_id).standing(Part.PLAN).ordinal == 3, "a new plan can be begun in the round"
    anna.post(url("void_plan", case_id), {"reason": "Skapad av misstag", "words": ""})
    anna.post(url("evaluation_begin", case_id))
    assert f.facts_of(case_id).standing(Part.EVALUATION) is not None
    anna.post(url("begin_plan", case_id))
    assert f.facts_of(case_id).standing(Part.PLAN) is None, "a plan that is evaluated is not replaced"


@pytest.mark.requirement("V-73")
def test_the_coordinator_alone_cancels_with_a_reason_and_others_are_told_who_can(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna, david = browser(county.anna), browser(county.david)
    assert "Ingen ny plan är påbörjad." in anna.get(url("cancel_new_plan", case_id)).content.decode()
    david.post(url("new_plan", case_id))
    for slug in ("summons", "plan", "follow-up"):
        assert url("cancel_new_plan", case_id) in page(anna, case_id, slug)
        assert url("cancel_new_plan", case_id) not in page(david, case_id, slug)
        assert "Avbryt den nya planen:</strong> Bara samordningsansvarig" in page(david, case_id, slug)
    david.post(url("cancel_new_plan", case_id), WHY)
    anna.post(url("cancel_new_plan", case_id), {"reason": "", "words": ""})
    assert f.facts_of(case_id).round_number == 2
    cancel(anna, case_id)
    assert f.facts_of(case_id).round_number == 1
    entry = Entry.objects.filter(case_id=case_id, action="round.cancelled").get()
    assert entry.object_id == "2"


@pytest.mark.requirement("V-73")
def test_what_has_been_locked_once_is_not_cancelled(county: f.County) -> None:
    case_id = s.renewed_plan(county)
    s.lock_plan(case_id, county.anna)
    anna = browser(county.anna)
    anna.post(url("unlock", case_id))
    anna.post(url("cancel_new_plan", case_id), WHY)
    assert "Den nya planen har låsts." in anna.get(url("cancel_new_plan", case_id)).content.decode()
    assert f.facts_of(case_id).round_number == 2
    assert url("cancel_new_plan", case_id) not in page(anna, case_id, "plan")


@pytest.mark.requirement("V-73")
def test_drafts_of_the_new_summons_are_thrown_away_and_the_old_summons_stands(county: f.County) -> None:
    case_id = s.locked_plan(county)
    first = f.facts_of(case_id).sent(Part.SUMMONS)
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    for who in (county.anna, county.david):
        save_summons(
            actor=f.actor(who), case_id=case_id, part=Part.SUMMONS, message_id=None, version=0,
            chosen=f.to_units(county.social), text=f.a_meeting(), at=clock.now(),
        )  # fmt: skip
    assert (
        "Utkast till den nya kallelsen slängs." in anna.get(url("cancel_new_plan", case_id)).content.decode()
    )
    cancel(anna, case_id)
    facts = f.facts_of(case_id)
    assert facts.sent(Part.SUMMONS) == first
    assert not [m for m in facts.messages if m.status == MessageStatus.DRAFT]


@pytest.mark.requirement("V-73", "V-72")
def test_the_history_tells_of_the_cancelled_one_with_who_when_and_why(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    cancel(anna, case_id)
    told = anna.get(url("history", case_id)).content.decode()
    assert "Det finns inga tidigare planer" not in told
    assert "Nya planer som avbröts" in told
    assert "av Anna Lindqvist:" in told
    assert "Fel knapp" in told
    turn = Round.objects.get(case_id=case_id, number=2)
    assert (turn.cancelled_by_id, turn.cancelled_by_name) == (county.anna.user_id, "Anna Lindqvist")


@pytest.mark.requirement("V-73", "V-72")
def test_a_plan_that_was_cancelled_is_told_once_and_is_not_called_earlier(county: f.County) -> None:
    """It is younger than the plan that holds. What was signed of it is read from there, and from the plan itself."""
    case_id = s.renewed_plan(county)
    anna = browser(county.anna)
    cancel(anna, case_id)
    read = url("history_version", case_id, f.facts_of(case_id).documents[-1].versions[-1].id)
    told = anna.get(url("history", case_id)).content.decode().partition("<h1>Historik")[2]
    assert "tidigare plan" not in told
    assert told.count("Fel knapp") == 1
    assert told.count(f'href="{read}"') == 1
    assert told.index("<h2>Plan 1</h2>") < told.index("Nya planer som avbröts") < told.index(read)
    assert anna.get(read).status_code == 200
    plan = page(anna, case_id, "plan")
    assert "1 avbruten plan" in plan
    assert "tidigare plan" not in plan
    assert read in plan


@pytest.mark.requirement("V-73", "V-13")
def test_the_new_plan_has_a_date_so_that_it_can_be_late(county: f.County) -> None:
    case_id = s.locked_plan(county)
    s.print_plan(case_id, county.anna)
    schedule_follow_up(
        actor=f.actor(county.anna), case_id=case_id, at=clock.now(),
        due_on=add_working_days(clock.today(clock.now()), 60),
    )  # fmt: skip
    browser(county.anna).post(url("new_plan", case_id))
    facts = f.facts_of(case_id)
    main = next_of(facts, county.home_care.pk, part_views(facts, county.home_care.pk))
    assert main.next_step.code == "send_summons"
    started = clock.local(facts.case.round.started_at).date()
    assert clock.local(main.symbol.due_at).date() == add_working_days(started, 5)
    assert {row.due_at for row in rows(facts)} == {main.symbol.due_at}


@pytest.mark.requirement("V-70", "V-73")
def test_the_plan_that_holds_is_read_and_printed_while_a_new_one_is_begun(county: f.County) -> None:
    case_id = s.locked_plan(county)
    holding = f.facts_of(case_id).holding_version
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    shown = page(anna, case_id, "plan")
    assert "Plan 1 gäller" in shown
    assert s.ACTIVITIES[0] in shown
    assert url("print", case_id, holding.id) in shown
    assert "Kan inte börja än" not in shown.partition('class="parts')[2].partition("Avslutsfas")[0]


@pytest.mark.requirement("V-70", "V-73", "V-20")
@pytest.mark.parametrize("act", ["new_plan", "cancel_new_plan", "unlock", "withdraw_consent"])
def test_the_list_puts_a_case_first_in_which_only_a_round_a_lock_or_a_consent_changed(
    county: f.County, act: str
) -> None:
    case_id = s.locked_plan(county)
    if act == "cancel_new_plan":
        s.new_plan(case_id, county.anna)
    before = UnitCase.objects.get(case_id=case_id, unit=county.social).last_change
    answer = browser(county.anna).post(url(act, case_id), WHY)
    assert answer.status_code == 302
    assert UnitCase.objects.get(case_id=case_id, unit=county.social).last_change > before
