"""Whether a user may take a step that is about a message, by the step's code: the same rules as the commands ask."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from samordna.casework.file.facts import CaseWork
from samordna.casework.file.rules import answer_refusal, participant_refusal
from samordna.casework.messages.rules.messages import change_recipients_refusal, write_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal

Rule = Callable[[Any, Actor, str], Refusal | None]


def message_rules(kinds: Iterable[str], written_by: Iterable[str]) -> Mapping[str, Rule]:
    """The rule of each step about messages of these kinds. `written_by` are the steps by which one is written."""
    return {
        **{f"answer_{kind.lower()}": _answer for kind in kinds},
        "tell_external": _tell,
        "handle_denial": _more_recipients,
        "handle_closed": _more_recipients,
        "call_too": _more_recipients,
        "find_recipient": _more_recipients,
        "finish_draft": write_refusal,
        **dict.fromkeys(written_by, write_refusal),
    }


def _answer(facts: CaseWork, actor: Actor, _kind: str) -> Refusal | None:
    return answer_refusal(facts.case, actor)


def _tell(facts: CaseWork, actor: Actor, _kind: str) -> Refusal | None:
    return participant_refusal(facts.case, actor)


def _more_recipients(facts: CaseWork, actor: Actor, kind: str) -> Refusal | None:
    return change_recipients_refusal(facts, actor, facts.sent(kind))
