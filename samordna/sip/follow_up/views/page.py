"""*Uppföljning av plan*: the page, and activating, locking, opening, voiding, and when the next one is due."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samordna.casework.documents.presenters.authors import NOBODY
from samordna.casework.documents.rules.editions import voided_like
from samordna.casework.documents.views.acts import act, void_page
from samordna.casework.documents.views.reader import reader_of
from samordna.casework.documents.views.reviewing import Review, sign_page
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.queries import signed_content
from samordna.kernel import clock
from samordna.sip.addresses import part_url
from samordna.sip.follow_up import commands
from samordna.sip.follow_up.content import follow_up_content
from samordna.sip.follow_up.facts import ReportFacts
from samordna.sip.follow_up.forms import ScheduleForm
from samordna.sip.follow_up.presenters import (
    Entry,
    History,
    follow_up_acts,
    follow_up_effects,
    follow_up_line,
    goal_reports,
    reported_since,
)
from samordna.sip.follow_up.queries import earlier_reports_of, reports_of
from samordna.sip.follow_up.rules import correct_report_refusal, meets_schedule
from samordna.sip.follow_up.views.entries import entries, follow_up_key
from samordna.sip.page import SipPage
from samordna.sip.procedure_codes import codes_after
from samordna.sip.rounds.presenters.earlier import earlier_versions
from samordna.sip.states import Part
from samordna.web.acting import carry_out
from samordna.web.posting import posted_from

PART = Part.FOLLOW_UP


@require_safe
def follow_up_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One line for each activity, grouped by goal; activated, open, or locked."""
    return shown(open_page(request, case_id, PART))


def shown(page: SipPage, posted: dict[str, Entry] | None = None, **more: Any) -> HttpResponse:
    """The page as it stands; with `posted`, the forms as they were sent and cannot be saved."""
    document = page.facts.standing(PART)
    context: dict[str, Any] = {
        "document": document,
        "voided": voided_like(page.facts, page.actor.unit_id, PART),
        "acts": follow_up_acts(page.facts, page.actor, page.at),
        "earlier": earlier_versions(page.facts, page.actor.unit_id, PART, page.at),
        "due_on": page.facts.follow_up_due_on,
        "schedule_form": ScheduleForm(),
    }
    if document is not None:
        context |= _standing(page, document, posted)
    return page.render("sip/follow_up/page.html", **(context | more))


def _standing(page: SipPage, document: DocumentFacts, posted: dict[str, Entry] | None) -> dict[str, Any]:
    edition, locked = document.open_version, document.locked_version
    reader, over = reader_of(page, document), not page.facts.case.active
    context: dict[str, Any] = {
        "edition": edition,
        "locked": locked,
        "line": follow_up_line(document, page.at),
    }
    if edition is not None:
        reports = reports_of(edition.id)
        held = entries(page, document, reports) if posted is None else posted
        return context | {
            "goals": goal_reports(
                _content(page, edition, reports), reader, held, _history(page, edition, reports), over=over
            ),
            "forms": [entry.form for entry in held.values() if entry.form is not None],
            "draft_form": follow_up_key(document),
            "kept": any(entry.typed for entry in held.values()),
        }
    if locked is not None:
        context |= left_text(page, follow_up_key(document)) | {
            "goals": goal_reports(
                signed_content(locked.id), reader, history=History(earlier_reports_of(locked.id)), over=over
            ),
            "codes": codes_after(page.actor, page.settings, PART),
        }
    return context


def _history(page: SipPage, edition: VersionFacts, reports: tuple[ReportFacts, ...]) -> History:
    may = [one for one in reports if correct_report_refusal(page.facts, page.actor, one) is None]
    return History(
        earlier_reports_of(edition.id), {str(one.activity_lineage): one.written.version for one in may}
    )


def _content(page: SipPage, edition: VersionFacts, reports: tuple[ReportFacts, ...]) -> dict[str, Any]:
    return follow_up_content(page.facts, edition, page.person, reports)


@posted_from("sip:part", "case_id", slug="follow-up")
def activate(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Aktivera uppföljning av plan*."""
    like = "like_voided" in request.POST
    return act(request, case_id, PART, commands.activate_follow_up, like_voided=like)


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What will be locked, what it leads to, and *Lås*, which signs and locks exactly what is on the page."""
    return sign_page(
        request, case_id, PART, commands.lock_follow_up,
        told=_("The follow-up is locked."), review=lambda: _to_lock(request, case_id),
    )  # fmt: skip


def _to_lock(request: HttpRequest, case_id: UUID) -> Review:
    page = open_page(request, case_id, PART)
    document = page.facts.standing(PART)
    edition = document.open_version if document else None
    reports = reports_of(edition.id) if edition is not None else ()
    content = _content(page, edition, reports) if edition is not None else None
    reader = reader_of(page, document) if document is not None else NOBODY
    known = _history(page, edition, reports) if edition is not None else None
    goals = goal_reports(content, reader, history=known) if content else []
    due_on = page.facts.follow_up_due_on
    context = {
        "refusal": follow_up_acts(page.facts, page.actor, page.at).lock,
        "goals": goals,
        "since_read": reported_since(reader, goals),
        "stands_on": due_on if due_on and not meets_schedule(due_on, clock.today(page.at)) else None,
    }
    return Review(page, "sip/follow_up/lock.html", content=content, context=context)


@posted_from("sip:part", "case_id", slug="follow-up")
def open_again(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Öppna* a locked follow-up."""
    told = _("The follow-up is open again. What was reported stands until somebody reports anew.")
    return act(request, case_id, PART, commands.open_follow_up, told=told)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Makulera* the follow-up."""
    page = open_page(request, case_id, PART)
    effects = follow_up_effects(page.facts, page.at)
    refusal = follow_up_acts(page.facts, page.actor, page.at).void
    told = _("The follow-up is voided. It can be read at the top of this page.")
    return void_page(page, PART, _("Void the follow-up"), effects, refusal, commands.void_follow_up, told)


@posted_from("sip:part", "case_id", slug="follow-up")
def schedule(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """When the next follow-up is due."""
    page = open_page(request, case_id, PART)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        due_on, told = form.cleaned_data["due_on"], _("The day of the next follow-up is saved.")
        save = partial(
            commands.schedule_follow_up, actor=page.actor, case_id=case_id, due_on=due_on, at=page.at
        )
        saved = carry_out(request, save, then=part_url(case_id, PART), told=told, form=form)
        if saved.answer:
            return saved.answer
    return shown(page, schedule_form=form, form=form)
