"""The page on which a message is written: shown afresh, with what was typed, or after a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samordna.casework.consent.forms import CONSENT_PREFIX, ConsentDraftForm, kept_consent
from samordna.casework.file.views.left import left_text
from samordna.casework.file.views.page import CasePage
from samordna.casework.messages.forms.recipients import DraftForm, typed
from samordna.casework.messages.kinds import DraftKind, Row, Text, unsaved_key
from samordna.casework.messages.presenters.messages import MessageCard, gone_cards, message_card
from samordna.casework.messages.presenters.recipients import chosen_rows, preselected
from samordna.casework.messages.presenters.texts import consent_rows
from samordna.casework.messages.rules.messages import discard_refusal, write_refusal
from samordna.drafts.queries import Unsaved, unsaved_for
from samordna.kernel import clock
from samordna.kernel.text import isolated
from samordna.messaging.facts import Chosen, MessageFacts
from samordna.messaging.queries import draft_recipients, recent_recipients
from samordna.messaging.states import MessageStatus
from samordna.organisations import queries as places
from samordna.organisations.queries import UnitCard

_MOST_FOUND = 10


@dataclass(frozen=True)
class Asked:
    """What is looked for in the address book; `focus` puts the cursor there again."""

    q: str = ""
    searched: bool = False
    focus: bool = False


@dataclass(frozen=True)
class Written:
    """The forms of the page: the message, and the choice of consent beside a kind that asks for it."""

    form: DraftForm
    consent: ConsentDraftForm | None


def opened_draft(page: CasePage[Any], kind: DraftKind) -> HttpResponse:
    """The page as one finds it. What was typed upon another draft than stands now is shown beside that (L-07)."""
    written, unsaved = begun(page, kind)
    draft = page.facts.draft_at(kind.part, page.actor.unit_id)
    if unsaved is None or draft is None or _upon(unsaved) == (str(draft.id), draft.version):
        return draft_page(page, kind, written, unsaved=unsaved)
    mine = typed_rows(page, kind, unsaved.data)
    return conflict_page(page, kind, written, mine, saved_by(draft))


def _upon(unsaved: Unsaved) -> tuple[str, int]:
    """Which draft the typing began from, and in which version."""
    return unsaved.text("message_id"), unsaved.base_version or 0


def begun(page: CasePage[Any], kind: DraftKind) -> tuple[Written, Unsaved | None]:
    """The forms as one finds them: unsaved typing first, else the unit's draft, else proposed from earlier parts."""
    draft = page.facts.draft_at(kind.part, page.actor.unit_id)
    unsaved = unsaved_for(page.actor, unsaved_key(kind.part, page.facts.case.id))
    if unsaved is not None:
        return with_typed(page, kind, unsaved.data, draft), unsaved
    if draft is None:
        chosen = preselected(page.facts, kind, page.actor.unit_id)
        return _written(page, kind, {"recipients": chosen}, {}, None), None
    text = kind.read(draft.id)
    chosen = [Chosen(kept.unit_id, kept.must_acknowledge) for kept in draft_recipients(draft.id)]
    consent = dict(text.consent) if kind.asks_consent else {}
    return _written(page, kind, kind.form.filled_from(text) | {"recipients": chosen}, consent, draft), None


def with_typed(page: CasePage[Any], kind: DraftKind, data: Any, draft: MessageFacts | None) -> Written:
    """The forms with what was typed, not judged, as a save upon `draft`."""
    return _written(page, kind, typed(kind.form, data), typed(ConsentDraftForm, data, CONSENT_PREFIX), draft)


def _written(
    page: CasePage[Any],
    kind: DraftKind,
    values: Mapping[str, Any],
    consent: Mapping[str, Any],
    draft: MessageFacts | None,
) -> Written:
    upon = {"message_id": draft.id if draft else None, "version": draft.version if draft else 0}
    consent_form = None
    if kind.asks_consent:
        given = {name: value for name, value in consent.items() if value not in (None, "")}
        consent_form = ConsentDraftForm(initial=given, prefix=CONSENT_PREFIX, anybody=True)
    return Written(kind.form(initial={**values, **upon}), consent_form)


