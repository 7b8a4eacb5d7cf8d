"""The discharge as one value: its parts in order, its words, rules and steps, handed to casework."""

from samordna.casework.file.steps.messages import message_view
from samordna.casework.file.steps.view import PartView, Viewer
from samordna.casework.process import Process
from samordna.discharge import reading
from samordna.discharge.events import EVENTS
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.messages import ADMISSION, MESSAGES, READY
from samordna.discharge.next_step import step_refusal
from samordna.discharge.requirements import begin_refusal
from samordna.discharge.sentences import SENTENCES
from samordna.discharge.states import PHASES, Part
from samordna.discharge.words import (
    ASKED_WITH,
    COLUMNS,
    HEADING,
    NAME,
    PART_LABELS,
    PART_SLUGS,
    PHASE_LABELS,
)
from samordna.kernel.module import Module

# Raised when a row says something else of the same case: what is stored by an earlier number is computed anew.
STEPS_VERSION = 1


def part_views(facts: DischargeFacts, viewer: Viewer) -> dict[str, PartView]:
    """Every part as a unit in the whole case sees it, in the order of the process."""
    return {
        Part.ADMISSION: message_view(facts, ADMISSION, viewer),
        Part.READY: message_view(facts, READY, viewer),
    }


DISCHARGE: Process[DischargeFacts] = Process(
    module=Module.SPU,
    name=NAME,
    heading=HEADING,
    namespace="discharge",
    steps_version=STEPS_VERSION,
    parts=tuple(Part),
    phases=tuple((PHASE_LABELS[phase], parts) for phase, parts in PHASES.items()),
    labels={part.value: label for part, label in PART_LABELS.items()},
    slugs={part.value: slug for part, slug in PART_SLUGS.items()},
    columns=COLUMNS,
    messages=MESSAGES,
    events=EVENTS,
    documents={},
    asked_by=Part.ADMISSION,
    asked_with=ASKED_WITH,
    rows=reading.ROWS,
    facts=reading.facts,
    settings=reading.settings,
    begin_refusal=begin_refusal,
    step_refusal=step_refusal,
    views=part_views,
    told_to_others=frozenset({"send_admission", "send_ready"}),
    as_others_say={"admission_anew": "send_admission", "ready_anew": "send_ready"},
    sentences=SENTENCES,
)
