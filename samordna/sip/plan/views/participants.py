"""*Deltagare* of a plan or an evaluation: who represented a unit, attended or not, added, removed, put back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samordna.assignments import queries as assignments
from samordna.assignments.queries import Colleague
from samordna.casework.documents.rules.editions import seen_open, write_refusal
from samordna.casework.documents.views.acts import Command
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.file.views.page import actor_of, open_page
from samordna.kernel import clock
from samordna.kernel.module import Module
from samordna.kernel.refusal import NotVisible
from samordna.sip.addresses import part_url
from samordna.sip.page import SipPage
from samordna.sip.plan.commands import participants as commands
from samordna.sip.plan.facts import ParticipantFacts
from samordna.sip.plan.forms.participants import LineVersionForm, OtherPersonForm, PersonForm
from samordna.sip.plan.queries import participants_of
from samordna.sip.queries import open_sip
from samordna.sip.states import Part
from samordna.sip.words import PARTS_BY_SLUG
from samordna.web.acting import carry_out
from samordna.web.forms import show_beside
from samordna.web.posting import posted_from

_PARTS = frozenset({Part.PLAN, Part.EVALUATION})


def _part(slug: str) -> Part:
    part = PARTS_BY_SLUG.get(slug)
    if part not in _PARTS:
        raise Http404
    return part


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, case_id: UUID, slug: str, lineage: UUID) -> HttpResponse:
    """*Person* / *Deltog*: pick the one who attended from the unit's users, or write somebody by hand."""
    part = _part(slug)
    page = open_page(request, case_id, part)
    refusal = write_refusal(page.facts, page.actor, part)
    if refusal is not None:
        return closed_page(page, part, refusal)
    line = _line(page, part, lineage)
    people = assignments.people_of_unit(line.unit_id, page.at) if line.unit_id else []
    chosen, other = _person_forms(request, line, people, hides_contacts=page.person.hides_contacts)
    which: dict[str, Any] = {
        "actor": page.actor,
        "case_id": case_id,
        "part": part,
        "lineage": lineage,
        "at": page.at,
    }

    def name(posted: Form) -> None:
        data = posted.cleaned_data
        commands.name_representative(assignment_id=data["person"], version=data["version"] or 0, **which)

    def write(posted: Form) -> None:
        version = posted.cleaned_data["version"] or 0
        commands.write_person(person=other.other(), version=version, **which)

    answer = _acted(request, part, case_id, {"choose": (chosen, name), "write": (other, write)})
    if answer is None and request.method == "POST":
        line = _line(page, part, lineage)
        _show_now(line, people, (chosen, other))
    return answer or page.render(
        "sip/plan/participants/person.html", line=line, people=people, form=chosen, other=other, forms=[chosen, other],
        back_url=_back(case_id, part), page_has_errors=bool(chosen.errors or other.errors),
    )  # fmt: skip


def _show_now(line: ParticipantFacts, people: list[Colleague], forms: tuple[Form, Form]) -> None:
    """Once somebody else has written on the line, what they wrote stands beside what was typed (S16)."""
    hand = {} if line.user_id else {"name": line.name, "role": line.role, "contact": line.contact}
    stands = {"person": _assignment_of(line, people), **hand, "version": line.written.version}
    for form in forms:
        if form.is_bound and form.cleaned_data.get("version") != line.written.version:
            shown = {name: stands[name] for name in form.fields if name in stands}
            show_beside(form, shown, version="version")


def _assignment_of(line: ParticipantFacts, people: list[Colleague]) -> int | None:
    return next((one.assignment_id for one in people if one.user_id == line.user_id), None)


def _person_forms(
    request: HttpRequest, line: ParticipantFacts, people: list[Colleague], *, hides_contacts: bool
) -> tuple[PersonForm, OtherPersonForm]:
    act = request.POST.get("act")
    version = {"version": line.written.version}
    now = _assignment_of(line, people)
    typed = {} if line.user_id else {"name": line.name, "role": line.role, "contact": line.contact}
    chosen = PersonForm(
        request.POST if act == "choose" else None, people=people, initial={"person": now, **version}
    )
    hidden = ("" if line.user_id else line.contact) if hides_contacts else None
    return chosen, _other(request, {**typed, **version}, hidden)


