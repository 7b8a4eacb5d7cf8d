"""Ending a case from wherever it stands (V-83); voiding each part with a reason, after which it is made anew (V-95)."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samordna.cases.models import Case
from samordna.cases.states import CaseStatus, EndReason
from samordna.casework.case.commands.case import end_case
from samordna.casework.case.forms.case import CHOSEN_REASONS
from samordna.casework.messages.commands.voiding import void_message
from samordna.kernel import clock
from samordna.kernel.refusal import Refused
from samordna.sip.evaluation.commands import void_evaluation
from samordna.sip.follow_up.commands import void_follow_up
from samordna.sip.plan.commands.plan import void_plan
from samordna.sip.process import SIP
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.requirements import begin_refusal
from samordna.sip.states import Beginning, Part
from samordna.sip.tests import factories as f
from samordna.sip.tests import stages as s
from samordna.sip.tests.message_pages import at_work

pytestmark = pytest.mark.django_db


def _begun(county: f.County) -> UUID:
    return f.new_case(county.anna)


def _asked(county: f.County) -> UUID:
    return f.sent_initiative(county)[0]


def _renewing(county: f.County) -> UUID:
    return s.renewed_plan(county)


STAGES = [
    _begun,
    _asked,
    f.accepted_case,
    f.summoned_case,
    s.signed_plan,
    s.open_follow_up,
    _renewing,
    s.signed_evaluation,
]
REASONS = [reason for reason, _words in CHOSEN_REASONS]


@pytest.mark.requirement("V-83")
@pytest.mark.parametrize("number", range(len(STAGES)), ids=[stage.__name__.strip("_") for stage in STAGES])
def test_wherever_it_stands_the_coordinator_ends_it_with_any_reason_and_nobody_is_blocked(
    number: int,
) -> None:
    county = f.county()
    case_id, reason = STAGES[number](county), EndReason(REASONS[number % len(REASONS)])
    person_id, anna = Case.objects.get(pk=case_id).person_id, at_work(county.anna)
    address = reverse("sip:end", args=[case_id])
    assert address in anna.get(reverse("sip:case", args=[case_id]), follow=True).content.decode()
    assert anna.post(address, {"reason": "", "comment": ""}).context["form"].errors["reason"]
    anna.post(address, {"reason": reason, "comment": "Enligt samtal"})
    over = Case.objects.get(pk=case_id)
    assert over.status == (CaseStatus.VOIDED if reason == EndReason.WRONG_PERSON else CaseStatus.ENDED)
    assert (over.end_reason, over.end_comment) == (reason, "Enligt samtal")
    f.new_case(county.david, person_id=person_id)


@pytest.mark.requirement("V-83")
def test_another_reason_is_told_in_words() -> None:
    county = f.county()
    case_id, anna = f.accepted_case(county), at_work(county.anna)
    typed = {"reason": EndReason.OTHER, "comment": " "}
    assert anna.post(reverse("sip:end", args=[case_id]), typed).context["form"].errors["comment"]
    assert Case.objects.get(pk=case_id).status == CaseStatus.ACTIVE


def test_all_reasons_are_tried() -> None:
    assert len(STAGES) >= len(REASONS) > 3


def _everything(county: f.County) -> UUID:
    """A case in which each part stands, the evaluation with a summons and signed."""
    case_id = s.locked_follow_up(county)
    f.send_a_summons(case_id, county.anna, [county.health_centre], part=Part.EVALUATION_SUMMONS)
    f.send_information(case_id, county.anna, f.to_units(county.health_centre))
    s.begin_evaluation(case_id, county.anna)
    s.write_evaluation(case_id, county.anna)
    s.sign_evaluation(case_id, county.anna)
    return case_id


VOIDS = {Part.PLAN: "void_plan", Part.FOLLOW_UP: "follow_up_void", Part.EVALUATION: "evaluation_void"}


def _address(case_id: UUID, part: Part) -> str:
    if part not in SIP.messages:
        return reverse(f"sip:{VOIDS[part]}", args=[case_id])
    return reverse("sip:void_message", args=[case_id, sip_for_rebuild(case_id).messages_of(part)[-1].id])


def _stands(case_id: UUID, part: Part) -> bool:
    facts = sip_for_rebuild(case_id)
    return (facts.sent(part) if part in SIP.messages else facts.standing(part)) is not None


def _voids(client: Client, case_id: UUID, part: Part, **why: str) -> bool:
    client.post(_address(case_id, part), {"reason": "", "words": "", **why})
    return not _stands(case_id, part)


@pytest.mark.requirement("V-95")
@pytest.mark.parametrize("part", [part for part in Part if part != Part.SBAR])
def test_each_part_is_voided_by_the_coordinator_alone_with_a_reason_and_can_be_made_anew(part: Part) -> None:
    county = f.county()
    case_id = _everything(county)
    anna, david = at_work(county.anna), at_work(county.david)
    if part == Part.PLAN:
        assert _voids(anna, case_id, Part.EVALUATION, words="Först den")
    offered = anna.get(_address(case_id, part)).context["form"].fields["reason"].choices
    assert {"På den enskildes begäran", "Fel på datum"} <= {label for _value, label in offered}
    assert not _voids(david, case_id, part, reason="Fel på datum")
    assert not _voids(anna, case_id, part)
    assert _voids(anna, case_id, part, reason="Fel på datum")
    assert part != Part.PLAN or not _stands(case_id, Part.FOLLOW_UP), "its follow-up goes with it"
    slug = {"PLAN": "plan", "FOLLOW_UP": "follow-up", "EVALUATION": "evaluation"}.get(part, "")
    if slug:
        assert "Fel på datum" in david.get(reverse("sip:part", args=[case_id, slug])).content.decode()
    # Nobody is called to a new planning while the plan that holds is evaluated; only a locked plan is followed up.
    if part == Part.SUMMONS:
        assert _voids(anna, case_id, Part.EVALUATION, words="Planeras om")
    if part != Part.FOLLOW_UP or sip_for_rebuild(case_id).valid_plan:
        assert begin_refusal(sip_for_rebuild(case_id), Beginning(part.value)) is None


@pytest.mark.requirement("V-83", "V-95")
def test_nothing_is_ended_or_voided_without_a_reason_whatever_page_asks() -> None:
    """The pages refuse it themselves; a page to come need not."""
    county = f.county()
    case_id = _everything(county)
    message_id = f.facts_of(case_id).messages_of(Part.INITIATIVE)[-1].id
    asked = {"actor": f.actor(county.anna), "case_id": case_id, "reason": "", "at": clock.now()}
    acts: dict[str, Callable[[], object]] = {
        "case": partial(end_case, process=SIP, comment="", **asked),
        "message": partial(void_message, process=SIP, message_id=message_id, **asked),
        "plan": partial(void_plan, **asked),
        "follow-up": partial(void_follow_up, **asked),
        "evaluation": partial(void_evaluation, **asked),
    }
    refused = {}
    for name, act in acts.items():
        with pytest.raises(Refused) as told:
            act()
        refused[name] = told.value.refusal.field
    assert refused == dict.fromkeys(acts, "reason")
