"""What is written in a message, as pairs of label and value: on its page and on the page before sending."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samordna.cases.consent import last_day
from samordna.cases.states import ConsentGiver
from samordna.casework.consent.forms import GIVERS, GUARDIANS, SCOPES, WAYS
from samordna.casework.messages.presenters.recipients import ChosenRow
from samordna.kernel import clock
from samordna.kernel.text import isolated, listed
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.sip.information.text import InformationText
from samordna.sip.initiative.forms import INITIATORS
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.states import Part
from samordna.sip.summons.forms import MEETING_FORMS
from samordna.sip.summons.text import SummonsText
from samordna.sip.written import Text
from samordna.web import moments

Words = str | Promise
# Label, value, and the id of the field it is changed in.
Row = tuple[Words, Words, str]


def text_rows(text: Text, at: datetime) -> list[Row]:
    """The message's own fields."""
    if isinstance(text, InitiativeText):
        return _initiative_rows(text)
    if isinstance(text, SummonsText):
        return _summons_rows(text, at)
    return _information_rows(text)


def _initiative_rows(text: InitiativeText) -> list[Row]:
    initiator = str(dict(INITIATORS).get(text.initiator, ""))
    taker = ": ".join(part for part in (initiator, text.initiator_name) if part)
    return [
        (_("Reason for the initiative"), text.reason, "id_reason"),
        (_("Who takes the initiative?"), taker, "id_initiator"),
    ]


def _summons_rows(text: SummonsText, at: datetime) -> list[Row]:
    rows: list[Row] = [
        (_("Date"), clock.shown_date(text.meets_on, at=at) if text.meets_on else "", "id_meets_on"),
        (_("Time"), _times(text), "id_starts"),
        (_("How do you meet?"), dict(MEETING_FORMS)[text.form.value], "id_form"),
        (_("Place"), text.place, "id_place"),
    ]
    return [*rows, (_("Other"), text.other, "id_other")] if text.other else rows


def _times(text: SummonsText) -> str:
    if text.starts is None:
        return ""
    starts = f"{text.starts:%H.%M}"
    return f"{starts}–{text.ends:%H.%M}" if text.ends else starts


def _information_rows(text: InformationText) -> list[Row]:
    return [(_("Message"), text.text, "id_text")]


def consent_rows(kept: dict[str, str], born: date | None, at: datetime) -> list[Row]:
    """The choice of consent that is recorded when the initiative is sent, for somebody born that day."""
    giver = str(dict(GIVERS).get(kept.get("giver", ""), ""))
    who = ": ".join(part for part in (giver, kept.get("giver_name", "")) if part)
    rows: list[Row] = [
        (_("Who consents?"), who, "id_consent-giver"),
        (_("How?"), dict(WAYS).get(kept.get("how", ""), ""), "id_consent-how"),
        (_("To what?"), dict(SCOPES).get(kept.get("scope", ""), ""), "id_consent-scope"),
        (_("Until when?"), _until_when(kept, born, at), "id_consent-until_on"),
    ]
    if kept.get("guardians"):
        rows.insert(1, (_("Guardians"), dict(GUARDIANS).get(kept["guardians"], ""), "id_consent-guardians"))
    longer = [
        (_("Why the individual cannot consent"), "cannot_consent_reason"),
        (_("What the child thinks"), "child_view"),
        (_("How it was judged"), "judgement"),
    ]
    return rows + [(label, kept[name], f"id_consent-{name}") for label, name in longer if kept.get(name)]


def _until_when(kept: dict[str, str], born: date | None, at: datetime) -> Words:
    until_on = date.fromisoformat(kept["until_on"]) if kept.get("until_on") else None
    last = last_day(ConsentGiver(kept.get("giver") or "SELF"), until_on, born, clock.today(at))
    return clock.shown_date(last, at=at) if last is not None else _("During the whole SIP")


def recipient_rows(rows: Sequence[ChosenRow]) -> list[Row]:
    """Each recipient with whether it must acknowledge."""
    return [(row.card.name, _must(row), "id_recipients") for row in rows]


def _must(row: ChosenRow) -> str:
    said = _("Must acknowledge") if row.must_acknowledge else _("Gets it for knowledge")
    return (
        f"{said}. {_('Outside the system: you tell the unit yourselves and note how.')}"
        if row.card.external
        else said
    )


def send_words(part: Part, rows: Sequence[ChosenRow]) -> str:
    """What the button says: how many units the system tells. The sender tells those outside."""
    count = sum(not row.card.external for row in rows)
    return _SEND[part](count) % {"count": count} if count else _("Send")


