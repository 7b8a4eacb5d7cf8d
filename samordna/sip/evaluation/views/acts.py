"""The acts of the evaluation: begun, edited, signed, locked, voided (V-81, V-82)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.commands import writing
from samordna.casework.documents.presenters.since_read import SinceRead, known_version
from samordna.casework.documents.rules.editions import NOT_BEGUN
from samordna.casework.documents.views.acts import TAKEN_OVER, act, void_page
from samordna.casework.documents.views.password import asks_password
from samordna.casework.documents.views.reader import reader_of
from samordna.casework.documents.views.reviewing import Review, lock_page, sign_page
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import signed_content
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.sip.addresses import part_url
from samordna.sip.evaluation import commands
from samordna.sip.evaluation.content import evaluation_content
from samordna.sip.evaluation.presenters import evaluation_acts, evaluation_effects, evaluation_sheet
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.evaluation.rules import evaluation_gap_refusal
from samordna.sip.page import SipPage
from samordna.sip.plan.presenters.compare import compare_evaluations
from samordna.sip.plan.presenters.participants import participant_lines
from samordna.sip.plan.presenters.sheet import shown_content
from samordna.sip.plan.rules import attended_ahead
from samordna.sip.plan.states import Attendance
from samordna.sip.process import SIP
from samordna.sip.states import Part
from samordna.web.posting import posted_from

PART = Part.EVALUATION


@posted_from("sip:part", "case_id", slug="evaluation")
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin the evaluation, after a meeting or without one."""
    like = "like_voided" in request.POST
    return act(request, case_id, PART, commands.begin_evaluation, like_voided=like)


@posted_from("sip:part", "case_id", slug="evaluation")
def take_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Go on with what a colleague at the unit has begun."""
    return act(request, case_id, PART, writing.take_over, told=TAKEN_OVER, process=SIP, part=PART)


@posted_from("sip:part", "case_id", slug="evaluation")
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Redigera*."""
    return act(request, case_id, PART, commands.edit_evaluation)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Släng utkastet*: asked once, since what was written in the edition goes."""
    if request.method == "POST":
        return act(request, case_id, PART, writing.drop, process=SIP, part=PART)
    page = open_page(request, case_id, PART)
    return page.render(
        "casework/case/confirm.html",
        heading=_("Throw the open edition away"),
        effects=[
            _("What was written since the evaluation was signed is thrown away."),
            _("The signed version stands."),
        ],
        act_text=_("Throw away"),
        refusal=evaluation_acts(page.facts, page.actor).drop,
        back_url=part_url(case_id, PART),
        danger=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole evaluation as it will stand, and *Signera*. The text is mandatory."""
    return sign_page(
        request, case_id, PART, commands.sign_evaluation,
        told=_("The evaluation is signed. The units that take part see it."),
        review=lambda: _to_sign(request, case_id), asks=asks_password(request),
    )  # fmt: skip


def _to_sign(request: HttpRequest, case_id: UUID) -> Review:
    page = open_page(request, case_id, PART)
    acts, document = evaluation_acts(page.facts, page.actor), page.facts.standing(PART)
    edition = document.open_version if document else None
    if acts.write is not None or document is None or edition is None:
        return Review(page, closed=acts.write or NOT_BEGUN)
    content = evaluation_content(page.facts, edition, page.person, evaluation_of(edition.id))
    context = {
        "sheet": evaluation_sheet(content),
        "lines": participant_lines(case_id, PART, content["participants"], may_write=False),
        "first": not document.ever_signed,
        "missing": _missing(content),
        "ahead": attended_ahead(content, page.facts.meeting_of(Part.EVALUATION_SUMMONS), page.at),
        "text_missing": not content["text"].strip(),
        "unstated": any(line["attendance"] == Attendance.UNKNOWN for line in content["participants"]),
    }
    return Review(page, "sip/evaluation/sign.html", content=content, context=context)


def _missing(content: dict[str, Any]) -> Refusal | None:
    met_on = date.fromisoformat(content["met_on"]) if content["met_on"] else None
    attendance = [line["attendance"] for line in content["participants"]]
    return evaluation_gap_refusal(content["text"], attendance, met_on)


def _since_read(page: SipPage, document: DocumentFacts) -> SinceRead:
    """What others have signed since the reader knew it."""
    known, valid = known_version(document, reader_of(page, document)), document.valid_version
    if known is None or valid is None:
        return SinceRead(first=True)
    if known == valid:
        return SinceRead()
    before, after = (shown_content(signed_content(one.id), page.person) for one in (known, valid))
    sections = compare_evaluations(before, after)
    return SinceRead(changed=bool(sections), sections=tuple(sections))


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The signed evaluation, what locking leads to, and *Lås*."""
    return lock_page(
        request, case_id, PART, commands.lock_evaluation,
        told=_("The evaluation is locked, and the case has ended."), review=lambda: _to_lock(request, case_id),
    )  # fmt: skip


def _to_lock(request: HttpRequest, case_id: UUID) -> Review:
    page = open_page(request, case_id, PART)
    document = page.facts.standing(PART)
    valid = document.valid_version if document else None
    content = signed_content(valid.id) if valid else None
    context = {
        "refusal": evaluation_acts(page.facts, page.actor).lock,
        "since_read": _since_read(page, document) if document is not None else None,
        "sheet": evaluation_sheet(content) if content else None,
        "lines": participant_lines(case_id, PART, content["participants"], may_write=False)
        if content
        else [],
        "effects": [
            _("The case ends for all units. It can still be read."),
            _("A new SIP can be started for %(name)s.") % {"name": isolated(page.person.name)},
            _("The units that take part are told."),
        ],
    }
    return Review(page, "sip/evaluation/lock.html", version=valid.id if valid else None, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """*Makulera* the evaluation; a case that it had ended goes on."""
    page = open_page(request, case_id, PART)
    effects = evaluation_effects(page.facts)
    refusal = evaluation_acts(page.facts, page.actor).void
    told = (
        _("The evaluation is voided. It can be read at the top of this page.")
        if page.facts.case.active
        else _("The evaluation is voided, and the case goes on.")
    )
    return void_page(page, PART, _("Void the evaluation"), effects, refusal, commands.void_evaluation, told)
