"""What is about to happen to whom, when somebody says who the case is about; and what has happened."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.cases.joining import JoinHistory
from samordna.cases.states import JoinStatus
from samordna.casework.case.presenters.confirming import person_to_confirm
from samordna.casework.case.rules.identity import identity_refusal, undo_identity_refusal
from samordna.casework.file.facts import CaseWork
from samordna.casework.file.presenters.addresses import address
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Identifier, Kind
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.people.identity import IdentityFacts, undo_refusal
from samordna.people.presenters import age_words
from samordna.people.queries import PersonCard, shown_number
from samordna.people.rules import name_fits
from samordna.people.states import IdentityKind

Words = str | Promise


@dataclass(frozen=True)
class ActWords:
    """How an act is called: on the page that asks for the number, and on the button that does it."""

    heading: Words
    lead: Words
    act: Words


ACTS: dict[IdentityKind, ActWords] = {
    IdentityKind.LINKED: ActWords(
        gettext_lazy("Link a personal identity number"),
        gettext_lazy(
            "For a person who has a reserve or coordination number and has got a personal identity number."
        ),
        gettext_lazy("Link the number"),
    ),
    IdentityKind.NEW_NUMBER: ActWords(
        gettext_lazy("New personal identity number for the same person"),
        gettext_lazy(
            "For a person whose number the tax agency has changed. The person and all that is known stay."
        ),
        gettext_lazy("Change to the new number"),
    ),
    IdentityKind.CORRECTED: ActWords(
        gettext_lazy("Correct a wrong number"),
        gettext_lazy(
            "For a case that was made on another person's number by mistake. The case moves to the right person."
        ),
        gettext_lazy("Correct the number"),
    ),
}


@dataclass(frozen=True)
class Somebody:
    """A person as the confirmation shows her; `name` is None when it may not be shown or is not known."""

    number: str
    name: str | None
    protected: bool
    known: bool
    age: str
    goes_by: str = ""


@dataclass(frozen=True)
class Confirmation:
    now: Somebody
    then: Somebody
    effects: list[str]
    names_differ: bool


def confirmation(
    kind: IdentityKind,
    own: PersonCard,
    found: PersonCard | None,
    identifier: Identifier,
    typed: str,
    at: datetime,
) -> Confirmation:
    """Both numbers with the age that each tells, and the names that the user may see: never that of a protected person
    one did not type.
    """
    shown = person_to_confirm(identifier, found, at)
    then = Somebody(
        number=identifier.shown,
        name=_name_after(kind, own, found, typed),
        protected=found is not None and found.protected,
        known=found is not None,
        age=shown.age,
        goes_by=shown.goes_by,
    )
    return Confirmation(
        now=Somebody(own.number_shown, own.name, own.protected, known=True, age=age_words(own.age)),
        then=then,
        effects=_effects(kind, own, found, identifier),
        names_differ=kind != IdentityKind.CORRECTED
        and found is not None
        and not found.protected
        and not name_fits(own.name, found.name),
    )


def _name_after(kind: IdentityKind, own: PersonCard, found: PersonCard | None, typed: str) -> str | None:
    if found is None:
        return typed if kind == IdentityKind.CORRECTED else own.name
    return typed or None if found.protected else found.name


def _effects(
    kind: IdentityKind, own: PersonCard, found: PersonCard | None, identifier: Identifier
) -> list[str]:
    numbers = {"old": own.number_shown, "new": identifier.shown}
    if kind == IdentityKind.CORRECTED:
        effects = [
            _("The case moves from %(old)s to %(new)s. What it said before stays in its history.") % numbers,
            _("Telephone, address and relatives do not move along: they may be the other person's."),
        ]
    elif found is None:
        effects = [
            _("It is the same person and the same case. The number becomes %(new)s.") % numbers,
            _("%(old)s stays in the history, and the person is found by both numbers.") % numbers,
        ]
    else:
        effects = [
            _("%(old)s and %(new)s become one person, who is found by both numbers.") % numbers,
            _("Cases, telephone, address and relatives of both stand with that person."),
        ]
    if own.protected or (found is not None and found.protected):
        effects.append(_("The stronger protection holds from now on."))
    return [
        *effects,
        _("The coordinator can undo it within 14 days. It always stands in the review of the log."),
    ]


@dataclass(frozen=True)
class ChangeRow:
    """An act on identity on the page about the person. `undo`: it can be undone by this user."""

    id: str
    text: str
    made_at: datetime
    made_by: str
    undone: str
    undo: bool


def change_rows(
    changes: tuple[IdentityFacts, ...], facts: CaseWork, actor: Actor, at: datetime
) -> list[ChangeRow]:
    return [_change_row(change, facts, actor, at) for change in changes]


def _change_row(change: IdentityFacts, facts: CaseWork, actor: Actor, at: datetime) -> ChangeRow:
    can = undo_identity_refusal(facts.case, actor, facts.join) or undo_refusal(change, reason="-", at=at)
    return ChangeRow(
        id=str(change.id),
        text=_change_words(change, whole=can is None),
        made_at=change.made_at,
        made_by=change.made_by_name,
        undone=_("Undone by %(name)s: %(reason)s")
        % {"name": isolated(change.undone_by_name), "reason": change.undone_reason}
        if change.undone_at
        else "",
        undo=can is None,
    )


def _change_words(change: IdentityFacts, *, whole: bool) -> str:
    """Whose number it was by mistake is told to who can undo it, and to nobody else: she has nothing to do with it.

    So it is of an act that was undone: the other number was not this person's after all.
    """
    numbers = {"old": shown_number(change.from_value), "new": shown_number(change.to_value)}
    if change.kind == IdentityKind.CORRECTED:
        if not whole:
            return _("The case was made on a wrong number, and was corrected")
        return _("The case was moved from %(old)s to %(new)s") % numbers
    if change.undone_at is not None:
        return _("The number was linked to another or replaced")
    if change.other_id is not None:
        return _("%(old)s and %(new)s became one person") % numbers
    return _("%(old)s was replaced by %(new)s") % numbers


def undo_effects(process: str, change: IdentityFacts, *, moved: list[str], ended: str) -> list[str]:
    """What *Ångra* does: which number and which case goes where. `moved` and `ended` are case numbers."""
    numbers = {"old": shown_number(change.from_value), "new": shown_number(change.to_value)}
    effects = []
    if change.other_id is None:
        effects.append(_("The number becomes %(old)s again. Nobody has %(new)s.") % numbers)
        effects.append(_("If a protection has been noted meanwhile, it holds for both numbers."))
    elif change.kind != IdentityKind.CORRECTED:
        effects.append(_("%(old)s and %(new)s become two persons again.") % numbers)
    if moved and change.other_id is not None:
        cases = {"old": numbers["old"], "cases": ", ".join(moved), "process": process}
        effects.append(_("%(process)s %(cases)s goes back to %(old)s.") % cases)
    if ended:
        effects.append(
            _("%(process)s %(ended)s, which was ended, goes on again. Everybody who took part is told.")
            % {"ended": ended, "process": process}
        )
    if change.other_id is not None and change.kind != IdentityKind.CORRECTED:
        effects.append(_("Telephone, address, relatives and protection go back to whom they stood with."))
        effects.append(
            _(
                "What has been written since stays where it was written: a new case, number or relative with %(new)s."
            )
            % numbers
        )
    return effects


@dataclass(frozen=True)
class NumberAct:
    """An act that the person's present number allows, with the reason when this user may not do it."""

    text: Words
    hint: Words
    url: str
    refusal: Refusal | None


