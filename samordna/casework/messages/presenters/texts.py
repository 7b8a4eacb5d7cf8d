"""What is written in a message, as pairs of label and value: on its page and on the page before sending."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.cases.consent import last_day
from samordna.cases.states import ConsentGiver
from samordna.casework.consent.forms import GIVERS, GUARDIANS, SCOPES, WAYS
from samordna.casework.messages.kinds import DraftKind, Row, Words
from samordna.casework.messages.presenters.recipients import ChosenRow
from samordna.kernel import clock
from samordna.kernel.text import isolated, listed
from samordna.messaging.facts import DeliveryFacts, MessageFacts
from samordna.web import moments


def consent_rows(process: str, kept: dict[str, str], born: date | None, at: datetime) -> list[Row]:
    """The choice of consent that is recorded when the message is sent, for somebody born that day."""
    giver = str(dict(GIVERS).get(kept.get("giver", ""), ""))
    who = ": ".join(part for part in (giver, kept.get("giver_name", "")) if part)
    rows: list[Row] = [
        (_("Who consents?"), who, "id_consent-giver"),
        (_("How?"), dict(WAYS).get(kept.get("how", ""), ""), "id_consent-how"),
        (_("To what?"), dict(SCOPES).get(kept.get("scope", ""), ""), "id_consent-scope"),
        (_("Until when?"), _until_when(process, kept, born, at), "id_consent-until_on"),
    ]
    if kept.get("guardians"):
        rows.insert(1, (_("Guardians"), dict(GUARDIANS).get(kept["guardians"], ""), "id_consent-guardians"))
    longer = [
        (_("Why the individual cannot consent"), "cannot_consent_reason"),
        (_("What the child thinks"), "child_view"),
        (_("How it was judged"), "judgement"),
    ]
    return rows + [(label, kept[name], f"id_consent-{name}") for label, name in longer if kept.get(name)]


def _until_when(process: str, kept: dict[str, str], born: date | None, at: datetime) -> Words:
    until_on = date.fromisoformat(kept["until_on"]) if kept.get("until_on") else None
    last = last_day(ConsentGiver(kept.get("giver") or "SELF"), until_on, born, clock.today(at))
    if last is not None:
        return clock.shown_date(last, at=at)
    return _("During the whole %(process)s") % {"process": process}


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


def send_words(kind: DraftKind, rows: Sequence[ChosenRow]) -> str:
    """What the button says: how many units the system tells. The sender tells those outside."""
    count = sum(not row.card.external for row in rows)
    return kind.send_words(count) % {"count": count} if count else _("Send")


def sent_words(kind: DraftKind, message: MessageFacts, at: datetime, case: str) -> str:
    """The confirmation: what was sent, by when it is answered, and what comes after that."""
    inside = [delivery for delivery in message.standing if not delivery.external]
    said = [kind.sent_words(len(inside)) % {"count": len(inside)}] if inside else []
    awaited = [delivery for delivery in inside if delivery.awaited]
    then = [str(kind.then)] if kind.then else []
    return " ".join([*said, *_until(kind, awaited, at, case), *then, *_outside(message.standing)])


def delivered_words(
    kind: DraftKind, unit_ids: Collection[int], message: MessageFacts, at: datetime, case: str
) -> str:
    """The confirmation of sending to more units: to whom, and by when it is answered."""
    theirs = [delivery for delivery in message.standing if delivery.unit_id in unit_ids]
    inside = [delivery for delivery in theirs if not delivery.external]
    names = listed(delivery.unit_name for delivery in inside)
    said = [_("It is sent to %(units)s.") % {"units": names}] if inside else []
    awaited = [delivery for delivery in inside if delivery.awaited]
    return " ".join([*said, *_until(kind, awaited, at, case), *_outside(theirs)])


def _outside(deliveries: Collection[DeliveryFacts]) -> list[str]:
    """Nothing is sent to units outside the system, nor do they answer here."""
    names = listed(delivery.unit_name for delivery in deliveries if delivery.external)
    if not names:
        return []
    return [_("You tell %(units)s yourselves, outside the system, and note how.") % {"units": names}]


def _until(kind: DraftKind, awaited: Sequence[DeliveryFacts], at: datetime, case: str) -> list[str]:
    """By when they answer, and what to say when one calls to hurry them. Nothing of units that need not answer."""
    dues = sorted(((d.unit_name, d.due_at) for d in awaited if d.due_at is not None), key=lambda one: one[1])
    if not dues:
        return []
    shared = {due for _unit, due in dues}
    if len(shared) == 1:
        said = _by(len(dues), accepts=kind.message.accepts) % {"when": moments.when(shared.pop(), at=at)}
    else:
        each = [f"{isolated(unit)} {moments.due_text(due, at=at)}" for unit, due in dues]
        said = _each(accepts=kind.message.accepts) % {"dues": ", ".join(each)}
    return [
        said,
        _("Is it urgent? Call the unit and say %(case)s.") % {"case": case},
    ]


def _by(count: int, *, accepts: bool) -> str:
    if accepts:
        if count == 1:
            return _("The unit answers by %(when)s. You see the answer here.")
        return _("They answer by %(when)s. You see the answers here.")
    if count == 1:
        return _("The unit acknowledges by %(when)s. You see it here.")
    return _("They acknowledge by %(when)s. You see here who has.")


def _each(*, accepts: bool) -> str:
    if accepts:
        return _("They answer each in its time: %(dues)s. You see the answers here.")
    return _("They acknowledge each in its time: %(dues)s. You see here who has.")
