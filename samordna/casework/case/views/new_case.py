"""*Nytt ärende*: number, confirmation of the person, the initiative (V-22, V-23).

Nothing about a person is shown but by `_answer`, which asks at the existence door first.
"""

from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samordna.cases.queries import ExistingCase
from samordna.casework.case.commands.naming import try_name
from samordna.casework.case.commands.new_case import ask_for_person, create_case, known_of_another_century
from samordna.casework.case.forms.case import ConfirmPersonForm, NewCaseForm
from samordna.casework.case.presenters.confirming import person_to_confirm
from samordna.casework.case.presenters.existing import existing_case
from samordna.casework.case.rules.new_case import create_refusal
from samordna.casework.file.views.page import actor_of, address_of, process_of
from samordna.kernel import clock
from samordna.kernel.identifiers import Identifier
from samordna.kernel.refusal import demand
from samordna.web.forms import refusals_in
from samordna.web.posting import posted_from
from samordna.web.receipts import once
from samordna.web.typed import named_by


def _person_fields(_request: HttpRequest) -> dict[str, Field]:
    """In the second step the number stands hidden, and was typed all the same."""
    return {**ConfirmPersonForm().fields, **NewCaseForm().fields}


@named_by(_person_fields)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the number; then show whom it belongs to, or that there is a case already."""
    form = NewCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(request, form):
            choice = _century(request, form)
            if choice is not None:
                return choice
            identifier = form.cleaned_data["identifier"]
            confirm = ConfirmPersonForm(initial={"identifier": identifier.shown})
            return _answer(request, form, identifier, confirm)
    return _number_page(request, form)


def _century(request: HttpRequest, form: NewCaseForm) -> HttpResponse | None:
    """Ten digits may be a known person's of the century before: then the user says which is meant.

    So she does when the number tells no age by which the wrong century would be seen.
    """
    at, readings = clock.now(), form.readings()
    known = known_of_another_century(
        process=process_of(request), actor=actor_of(request), readings=readings, at=at
    )
    ageless = len(readings) > 1 and readings[0].birth_date is None
    if known is None and not ageless:
        return None
    persons_to_choose = [person_to_confirm(identifier, None, at) for identifier in readings]
    return render(request, "casework/new/century.html", {"persons": persons_to_choose})


def _number_page(request: HttpRequest, form: NewCaseForm) -> HttpResponse:
    context = {"form": form, "refusal": create_refusal(process_of(request), actor_of(request))}
    return render(request, "casework/new/number.html", context)


def _answer(
    request: HttpRequest, number: NewCaseForm, identifier: Identifier, confirm: ConfirmPersonForm
) -> HttpResponse:
    """Right, limit and log; then the person or the case there is. A refusal stands at the number and shows nobody."""
    actor, at = actor_of(request), clock.now()
    with refusals_in(request, number):
        card, existing = ask_for_person(
            process=process_of(request), actor=actor, identifier=identifier, at=at, shows_person=True
        )
        if existing is not None:
            return _existing(request, identifier, existing)
        person = person_to_confirm(identifier, card, at)
        if person.name is None:
            confirm.ask_name()
        return render(request, "casework/new/confirm.html", {"form": confirm, "person": person})
    return _number_page(request, number)


def _existing(request: HttpRequest, identifier: Identifier, existing: ExistingCase) -> HttpResponse:
    context = {
        "identifier": identifier,
        "existing": existing_case(process_of(request), actor_of(request), existing),
    }
    return render(request, "casework/new/existing.html", context)


@named_by(_person_fields)
@posted_from(":new")
def create(request: HttpRequest) -> HttpResponse:
    """*Skapa ärende*, and on to the initiative. The same form twice makes one case.

    Whatever is wrong, the answer is asked for at the door anew.
    """
    number = NewCaseForm(request.POST)
    if not number.is_valid():
        return redirect(address_of(request, "new"))
    identifier = number.cleaned_data["identifier"]
    form = ConfirmPersonForm(request.POST)
    if form.is_valid():
        answer = once(request, lambda: _make(request, form, identifier))
        if not form.errors:
            return answer
    if form.has_error("identifier"):
        # Too many wrong names: whoever goes on asks anew, and knows that she does.
        number.add_error("identifier", form.errors["identifier"])
        return _number_page(request, number)
    return _answer(request, number, identifier, form)


def _make(request: HttpRequest, form: ConfirmPersonForm, identifier: Identifier) -> HttpResponse:
    """To the new case, or the form has the refusal. Within `once`: a name that does not fit is counted all the same."""
    actor, at, name = actor_of(request), clock.now(), form.cleaned_data["name"]
    with refusals_in(request, form):
        demand(try_name(process=process_of(request), actor=actor, identifier=identifier, name=name, at=at))
        case_id = create_case(
            process=process_of(request), actor=actor, identifier=identifier, name=name, at=at
        )
        return redirect(address_of(request, "case", case_id))
    return HttpResponse()
