"""The SIP as one value: its parts in order, its words, rules and steps, handed to casework."""

from samordna.casework.file.steps.messages import message_view
from samordna.casework.file.steps.view import PartView, Viewer
from samordna.casework.process import Process
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refusal
from samordna.sip import reading
from samordna.sip.columns import COLUMNS
from samordna.sip.documents import DOCUMENTS
from samordna.sip.evaluation.steps import evaluation_view
from samordna.sip.events import EVENTS
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up.steps import follow_up_view
from samordna.sip.messages import EVALUATION_SUMMONS, INFORMATION, INITIATIVE, MESSAGES, SUMMONS
from samordna.sip.next_step import step_refusal
from samordna.sip.plan.steps import plan_view
from samordna.sip.requirements import begin_refusal
from samordna.sip.sbar.steps import sbar_view
from samordna.sip.sentences import SENTENCES
from samordna.sip.states import PHASES, Beginning, Part
from samordna.sip.words import ASKED_WITH, END_REASONS, HEADING, PART_LABELS, PART_SLUGS, PHASE_LABELS

# Raised when a row says something else of the same case: what is stored by an earlier number is computed anew.
STEPS_VERSION = 8
# What the coordinator does next, as it is told to the others; what she alone is asked for is not told.
TOLD_TO_OTHERS = frozenset(
    {
        "new_initiative",
        "recipient",
        "closed_unit",
        "one_more_summons",
        "telling",
        "send_summons",
        "write_plan",
        "complete_plan",
        "print_plan",
        "set_follow_up",
        "begin_follow_up",
        "decide_next",
        "write_evaluation",
    }
)
# The steps that are others' too, or named after what only the one who takes them knows.
AS_OTHERS_SAY = {
    "follow_up": "begin_follow_up",
    "initiative_anew": "new_initiative",
    "summons_anew": "send_summons",
    "handle_denial": "recipient",
    "find_recipient": "recipient",
    "handle_closed": "closed_unit",
    "call_too": "one_more_summons",
    "tell_external": "telling",
}


def part_views(facts: SipFacts, viewer: Viewer) -> dict[str, PartView]:
    """Every part as a unit in the whole case sees it, in the order of the process; SBAR where it is used or was."""
    views: dict[str, PartView] = {Part.INITIATIVE: message_view(facts, INITIATIVE, viewer)}
    if facts.settings.sbar_enabled or facts.holds_sbar:
        views[Part.SBAR] = sbar_view(facts, viewer)
    return views | {
        Part.SUMMONS: message_view(facts, SUMMONS, viewer),
        Part.PLAN: plan_view(facts, viewer),
        Part.FOLLOW_UP: follow_up_view(facts, viewer),
        Part.EVALUATION_SUMMONS: message_view(facts, EVALUATION_SUMMONS, viewer),
        Part.EVALUATION: evaluation_view(facts, viewer),
        Part.INFORMATION: message_view(facts, INFORMATION, viewer),
    }


def part_begin_refusal(facts: SipFacts, part: str) -> Refusal | None:
    """Why a part cannot begin yet (V-04)."""
    return begin_refusal(facts, Beginning(part))


SIP: Process[SipFacts] = Process(
    module=Module.SIP,
    name="SIP",
    heading=HEADING,
    namespace="sip",
    steps_version=STEPS_VERSION,
    parts=tuple(Part),
    phases=tuple((PHASE_LABELS[phase], parts) for phase, parts in PHASES.items()),
    labels={part.value: label for part, label in PART_LABELS.items()},
    slugs={part.value: slug for part, slug in PART_SLUGS.items()},
    columns=COLUMNS,
    messages=MESSAGES,
    events=EVENTS,
    documents=DOCUMENTS,
    asked_by=Part.INITIATIVE,
    asked_with=ASKED_WITH,
    rows=reading.ROWS,
    facts=reading.facts,
    settings=reading.settings,
    begin_refusal=part_begin_refusal,
    step_refusal=step_refusal,
    views=part_views,
    told_to_others=TOLD_TO_OTHERS,
    as_others_say=AS_OTHERS_SAY,
    sentences=SENTENCES,
    end_reasons=END_REASONS,
    marks_news=frozenset({Part.PLAN, Part.FOLLOW_UP, Part.EVALUATION}),
)
