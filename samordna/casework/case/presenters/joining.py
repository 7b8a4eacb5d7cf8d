"""Two cases side by side, as a coordinator may see them: from outside, unless the unit takes part in both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samordna.cases.facts import JoinFacts
from samordna.cases.states import StepStatus
from samordna.casework.case.presenters.existing import ExistingCaseShown
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.presenters.addresses import part_url
from samordna.casework.file.steps.rows import part_views
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.collation import sort_key
from samordna.people.queries import PersonCard


@dataclass(frozen=True)
class Side:
    """One of the two. `hidden`: a protected person's case, and the reader is not named in it.

    `told`: all there is to see is what the existence door tells, until its coordinator has said yes.
    """

    heading: str
    hidden: bool
    facts: list[tuple[str, str]]
    parts: list[dict[str, Any]]
    result_url: str
    confirmed_by: str
    ended: bool
    told: ExistingCaseShown | None = None


def told_side(heading: str, work: CaseWork, join: JoinFacts, told: ExistingCaseShown | None) -> Side:
    """The other case to whoever asked, before its coordinator has said yes (V-23)."""
    return Side(heading, False, [], [], "", join.confirmed_by(work.case.id), not work.case.active, told)


def side(
    heading: str, work: CaseWork, person: PersonCard, join: JoinFacts, actor: Actor, at: datetime
) -> Side:
    """Number, units, coordinator and state of the parts; name and plan only where the unit takes part in the whole."""
    case = work.case
    inside = case.read_whole_by(actor.user_id, actor.unit_id)
    if case.protected and not inside:
        return Side(heading, True, [], [], "", join.confirmed_by(case.id), not case.active)
    return Side(
        heading=heading,
        hidden=False,
        facts=_facts(work, person, inside=inside, at=at),
        parts=_parts(work, at),
        result_url=part_url(work.process, case.id, work.result) if inside and work.result else "",
        confirmed_by=join.confirmed_by(case.id),
        ended=not case.active,
    )


def _facts(work: CaseWork, person: PersonCard, *, inside: bool, at: datetime) -> list[tuple[str, str]]:
    case = work.case
    coordinator = case.coordinator
    named = [(_("Name"), person.name)] if inside else []
    units = [p.unit_name for p in case.participations if p.open]
    return [
        (_("Case"), work.process.called(case.number)),
        (_("Personal identity number"), person.number_shown),
        *named,
        (_("Started"), clock.shown_date(clock.local(case.created_at).date(), at=at)),
        (_("Coordinator"), f"{coordinator.name}, {coordinator.unit_name}"),
        (_("Telephone"), coordinator.phone or "–"),
        (_("Units in the case"), ", ".join(sorted(units, key=sort_key))),
    ]


def _parts(work: CaseWork, at: datetime) -> list[dict[str, Any]]:
    """How far each part has come, as the unit of its coordinator sees it; what cannot begin yet is left out."""
    views = part_views(work, work.case.coordinator.unit_id)
    seen = {part: view.symbol.seen_at(at) for part, view in views.items()}
    return [
        {"status": status, "name": work.process.labels[part]}
        for part, status in seen.items()
        if status not in {StepStatus.NOT_YET, StepStatus.NOT_STARTED}
    ]


def keep_choices(join: JoinFacts, own: CaseWork, other: CaseWork) -> list[tuple[str, str]]:
    """Which of the two goes on."""
    return [
        (str(facts.case.id), _choice(facts, own=facts is own, proposed=facts.case.id == join.keep_case_id))
        for facts in (own, other)
    ]


def _choice(facts: CaseWork, *, own: bool, proposed: bool) -> str:
    said = _("Your case, %(number)s") if own else _("The other case")
    text = said % {"number": facts.process.called(facts.case.number)} if own else said
    return _("%(case)s (proposed)") % {"case": text} if proposed else text
