"""*Ny plan* (V-70, V-71): the next round, asked for once."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import log_in
from samordna.cases.models import UnitCase
from samordna.cases.states import StepStatus
from samordna.cases.worklist import Symbol
from samordna.casework.file.steps.rows import part_views
from samordna.documents.states import VersionStatus
from samordna.kernel import clock
from samordna.kernel.workingdays import add_working_days
from samordna.messaging.states import Answer
from samordna.sip.follow_up.commands import schedule_follow_up
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.plan.commands.plan import edit_plan
from samordna.sip.plan.queries import plan_of
from samordna.sip.rounds.rules import new_plan_refusal
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
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


def page(client: Client, case_id: UUID, slug: str) -> str:
    return client.get(url("part", case_id, slug)).content.decode()


@pytest.mark.requirement("V-70")
def test_the_question_says_what_it_leads_to_and_a_get_changes_nothing(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    assert url("new_plan", case_id) in page(anna, case_id, "follow-up")
    asked = anna.get(url("new_plan", case_id)).content.decode()
    for effect in (
        "gäller tills den nya är låst",
        "följs den upp som förut",
        "kallelse till planering",
        "osignerad",
    ):
        assert effect in asked
    assert f.facts_of(case_id).round_number == 1
    answer = anna.post(url("new_plan", case_id))
    assert answer.url == url("part", case_id, "summons")
    assert f.facts_of(case_id).round_number == 2


@pytest.mark.requirement("V-70", "V-04")
def test_it_needs_a_locked_plan_and_the_right_to_initiate(county: f.County) -> None:
    case_id = s.signed_plan(county)
    anna, cecilia = browser(county.anna), browser(county.cecilia)
    assert "Kan påbörjas när planen är låst." in anna.post(url("new_plan", case_id)).content.decode()
    s.lock_plan(case_id, county.anna)
    told = cecilia.post(url("new_plan", case_id)).content.decode()
    assert "inte initiera" in told
    assert "En kollega som får initiera kan göra det." in told
    assert f.facts_of(case_id).round_number == 1
    browser(county.david).post(url("new_plan", case_id))
    assert f.facts_of(case_id).round_number == 2


@pytest.mark.requirement("V-70")
def test_one_new_plan_is_made_at_a_time(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    assert "En ny plan är redan påbörjad." in anna.post(url("new_plan", case_id)).content.decode()
    assert f.facts_of(case_id).round_number == 2
    assert "Ny plan:</strong> En ny plan är redan påbörjad." in page(anna, case_id, "follow-up")


@pytest.mark.requirement("V-70")
def test_the_lock_waits_for_an_open_follow_up_of_the_plan_it_replaces(county: f.County) -> None:
    case_id = s.renewed_plan(county)
    anna = browser(county.anna)
    anna.post(url("follow_up_activate", case_id))
    version = {"version": str(s.version_of(case_id, Part.PLAN))}
    assert (
        "En uppföljning av planen som gäller nu är öppen."
        in anna.post(url("lock", case_id), version).content.decode()
    )
    assert f.facts_of(case_id).valid_plan.ordinal == 1
    s.report(case_id, county.anna, 0, ReportStatus.DONE)
    s.lock_follow_up(case_id, county.anna)
    anna.post(url("lock", case_id), version)
    assert f.facts_of(case_id).valid_plan.ordinal == 2


@pytest.mark.requirement("V-70")
def test_an_evaluation_that_is_begun_stands_in_the_way(county: f.County) -> None:
    case_id = s.open_evaluation(county)
    anna = browser(county.anna)
    assert "Makulera utvärderingen först." in anna.post(url("new_plan", case_id)).content.decode()
    assert f.facts_of(case_id).round_number == 1


@pytest.mark.requirement("V-70", "V-71", "V-72")
def test_the_old_plan_holds_until_the_new_one_is_locked(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    at = clock.now()
    due_on = add_working_days(clock.today(at), 10)
    schedule_follow_up(actor=f.actor(county.anna), case_id=case_id, due_on=due_on, at=at)
    first = f.facts_of(case_id).valid_plan
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    facts = f.facts_of(case_id)
    assert facts.valid_plan == first
    assert facts.follow_up_due_on == due_on, "it is followed up until it is replaced"
    assert part_views(facts, county.home_care.pk)[Part.FOLLOW_UP].status == StepStatus.LOCKED
    for part in (Part.PLAN, Part.FOLLOW_UP):
        assert part_views(facts, county.social.pk)[part].status == StepStatus.LOCKED
    summons = f.send_a_summons(case_id, county.anna, [county.health_centre, county.social])
    f.answer(case_id, summons, county.david, Answer.ACKNOWLEDGED)
    s.begin_plan(case_id, county.anna)
    said = plan_of(s.edition_of(case_id, Part.PLAN))
    assert [a.text for goal in said.standing_goals for a in goal.standing] == list(s.ACTIVITIES)
    assert f.facts_of(case_id).standing(Part.PLAN).valid_version is None, "unsigned"
    s.complete_new_plan(case_id, county.anna)
    s.sign_plan(case_id, county.anna)
    assert f.facts_of(case_id).valid_plan == first
    s.lock_plan(case_id, county.anna)
    facts = f.facts_of(case_id)
    assert facts.follow_up_due_on is None, "of the new plan it is decided anew"
    assert facts.standing(Part.FOLLOW_UP) is None
    assert facts.document(first.id).replaced_version.status == VersionStatus.REPLACED
    assert facts.valid_plan.round_number == 2
    anna.post(url("follow_up_activate", case_id))
    assert len(s.reports(case_id)) == 3
    assert "Hör till en tidigare plan" in page(anna, case_id, "follow-up"), (
        "the follow-up of the earlier plan is read"
    )


@pytest.mark.requirement("V-71")
def test_those_who_were_summoned_before_are_proposed_again(county: f.County) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    anna.post(url("new_plan", case_id))
    summons = page(anna, case_id, "summons")
    for unit in (county.health_centre, county.social):
        assert f'name="recipient" value="{unit.pk}"' in summons


@pytest.mark.requirement("V-04", "V-70")
def test_the_page_says_what_the_rule_says(county: f.County) -> None:
    case_id = s.locked_plan(county)
    refusal = new_plan_refusal(f.facts_of(case_id), f.actor(county.cecilia))
    assert refusal is not None
    for slug in ("follow-up", "plan"):
        assert str(refusal.message) in page(browser(county.cecilia), case_id, slug)
        assert url("new_plan", case_id) not in page(browser(county.cecilia), case_id, slug)


@pytest.mark.requirement("V-70", "V-95", "V-72")
def test_the_old_plan_may_cease_to_hold_before_the_new_one_is_locked(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    first = f.facts_of(case_id).valid_plan
    read_at = url("history_version", case_id, first.locked_version.id)
    anna, david = browser(county.anna), browser(county.david)
    anna.post(url("new_plan", case_id))
    void = f"{url('void_plan', case_id)}?plan={first.id}"
    assert void in anna.get(read_at).content.decode()
    assert void not in david.get(read_at).content.decode()
    reason = anna.get(void).context["form"].fields["reason"].choices[0][0]
    david.post(url("void_plan", case_id), {"plan": str(first.id), "reason": reason})
    assert f.facts_of(case_id).valid_plan == first
    anna.post(url("void_plan", case_id), {"plan": str(first.id), "reason": reason})
    facts = f.facts_of(case_id)
    assert facts.valid_plan is None
    assert [d.voided for d in facts.documents if d.kind in {Part.PLAN, Part.FOLLOW_UP}] == [True, True]
    told = david.get(read_at).content.decode()
    assert "Makulerad" in told
    assert reason in told
    assert "gäller tills den nya är låst" not in page(anna, case_id, "plan")
    assert "Kan påbörjas när planen är låst." in page(anna, case_id, "follow-up"), "no plan holds"
    anna.post(url("follow_up_activate", case_id))
    assert f.facts_of(case_id).standing(Part.FOLLOW_UP) is None


@pytest.mark.requirement("V-72")
def test_a_replaced_plan_is_history_and_is_not_voided(county: f.County) -> None:
    case_id = s.locked_plan(county)
    first = f.facts_of(case_id).valid_plan
    anna = browser(county.anna)
    s.signed_new_plan(county, case_id)
    s.lock_plan(case_id, county.anna)
    refused = anna.post(url("void_plan", case_id), {"plan": str(first.id), "reason": "Fel på datum"})
    assert "En nyare plan har ersatt den." in refused.content.decode()
    assert not f.facts_of(case_id).document(first.id).voided


@pytest.mark.requirement("V-72")
def test_the_history_lists_all_earlier_plans_by_their_dates_and_each_says_why_it_is_earlier(
    county: f.County,
) -> None:
    case_id = s.locked_plan(county)
    anna = browser(county.anna)
    s.signed_new_plan(county, case_id)
    anna.post(url("void_plan", case_id), {"reason": "Fel på datum", "words": ""})
    s.begin_plan(case_id, county.anna)
    s.complete_new_plan(case_id, county.anna)
    s.sign_plan(case_id, county.anna)
    s.lock_plan(case_id, county.anna)
    earlier = anna.get(url("history", case_id)).context["earlier"]
    by_name = {line.label.split(",")[0]: line for line in earlier}
    assert list(by_name) == ["Plan 2", "Plan 1"]
    assert [line.status for line in earlier] == ["VOIDED", "REPLACED"]
    shown = anna.get(url("history", case_id)).content.decode()
    day = clock.shown_date(clock.today(clock.now()), at=clock.now())
    for line, dates, why in (
        (by_name["Plan 2"], f"makulerad {day}", "Fel på datum"),
        (by_name["Plan 1"], f"låst {day}, ersatt {day}", "Ersatt av ny plan"),
    ):
        assert dates in shown
        told = anna.get(line.url).content.decode()
        assert "Det här är inte planen som ni arbetar med nu" in told
        assert why in told
        assert s.ACTIVITIES[0] in told


@pytest.mark.requirement("V-70", "V-72")
def test_each_version_of_the_history_says_why_it_is_not_worked_with_now(county: f.County) -> None:
    case_id = s.signed_plan(county)
    edit_plan(actor=f.actor(county.anna), case_id=case_id, at=clock.now())
    s.sign_plan(case_id, county.anna)
    s.lock_plan(case_id, county.anna)
    s.signed_new_plan(county, case_id)
    anna = browser(county.anna)
    while_renewing = anna.get(url("history", case_id)).content.decode()
    assert while_renewing.count("En senare version är signerad") == 1
    assert while_renewing.count("Gäller tills den nya planen är låst") == 1
    s.lock_plan(case_id, county.anna)
    shown = anna.get(url("history", case_id))
    day = clock.shown_date(clock.today(clock.now()), at=clock.now())
    told = [
        (line.label[:17], line.status, line.why) for plan in shown.context["plans"] for line in plan.versions
    ]
    assert told == [
        ("Plan 2, version 1", "LOCKED", ""),
        ("Plan 1, version 2", "REPLACED", f"Ersatt av ny plan {day}"),
        ("Plan 1, version 1", "REPLACED", "En senare version är signerad"),
    ]
    text = shown.content.decode()
    for label, _status, why in told:
        assert label in text
        assert why in text


@pytest.mark.requirement("V-70", "V-21")
def test_a_draft_that_cannot_be_sent_now_is_kept_and_can_be_thrown_away(county: f.County) -> None:
    case_id = s.locked_follow_up(county)
    s.new_plan(case_id, county.anna)
    message_id = save_summons(
        actor=f.actor(county.anna), case_id=case_id, part=Part.SUMMONS, message_id=None, version=0,
        chosen=f.to_units(county.social), text=f.a_meeting(), at=clock.now(),
    )  # fmt: skip
    s.begin_evaluation(case_id, county.anna)
    anna = browser(county.anna)
    shown = page(anna, case_id, "summons")
    assert "Planen utvärderas. Makulera utvärderingen först." in shown
    assert "Granska och skicka" not in shown
    assert url("discard", case_id, "summons") in shown
    row = UnitCase.objects.get(case_id=case_id, unit=county.home_care)
    assert Symbol.loaded(row.symbols["SUMMONS"]).status == StepStatus.DRAFT
    assert row.next_step["code"] != "finish_draft"
    anna.post(url("discard", case_id, "summons"), {"message_id": str(message_id)})
    assert f.facts_of(case_id).draft_at(Part.SUMMONS, county.home_care.pk) is None
    assert "Släng utkastet" not in page(anna, case_id, "summons")


@pytest.mark.requirement("V-41", "V-21", "K-04")
def test_a_draft_beside_what_another_unit_has_sent_is_shown_to_its_own_unit_alone(county: f.County) -> None:
    case_id = f.accepted_case(county)
    message_id = save_summons(
        actor=f.actor(county.anna), case_id=case_id, part=Part.SUMMONS, message_id=None, version=0,
        chosen=f.to_units(county.social), text=f.a_meeting(place="Hemma hos Karl-Erik"), at=clock.now(),
    )  # fmt: skip
    f.send_a_summons(case_id, county.david, [county.home_care, county.social])
    shown = page(browser(county.anna), case_id, "summons")
    assert "Vårdcentralen Linden, rum 4" in shown
    assert "Er enhets utkast" in shown
    assert "Hemma hos Karl-Erik" in shown
    assert url("discard", case_id, "summons") in shown
    assert "Hemma hos Karl-Erik" not in page(browser(county.david), case_id, "summons")
    olle = browser(county.olle)
    assert url("discard", case_id, "summons") not in page(olle, case_id, "summons"), "he may not write one"
    assert (
        "Du får besvara en SIP men inte initiera."
        in olle.get(url("discard", case_id, "summons")).content.decode()
    )
    olle.post(url("discard", case_id, "summons"), {"message_id": str(message_id)})
    assert f.facts_of(case_id).draft_at(Part.SUMMONS, county.home_care.pk) is not None
    browser(county.anna).post(url("discard", case_id, "summons"), {"message_id": str(message_id)})
    assert f.facts_of(case_id).draft_at(Part.SUMMONS, county.home_care.pk) is None
