"""Two cases that may be one person's: both side by side, and the answer of the coordinator (L-01)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.cases.facts import CaseFacts
from samordna.cases.queries import active_case_of
from samordna.casework.case.commands import joining as commands
from samordna.casework.case.commands.pairs import Pair, read_pair
from samordna.casework.case.forms.identity import DeclineForm, JoinForm
from samordna.casework.case.presenters.existing import existing_case
from samordna.casework.case.presenters.identity import NUMBER_ROUTES
from samordna.casework.case.presenters.joining import Side, keep_choices, side, told_side
from samordna.casework.case.rules import identity as rules
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.presenters.addresses import address
from samordna.casework.file.views.page import CasePage, address_of, open_page, process_of
from samordna.kernel.refusal import Refusal
from samordna.people import queries as persons
from samordna.people.states import IdentityKind
from samordna.web.forms import refusals_in, show_beside
from samordna.web.receipts import answered_before, once


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Both cases side by side; the coordinator confirms which goes on."""
    page = open_page(request, case_id, None, "person")
    if page.facts.join is not None and not _coordinates(page):
        return page.render("casework/identity/join_asked.html", join=page.facts.join, refusal=_refusal(page))
    pair = read_pair(actor=page.actor, facts=page.facts, at=page.at)
    if pair is None:
        return _gone(page)
    if "close" in request.POST:
        return _close(page, pair)
    form = JoinForm(
        request.POST or None,
        choices=keep_choices(pair.join, pair.own, pair.other),
        initial={"keep": str(pair.join.keep_case_id), "seen": pair.seen},
    )
    if request.method == "POST" and form.is_valid():
        keep, seen = UUID(form.cleaned_data["keep"]), form.cleaned_data["seen"]

        def act() -> HttpResponse:
            goes_on = commands.confirm_join(
                process=process_of(request),
                actor=page.actor,
                case_id=case_id,
                keep_case_id=keep,
                seen=seen,
                at=page.at,
            )
            return redirect(address_of(request, "person", goes_on if _both(page, pair) else case_id))

        with refusals_in(request, form):
            return once(request, act)
    return _page(page, pair, form)


def _coordinates(page: CasePage[Any]) -> bool:
    """Whether the user is one of the two who see both cases: all others are told that it is asked."""
    case: CaseFacts = page.facts.case
    return case.is_coordinator(page.actor.user_id, page.actor.unit_id)


def _refusal(page: CasePage[Any]) -> Refusal | None:
    return rules.join_refusal(page.facts.case, page.actor)


def _close(page: CasePage[Any], pair: Pair) -> HttpResponse:
    """The other case has ended: the question is closed, and who asked comes to where the number is asked about anew."""
    case_id, asked_here = page.facts.case.id, pair.join.case_id == page.facts.case.id
    anew = NUMBER_ROUTES[IdentityKind(pair.join.kind)] if asked_here else "person"

    def act() -> HttpResponse:
        seen = page.request.POST["close"]
        commands.decline_join(
            process=page.process, actor=page.actor, case_id=case_id, reason="", seen=seen, at=page.at
        )
        return redirect(address(page.process, anew, case_id))

    with refusals_in(page.request):
        return once(page.request, act)
    return redirect(address(page.process, "join", case_id))


def _both(page: CasePage[Any], pair: Pair) -> bool:
    """Whether the user coordinates both cases, and so may open the one that goes on."""
    return all(one.case.is_coordinator(page.actor.user_id, page.actor.unit_id) for one in pair.both)


def _page(page: CasePage[Any], pair: Pair, form: JoinForm) -> HttpResponse:
    return page.render(
        "casework/identity/join.html",
        sides=_sides(page, pair),
        join=pair.join,
        shows_asker=pair.shows_asker(page.actor),
        form=form,
        seen=pair.seen,
        refusal=_refusal(page),
        yes_refusal=pair.waits(page.actor),
        ended=not pair.other.case.active,
    )


def _sides(page: CasePage[Any], pair: Pair) -> list[Side]:
    cards = persons.person_cards([facts.case.person_id for facts in pair.both], at=page.at)

    def whole(heading: str, facts: CaseWork) -> Side:
        return side(heading, facts, cards[facts.case.person_id], pair.join, page.actor, page.at)

    own, heading = whole(_("Your case"), pair.own), _("The other case")
    if pair.shows_other(page.actor):
        return [own, whole(heading, pair.other)]
    # Of a case that has ended the door tells nothing, nor of one made since: that is a question of its own.
    active = pair.other.case.active
    existing = active_case_of(pair.other.case.person_id, page.process.module) if active else None
    told = existing_case(page.process, page.actor, existing) if existing else None
    return [own, told_side(heading, pair.other, pair.join, told)]


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """No: the two cases stay two."""
    page = open_page(request, case_id, None, "person")
    if page.facts.join is not None and not _coordinates(page):
        return page.render("casework/identity/join_asked.html", join=page.facts.join, refusal=_refusal(page))
    pair = read_pair(actor=page.actor, facts=page.facts, at=page.at)
    if pair is None:
        return _gone(page)
    form = DeclineForm(request.POST or None, initial={"seen": pair.seen})
    if request.method == "POST" and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]

        def act() -> HttpResponse:
            commands.decline_join(
                process=process_of(request),
                actor=page.actor,
                case_id=case_id,
                reason=reason,
                seen=seen,
                at=page.at,
            )
            return redirect(address_of(request, "person", case_id))

        with refusals_in(request, form) as outcome:
            return once(request, act)
        if outcome.stale:
            show_beside(form, {"seen": pair.seen}, version="seen")
    return page.render(
        "casework/case/confirm.html",
        heading=_("Say no to making the two cases one"),
        effects=[
            _("Both cases go on as they are, each with its own person."),
            _("Your answer and the reason stand in both cases."),
        ],
        form=form,
        refusal=_refusal(page),
        act_text=_("Say no"),
        back_url=address_of(request, "join", case_id),
    )


def _gone(page: CasePage[Any]) -> HttpResponse:
    """The question has been answered; a second click of the answer itself leads where the first did."""
    before = answered_before(page.request) if page.request.method == "POST" else None
    return before or redirect(address(page.process, "person", page.facts.case.id))
