"""Lowering a protection by case and personal number, without reading the case; and taking it back (L-04, L-12)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.cases import queries as doors
from samordna.casework.case.commands import protection as commands
from samordna.casework.case.forms.protection import FindCaseForm, LowerForm, OpenForm
from samordna.casework.case.rules.protection import lower_protection_refusal
from samordna.casework.file.views.page import actor_of, address_of, process_of
from samordna.kernel import clock
from samordna.kernel.refusal import NotVisible, demand
from samordna.people.protection import sealed_of
from samordna.people.states import Protection
from samordna.people.words import PROTECTIONS
from samordna.web.forms import refusals_in, show_beside
from samordna.web.posting import posted_from
from samordna.web.receipts import answered_before, once


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the case number. 404 to those whom the county has not named."""
    actor, roles = actor_of(request), commands.lowering_roles()
    if lower_protection_refusal(actor, roles) is not None:
        raise NotVisible
    form = FindCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        case_id = doors.case_numbered_for_protection(actor, roles, number, process_of(request).module)
        if case_id is not None:
            return redirect(address_of(request, "lower_protection", case_id))
        form.add_error("number", _("There is no such case with a unit that you answer for."))
    return render(request, "casework/protection/find.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def lower(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The envelope, the present protection, and the forms. Nothing about the person is shown that was not typed."""
    actor, at = actor_of(request), clock.now()
    envelope, present = commands.read_protection(
        process=process_of(request), actor=actor, case_id=case_id, at=at
    )
    form = LowerForm(request.POST or None, present=present)
    if request.method == "POST" and form.is_valid():

        def act() -> HttpResponse:
            commands.lower_protection(
                process=process_of(request),
                actor=actor,
                case_id=case_id,
                identifier=form.cleaned_data["identifier"],
                seen=Protection(form.cleaned_data["seen"]),
                to=Protection(form.cleaned_data["protection"]),
                grounds=form.grounds(),
                at=at,
            )
            return redirect(address_of(request, "lower_protection", case_id))

        with refusals_in(request, form) as outcome:
            before = answered_before(request)
            if before is not None:
                return before
            tried = commands.try_lowering(
                process=process_of(request),
                actor=actor,
                case_id=case_id,
                identifier=form.cleaned_data["identifier"],
                seen=Protection(form.cleaned_data["seen"]),
                to=Protection(form.cleaned_data["protection"]),
                at=at,
            )
            demand(tried)
            return once(request, act)
        if outcome.stale:
            _envelope, present = commands.read_protection(
                process=process_of(request), actor=actor, case_id=case_id, at=at
            )
            show_beside(form, {"seen": present.value}, version="seen")
    sealed = sealed_of(envelope.person_id)
    context = {
        "envelope": envelope,
        "present": PROTECTIONS[present],
        "form": form if present != Protection.NONE or form.is_bound else None,
        "open_form": OpenForm(sealed=sealed) if sealed and present == Protection.NONE else None,
    }
    return render(request, "casework/protection/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_contacts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show contacts again that the protection hid, one by one or all."""
    before = answered_before(request)
    if before is not None:
        # What it opened is not hidden any more, so the form would be refused.
        return before
    actor, at = actor_of(request), clock.now()
    envelope, present = commands.read_protection(
        process=process_of(request), actor=actor, case_id=case_id, at=at
    )
    form = OpenForm(request.POST or None, sealed=sealed_of(envelope.person_id))
    if request.method == "POST" and form.is_valid():

        def act() -> HttpResponse:
            commands.open_contacts(
                process=process_of(request),
                actor=actor,
                case_id=case_id,
                identifier=form.cleaned_data["identifier"],
                keys=form.cleaned_data["contacts"],
                grounds=form.grounds(),
                at=at,
            )
            return redirect(address_of(request, "lower_protection", case_id))

        with refusals_in(request, form):
            tried = commands.try_opening(
                process=process_of(request),
                actor=actor,
                case_id=case_id,
                identifier=form.cleaned_data["identifier"],
                keys=form.cleaned_data["contacts"],
                at=at,
            )
            demand(tried)
            return once(request, act)
    context = {
        "envelope": envelope,
        "present": PROTECTIONS[present],
        "open_form": form,
        "page_has_errors": bool(form.errors),
    }
    return render(request, "casework/protection/page.html", context)


@posted_from(":person", "case_id")
def undo(request: HttpRequest, case_id: UUID, change_id: UUID) -> HttpResponse:
    """*Ångra*: the protection from before holds again."""
    actor, at = actor_of(request), clock.now()

    def act() -> HttpResponse:
        commands.undo_lowering(
            process=process_of(request), actor=actor, case_id=case_id, change_id=change_id, at=at
        )
        return redirect(address_of(request, "person", case_id))

    with refusals_in(request):
        return once(request, act)
    return redirect(address_of(request, "person", case_id))
