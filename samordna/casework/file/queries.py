"""Opening a case: through its door, with its messages and documents, as one snapshot. Each is given the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from samordna.cases import queries as cases
from samordna.cases.consent import CONSENTS, consents_from
from samordna.cases.facts import CaseFacts
from samordna.cases.joining import JOINS, join_from
from samordna.cases.reading import CaseStatement, Rows, person_of
from samordna.cases.seeing import person_seen_by
from samordna.casework.file.facts import CaseWork, seen_by
from samordna.casework.process import Process
from samordna.documents.queries import DOCUMENTS, documents_from
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.prepared import Prepared
from samordna.messaging.queries import MESSAGES, messages_from
from samordna.organisations import queries as places
from samordna.organisations.settings_catalogue import Settings
from samordna.people import queries as people
from samordna.people.known import card_as_known
from samordna.people.queries import PersonCard

W = TypeVar("W", bound=CaseWork)
# No department has it: the county's settings alone.
_COUNTY = 0
_COMMON = {"messages": MESSAGES, "documents": DOCUMENTS, "consents": CONSENTS, "joins": JOINS}
_AROUND = {
    "readings": cases.READINGS,
    "person": Prepared(lambda case_id: people.with_numbers(person_of(case_id)), case_id=UUID),
    "related": Prepared(lambda case_id: people.with_related(person_of(case_id)), case_id=UUID),
}


@dataclass(frozen=True)
class _Statements:
    """One process's case read again in an act, for an act with the county's settings, and with what a page shows."""

    again: CaseStatement
    act: CaseStatement
    page: CaseStatement


@cache
def _built(module: Module, rows: tuple[tuple[str, Prepared], ...]) -> _Statements:
    own: Mapping[str, Prepared] = {**_COMMON, **dict(rows)}
    return _Statements(
        again=CaseStatement(**own),
        act=CaseStatement(**own, settings=places.WRITTEN),
        page=CaseStatement(**own, settings=places.WRITTEN, **_AROUND),
    )


def _statements(process: Process[Any]) -> _Statements:
    return _built(process.module, tuple(process.rows.items()))


@dataclass(frozen=True)
class OpenedCase(Generic[W]):
    """A case as a page is given it: cut to what the unit may see, with the person and what the department has chosen.

    `reading` is when the user last read the part, and when before that sitting; None for the first time.
    """

    facts: W
    person: PersonCard
    settings: Settings
    reading: cases.Reading | None


def open_work(process: Process[W], actor: Actor, case_id: UUID) -> W:
    """The case as the actor's unit may see it. Raises `NotVisible` for the unknown and the forbidden alike."""
    case, rows = cases.open_case_with(
        _statements(process).act, actor, case_id, process.module, department_id=_COUNTY
    )
    return seen_by(_facts(process, case, rows), actor.unit_id)


def open_page(process: Process[W], actor: Actor, case_id: UUID, *, part: str, at: datetime) -> OpenedCase[W]:
    """As `open_work`, with what a page shows around it, in the same statement."""
    case, rows = cases.open_case_with(
        _statements(process).page,
        actor,
        case_id,
        process.module,
        department_id=actor.department_id,
        user_id=actor.user_id,
        part=part,
    )
    facts = _facts(process, case, rows)
    return OpenedCase(
        facts=seen_by(facts, actor.unit_id),
        person=_seen_person(case, actor, people.card_from(rows["person"], rows["related"], at=at), at),
        settings=places.settings_from(rows["settings"], actor.department_id),
        reading=next((cases.Reading(*one) for one in rows["readings"]), None),
    )


def _seen_person(case: CaseFacts, actor: Actor, card: PersonCard, at: datetime) -> PersonCard:
    """The person as the unit may see her: as she is, as she was, or nobody."""
    seen = person_seen_by(case, actor.unit_id)
    if seen.now:
        return card
    then = seen.then
    return card_as_known(card, name=then.name if then else "", number=then.number if then else "", at=at)


def hold(process: Process[W], actor: Actor, case_id: UUID, at: datetime) -> tuple[W, datetime]:
    """The whole case with its row locked until the transaction ends, and the act's moment: what every act begins with.

    Whole, since an act is judged and its steps computed from all of it; visible only as in `open_work`.
    `at` is when the act was asked for; its moment is known only now that nobody else acts in the case.
    """
    case, rows = cases.open_case_with(
        _statements(process).act, actor, case_id, process.module, lock=True, department_id=_COUNTY
    )
    return _facts(process, case, rows), case.moment_of_act(at)


def for_rebuild(process: Process[W], case_id: UUID, *, lock: bool = False) -> W:
    """The whole case for the system itself. Never for a page."""
    case, rows = cases.case_for_rebuild_with(
        _statements(process).act, case_id, process.module, lock=lock, department_id=_COUNTY
    )
    return _facts(process, case, rows)


def reread(facts: W) -> W:
    """The case after an act has written, in the same transaction. What the county has decided is as it was."""
    process: Process[W] = facts.process
    case, rows = cases.case_for_rebuild_with(_statements(process).again, facts.case.id, process.module)
    return process.facts(_common(process, case, rows), rows, facts.settings)


def county_settings(process: Process[Any]) -> Any:
    """What the county has decided about the process, and all worklists are computed by."""
    return process.settings(places.settings_from(places.WRITTEN.rows(department_id=_COUNTY), None))


def _facts(process: Process[W], case: CaseFacts, rows: Rows) -> W:
    """What the county has decided; no department decides otherwise."""
    settings = process.settings(places.settings_from(rows["settings"], None))
    return process.facts(_common(process, case, rows), rows, settings)


def _common(process: Process[Any], case: CaseFacts, rows: Rows) -> dict[str, Any]:
    """What the facts of every process hold, by name."""
    return {
        "process": process,
        "case": case,
        "messages": messages_from(rows["messages"]),
        "documents": documents_from(rows["documents"]),
        "consents": consents_from(rows["consents"], case.born),
        "join": join_from(rows["joins"]),
    }
