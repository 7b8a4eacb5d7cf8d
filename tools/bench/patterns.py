"""A handful of real cases, brought along by the commands that users reach; `copying` makes many of each."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from samordna.assignments.models import Assignment
from samordna.assignments.tests.factories import worker
from samordna.kernel import clock
from samordna.messaging.states import Answer
from samordna.organisations.models import Organisation
from samordna.printouts.commands import render_due
from samordna.sip.initiative import commands as initiative
from samordna.sip.plan.commands import plan
from samordna.sip.plan.commands.goals import ActivityText, Responsible, add_activity
from samordna.sip.prints import PRINTS
from samordna.sip.tests import factories as made
from samordna.sip.tests import plans, stages
from samordna.sip.tests.factories import County

GOALS, ACTIVITIES, MESSAGES = 4, 3, 8
TEXT = (
    "Vi har talat med varandra om hur veckorna ser ut och vad som behöver bli annorlunda. Det som fungerar bäst är "
    "lugna förmiddagar med samma person, och att någon ringer dagen innan när något ändras."
)


@dataclass(frozen=True)
class Patterns:
    """Cases by how far they have come. All belong to `county`, whose units are copied too."""

    county: County
    drafted: UUID
    waiting: UUID
    summoned: UUID
    written: UUID
    signed: UUID
    locked: UUID
    ended: UUID

    @property
    def ongoing(self) -> tuple[UUID, ...]:
        """What a unit's list holds: every stage but the last."""
        return (self.drafted, self.waiting, self.summoned, self.written, self.signed, self.locked)


def make_patterns() -> Patterns:
    """The county with one case of each kind."""
    county = made.county()
    patterns = Patterns(
        county=county,
        drafted=_drafted(county),
        waiting=made.sent_initiative(county, *_three(county))[0],
        summoned=_summoned(county),
        written=_written(county),
        signed=_signed(county),
        locked=_locked(county),
        ended=_ended(county),
    )
    render_due(PRINTS, at=clock.now(), limit=50)
    return patterns


def newcomer(unit_id: int) -> Assignment:
    """Somebody at a copied unit, with the same right as the one it is a copy of."""
    return worker(Organisation.objects.get(pk=unit_id), name="Wilma Ask", title="enhetschef")


def _three(county: County) -> list[Organisation]:
    return [county.health_centre, county.social, county.psychiatry]


def _drafted(county: County) -> UUID:
    """An initiative to three units, written but not sent; consent is chosen in it."""
    case_id: UUID = made.new_case(county.anna)
    by = made.actor(county.anna)
    consent = {"giver": "SELF", "giver_name": "", "how": "ORAL", "scope": "SIP", "until_on": ""}
    initiative.save_initiative(
        actor=by,
        case_id=case_id,
        message_id=None,
        version=0,
        chosen=made.to_units(*_three(county)),
        text=replace(made.INITIATIVE, reason=TEXT, consent=consent),
        at=clock.now(),
    )
    return case_id


def _summoned(county: County) -> UUID:
    case_id = _accepted(county)
    made.send_a_summons(case_id, county.anna, _three(county))
    return case_id


def _accepted(county: County) -> UUID:
    case_id: UUID
    case_id, message_id = made.sent_initiative(county, *_three(county))
    for who in (county.david, county.cecilia, county.eva):
        made.answer(case_id, message_id, who, Answer.ACCEPTED)
    return case_id


def _written(county: County) -> UUID:
    """A plan ready to be signed, after a summons that all have acknowledged and some messages."""
    case_id = _accepted(county)
    message_id = made.send_a_summons(case_id, county.anna, _three(county))
    for who in (county.david, county.cecilia, county.eva):
        made.answer(case_id, message_id, who, Answer.ACKNOWLEDGED)
    for _number in range(MESSAGES):
        made.send_information(case_id, county.anna, made.to_units(*_three(county)), TEXT)
    _write_plan(case_id, county)
    return case_id


def _write_plan(case_id: UUID, county: County) -> None:
    by, at = made.actor(county.anna), clock.now()
    stages.begin_plan(case_id, county.anna)
    present = {county.home_care.pk: county.anna, county.health_centre.pk: county.david}
    plans.state_everybody(case_id, county.anna, present)
    principal = min(plan.principal_choices(made.facts_of(case_id)))
    law = plan.LawText(clock.today(at), TEXT, TEXT, principal, True)
    plan.save_law(actor=by, case_id=case_id, version=1, text=law, at=at)
    lines = plans.open_rows(case_id).standing_participants
    answering = Responsible(next(line.lineage for line in lines if line.user_id))
    for _goal in range(GOALS):
        goal = plans.a_goal(case_id, county.anna, TEXT, answering)
        for number in range(ACTIVITIES):
            done_on = clock.today(at) + timedelta(days=30) if number else None
            activity = ActivityText(TEXT, answering, done_on)
            add_activity(actor=by, case_id=case_id, goal_lineage=goal, activity=activity, at=at)


def _signed(county: County) -> UUID:
    case_id = _written(county)
    stages.sign_plan(case_id, county.anna)
    return case_id


def _locked(county: County) -> UUID:
    case_id = _signed(county)
    stages.lock_plan(case_id, county.anna)
    return case_id


def _ended(county: County) -> UUID:
    case_id = _locked(county)
    stages.print_plan(case_id, county.anna)
    stages.end_case(case_id, county.anna)
    return case_id
