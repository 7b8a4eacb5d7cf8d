"""*Utvärdering av plan*: the page, where the text is written (V-81)."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samordna.casework.documents.forms import texts_of
from samordna.casework.documents.presenters.versions import version_line
from samordna.casework.documents.rules.editions import NOT_BEGUN, seen_open, voided_like
from samordna.casework.documents.views.closed import closed_page
from samordna.casework.documents.views.passages import Passage, passage_page, save_passage
from samordna.casework.documents.views.reader import reader_of
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import open_page
from samordna.documents.facts import DocumentFacts
from samordna.documents.queries import signed_content
from samordna.sip.addresses import part_url
from samordna.sip.evaluation import commands
from samordna.sip.evaluation.content import evaluation_content
from samordna.sip.evaluation.facts import EvaluationFacts
from samordna.sip.evaluation.forms import EvaluationForm
from samordna.sip.evaluation.presenters import evaluation_acts, evaluation_sheet
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.follow_up.presenters import plan_goals
from samordna.sip.page import SipPage
from samordna.sip.plan.presenters.participants import participant_lines
from samordna.sip.plan.presenters.undo import undo_of
from samordna.sip.procedure_codes import codes_after
from samordna.sip.rounds.presenters.earlier import earlier_versions
from samordna.sip.rounds.presenters.rounds import plan_name
from samordna.sip.states import Part

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