def draft_page(
    page: CasePage[Any], kind: DraftKind, written: Written, *, asked: Asked | None = None,
    unsaved: Unsaved | None = None, cause: str = "", theirs: list[tuple[Any, Any, str]] | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """Render the page. `cause` and `theirs` tell of a conflict: what happened, and what the other one saved."""
    refusal = write_refusal(page.facts, page.actor, kind.part)
    draft = page.facts.draft_at(kind.part, page.actor.unit_id)
    if written.consent is not None:
        written.consent.mark_required(age=page.person.age)
    if refusal is None:
        context = _around(page, kind, written, asked or Asked())
    else:
        context = left_text(page, unsaved_key(kind.part, page.facts.case.id)) if not cause else {}
    return page.render(
        kind.template,
        **{
            "slug": page.process.slugs[kind.part],
            "form": written.form,
            "consent_form": written.consent,
            "refusal": refusal,
            "gone": gone(page, kind),
            "draft": draft,
            **(left_draft(page, kind) if refusal is not None else {}),
            "unsaved": unsaved,
            "unsaved_key": unsaved_key(kind.part, page.facts.case.id),
            "cause": cause,
            "theirs": theirs or [],
            "conflict": bool(cause) and page.request.method == "POST",
            "both_forms": [form for form in (written.form, written.consent) if form is not None],
            "page_has_errors": written.form.is_bound,
            **context,
            **(_with_thread(page, kind) if kind.message.several else {}),
            **more,
        },
    )


def conflict_page(
    page: CasePage[Any], kind: DraftKind, written: Written, mine: list[Row], cause: str
) -> HttpResponse:
    """Somebody was quicker: what was typed stands in the form, and beside it what they saved or sent."""
    draft = page.facts.draft_at(kind.part, page.actor.unit_id)
    standing = draft or page.facts.sent(kind.part)
    theirs: list[Row] = []
    if standing is not None:
        theirs = _said_in(page, kind, draft) if draft else _side(page, kind, kind.read(standing.id), [])
    return draft_page(page, kind, written, cause=cause, theirs=theirs, typed_rows=mine)


def typed_rows(page: CasePage[Any], kind: DraftKind, data: Any) -> list[Row]:
    """What was typed, to stand beside what somebody else saved; nothing when it cannot be read as it is."""
    form, consent = (
        kind.form(data, complete=False),
        ConsentDraftForm(data, prefix=CONSENT_PREFIX, anybody=True),
    )
    if not form.is_valid():
        return []
    text = form.written()
    if kind.asks_consent and consent.is_valid():
        text = replace(text, consent=kept_consent(consent))
    return _side(page, kind, text, [choice.unit_id for choice in form.chosen])


def _said_in(page: CasePage[Any], kind: DraftKind, draft: MessageFacts) -> list[Row]:
    return _side(page, kind, kind.read(draft.id), [kept.unit_id for kept in draft_recipients(draft.id)])


def _side(page: CasePage[Any], kind: DraftKind, text: Text, units: list[int]) -> list[Row]:
    """Whom the draft goes to, what it says, and the consent that is recorded with it."""
    names = ", ".join(card.name for card in places.unit_cards(units).values())
    to: list[Row] = [(_("Recipients"), names, "")] if names else []
    consent: list[Row] = []
    if kind.asks_consent and text.consent:
        consent = consent_rows(page.process.name, dict(text.consent), page.facts.case.born, page.at)
    return [*to, *kind.rows(text, page.at), *consent]


def saved_by(draft: MessageFacts) -> str:
    """What has happened to the draft."""
    return _("%(name)s has saved the draft since you opened it.") % {"name": isolated(draft.written_by_name)}


def left_draft(page: CasePage[Any], kind: DraftKind) -> dict[str, Any]:
    """The unit's draft where it cannot be sent: the process does not let it, or another unit has sent the part."""
    draft = page.facts.draft_at(kind.part, page.actor.unit_id)
    if draft is None:
        return {}
    refusal = discard_refusal(page.facts, page.actor, kind.part)
    return {
        "draft_rows": _said_in(page, kind, draft),
        "may_discard": refusal is None,
        "slug": page.process.slugs[kind.part],
    }


def gone(page: CasePage[Any], kind: DraftKind) -> list[tuple[MessageCard, list[Row]]]:
    """The part's voided and taken back messages with what they said."""
    cards = gone_cards(page.facts, page.actor, kind.part, page.at)
    return [(card, kind.rows(kind.read(card.message.id), page.at)) for card in cards]


def _thread(page: CasePage[Any], kind: DraftKind) -> list[tuple[MessageCard, Text]]:
    """The messages that have been sent, oldest first, the voided ones in their places."""
    shown = [m for m in page.facts.messages_of(kind.part) if m.status != MessageStatus.DRAFT]
    texts = kind.read_all([message.id for message in shown])
    return [
        (message_card(page.facts, page.actor, message, page.consents, page.at), texts[message.id])
        for message in sorted(shown, key=lambda m: m.sent_at or m.written_at)
    ]


def _with_thread(page: CasePage[Any], kind: DraftKind) -> dict[str, Any]:
    """There is one main button on the page: to acknowledge, as long as something waits for that, else to send on
    what a unit that is closed does not answer."""
    shown = _thread(page, kind)
    asking = [card.message.id for card, _text in shown if card.asks]
    stuck = [] if asking else [card.denials[0].delivery.id for card, _text in shown if card.denials]
    return {
        "thread": shown,
        "first_asking": asking[0] if asking else None,
        "first_stuck": stuck[0] if stuck else None,
        "check_kind": "second" if asking or stuck else "main",
        "void_refusal": next((card.void for card, _text in shown if card.void and card.shows_acts), None),
    }


def _around(page: CasePage[Any], kind: DraftKind, written: Written, asked: Asked) -> dict[str, Any]:
    """Recipients with their cards, proposals, the search, and where the county advises to send."""
    chosen = written.form.chosen
    ids = [choice.unit_id for choice in chosen]
    recent = recent_recipients(page.actor.unit_id) if kind.asks_consent else []
    cards = places.unit_cards({*ids, *recent, page.actor.unit_id})
    day = clock.today(page.at)
    rows = chosen_rows(kind.message.consent, chosen, cards, page.consents, day)
    uncovered = [row.card.name for row in rows if not row.covered]
    excluded = {*ids, page.actor.unit_id}
    return {
        "rows": rows,
        "always_acknowledge": kind.message.accepts,
        "acknowledge_hint": kind.acknowledge_hint,
        "proposals": [
            cards[unit]
            for unit in recent
            if unit in cards and unit not in excluded and not cards[unit].closed
        ],
        "q": asked.q,
        "searched": asked.searched,
        "units": places.find_units(asked.q, limit=_MOST_FOUND, exclude=excluded) if asked.q else [],
        "focus_search": asked.focus,
        "exclude": sorted(excluded),
        "advice": _advice(cards.get(page.actor.unit_id), page) if kind.asks_consent else "",
        "ask_consent": kind.asks_consent and (bool(uncovered) or not rows),
        "uncovered": uncovered,
        "left_out": kind.left_out(page.facts, ids),
    }


def _advice(own: UnitCard | None, page: CasePage[Any]) -> str:
    settings = page.settings
    return settings.advice_for(own.principal_kind) if own else ""


def as_posted(written: Written, message: MessageFacts | None) -> Written:
    """The forms again, as a save upon `message`: what was typed stays, and is told apart from what stands."""
    cls = type(written.form)
    upon = {"message_id": message.id if message else None, "version": message.version if message else 0}
    return replace(written, form=cls(initial=typed(cls, written.form.data) | upon))
