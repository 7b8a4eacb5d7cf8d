"""When what is told about a person is refused. Plain values in, a `Refusal` or None out."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from samordna.kernel.identifiers import Kind
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import search_key
from samordna.people.states import Protection, Relation

# From the weakest to the strongest: when two become one person, the stronger holds.
STRENGTH = (
    Protection.NONE,
    Protection.CONFIDENTIALITY_MARK,
    Protection.PROTECTED_REGISTRATION,
    Protection.FICTITIOUS,
)


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """What is to be changed about a person; None leaves it alone."""

    name: str | None = None
    protection: Protection | None = None
    phone: str | None = None
    address: str | None = None
    municipality: str | None = None
    needs_interpreter: bool | None = None
    interpreter_language: str | None = None


def name_refusal(name: str) -> Refusal | None:
    """A person has a name."""
    if name:
        return None
    return Refusal("person.no_name", _("Write the person's name."), field="name")


# How many words of a protected person's name have to fit: one alone could be found by trying common ones.
_FITTING_WORDS = 2


def name_fits(typed: str, known: str) -> bool:
    """Whether a typed name may be that of the person: at least half of the words of each stand in the other.

    Order, hyphens and capitals do not matter. One part may have changed or be left out; a list of common names fits
    nobody.
    """
    one, other = _words(typed), _words(known)
    return bool(one) and 2 * len(one & other) >= max(len(one), len(other))


def protected_name_refusal(typed: str, known: str) -> Refusal | None:
    """A protected person's name is shown to nobody before a case is made: whoever asks writes it, and it fits (L-04).

    At least two of its words do, so that it is not found word by word; a name of one word fits by that.
    """
    enough = min(_FITTING_WORDS, len(_words(known)))
    if name_fits(typed, known) and len(_words(typed) & _words(known)) >= enough:
        return None
    return name_refusal(typed) or _unfitting_name()


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", search_key(name)))


def _unfitting_name() -> Refusal:
    return Refusal(
        "person.other_name",
        _("The name does not fit the person who has this number."),
        _("Check number and name on the identity card."),
        field="name",
    )


def old_number_refusal(*, protected: bool, present: str, asked: str) -> Refusal | None:
    """A number that a protected person went by leads nobody to her: she may have got another so as not to be found.

    The same whether she has a SIP or not (L-04).
    """
    if not protected or present == asked:
        return None
    return Refusal(
        "person.turn_elsewhere",
        _("The person has protected identity, and nothing is shown or done by this number."),
        _("Turn to whoever the county has named for protected persons."),
        field="identifier",
    )


def interpreter_refusal(*, needed: bool, language: str) -> Refusal | None:
    """An interpreter is an interpreter of some language."""
    if needed and not language:
        return Refusal(
            "person.no_language",
            _("Write which language the interpreter is needed in."),
            field="interpreter_language",
        )
    return None


def changed_by_another() -> Refusal:
    return Refusal(
        "person.changed",
        _("Somebody else has changed the details of this person since you opened them."),
        _("Read what they say now, then make your change again."),
    )


def link_refusal(*, present: Kind, new: Kind, same_value: bool) -> Refusal | None:
    """Only a temporary number is replaced, and only by a more lasting one (L-01).

    A personal identity number that the population register has changed is a new number for the same person, see
    `new_number_refusal`; a person with protected identity is never hidden behind a reserve number.
    """
    if same_value:
        return Refusal("person.same_number", _("The person has this number already."), field="identifier")
    if present == Kind.PERSONAL:
        return Refusal(
            "person.has_personal_number",
            _("The person has a personal identity number, and nothing is linked to that."),
            _("Choose a new number for the same person, or correct a number that was written wrong."),
            field="identifier",
        )
    lasting = {Kind.PERSONAL, Kind.COORDINATION} if present != Kind.COORDINATION else {Kind.PERSONAL}
    if new not in lasting:
        return Refusal(
            "person.not_lasting",
            _("Write a personal identity number; a reserve number can also get a coordination number."),
            field="identifier",
        )
    return None


def new_number_refusal(*, present: Kind, new: Kind, same_value: bool) -> Refusal | None:
    """The tax agency changes a number to another of the same kind, after an error or a change of legal sex (L-01)."""
    if same_value:
        return Refusal("person.same_number", _("The person has this number already."), field="identifier")
    if present not in {Kind.PERSONAL, Kind.COORDINATION}:
        return Refusal(
            "person.link_instead",
            _("The person goes by a reserve number."),
            _("Link a personal identity number to it instead."),
            field="identifier",
        )
    if new != present:
        return Refusal(
            "person.other_kind",
            _("Write a number of the same kind as the person has now."),
            field="identifier",
        )
    return None


def number_replaced() -> Refusal:
    return Refusal(
        "person.number_replaced",
        _("The person had this number before, and it has been replaced."),
        field="identifier",
    )


def related_refusal(*, relation: Relation, name: str, relation_text: str) -> Refusal | None:
    """Who it is and in what relation."""
    if not name:
        return Refusal("related.no_name", _("Write the name."), field="name")
    if relation == Relation.OTHER and not relation_text:
        return Refusal("related.no_relation", _("Write what relation it is."), field="relation_text")
    return None


def already_ended() -> Refusal:
    return Refusal("related.ended", _("It has been taken away already."))


def stronger(one: Protection, other: Protection) -> Protection:
    """The stronger of two protections."""
    return max(one, other, key=STRENGTH.index)


UNDO_WITHIN = timedelta(days=14)


def undo_change_refusal(
    *, made_at: datetime, undone: bool, followed: bool, reason: str, at: datetime
) -> Refusal | None:
    """An act on identity is undone once, within 14 days, last act first, with a reason (L-12)."""
    if undone:
        return Refusal("identity.undone", _("It has been undone already."))
    if at - made_at > UNDO_WITHIN:
        return Refusal(
            "identity.too_late",
            _("It was done more than 14 days ago and can no longer be undone."),
            _("Correct the number instead."),
        )
    if followed:
        return Refusal(
            "identity.followed",
            _("The person's number has been changed again since."),
            _("Undo the later change first."),
        )
    if not reason:
        return Refusal("identity.no_reason", _("Write why it is undone."), field="reason")
    return None


def changed_since_shown() -> Refusal:
    return Refusal(
        "identity.changed",
        _("Something has changed since you looked, and nothing has been done."),
        _("Check the number again."),
    )


def weaker(one: Protection, other: Protection) -> bool:
    """Whether the one protects less than the other."""
    return STRENGTH.index(one) < STRENGTH.index(other)


def raising_refusal(*, present: Protection, chosen: Protection) -> Refusal | None:
    """Anybody who takes part may protect somebody more; less is an act of its own (L-04, L-12)."""
    if not weaker(chosen, present):
        return None
    return Refusal(
        "protection.only_raised",
        _("The protection can only be raised here."),
        _("Whoever the county has named lowers it, with a reason."),
        field="protection",
    )
