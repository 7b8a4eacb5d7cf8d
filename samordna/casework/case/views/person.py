"""About the person of a case: details, relatives, numbers; and consent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.case.commands import case as case_commands
from samordna.casework.case.commands import person as commands
from samordna.casework.case.commands.protection import may_lower
from samordna.casework.case.forms.case import ConsentUnitsForm
from samordna.casework.case.presenters.protection import change_lines
from samordna.casework.case.rules import case as rules
from samordna.casework.case.views.identity import identity_context
from samordna.casework.consent.forms import ConsentForm
from samordna.casework.consent.presenters import consent_rows, units_to_cover
from samordna.casework.file.views.page import CasePage, address_of, open_page, process_of
from samordna.kernel import clock
from samordna.kernel.refusal import Refusal
from samordna.people import presenters as person_words
from samordna.people import queries as persons
from samordna.people.forms import PersonForm, RelatedForm
from samordna.people.protection import changes_of
from samordna.people.states import Relation
from samordna.web.forms import refusals_in, show_beside
from samordna.web.posting import posted_from
from samordna.web.receipts import once


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Read and change what stands about the person."""
    page = open_page(request, case_id, None, "person")
    # A form that was opened before the end holds more; it is refused with what was typed.
    only_protection = _is_over(page) and "name" not in request.POST
    form = PersonForm(request.POST or None, card=page.person, only_protection=only_protection)
    if request.method == "POST" and form.is_valid():

        def act() -> HttpResponse:
            commands.change_person(
                process=process_of(request),
                actor=page.actor,
                case_id=case_id,
                version=form.cleaned_data["version"],
                changes=form.changes(),
                at=page.at,
            )
            messages.success(request, _("What stands about the person is saved."))
            return redirect(address_of(request, "person", case_id))

        with refusals_in(request, form) as outcome:
            return once(request, act)
        if outcome.stale:
            page = open_page(request, case_id, None, "person")
            show_beside(form, PersonForm(card=page.person).initial, version="version")
    return _person_page(page, form=form)


def _is_over(page: CasePage[Any]) -> bool:
    """Of a person whose case is over nothing is changed but that she is protected more."""
    return not page.facts.case.active


def _person_page(page: CasePage[Any], **context: object) -> HttpResponse:
    card = page.person
    shown = {
        "form": PersonForm(card=card, only_protection=_is_over(page)),
        "related_form": RelatedForm(protected=card.protected),
        "related": person_words.related_rows(card),
        "numbers": person_words.identifier_rows(persons.identifier_history(card.id)) if card.present else [],
        "person_card": card,
        "sealed": bool(card.sealed) or card.related_sealed or card.plans_sealed,
        "protections": change_lines(changes_of(card.id), page.facts.case, page.actor, page.at),
        "may_lower": may_lower(page.process, page.actor, page.facts.case.id),
        "refusal": rules.change_person_refusal(page.facts.case, page.actor),
        "raises": _is_over(page) and rules.raise_protection_refusal(page.facts.case, page.actor) is None,
        **(identity_context(page) if card.present else {}),
    }
    return page.render("casework/person/page.html", **(shown | context))


@posted_from(":person", "case_id")
def related(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Add a relative or representative, or take one away (button `end`)."""
    page = open_page(request, case_id, None, "person")
    form = RelatedForm(request.POST, protected=page.person.protected)
    if "end" in request.POST:
        return _end_related(request, page)
    if form.is_valid():

        def act() -> HttpResponse:
            typed = form.typed() | {"relation": Relation(form.cleaned_data["relation"])}
            commands.add_related(
                process=process_of(request), actor=page.actor, case_id=case_id, at=page.at, **typed
            )
            messages.success(request, _("The contact is saved."))
            return redirect(address_of(request, "person", case_id))

        with refusals_in(request, form):
            return once(request, act)
    return _person_page(page, related_form=form, page_has_errors=True)


def _end_related(request: HttpRequest, page: CasePage[Any]) -> HttpResponse:
    known = {str(row.id): row.id for row in page.person.related}
    related_id = known.get(request.POST["end"])

    def act() -> HttpResponse:
        if related_id is not None:
            commands.end_related(
                process=process_of(request),
                actor=page.actor,
                case_id=page.facts.case.id,
                related_id=related_id,
                at=page.at,
            )
            messages.success(request, _("The contact is taken away."))
        return redirect(address_of(request, "person", page.facts.case.id))

    with refusals_in(request):
        return once(request, act)
    return redirect(address_of(request, "person", page.facts.case.id))


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every consent of the case, and a new one for the units that take part (L-03)."""
    page = open_page(request, case_id, None, "consent")
    form = ConsentForm(request.POST or None, age=page.person.age)
    units_form = ConsentUnitsForm(request.POST or None, units=units_to_cover(page.facts))
    if request.method == "POST" and form.is_valid() and units_form.is_valid():

        def act() -> HttpResponse:
            unit_ids = units_form.cleaned_data["units"]
            case_commands.give_consent(
                process=process_of(request),
                actor=page.actor,
                case_id=case_id,
                choice=form.choice(),
                unit_ids=unit_ids,
                at=page.at,
            )
            messages.success(request, _("The consent is recorded."))
            return redirect(address_of(request, "consent", case_id))

        with refusals_in(request, form):
            return once(request, act)
    return page.render(
        "casework/consent/page.html",
        form=form,
        units_form=units_form,
        forms=[form, units_form],
        page_has_errors=bool(form.errors or units_form.errors),
        rows=consent_rows(page.consents, page.at, page.facts.case.ended_at),
        may_withdraw=_withdraw_refusal(page) is None,
        refusal=rules.consent_refusal(page.facts.case, page.actor),
    )


def _withdraw_refusal(page: CasePage[Any]) -> Refusal | None:
    return rules.withdraw_refusal(page.facts.case, page.actor, page.consents, clock.today(page.at))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask once, then withdraw all consent that stands."""
    page = open_page(request, case_id, None, "consent")

    def act() -> HttpResponse:
        case_commands.withdraw_consent(
            process=process_of(request), actor=page.actor, case_id=case_id, at=page.at
        )
        messages.success(request, _("It is recorded that the consent is withdrawn."))
        return redirect(address_of(request, "consent", case_id))

    if request.method == "POST":
        with refusals_in(request):
            return once(request, act)
        return redirect(address_of(request, "consent", case_id))
    return page.render(
        "casework/case/confirm.html",
        heading=_("Record that consent is withdrawn?"),
        effects=[
            _("Nothing new can be sent to any unit before a new consent is recorded."),
            _("What the units have received stays with them."),
            _("If the whole case is to end, the coordinator ends it."),
        ],
        refusal=_withdraw_refusal(page),
        act_text=_("Withdraw consent"),
        back_url=address_of(request, "consent", case_id),
    )
