"""A second process, as small as one can be: a notice that is sent and acknowledged, and a paper that is signed.

It hands over what every process must, and nothing is written for it in casework or below.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.urls import include, path

from samordna.cases.states import Access, StepStatus
from samordna.cases.worklist import NextStep
from samordna.casework.case import urls as case_urls
from samordna.casework.file.facts import CaseWork, StepSettings
from samordna.casework.file.queries import hold
from samordna.casework.file.steps.messages import message_view
from samordna.casework.file.steps.view import PartView, Viewer, quiet, task
from samordna.casework.messages import urls as message_urls
from samordna.casework.messages.commands.drafting import (
    covered_cards,
    drafted,
    keep_draft,
    send_draft,
    sendable_draft,
)
from samordna.casework.messages.forms.recipients import DraftForm
from samordna.casework.messages.kinds import DraftKind
from samordna.casework.messages.views.pages import message_part
from samordna.casework.pages import Pages
from samordna.casework.process import Column, DocumentKind, MessageKind, Process, Wording
from samordna.casework.urls import mounted
from samordna.config.urls import urlpatterns as others
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module
from samordna.kernel.refusal import Refusal
from samordna.notifications.events import Event

NOTICE, PAPER = "NOTICE", "PAPER"
SENT = Event("notice.sent", "A notice waits for an answer")
VOIDED = Event("notice.voided", "A notice has been voided")


def _never(_facts: CaseWork, _at: datetime) -> bool:
    return False


def _to_be_sent(_facts: CaseWork, viewer: Viewer) -> PartView:
    return task(NOTICE, "send_notice") if viewer.coordinates else quiet(StepStatus.NOT_STARTED, NOTICE)


def _again(_facts: CaseWork, viewer: Viewer) -> str:
    return "send_notice" if viewer.coordinates else ""


NOTICE_KIND = MessageKind[CaseWork](
    code=NOTICE,
    access=Access.FULL,
    deadline="initiative",
    sent=SENT,
    voided=VOIDED,
    holds=_never,
    too_late=_never,
    not_begun=_to_be_sent,
    anew=_again,
)
PAPER_KIND = DocumentKind(PAPER, signed="The paper is signed.", voided="The paper is voided.")


def _facts(common: Any, _rows: Any, settings: StepSettings) -> CaseWork:
    return CaseWork(**common, meetings={}, settings=settings)


def _settings(chosen: Any) -> StepSettings:
    return StepSettings(other_step=chosen.deadlines["other_step"])


def _begin_refusal(facts: CaseWork, part: str) -> Refusal | None:
    """The paper is written when the notice has been sent."""
    if part == PAPER and facts.sent(NOTICE) is None:
        return Refusal("toy.notice_first", "Send the notice first.")
    return None


def _views(facts: CaseWork, viewer: Viewer) -> dict[str, PartView]:
    paper = facts.standing(PAPER)
    if paper is None:
        seen = quiet(StepStatus.NOT_YET if _begin_refusal(facts, PAPER) else StepStatus.NOT_STARTED, PAPER)
    elif paper.open_version is not None and viewer.unit_id == paper.open_version.opened_unit_id:
        seen = task(PAPER, "sign_paper", status=StepStatus.DRAFT)
    else:
        seen = quiet(StepStatus.DONE, PAPER)
    return {NOTICE: message_view(facts, NOTICE_KIND, viewer), PAPER: seen}


def _step_refusal(_facts: CaseWork, _actor: Actor, _step: NextStep, _at: datetime) -> Refusal | None:
    return None


TOY: Process[CaseWork] = Process(
    module=Module.SPU,
    name="Prov",
    heading="All of it",
    namespace="toy",
    steps_version=1,
    parts=(NOTICE, PAPER),
    phases=(("All of it", (NOTICE, PAPER)),),
    labels={NOTICE: "Notice", PAPER: "Paper"},
    slugs={NOTICE: "notice", PAPER: "paper"},
    columns=(Column(NOTICE, "Notice", "Notice"), Column(PAPER, "Paper", "Paper")),
    messages={NOTICE: NOTICE_KIND},
    events=(SENT, VOIDED),
    documents={PAPER: PAPER_KIND},
    asked_by=NOTICE,
    asked_with="the notice",
    rows={},
    facts=_facts,
    settings=_settings,
    begin_refusal=_begin_refusal,
    step_refusal=_step_refusal,
    views=_views,
    told_to_others=frozenset({"send_notice"}),
    as_others_say={},
    sentences={
        "send_notice": Wording("Send the notice"),
        "await_send_notice": Wording("%(who)s is to send the notice"),
        "answer_notice": Wording("Acknowledge the notice"),
        "await_notice": Wording("%(count)d of %(total)d have acknowledged the notice"),
        "sign_paper": Wording("Sign the paper"),
    },
)


@transaction.atomic
def save_notice(
    *,
    actor: Actor,
    case_id: UUID,
    message_id: UUID | None,
    version: int,
    chosen: Any,
    text: str,
    at: datetime,
) -> UUID:
    """What a notice says is in no table: it says nothing."""
    facts, at = hold(TOY, actor, case_id, at)
    message_id = keep_draft(
        facts, kind=NOTICE, actor=actor, message_id=message_id, version=version, chosen=chosen, at=at
    )
    drafted(facts, message_id=message_id, actor=actor, at=at)
    return message_id


@transaction.atomic
def send_notice(
    *, actor: Actor, case_id: UUID, message_id: UUID, version: int, consent: Any, at: datetime
) -> CaseWork:
    facts, at = hold(TOY, actor, case_id, at)
    _message, chosen = sendable_draft(facts, kind=NOTICE, actor=actor, message_id=message_id, version=version)
    cards, _consent_id = covered_cards(facts, NOTICE, chosen, consent, actor=actor, at=at)
    return send_draft(
        facts, message_id=message_id, kind=NOTICE, chosen=chosen, cards=cards, actor=actor, at=at
    )


class NoticeForm(DraftForm):
    note = forms.CharField(required=False)

    def written(self) -> str:
        return ""

    @staticmethod
    def filled_from(text: str) -> dict[str, Any]:
        return {}


TOY_PAGES: Pages[CaseWork] = Pages(
    process=TOY,
    parts={NOTICE: message_part(NOTICE), PAPER: message_part(NOTICE)},
    drafts={
        NOTICE: DraftKind(
            message=NOTICE_KIND,
            form=NoticeForm,
            template="casework/messages/write.html",
            read=lambda _message_id: "",
            rows=lambda _text, _at: [("Says", "nothing", "id_note")],
            save=save_notice,
            send=send_notice,
            like=lambda text, _at: (text, False),
            proposed=lambda _facts: [],
            effects=lambda _facts, _message, _at: ["Nothing is built on it."],
            send_words=lambda _count: "Send the notice",
            sent_words=lambda _count: "The notice is sent.",
        )
    },
)

app_name = "toy"
_toy = (
    [path("toy/", include(mounted(TOY_PAGES, [*message_urls.urlpatterns, *case_urls.urlpatterns])))],
    "toy",
)
urlpatterns = [path("", include(_toy)), *others]