def _other(request: HttpRequest, initial: dict[str, object], hidden: str | None) -> OtherPersonForm:
    posted = request.POST if request.POST.get("act") == "write" else None
    return OtherPersonForm(posted, initial=initial, auto_id="other_%s", hidden_contact=hidden)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """*Lägg till deltagare*: a representative by name (*Sök*, *Välj*, *Bekräfta*), or somebody by hand."""
    part = _part(slug)
    page = open_page(request, case_id, part)
    refusal = write_refusal(page.facts, page.actor, part)
    if refusal is not None:
        return closed_page(page, part, refusal)
    act, q = request.POST.get("act"), request.POST.get("q", "").strip()
    people = _found(request, page, q)
    chosen = PersonForm(request.POST if act == "choose" else None, people=people)
    other = _other(request, {}, "" if page.person.hides_contacts else None)
    which: dict[str, Any] = {"actor": page.actor, "case_id": case_id, "part": part, "at": page.at}

    def choose(posted: Form) -> None:
        commands.add_representative(assignment_id=posted.cleaned_data["person"], **which)

    def write(posted: Form) -> None:
        commands.add_other(person=other.other(), **which)

    answer = _acted(request, part, case_id, {"choose": (chosen, choose), "write": (other, write)})
    return answer or page.render(
        "sip/plan/participants/add.html",
        people=people,
        form=chosen,
        other=other,
        forms=[chosen, other],
        q=q,
        searched=bool(q),
        back_url=_back(case_id, part),
        people_url=reverse("sip:participant_people", args=[case_id, slug]),
        page_has_errors=bool(chosen.errors or other.errors),
    )


def _found(request: HttpRequest, page: SipPage, q: str) -> list[Colleague]:
    found = assignments.find_colleagues(q, page.at, module=Module.SIP) if q else []
    posted = request.POST.get("person", "")
    if posted.isascii() and posted.isdigit() and len(posted) < 19:
        known = {one.assignment_id for one in found}
        found += [
            one for key, one in assignments.colleagues([int(posted)], page.at).items() if key not in known
        ]
    return found


@posted_from("sip:part", "case_id", "slug")
def people(request: HttpRequest, case_id: UUID, slug: str) -> HttpResponse:
    """What the search on the page above finds as one types. It shows nothing of the case."""
    open_sip(actor_of(request), case_id)
    q = request.POST.get("q", "").strip()
    found = assignments.find_colleagues(q, clock.now(), module=Module.SIP) if q else []
    form = PersonForm(people=found)
    return render(
        request, "sip/plan/participants/people.html", {"form": form, "people": found, "searched": bool(q)}
    )


@posted_from("sip:part", "case_id", "slug")
def attendance(request: HttpRequest, case_id: UUID, slug: str, lineage: UUID) -> HttpResponse:
    """*Deltog* or *Deltog ej*."""
    part, form = _part(slug), LineVersionForm(request.POST)

    if not form.is_valid():
        return redirect(_back(case_id, part))
    data = form.cleaned_data
    stated = {"lineage": lineage, "version": data["version"], "attended": data["attended"]}
    return _posted(request, case_id, part, commands.state_attendance, **stated)


@posted_from("sip:part", "case_id", "slug")
def remove(request: HttpRequest, case_id: UUID, slug: str, lineage: UUID) -> HttpResponse:
    """*Ta bort*, with the strip that has *Ångra*."""
    part, form = _part(slug), LineVersionForm(request.POST)

    if not form.is_valid():
        return redirect(_back(case_id, part))
    line, undo = {"lineage": lineage, "version": form.cleaned_data["version"]}, f"participant-{lineage}"
    return _posted(request, case_id, part, commands.remove_participant, undo=undo, **line)


@posted_from("sip:part", "case_id", "slug")
def restore(request: HttpRequest, case_id: UUID, slug: str, lineage: UUID) -> HttpResponse:
    """*Ångra*."""
    return _posted(request, case_id, _part(slug), commands.restore_participant, lineage=lineage)


def _acted(
    request: HttpRequest, part: Part, case_id: UUID, acts: dict[str, tuple[Form, Callable[[Form], None]]]
) -> HttpResponse | None:
    """Carry out the posted one of a page's acts. None when there is none, or it was refused."""
    form, act = acts.get(request.POST.get("act", ""), (None, None))
    if form is None or act is None or not form.is_valid():
        return None
    return carry_out(request, partial(act, form), then=_back(case_id, part), form=form).answer


def _posted(
    request: HttpRequest, case_id: UUID, part: Part, command: Command, /, *, undo: str = "", **what: Any
) -> HttpResponse:
    """An act beside one line, refused or not led back to the list; after a removal with the strip of `undo`."""
    then = f"{part_url(case_id, part)}?undo={undo}#undo" if undo else _back(case_id, part)
    acts = partial(command, actor=actor_of(request), case_id=case_id, part=part, at=clock.now(), **what)
    return carry_out(request, acts, then=then).answer or redirect(_back(case_id, part))


def _line(page: SipPage, part: Part, lineage: UUID) -> ParticipantFacts:
    document = page.facts.standing(part)
    version = seen_open(page.facts.case, document, page.actor.unit_id) if document else None
    for line in participants_of(version.id) if version else ():
        if line.lineage == lineage and not line.removed:
            return line
    raise NotVisible


def _back(case_id: UUID, part: Part) -> str:
    return f"{part_url(case_id, part)}#participants"