NUMBER_ROUTES = {
    IdentityKind.LINKED: "link_number",
    IdentityKind.NEW_NUMBER: "new_number",
    IdentityKind.CORRECTED: "correct_number",
}


def number_acts(facts: CaseWork, actor: Actor, person: PersonCard) -> list[NumberAct]:
    """Linking for who goes by a temporary number, a new number for who has one that the tax agency gives."""
    fitting = {
        Kind.PERSONAL: (IdentityKind.NEW_NUMBER, IdentityKind.CORRECTED),
        Kind.COORDINATION: (IdentityKind.LINKED, IdentityKind.NEW_NUMBER, IdentityKind.CORRECTED),
    }.get(person.kind, (IdentityKind.LINKED, IdentityKind.CORRECTED))
    return [
        NumberAct(
            ACTS[kind].heading,
            ACTS[kind].lead,
            address(facts.process, NUMBER_ROUTES[kind], facts.case.id),
            identity_refusal(kind, facts.case, actor, facts.join),
        )
        for kind in fitting
    ]


@dataclass(frozen=True)
class JoinRow:
    """A question about two cases that has been answered."""

    text: str
    asked_at: datetime


def join_rows(process: str, joins: tuple[JoinHistory, ...]) -> list[JoinRow]:
    """How each question about this case and another ended."""
    return [JoinRow(_join_words(process, join), join.asked_at) for join in joins]


def _join_words(process: str, join: JoinHistory) -> str:
    asked = join.asked_by_name or _("Somebody at another unit")
    if join.status == JoinStatus.DECLINED and not join.decline_reason:
        said = _(
            "%(asked)s asked whether this and another %(process)s are one person's. "
            "The other case ended without an answer."
        )
        return said % {"asked": asked, "process": process}
    if join.status == JoinStatus.DECLINED:
        # Not who: of a protected person that would tell which unit has the case (L-04).
        return _(
            "%(asked)s asked whether this and another %(process)s are one person's. The answer was no: %(reason)s"
        ) % {"asked": asked, "process": process, "reason": join.decline_reason}
    said = (
        _(
            "%(asked)s asked whether this and another %(process)s are one person's. Both said yes, and it was undone."
        )
        if join.status == JoinStatus.UNDONE
        else _("%(asked)s asked whether this and another %(process)s are one person's. Both said yes.")
    )
    return said % {"asked": asked, "process": process}
