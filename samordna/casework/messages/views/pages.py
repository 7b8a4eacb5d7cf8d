"""The page of a message part: the message as it stands, else the draft, else why it cannot begin."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samordna.casework.consent.presenters import ConsentRow, consent_rows
from samordna.casework.file.queries import open_work
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import CasePage, actor_of, open_page, part_address, process_of
from samordna.casework.messages.commands.answering import open_message
from samordna.casework.messages.forms.answers import AnswerForm
from samordna.casework.messages.kinds import Text, draft_kind, unsaved_key
from samordna.casework.messages.presenters.messages import message_card, unopened
from samordna.casework.messages.views.consent import consent_ends
from samordna.casework.messages.views.draft_page import gone, left_draft, opened_draft
from samordna.casework.pages import PartPage
from samordna.kernel.refusal import NotVisible
from samordna.messaging import queries as messaging
from samordna.messaging.facts import MessageFacts


def message_part(part: str) -> PartPage:
    """The page of a message part: its message or, of a kind of which several stand, all of them and a new one."""

    @require_safe
    def page_of_part(request: HttpRequest, case_id: UUID) -> HttpResponse:
        page = _opened(open_page(request, case_id, part), part)
        kind, message = draft_kind(page, part), page.facts.sent(part)
        if kind.message.several or message is None:
            return opened_draft(page, kind)
        return message_page(page, message, AnswerForm())

    return page_of_part


def open_message_page(
    request: HttpRequest, case_id: UUID, message_id: UUID
) -> tuple[CasePage[Any], MessageFacts]:
    """The case opened for a page about one message. 404 when the unit may not see the message."""
    kind = messaging.kind_of_message(case_id, message_id, process_of(request).module)
    if not kind:
        raise NotVisible
    page = open_page(request, case_id, kind)
    message = page.facts.message(message_id)
    if message is None:
        raise NotVisible
    return page, message


def message_address(request: HttpRequest, case_id: UUID, message_id: UUID, **_more: UUID) -> str:
    """Where a message that the unit may see is shown, for what is posted from there."""
    message = open_work(process_of(request), actor_of(request), case_id).message(message_id)
    if message is None:
        raise NotVisible
    return part_address(request, case_id, message.kind)


def message_page(page: CasePage[Any], message: MessageFacts, answer_form: AnswerForm) -> HttpResponse:
    """A sent message, with its units and what the actor may do."""
    kind = draft_kind(page, message.kind)
    text = kind.read(message.id)
    return page.render(
        "casework/messages/sent.html",
        card=message_card(page.facts, page.actor, message, page.consents, page.at),
        texts=kind.rows(text, page.at),
        consent=_consent_of(page, text) if kind.asks_consent else None,
        consent_ends=consent_ends(page, kind, text, [d.unit_id for d in message.standing]),
        gone=gone(page, kind),
        accepts=kind.message.accepts,
        accept_hint=kind.accept_hint,
        answer_form=answer_form,
        form=answer_form,
        **left_draft(page, kind),
        **left_text(page, unsaved_key(kind.part, page.facts.case.id)),
    )


def _consent_of(page: CasePage[Any], text: Text) -> ConsentRow | None:
    """The consent that was recorded with the message."""
    found = tuple(held for held in page.consents if held.id == text.consent_id)
    return consent_rows(found, page.at)[0] if found else None


def _opened(page: CasePage[Any], part: str) -> CasePage[Any]:
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
