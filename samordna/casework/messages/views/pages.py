"""The page of each message part: the message as it stands, else the draft, else why it cannot begin."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samordna.casework.consent.presenters import ConsentRow, consent_rows
from samordna.casework.file.queries import open_work
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import CasePage, actor_of, open_page, process_of
from samordna.casework.messages.commands.answering import open_message
from samordna.casework.messages.forms.answers import AnswerForm
from samordna.casework.messages.presenters.messages import message_card, unopened
from samordna.casework.messages.presenters.texts import text_rows
from samordna.casework.messages.views.consent import consent_ends
from samordna.casework.messages.views.draft_page import gone, left_draft, opened_draft
from samordna.kernel.refusal import NotVisible
from samordna.messaging import queries as messaging
from samordna.messaging.facts import MessageFacts
from samordna.sip.addresses import part_url
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.kinds import KINDS, unsaved_key
from samordna.sip.states import Part


@require_safe
def initiative_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _one_message(request, case_id, Part.INITIATIVE)


@require_safe
def summons_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _one_message(request, case_id, Part.SUMMONS)


@require_safe
def evaluation_summons_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _one_message(request, case_id, Part.EVALUATION_SUMMONS)


@require_safe
def information_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All information messages in the order they were sent, and a new one to write."""
    page = _opened(open_page(request, case_id, Part.INFORMATION), Part.INFORMATION)
    return opened_draft(page, KINDS[Part.INFORMATION])


def _one_message(request: HttpRequest, case_id: UUID, part: Part) -> HttpResponse:
    page = _opened(open_page(request, case_id, part), part)
    message = page.facts.sent(part)
    if message is not None:
        return message_page(page, part, message, AnswerForm())
    return opened_draft(page, KINDS[part])


def open_message_page(
    request: HttpRequest, case_id: UUID, message_id: UUID
) -> tuple[CasePage[Any], MessageFacts]:
    """The case opened for a page about one message. 404 when the unit may not see the message."""
    kind = messaging.kind_of_message(case_id, message_id, process_of(request).module)
    if not kind:
        raise NotVisible
    page = open_page(request, case_id, Part(kind))
    message = page.facts.message(message_id)
    if message is None:
        raise NotVisible
    return page, message


def message_address(request: HttpRequest, case_id: UUID, message_id: UUID, **_more: UUID) -> str:
    """Where a message that the unit may see is shown, for what is posted from there."""
    message = open_work(process_of(request), actor_of(request), case_id).message(message_id)
    if message is None:
        raise NotVisible
    return part_url(case_id, Part(message.kind))


def message_page(
    page: CasePage[Any], part: Part, message: MessageFacts, answer_form: AnswerForm
) -> HttpResponse:
    """A sent initiative or summons, with its units and what the actor may do."""
    text = KINDS[part].read(message.id)
    return page.render(
        "casework/messages/sent.html",
        card=message_card(page.facts, page.actor, message, page.consents, page.at),
        texts=text_rows(text, page.at),
        consent=_consent_of(page, text) if isinstance(text, InitiativeText) else None,
        consent_ends=consent_ends(page, part, text, [d.unit_id for d in message.standing]),
        gone=gone(page, KINDS[part]),
        answer_form=answer_form,
        form=answer_form,
        **left_draft(page, KINDS[part]),
        **left_text(page, unsaved_key(part, page.facts.case.id)),
    )


def _consent_of(page: CasePage[Any], text: InitiativeText) -> ConsentRow | None:
    """The consent that was recorded with the initiative."""
    found = tuple(held for held in page.consents if held.id == text.consent_id)
    return consent_rows(found, page.at)[0] if found else None


def _opened(page: CasePage[Any], part: Part) -> CasePage[Any]:
    """Reading is opening: record it for the messages of the part that wait for it."""
    if page.request.method == "HEAD":
        return page
    for message in unopened(page.facts, page.actor, page.facts.messages_of(part)):
        facts = open_message(
            process=page.process,
            actor=page.actor,
            case_id=page.facts.case.id,
            message_id=message.id,
            at=page.at,
        )
        page = page if facts is None else page.after_opening(message.id, facts)
    return page
