"""A new plan and the evaluation of the one that holds: in every state that the rules let users reach, what list, page
and banner tell a unit to do is what the rules let it do (V-21, V-70, V-73, V-81)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from samordna.assignments.models import Assignment
from samordna.cases.models import UnitCase
from samordna.casework.file.steps.rows import next_of, part_views
from samordna.casework.messages.commands.voiding import void_message
from samordna.kernel import clock
from samordna.kernel.refusal import Refused
from samordna.sip.evaluation.commands import void_evaluation
from samordna.sip.follow_up.commands import open_follow_up
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.next_step import step_refusal
from samordna.sip.plan.commands.plan import void_plan
from samordna.sip.process import SIP
from samordna.sip.queries import open_sip, sip_for_rebuild
from samordna.sip.states import Part
from samordna.sip.summons.commands import save_summons
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once("sqlite"),
    pytest.mark.requirement("V-21", "V-70", "V-73", "V-81"),
]
Act = Callable[[f.County, UUID], object]
WHY = "Fel på datum"


class Unready(Exception):
    """A user does not find what the act is done to."""


def _summons(part: Part) -> Act:
    return lambda county, case_id: f.send_a_summons(
        case_id, county.anna, [county.health_centre, county.social], part=part
    )


def _draft(part: Part) -> Act:
    """The health centre begins a summons that another unit is going to send."""

    def save(county: f.County, case_id: UUID) -> None:
        save_summons(
            actor=f.actor(county.david), case_id=case_id, part=part, message_id=None, version=0,
            chosen=f.to_units(county.social), text=f.a_meeting(), at=clock.now(),
        )  # fmt: skip

    return save


def _void_summons(county: f.County, case_id: UUID) -> None:
    message = sip_for_rebuild(case_id).sent(Part.SUMMONS)
    if message is None:
        raise Unready
    void_message(
        process=SIP,
        actor=f.actor(county.anna),
        case_id=case_id,
        message_id=message.id,
        reason=WHY,
        at=clock.now(),
    )


def _sign(county: f.County, case_id: UUID) -> None:
    s.complete_new_plan(case_id, county.anna)
    s.sign_plan(case_id, county.anna)


def _void_plan(county: f.County, case_id: UUID) -> None:
    void_plan(actor=f.actor(county.anna), case_id=case_id, reason=WHY, at=clock.now())


def _follow_up_again(county: f.County, case_id: UUID) -> None:
    """The follow-up of the plan that holds is open, with something left to report."""
    open_follow_up(actor=f.actor(county.anna), case_id=case_id, at=clock.now())


def _report_all(county: f.County, case_id: UUID) -> None:
    if sip_for_rebuild(case_id).follow_up_progress.total == 0:
        raise Unready
    for number, line in enumerate(s.reports(case_id)):
        if not line.closed:
            s.report(case_id, county.anna, number, ReportStatus.ONGOING)


def _lock_follow_up(county: f.County, case_id: UUID) -> None:
    if sip_for_rebuild(case_id).follow_up_progress.total == 0:
        raise Unready
    s.lock_follow_up(case_id, county.anna)


def _signed_evaluation(county: f.County, case_id: UUID) -> None:
    if sip_for_rebuild(case_id).standing(Part.EVALUATION) is None:
        raise Unready
    s.write_evaluation(case_id, county.anna)
    s.sign_evaluation(case_id, county.anna)


def _void_evaluation(county: f.County, case_id: UUID) -> None:
    void_evaluation(actor=f.actor(county.anna), case_id=case_id, reason=WHY, at=clock.now())


# Each way is walked as far as the rules let one, and the other between any two of its steps.
NEW_PLAN: tuple[tuple[str, Act], ...] = (
    ("new plan", lambda county, case_id: s.new_plan(case_id, county.anna)),
    ("summons written", _draft(Part.SUMMONS)),
    ("summons sent", _summons(Part.SUMMONS)),
    ("plan begun", lambda county, case_id: s.begin_plan(case_id, county.anna)),
    ("plan signed", _sign),
    ("plan voided", _void_plan),
    ("summons voided", _void_summons),
)
EVALUATION: tuple[tuple[str, Act], ...] = (
    ("follow-up opened", _follow_up_again),
    ("all reported", _report_all),
    ("follow-up locked", _lock_follow_up),
    ("summons to evaluation written", _draft(Part.EVALUATION_SUMMONS)),
    ("summoned to evaluation", _summons(Part.EVALUATION_SUMMONS)),
    ("evaluation begun", lambda county, case_id: s.begin_evaluation(case_id, county.anna)),
    ("evaluation signed", _signed_evaluation),
    ("evaluation voided", _void_evaluation),
)


def _done(act: Act, county: f.County, case_id: UUID) -> bool:
    try:
        with transaction.atomic():
            act(county, case_id)
    except (Refused, Unready):
        return False
    return True


def states(county: f.County, case_id: UUID) -> Iterator[str]:
    """Every state that the two ways lead to: one, with the other walked beside each of its steps."""
    for number in range(len(NEW_PLAN) + 1):
        with transaction.atomic():
            if all(_done(act, county, case_id) for _name, act in NEW_PLAN[:number]):
                at = NEW_PLAN[number - 1][0] if number else "no new plan"
                yield at
                for name, act in EVALUATION:
                    if _done(act, county, case_id):
                        yield f"{at}, {name}"
            transaction.set_rollback(True)


def told(who: Assignment, case_id: UUID) -> Iterator[str]:
    """What a unit is told to do in each part, now or after the meetings, and the rules refuse: nothing."""
    facts, actor = sip_for_rebuild(case_id), f.actor(who)
    for at in (clock.now(), clock.now() + timedelta(days=20)):
        for part, view in part_views(facts, actor.unit_id, at).items():
            ahead = view.symbol.acts_from is not None and view.symbol.acts_from > at
            if (view.task and not ahead) or view.next_step.code == "finish_draft":
                refusal = step_refusal(facts, actor, view.next_step, at)
                if refusal is not None:
                    yield f"{part} {view.next_step.code}: {refusal.code}"


def listed(who: Assignment, case_id: UUID) -> Iterator[str]:
    """The row that is stored says what is next as the page finds it, of what the unit may see."""
    at, actor = clock.now(), f.actor(who)
    facts = open_sip(actor, case_id)
    step = next_of(facts, actor.unit_id, part_views(facts, actor.unit_id, at), at).next_step
    row = UnitCase.objects.get(case_id=case_id, unit_id=who.unit_id)
    if row.next_step != step.stored():
        yield f"{step} is not what the list says: {row.next_step}"


def shown(client: Client, case_id: UUID) -> Iterator[str]:
    """The list says what the page's banner says, in words."""
    now = client.get(reverse("sip:case", args=[case_id]), follow=True).context["frame_case"].now
    if str(now["text"]) not in client.get(reverse("overview:sip")).content.decode():
        yield f"{now['text']!s} is not in the list"


def test_in_every_state_list_banner_and_rules_say_the_same() -> None:
    county = f.county()
    case_id = s.locked_follow_up(county)
    s.print_plan(case_id, county.anna)
    clients = [at_work(who) for who in (county.anna, county.david)]
    wrong, seen = [], []
    for state in states(county, case_id):
        seen.append(state)
        for who in (county.anna, county.david):
            wrong += [f"{state}: {what}" for what in (*told(who, case_id), *listed(who, case_id))]
        if "," not in state or state.endswith("evaluation begun"):
            wrong += [f"{state}: {what}" for client in clients for what in shown(client, case_id)]
    assert not wrong, "\n".join(wrong)
    # Nobody evaluates beside a plan that is written, and no plan is begun beside an evaluation.
    assert {
        "summons sent, evaluation signed",
        "plan voided, evaluation begun",
        "plan signed, all reported",
    } <= set(seen)
    assert not [state for state in seen if state.startswith(("plan begun, ev", "plan signed, ev"))]
