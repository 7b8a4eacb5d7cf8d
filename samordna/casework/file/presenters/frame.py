"""What stands around every part of a case: the person, the next step, the parts by phase."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from samordna.assignments.queries import names_of_holders
from samordna.cases.consent import ConsentFacts
from samordna.cases.queries import NAMES_COORDINATORS
from samordna.cases.states import ConsentScope, StepStatus
from samordna.cases.worklist import NextStep
from samordna.casework.file.facts import HISTORY, CaseWork, shows
from samordna.casework.file.presenters.addresses import address, part_url
from samordna.casework.file.presenters.consent_notice import consent_notice
from samordna.casework.file.presenters.ended import how_it_ended
from samordna.casework.file.presenters.join_notice import join_notice
from samordna.casework.file.presenters.next_step import (
    COORDINATOR_LOST,
    NextStepText,
    has_words,
    lacks_coordinator,
    sentence,
)
from samordna.casework.file.presenters.part_hint import part_hint
from samordna.casework.file.rules import change_coordinator_refusal, replace_coordinator_refusal
from samordna.casework.file.steps.consent import RENEW_CONSENT
from samordna.casework.file.steps.joining import DECIDE_JOIN
from samordna.casework.file.steps.rows import next_of, over, part_views
from samordna.casework.file.steps.view import PartView
from samordna.casework.pages import Beside, Pages
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import listed
from samordna.messaging.states import MessageStatus
from samordna.people.presenters import age_words
from samordna.people.queries import PersonCard
from samordna.web import moments

# A step that is about the whole case and has a page of its own.
_PAGES = {DECIDE_JOIN: "join", RENEW_CONSENT: "consent"}


@dataclass(frozen=True)
class CaseFrame:
    """Given to every template of a case as `frame_case`. `whole`: the unit takes part in the whole case.

    A unit that does not sees only the parts it holds something of, and no page about the case itself (L-02).
    """

    case_id: UUID
    number: str
    part: str | None
    part_label: str | Promise
    heading: str | Promise
    person: PersonCard
    person_facts: list[tuple[str, Any]]
    phases: list[dict[str, Any]]
    now: dict[str, Any]
    whole: bool
    ended: bool
    coordinates: bool
    has_history: bool
    beside: Beside | None
    links: dict[str, str]
    notice: dict[str, str] | None = None
    hides_contacts: bool = False


def case_frame(
    pages: Pages[Any], facts: CaseWork, actor: Actor, person: PersonCard, part: str | None, at: datetime
) -> CaseFrame:
    reach = facts.case.reach_of(actor.unit_id)
    whole = reach is not None and reach.full
    views, links = part_views(facts, actor.unit_id, at), _links(pages, facts)
    shown = {p: view for p, view in views.items() if shows(facts, actor.unit_id, p)}
    return CaseFrame(
        case_id=facts.case.id,
        number=pages.process.called(facts.case.number),
        part=part,
        heading=pages.process.heading,
        part_label=pages.process.labels[part] if part else "",
        person=person,
        person_facts=_person_facts(facts, actor, person, at, links, whole=whole),
        phases=_phases(facts, shown, part, at),
        now=_now(pages, facts, actor, views, part, at),
        whole=whole,
        ended=not facts.case.active,
        coordinates=facts.case.is_coordinator(actor.user_id, actor.unit_id),
        has_history=bool(links["history"]) and shows(facts, actor.unit_id, HISTORY),
        beside=pages.beside(facts, actor, part, at) if whole and facts.case.active else None,
        links=links,
        hides_contacts=person.hides_contacts,
        notice=(join_notice(facts, actor) or consent_notice(facts, at)) if whole else None,
    )


def how_it_ended_url(pages: Pages[Any], facts: CaseWork, unit_id: int) -> str:
    """Where a case that is over opens: at the part it ended by, else at how it ended, as far as the unit sees."""
    process, case_id, last = pages.process, facts.case.id, pages.ends_at(facts)
    if last and shows(facts, unit_id, last):
        return part_url(process, case_id, last)
    reach = facts.case.reach_of(unit_id)
    if reach is not None and reach.full:
        return address(process, "end", case_id)
    held = [part for part in process.parts if shows(facts, unit_id, part)]
    return part_url(process, case_id, held[0] if held else process.parts[0])


def _links(pages: Pages[Any], facts: CaseWork) -> dict[str, str]:
    names = ("units", "consent", "person", "end", "coordinator")
    links = {name: address(facts.process, name, facts.case.id) for name in names}
    links["history"] = pages.history(facts)
    return links | {"ask": part_url(facts.process, facts.case.id, facts.process.asked_by) + "#recipients"}


def _person_facts(
    facts: CaseWork, actor: Actor, person: PersonCard, at: datetime, links: dict[str, str], *, whole: bool
) -> list[tuple[str, Any]]:
    shown: list[tuple[str, Any]] = [(_("Age"), age_words(person.age))] if person.name else []
    shown.append((_("Coordinator"), _coordinator(facts, actor, links)))
    if whole:
        shown.append((_("Consent"), _with_link(_consent(facts.consents, at), links["consent"], _("Show"))))
    if person.needs_interpreter:
        shown.append((_("Interpreter"), person.interpreter_language or _("Yes")))
    shown.append((_("Case"), facts.process.called(facts.case.number)))
    return shown


def _coordinator(facts: CaseWork, actor: Actor, links: dict[str, str]) -> str:
    """*Byt* is offered to whom the rule allows it: the coordinator, or who names another when she has left."""
    said = listed((facts.case.coordinator.name, facts.case.coordinator.unit_name))
    if facts.case.active and not facts.case.coordinator.valid:
        said = f"{said} {_('(has left)')}"
    if change_coordinator_refusal(facts.case, actor) is None:
        return _with_link(said, links["coordinator"], _("Switch"))
    if replace_coordinator_refusal(facts.case, actor) is None:
        return _with_link(said, address(facts.process, "replace_coordinator", facts.case.id), _("Switch"))
    return said


def _with_link(text: str, url: str, link: str) -> str:
    return format_html('{} <a class="fact-act" href="{}">{}</a>', text, url, link)


def _consent(consents: tuple[ConsentFacts, ...], at: datetime) -> str:
    standing = [consent for consent in consents if consent.stands(clock.today(at))]
    if standing:
        whole = [consent for consent in standing if consent.scope == ConsentScope.SIP]
        last = (whole or standing)[-1]
        when = moments.on_day(last.recorded_at, at=at)
        said = _("Yes, recorded %(when)s") if whole else _("To information only, recorded %(when)s")
        return said % {"when": when} + _until(last.ends_on, at)
    if not consents:
        return _("Not recorded yet")
    if any(c.withdrawn_at is None and c.outgrown(clock.today(at)) for c in consents):
        return _("Has ended, the individual is of age")
    if any(c.withdrawn_at is None and c.unjudged for c in consents):
        return _("Does not stand, the individual is a child")
    return _("Withdrawn") if consents[-1].withdrawn_at is not None else _("Has ended")


def _until(ends_on: date | None, at: datetime) -> str:
    return _(", holds until %(day)s") % {"day": clock.shown_date(ends_on, at=at)} if ends_on else ""


def _phases(
    facts: CaseWork, views: dict[str, PartView], current: str | None, at: datetime
) -> list[dict[str, Any]]:
    process = facts.process
    return [
        {
            "heading": heading,
            "parts": [
                {
                    "status": views[part].symbol.seen_at(at),
                    "name": process.labels[part],
                    "hint": part_hint(facts, part, views[part], at),
                    "url": part_url(process, facts.case.id, part),
                    "current": part == current,
                }
                for part in parts
                if part in views
            ],
        }
        for heading, parts in process.phases
        if any(part in views for part in parts)
    ]


def _who_names(facts: CaseWork, at: datetime) -> str:
    """Who can name a new coordinator, by name where there is somebody (V-24)."""
    names = names_of_holders(NAMES_COORDINATORS, facts.case.full_unit_ids, at)
    if not names:
        return sentence(facts.process, NextStep(COORDINATOR_LOST)).more
    return _("%(names)s can name a new one") % {"names": listed(names)}


def _now(
    pages: Pages[Any],
    facts: CaseWork,
    actor: Actor,
    views: dict[str, PartView],
    current: str | None,
    at: datetime,
) -> dict[str, Any]:
    """The bold sentence on top: what is next, who does it and by when, with a link unless one stands there.

    What the rules refuse the user is not proposed to her: it says who can. `code` is the step's, for the page's button.
    """
    reach = facts.case.reach_of(actor.unit_id)
    ended = how_it_ended(facts, whole=reach is not None and reach.full, at=at)
    if ended is not None:
        return {"kind": "quiet", "text": ended.text, "more": ended.comment}
    left = over(facts, actor.unit_id)
    if left is not None:
        return {
            "kind": "quiet",
            "text": sentence(facts.process, left[1]).text,
            "more": sentence(facts.process, left[1]).more,
        }
    view = next_of(facts, actor.unit_id, views, at)
    coordinator = facts.case.coordinator
    acts, here = view.task or view.status == StepStatus.DRAFT, coordinator.unit_id == actor.unit_id
    if lacks_coordinator(works=coordinator.valid, acts=acts, at_their_unit=here):
        return {
            "kind": "waiting",
            "text": sentence(facts.process, NextStep(COORDINATOR_LOST)).text,
            "more": _who_names(facts, at),
        }
    step = view.next_step
    acting = view.task and (view.symbol.acts_from is None or view.symbol.acts_from <= at)
    refusal = facts.process.step_refusal(facts, actor, step, at) if acting else None
    kind = "todo" if acting else "waiting" if view.status == StepStatus.WAITING else "quiet"
    text = (
        sentence(facts.process, step, at=at)
        if refusal is None
        else _left_to_others(facts, actor, step, refusal, at)
    )
    part, place = step.part, pages.places.get(step.code, "")
    own_page = _PAGES.get(step.code)
    if own_page is not None:
        return {
            "kind": kind,
            "text": text.text,
            "more": text.more,
            "due_at": view.symbol.due_at,
            "href": address(facts.process, own_page, facts.case.id),
        }
    return {
        "kind": "waiting" if refusal is not None else kind,
        "code": step.code,
        "text": text.text,
        "more": text.more,
        "due_at": view.symbol.due_at,
        "spread": step.spread,
        "href": part_url(facts.process, facts.case.id, part) + place
        if part and (place or part != current)
        else "",
        "tell_href": _tell_href(facts, step) if kind == "todo" and refusal is None else "",
    }


def _left_to_others(
    facts: CaseWork, actor: Actor, step: NextStep, refusal: Refusal, at: datetime
) -> NextStepText:
    told = replace(step, code=f"await_{step.code}", who=facts.case.coordinator.name)
    if has_words(facts.process, told.code) and not facts.case.is_coordinator(actor.user_id, actor.unit_id):
        return sentence(facts.process, told, at=at)
    return replace(sentence(facts.process, step, at=at), more=str(refusal.who_can or refusal.message))


def _tell_href(facts: CaseWork, step: NextStep) -> str:
    """Where it is recorded how the unit outside the system was told."""
    if step.code != "tell_external":
        return ""
    for message in facts.messages_of(step.part):
        untold = [
            d for d in message.standing if d.external and d.told_at is None and d.unit_name == step.unit
        ]
        if untold and message.status == MessageStatus.SENT:
            return address(facts.process, "external", facts.case.id, message.id, untold[0].id)
    return ""
