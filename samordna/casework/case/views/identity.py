"""Who the case is about: link, new number, correct, and undo. Number first, then what is about to happen to whom."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.cases.joining import answered_joins
from samordna.cases.queries import case_numbers
from samordna.casework.case.commands import identity as commands
from samordna.casework.case.commands import joining
from samordna.casework.case.commands.identity import Answer
from samordna.casework.case.commands.naming import try_name
from samordna.casework.case.commands.undoing import undo_identity
from samordna.casework.case.forms.identity import FORMS, NumberForm, UndoForm
from samordna.casework.case.presenters.existing import existing_case
from samordna.casework.case.presenters.identity import (
    ACTS,
    change_rows,
    confirmation,
    join_rows,
    number_acts,
    undo_effects,
)
from samordna.casework.case.rules import identity as rules
from samordna.casework.file.views.page import CasePage, address_of, open_page, process_of
from samordna.kernel.refusal import NotVisible, demand
from samordna.people import identity
from samordna.people import queries as persons
from samordna.people.identity import IdentityFacts
from samordna.people.states import IdentityKind
from samordna.web.forms import refusals_in
from samordna.web.receipts import answered_before, once


@require_http_methods(["GET", "HEAD", "POST"])
def link_number(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A person with a reserve number gets the lasting one (L-01)."""
    return _change(request, case_id, IdentityKind.LINKED)


@require_http_methods(["GET", "HEAD", "POST"])
def new_number(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The tax agency has changed the number of the same person (L-01)."""
    return _change(request, case_id, IdentityKind.NEW_NUMBER)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_number(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A case made on the wrong number moves to the right person, with its history."""
    return _change(request, case_id, IdentityKind.CORRECTED)


def _change(request: HttpRequest, case_id: UUID, kind: IdentityKind) -> HttpResponse:
    page = open_page(request, case_id, None, "person")
    form = FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = answered_before(request)
        if before is not None:
            return before
        with refusals_in(request, form):
            return _answer(page, kind, form)
    return page.render(
        "casework/identity/number.html",
        words=ACTS[kind],
        form=form,
        refusal=rules.identity_refusal(kind, page.facts.case, page.actor, page.facts.join),
    )


def _answer(page: CasePage[Any], kind: IdentityKind, form: NumberForm) -> HttpResponse:
    """Ask at the existence door; then act if what it says is what the user has confirmed, else show it."""
    request, typed = page.request, form.cleaned_data
    case_id, identifier = page.facts.case.id, typed["identifier"]
    answer = commands.ask_about_number(
        process=page.process,
        actor=page.actor,
        case_id=case_id,
        kind=kind,
        identifier=identifier,
        name=typed["name"],
        at=page.at,
    )
    confirmed = request.POST.get("seen") == answer.seen
    if answer.existing is not None:
        return _existing(page, kind, form, answer, confirmed=confirmed)
    found = answer.found
    demand(
        try_name(
            process=page.process, actor=page.actor, identifier=identifier, name=typed["name"], at=page.at
        )
    )
    demand(
        rules.named_refusal(
            kind,
            known=found.name if found else None,
            protected=found is not None and found.protected,
            typed=typed["name"],
        )
    )
    if not confirmed:
        return _confirm(page, kind, form, answer)

    def act() -> HttpResponse:
        commands.change_identity(
            process=page.process,
            actor=page.actor,
            case_id=case_id,
            kind=kind,
            identifier=identifier,
            name=typed["name"],
            reason=form.why,
            seen=answer.seen,
            at=page.at,
        )
        return redirect(address_of(request, "person", case_id))

    return once(request, act)


def _confirm(page: CasePage[Any], kind: IdentityKind, form: NumberForm, answer: Answer) -> HttpResponse:
    typed = form.cleaned_data
    return page.render(
        "casework/identity/confirm.html",
        words=ACTS[kind],
        form=form,
        shown=confirmation(kind, answer.own, answer.found, typed["identifier"], typed["name"], page.at),
        seen=answer.seen,
        changed="seen" in page.request.POST,
    )


def _existing(
    page: CasePage[Any], kind: IdentityKind, form: NumberForm, answer: Answer, *, confirmed: bool
) -> HttpResponse:
    """All that may be told of somebody with an active case; both coordinators can be asked, but for a wrong number."""
    existing, identifier = answer.existing, form.cleaned_data["identifier"]
    can_ask = kind != IdentityKind.CORRECTED
    if existing is not None and can_ask and confirmed:
        other_case_id = existing.case_id

        def act() -> HttpResponse:
            joining.ask_to_join(
                process=page.process,
                actor=page.actor,
                case_id=page.facts.case.id,
                other_case_id=other_case_id,
                kind=kind,
                identifier=identifier,
                name=form.cleaned_data["name"],
                seen=answer.seen,
                at=page.at,
            )
            return redirect(address_of(page.request, "person", page.facts.case.id))

        return once(page.request, act)
    return page.render(
        "casework/identity/existing.html",
        words=ACTS[kind],
        form=form,
        identifier=identifier,
        existing=existing_case(page.process, page.actor, existing) if existing else None,
        seen=answer.seen,
        can_ask=can_ask,
    )


def identity_context(page: CasePage[Any]) -> dict[str, object]:
    """What the page about the person says of its numbers: what can be done, and what has been."""
    case, actor = page.facts.case, page.actor
    reach = case.reach_of(actor.unit_id)
    return {
        "acts": number_acts(page.facts, actor, page.person),
        "changes": change_rows(identity.changes_of([case.id]), page.facts, actor, page.at),
        "names": persons.name_history(case.id, case.person_id) if reach is not None and reach.full else (),
        "joins": join_rows(page.process.name, answered_joins(case.id)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, case_id: UUID, change_id: UUID) -> HttpResponse:
    """*Ångra*: say what goes where, ask why, and put it back (L-12)."""
    page = open_page(request, case_id, None, "person")
    change = _change_of(case_id, change_id)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def act() -> HttpResponse:
            undo_identity(
                process=process_of(request),
                actor=page.actor,
                case_id=case_id,
                change_id=change_id,
                reason=reason,
                at=page.at,
            )
            return redirect(address_of(request, "case", case_id))

        with refusals_in(request, form):
            return once(request, act)
    refusal = rules.undo_identity_refusal(
        page.facts.case, page.actor, page.facts.join
    ) or identity.undo_refusal(change, reason="-", at=page.at)
    all_moved = [*change.moved_case_ids, *filter(None, [change.ended_case_id])]
    numbers = case_numbers(all_moved, process_of(request).module)
    return page.render(
        "casework/case/confirm.html",
        heading=_("Undo the change of number"),
        effects=undo_effects(
            page.process.name,
            change,
            moved=[numbers[one] for one in change.moved_case_ids if one in numbers],
            ended=numbers[change.ended_case_id] if change.ended_case_id else "",
        )
        if refusal is None
        else [],
        form=form,
        refusal=refusal,
        act_text=_("Undo"),
        back_url=address_of(request, "person", case_id),
    )


def _change_of(case_id: UUID, change_id: UUID) -> IdentityFacts:
    for change in identity.changes_of([case_id]):
        if change.id == change_id:
            return change
    raise NotVisible
