"""*Utvärdering av plan*: the page, where the text is written, and its acts (V-81, V-82)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.commands import writing
from samordna.casework.documents.forms import texts_of
from samordna.casework.documents.presenters.since_read import SinceRead, known_version
from samordna.casework.documents.presenters.versions import version_line
from samordna.casework.documents.rules.editions import NOT_BEGUN, seen_open, voided_like
from samordna.casework.documents.views.acts import TAKEN_OVER, act, void_page
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.documents.views.passages import Passage, passage_page, save_passage
from samordna.casework.documents.views.password import asks_password
from samordna.casework.documents.views.reader import reader_of
from samordna.casework.documents.views.reviewing import Review, lock_page, sign_page
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import signed_content
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.sip.addresses import part_url
from samordna.sip.evaluation import commands
from samordna.sip.evaluation.content import evaluation_content
from samordna.sip.evaluation.facts import EvaluationFacts
from samordna.sip.evaluation.forms import EvaluationForm
from samordna.sip.evaluation.presenters import evaluation_acts, evaluation_effects, evaluation_sheet
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.evaluation.rules import evaluation_gap_refusal
from samordna.sip.follow_up.presenters import plan_goals
from samordna.sip.page import SipPage
from samordna.sip.plan.presenters.compare import compare_evaluations
from samordna.sip.plan.presenters.participants import participant_lines
from samordna.sip.plan.presenters.sheet import shown_content
from samordna.sip.plan.presenters.undo import undo_of
from samordna.sip.plan.rules import attended_ahead
from samordna.sip.plan.states import Attendance
from samordna.sip.procedure_codes import codes_after
from samordna.sip.process import SIP
from samordna.sip.rounds.presenters.earlier import earlier_versions
from samordna.sip.rounds.presenters.rounds import plan_name
from samordna.sip.states import Part
from samordna.web.posting import posted_from

PART = Part.EVALUATION
TEMPLATE = "sip/evaluation/page.html"


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The evaluation as it stands. A post saves the text, where it may be written."""
    page = open_page(request, case_id, PART)
    acts = evaluation_acts(page.facts, page.actor)
    document = page.facts.standing(PART)
    edition = seen_open(page.facts.case, document, page.actor.unit_id) if document else None
    if acts.write is None and document is not None and edition is not None:
        passage = _passage(page, document, evaluation_of(edition.id))
        return save_passage(request, passage) if request.method == "POST" else passage_page(request, passage)
    if request.method == "POST":
        return closed_page(
            page, PART, acts.write or NOT_BEGUN, key=_key(document), texts=texts_of(EvaluationForm)
        )
    content = (
        evaluation_content(page.facts, edition, page.person, evaluation_of(edition.id)) if edition else None
    )
    return page.render(
        TEMPLATE,
        **_around(page, document),
        **_read(page, document, content),
        **left_text(page, _key(document)),
    )


def _key(document: DocumentFacts | None) -> str:
    return f"sip:evaluation:{document.id if document else ''}"


def _around(page: SipPage, document: DocumentFacts | None) -> dict[str, Any]:
    """What stands on the page in every state."""
    return {
        "document": document,
        "acts": evaluation_acts(page.facts, page.actor),
        "voided": voided_like(page.facts, page.actor.unit_id, PART),
        "without_summons": page.facts.sent(Part.EVALUATION_SUMMONS) is None,
        "earlier": earlier_versions(page.facts, page.actor.unit_id, PART, page.at),
        **_evaluated_plan(page),
        "version_line": version_line(document, page.at) if document and _seen(page, document) else "",
        "part_slug": "evaluation",
        "codes": codes_after(page.actor, page.settings, PART) if document and document.valid_version else (),
    }


def _evaluated_plan(page: SipPage) -> dict[str, Any]:
    """The goals of the plan that is evaluated, each activity with how it went at the last follow-up (guide 6.2)."""
    plan, version = page.facts.valid_plan, page.facts.holding_version
    if plan is None or version is None:
        return {}
    follow_up = page.facts.standing(Part.FOLLOW_UP)
    last = follow_up.valid_version if follow_up else None
    reports = signed_content(last.id)["reports"] if last else ()
    over = not page.facts.case.active
    return {
        "goals": plan_goals(signed_content(version.id), reports, over=over),
        "plan_name": plan_name(plan),
        "followed_up_at": last.signed_at if last else None,
    }


def _seen(page: SipPage, document: DocumentFacts) -> bool:
    return document.ever_signed or seen_open(page.facts.case, document, page.actor.unit_id) is not None


def _read(page: SipPage, document: DocumentFacts | None, content: dict[str, Any] | None) -> dict[str, Any]:
    """What is only read: the open edition that another at the unit writes, else the signed one."""
    valid = document.valid_version if document else None
    if content is None and valid is not None:
        content = signed_content(valid.id)
    if content is None or document is None:
        return {"hidden_open": document.open_version if document else None}
    reader = reader_of(page, document)
    lines = participant_lines(
        page.facts.case.id, PART, content["participants"], may_write=False, reader=reader
    )
    return {"sheet": evaluation_sheet(content, reader), "lines": lines}


def _passage(page: SipPage, document: DocumentFacts, said: EvaluationFacts) -> Passage:
    request, case_id = page.request, page.facts.case.id

    def save(form: Form, version: int) -> None:
        data = form.cleaned_data
        commands.save_evaluation(
            actor=page.actor,
            case_id=case_id,
            version=version,
            met_on=data["met_on"],
            text=data["text"],
            at=page.at,
        )

    def again() -> Passage:
        fresh = open_page(request, case_id, PART)
        held = fresh.facts.standing(PART)
        edition = held.open_version if held else None
        return _passage(fresh, held, evaluation_of(edition.id)) if held and edition else passage

    review = reverse("sip:evaluation_sign", args=[case_id]) if "review" in request.POST else ""
    passage = Passage(
        page=page,
        part=PART,
        key=_key(document),
        template=TEMPLATE,
        back_url=review or part_url(case_id, PART),
        values={"met_on": said.met_on.isoformat() if said.met_on else "", "text": said.text},
        make_form=EvaluationForm,
        save=save,
        written=said.written,
        context=_writing(page, document, said) | {"heading": _("Evaluation of plan")},
        again=again,
    )
    return passage


def _writing(page: SipPage, document: DocumentFacts, said: EvaluationFacts) -> dict[str, Any]:
    edition = document.open_version
    if edition is None:
        return {}
    content = evaluation_content(page.facts, edition, page.person, said)
    reader = reader_of(page, document)
    versions = {str(line.lineage): line.written.version for line in said.participants}
    return _around(page, document) | {
        "edition": edition,
        "may_write": True,
        "text_author": evaluation_sheet(content, reader).author,
        "lines": participant_lines(
            page.facts.case.id,
            PART,
            content["participants"],
            may_write=True,
            reader=reader,
            versions=versions,
        ),
        "undo": undo_of(page.facts.case.id, PART, page.request.GET.get("undo", ""), said.participants),
    }


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
