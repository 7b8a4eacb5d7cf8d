"""Who may say who somebody is: linking a number, a new number, correcting, two cases of one person, undoing (L-12)."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samordna.cases.facts import CaseFacts, JoinFacts
from samordna.casework.case.rules.case import correct_person_refusal
from samordna.casework.file.rules import coordinator_refusal, initiate_refusal
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import Kind
from samordna.kernel.refusal import Refusal
from samordna.people import rules as people
from samordna.people.states import IdentityKind

NO_REASON = Refusal("person.reason_missing", _("Write why the number is corrected."), field="reason")


def change_number_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Linking a number and a new number: a participating unit, with the right to initiate.

    The right is that of asking whether a person has a case, for that is what the first step does (V-23).
    """
    return initiate_refusal(case, actor)


def identity_refusal(
    kind: IdentityKind, case: CaseFacts, actor: Actor, join: JoinFacts | None
) -> Refusal | None:
    """Whether this user may do an act of this kind in the case now. Not while a question about it waits (L-01)."""
    may = correct_person_refusal if kind == IdentityKind.CORRECTED else change_number_refusal
    return may(case, actor) or question_waits_refusal(join)


def question_waits_refusal(join: JoinFacts | None) -> Refusal | None:
    """What two coordinators are asked to say yes to stays as it was shown to them."""
    if join is None:
        return None
    return Refusal(
        "join.waits_here",
        _("It has been asked whether another case is the same person's, and that question waits."),
        _("The coordinators answer it first, with yes or no."),
    )


def number_refusal(kind: IdentityKind, *, present: Kind, new: Kind, same_value: bool) -> Refusal | None:
    """Whether a number of this kind can follow the one that the person has."""
    if kind == IdentityKind.LINKED:
        return people.link_refusal(present=present, new=new, same_value=same_value)
    if kind == IdentityKind.NEW_NUMBER:
        return people.new_number_refusal(present=present, new=new, same_value=same_value)
    if same_value:
        return Refusal("person.same", _("The case already has this number."), field="identifier")
    return None


def named_refusal(kind: IdentityKind, *, known: str | None, protected: bool, typed: str) -> Refusal | None:
    """A typed name fits the person who has the number; both are shown, but never a protected person's (L-04).

    Somebody new needs a name when the case is to be hers, and so does a protected person, whose name is not shown.
    """
    if known is None:
        needed = kind == IdentityKind.CORRECTED
        return people.name_refusal(typed) if needed else None
    if protected:
        return people.protected_name_refusal(typed, known)
    if not typed or people.name_fits(typed, known):
        return None
    return Refusal(
        "person.other_name_shown",
        _("You wrote %(typed)s, but the person with this number is called %(known)s.")
        % {"typed": typed, "known": known},
        _("Check number and name on the identity card."),
        field="name",
    )


def join_refusal(case: CaseFacts, actor: Actor) -> Refusal | None:
    """Whether two cases are one person's is answered by the coordinator of each (L-01)."""
    return coordinator_refusal(case, actor)


def asker_waits_refusal(join: JoinFacts, *, case_id: UUID, takes_part: bool) -> Refusal | None:
    """Whoever was not told more than the existence door tells says yes after the other coordinator (V-23).

    Else anybody could see who takes part in somebody's case by making a case on a number of one's own and asking.
    """
    if takes_part or case_id != join.case_id or join.confirmed_by(join.other_case_id):
        return None
    return Refusal(
        "join.other_first",
        _(
            "The coordinator of the other case answers first. What it says is shown here when the answer is yes."
        ),
        _("Call the unit that has it."),
    )


def other_ended_refusal(other: CaseFacts) -> Refusal | None:
    """Two cases become one while both go on. Afterwards the number is asked anew, and what holds then is shown."""
    if other.active:
        return None
    return Refusal(
        "join.other_ended",
        _("The other case has ended, so the question cannot be answered any more."),
        _("Close it, and link the number again if it is still needed. Then you see what holds now."),
    )


def decline_refusal(other: CaseFacts, reason: str) -> Refusal | None:
    """A no has a reason; a question that can no longer be answered needs none."""
    if reason or not other.active:
        return None
    return Refusal("join.no_reason", _("Write why not."), field="reason")


def asked_refusal(*waiting: JoinFacts | None) -> Refusal | None:
    """A case is in one such question at a time."""
    if not any(waiting):
        return None
    return Refusal(
        "join.waits",
        _("The coordinators have been asked already, and one of them has not answered."),
        _("Wait for the answer, or call the unit."),
    )


def undo_identity_refusal(case: CaseFacts, actor: Actor, join: JoinFacts | None) -> Refusal | None:
    """*Ångra*: the coordinator of the case, also when the case has ended since (L-12).

    As the acts themselves not while a question about the case waits; one that has ended is asked nothing.
    """
    if not case.is_coordinator(actor.user_id, actor.unit_id):
        return coordinator_refusal(case, actor)
    return question_waits_refusal(join) if case.active else None


def undo_collides(process: str) -> Refusal:
    return Refusal(
        "identity.new_case",
        _(
            "It cannot be undone: a %(process)s has been started since for one of the two persons, "
            "who would then have two."
        )
        % {"process": process},
        _("That case must end first."),
    )


def join_gone() -> Refusal:
    return Refusal(
        "join.gone",
        _("The question has been answered already, or something in it has changed since you looked."),
        _("Read what it says now."),
    )