def sent_words(part: Part, message: MessageFacts, at: datetime, number: str) -> str:
    """The confirmation: what was sent, by when it is answered, and what comes after that."""
    inside = [delivery for delivery in message.standing if not delivery.external]
    said = [_SENT[part](len(inside)) % {"count": len(inside)}] if inside else []
    awaited = [delivery for delivery in inside if delivery.awaited]
    then = [str(_THEN[part])] if part in _THEN else []
    return " ".join([*said, *_until(part, awaited, at, number), *then, *_outside(message.standing)])


def delivered_words(
    part: Part, unit_ids: Collection[int], message: MessageFacts, at: datetime, number: str
) -> str:
    """The confirmation of sending to more units: to whom, and by when it is answered."""
    theirs = [delivery for delivery in message.standing if delivery.unit_id in unit_ids]
    inside = [delivery for delivery in theirs if not delivery.external]
    names = listed(delivery.unit_name for delivery in inside)
    said = [_("It is sent to %(units)s.") % {"units": names}] if inside else []
    awaited = [delivery for delivery in inside if delivery.awaited]
    return " ".join([*said, *_until(part, awaited, at, number), *_outside(theirs)])


def _outside(deliveries: Collection[DeliveryFacts]) -> list[str]:
    """Nothing is sent to units outside the system, nor do they answer here."""
    names = listed(delivery.unit_name for delivery in deliveries if delivery.external)
    if not names:
        return []
    return [_("You tell %(units)s yourselves, outside the system, and note how.") % {"units": names}]


def _until(part: Part, awaited: Sequence[DeliveryFacts], at: datetime, number: str) -> list[str]:
    """By when they answer, and what to say when one calls to hurry them. Nothing of units that need not answer."""
    dues = sorted(((d.unit_name, d.due_at) for d in awaited if d.due_at is not None), key=lambda one: one[1])
    if not dues:
        return []
    shared = {due for _unit, due in dues}
    if len(shared) == 1:
        said = _by(part, len(dues)) % {"when": moments.when(shared.pop(), at=at)}
    else:
        each = [f"{isolated(unit)} {moments.due_text(due, at=at)}" for unit, due in dues]
        said = _each(part) % {"dues": ", ".join(each)}
    return [
        said,
        _("Is it urgent? Call the unit and say SIP %(number)s.") % {"number": number},
    ]


def _by(part: Part, count: int) -> str:
    if part == Part.INITIATIVE:
        if count == 1:
            return _("The unit answers by %(when)s. You see the answer here.")
        return _("They answer by %(when)s. You see the answers here.")
    if count == 1:
        return _("The unit acknowledges by %(when)s. You see it here.")
    return _("They acknowledge by %(when)s. You see here who has.")


def _each(part: Part) -> str:
    if part == Part.INITIATIVE:
        return _("They answer each in its time: %(dues)s. You see the answers here.")
    return _("They acknowledge each in its time: %(dues)s. You see here who has.")


_SEND = {
    Part.INITIATIVE: lambda n: ngettext(
        "Send initiative to %(count)d unit", "Send initiative to %(count)d units", n
    ),
    Part.SUMMONS: lambda n: ngettext("Send summons to %(count)d unit", "Send summons to %(count)d units", n),
    Part.EVALUATION_SUMMONS: lambda n: ngettext(
        "Send summons to %(count)d unit", "Send summons to %(count)d units", n
    ),
    Part.INFORMATION: lambda n: ngettext(
        "Send message to %(count)d unit", "Send message to %(count)d units", n
    ),
}
_THEN = {
    Part.INITIATIVE: gettext_lazy("When a unit has accepted you can summon to planning."),
    Part.SUMMONS: gettext_lazy("The plan is written after the meeting."),
    Part.EVALUATION_SUMMONS: gettext_lazy("The evaluation is written after the meeting."),
}
_SENT = {
    Part.INITIATIVE: lambda n: ngettext(
        "The initiative is sent to %(count)d unit.", "The initiative is sent to %(count)d units.", n
    ),
    Part.SUMMONS: lambda n: ngettext(
        "The summons is sent to %(count)d unit.", "The summons is sent to %(count)d units.", n
    ),
    Part.EVALUATION_SUMMONS: lambda n: ngettext(
        "The summons is sent to %(count)d unit.", "The summons is sent to %(count)d units.", n
    ),
    Part.INFORMATION: lambda n: ngettext(
        "The message is sent to %(count)d unit.", "The message is sent to %(count)d units.", n
    ),
}
