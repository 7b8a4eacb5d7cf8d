"""Who somebody is and how protected, as acts for the machine: numbers given and corrected, two SIPs joined, undone."""

from collections.abc import Callable
from datetime import date
from random import Random
from uuid import UUID

from samordna.casework.case.commands import identity, joining, pairs, protection, undoing
from samordna.casework.case.commands.person import change_person
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.identifiers import parse
from samordna.people.identity import changes_of as identity_changes
from samordna.people.models import PersonIdentifier
from samordna.people.protection import changes_of
from samordna.people.queries import person_by_identifier, person_card
from samordna.people.rules import PersonChanges
from samordna.people.states import IdentityKind, Protection
from samordna.sip.process import SIP
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.tests import factories as f
from samordna.sip.tests.protections import GROUNDS

NOWHERE = UUID(int=0)
_FRESH = [f.made_up_number(date(1977, month, 3)) for month in range(1, 5)]
_RESERVE = ["19500101K123", "22950606FH20"]


def _number(chance: Random) -> str:
    """One that somebody has or had, or one that is new here."""
    known = sorted(PersonIdentifier.objects.values_list("value", flat=True))
    return chance.choice([*known, *known, *_FRESH, *_RESERVE])


def change_number(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    """Both steps of linking, a new number or correcting; or both coordinators are asked, where the page offers it."""
    kind, identifier, at = chance.choice(list(IdentityKind)), parse(_number(chance)), clock.now()
    found = person_by_identifier(identifier.value)
    name = person_card(found, at=at).name if found else "Gun Ek"
    answer = identity.ask_about_number(
        process=SIP, actor=actor, case_id=case_id, kind=kind, identifier=identifier, name=name, at=at
    )
    if answer.existing is not None and kind != IdentityKind.CORRECTED:
        return joining.ask_to_join(process=SIP,
            actor=actor, case_id=case_id, other_case_id=answer.existing.case_id, kind=kind,
            identifier=identifier, name=name, seen=answer.seen, at=at,
        )  # fmt: skip
    return identity.change_identity(process=SIP,
        actor=actor, case_id=case_id, kind=kind, identifier=identifier, name=name,
        reason="Fel siffra", seen=answer.seen, at=at,
    )  # fmt: skip


def undo_identity(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    changes = identity_changes([case_id])
    change_id = chance.choice(changes).id if changes else NOWHERE
    return undoing.undo_identity(
        process=SIP, actor=actor, case_id=case_id, change_id=change_id, reason="Fel", at=clock.now()
    )


def confirm_join(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    pair = pairs.pair_of(sip_for_rebuild(case_id))
    keep = chance.choice([one.case.id for one in pair.both]) if pair else case_id
    return joining.confirm_join(
        process=SIP,
        actor=actor,
        case_id=case_id,
        keep_case_id=keep,
        seen=pair.seen if pair else "",
        at=clock.now(),
    )


def decline_join(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    pair = pairs.pair_of(sip_for_rebuild(case_id))
    return joining.decline_join(process=SIP,
        actor=actor, case_id=case_id, reason=chance.choice(["", "Två olika personer"]),
        seen=pair.seen if pair else "", at=clock.now(),
    )  # fmt: skip


def raise_protection(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    card = person_card(sip_for_rebuild(case_id).case.person_id, at=clock.now())
    stronger = PersonChanges(
        protection=chance.choice([level for level in Protection if level != card.protection])
    )
    return change_person(
        process=SIP, actor=actor, case_id=case_id, version=card.version, changes=stronger, at=clock.now()
    )


def lower_protection(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    card = person_card(sip_for_rebuild(case_id).case.person_id, at=clock.now())
    return protection.lower_protection(process=SIP,
        actor=actor, case_id=case_id, identifier=parse(card.number), seen=card.protection,
        to=chance.choice(list(Protection)), grounds=GROUNDS, at=clock.now(),
    )  # fmt: skip


def undo_lowering(actor: Actor, case_id: UUID, chance: Random, county: f.County) -> object:
    changes = changes_of(sip_for_rebuild(case_id).case.person_id)
    change_id = chance.choice(changes).id if changes else NOWHERE
    return protection.undo_lowering(
        process=SIP, actor=actor, case_id=case_id, change_id=change_id, at=clock.now()
    )


_ALL: tuple[Callable[..., object], ...] = (
    change_number, undo_identity, confirm_join, decline_join, raise_protection, lower_protection, undo_lowering,
)  # fmt: skip
IDENTITY_ACTS = {act.__name__: act for act in _ALL}
# Each of these is one entry that the review of the log never leaves out.
REVIEWED = frozenset(IDENTITY_ACTS) - {"raise_protection"}
