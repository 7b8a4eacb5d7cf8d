"""*Nytt ärende*: number, confirmation of the person, the initiative (V-22, V-23)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from samordna.cases.queries import ExistingCase
from samordna.kernel import clock
from samordna.kernel.identifiers import Identifier
from samordna.people import queries as persons
from samordna.sip.commands.new_case import ask_for_case, create_sip
from samordna.sip.forms.case import ConfirmPersonForm, NewCaseForm
from samordna.sip.presenters.existing import existing_case
from samordna.sip.rules.new_case import create_refusal
from samordna.sip.views.page import actor_of
from samordna.web.forms import refusals_in
from samordna.web.receipts import once


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the number; then show whom it belongs to, or that there is a SIP already."""
    actor = actor_of(request)
    form = NewCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(request, form):
            return _answer(request, form.cleaned_data["identifier"])
    context = {"form": form, "refusal": create_refusal(actor)}
    return render(request, "sip/new/number.html", context)


def _answer(request: HttpRequest, identifier: Identifier) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    person_id, existing = ask_for_case(actor=actor, identifier=identifier, at=at)
    if existing is not None:
        return _existing(request, identifier, existing)
    person = persons.person_card(person_id, at=at) if person_id else None
    form = ConfirmPersonForm(initial={"identifier": identifier.shown}, known=person is not None)
    return _confirm(request, form, identifier, existing_person=person is not None)


def _existing(request: HttpRequest, identifier: Identifier, existing: ExistingCase) -> HttpResponse:
    context = {"identifier": identifier, "existing": existing_case(actor_of(request), existing)}
    return render(request, "sip/new/existing.html", context)


def _confirm(
    request: HttpRequest, form: ConfirmPersonForm, identifier: Identifier, *, existing_person: bool
) -> HttpResponse:
    person = None
    if existing_person:
        person_id = persons.person_by_identifier(identifier.value)
        person = persons.person_card(person_id, at=clock.now()) if person_id else None
    context = {"form": form, "identifier": identifier, "person": person}
    return render(request, "sip/new/confirm.html", context)


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """*Skapa ärende*, and on to the initiative. The same form twice makes one case."""
    actor, at = actor_of(request), clock.now()
    number = NewCaseForm(request.POST)
    if not number.is_valid():
        return redirect("sip:new")
    identifier = number.cleaned_data["identifier"]
    known = persons.person_by_identifier(identifier.value) is not None
    form = ConfirmPersonForm(request.POST, known=known)
    if form.is_valid():
        name = form.cleaned_data["name"]
        with refusals_in(request, form):
            return once(
                request,
                lambda: redirect(
                    "sip:case", create_sip(actor=actor, identifier=identifier, name=name, at=at)
                ),
            )
    return _confirm(request, form, identifier, existing_person=known)
