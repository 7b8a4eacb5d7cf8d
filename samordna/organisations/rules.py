"""What a place in the county's tree must be like, and who may change the tree and its settings.

Plain values in, a `Refusal` or None out.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from samordna.kernel.actor import Held
from samordna.kernel.identifiers import luhn_ok
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import fingerprint, name_key, plain_dashes
from samordna.organisations.in_use import InUse
from samordna.organisations.states import Level, PrincipalKind

# The words of assignments.states.SystemRole, a room above this one.
ADMINISTRATOR = "ADMINISTRATOR"
SYSTEM_MANAGER = "SYSTEM_MANAGER"

# "SE", an organisation number (sometimes with 16 before it), a hyphen and a suffix without check digit.
# Identifiers that begin with TSTNMT belong to Inera's test directory.
_HSA_ID = re.compile(r"(?:SE(?:16)?(?P<number>\d{10})|TSTNMT\d+)-[A-Z0-9]+", re.ASCII | re.IGNORECASE)
_HSA_ID_LIMIT = 31

_PARENTS: dict[Level, frozenset[Level | None]] = {
    Level.PRINCIPAL: frozenset({None}),
    Level.DEPARTMENT: frozenset({Level.PRINCIPAL}),
    Level.OPERATION: frozenset({Level.DEPARTMENT}),
    Level.UNIT: frozenset({Level.DEPARTMENT, Level.OPERATION}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What is typed about a place in the tree; where it stands is told by its parent."""

    level: Level
    name: str
    principal_kind: str = ""
    care_kind: str = ""
    hsa_id: str = ""
    municipality: str = ""
    phone: str = ""
    address: str = ""
    notify_email: str = ""
    external: bool = False

    @property
    def fingerprint(self) -> str:
        """Changes when any of it changes: what a form was opened with, compared when it is sent."""
        return fingerprint(self)


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may change: the whole county, or these places with all that lies below each.

    `departments`: some of it is a whole department or more, so that there are settings and rights to decide.
    """

    whole_county: bool = False
    place_ids: frozenset[int] = frozenset()
    departments: bool = False

    @property
    def any(self) -> bool:
        return self.whole_county or bool(self.place_ids)

    def holds(self, stands_in: Collection[int]) -> bool:
        """Whether a place is held. `stands_in` is the place itself and everything above it."""
        return self.whole_county or not self.place_ids.isdisjoint(stands_in)


EVERYTHING = Reach(whole_county=True)


def reach(held: Collection[Held], *, roles: Collection[str] = (ADMINISTRATOR, SYSTEM_MANAGER)) -> Reach:
    """What these roles reach: what their places cover and nothing else, wherever their holder stands (K-05, K-13).

    A system manager of a whole region keeps what is common to the county too.
    """
    ours = [one for one in held if one.role in roles]
    return Reach(
        whole_county=any(
            one.role == SYSTEM_MANAGER and one.principal_kind == PrincipalKind.REGION for one in ours
        ),
        place_ids=frozenset(one.place_id for one in ours),
        departments=any(one.level in {Level.PRINCIPAL, Level.DEPARTMENT} for one in ours),
    )


def principal_kind_refusal(allowed: Reach, before: str, after: str) -> Refusal | None:
    """What kind a principal is decides who keeps the county, so only those who keep it change that."""
    if allowed.whole_county or before == after:
        return None
    return Refusal(
        "place.principal_kind_kept",
        _("Only the region's system manager changes the kind of principal."),
        field="principal_kind",
    )


def place_refusal(place: Place, parent_level: Level | None) -> Refusal | None:
    """The first thing that is wrong with a place, with the field that it belongs to."""
    if not place.name:
        return Refusal("place.no_name", _("Write the name."), field="name")
    if not _fits_below(place, parent_level):
        return Refusal(
            "place.wrong_parent",
            _("It cannot stand there in the tree."),
            _(
                "A unit belongs to a department or an operation; only an external unit may stand below a principal."
            ),
            field="level",
        )
    if place.level == Level.PRINCIPAL and not place.principal_kind:
        return Refusal(
            "place.no_principal_kind", _("Choose what kind of principal it is."), field="principal_kind"
        )
    if place.level == Level.UNIT and not place.care_kind:
        return Refusal("place.no_care_kind", _("Choose the kind of care."), field="care_kind")
    return hsa_id_refusal(place.hsa_id) or _email_refusal(place.notify_email)


def tidy_hsa_id(typed: str) -> str:
    """The id with plain hyphens and without blanks; its letters as typed."""
    return "".join(plain_dashes(typed).split())


def hsa_id_refusal(hsa_id: str) -> Refusal | None:
    """After Inera's description of the HSA-id; an empty one is allowed."""
    if not hsa_id:
        return None
    match = _HSA_ID.fullmatch(hsa_id)
    if match is None or len(hsa_id) > _HSA_ID_LIMIT:
        return Refusal(
            "place.hsa_id_form",
            _("Write the HSA-id as SE, ten digits, a hyphen and letters or digits, at most 31 characters."),
            field="hsa_id",
        )
    if match["number"] and not luhn_ok(match["number"]):
        return Refusal(
            "place.hsa_id_check",
            _("The organisation number in the HSA-id is wrong: its last digit does not fit the others."),
            field="hsa_id",
        )
    return None


def close_refusal(*, closed: bool, open_below: int, own_unit: bool) -> Refusal | None:
    """A place is closed once, from the leaves inwards, and not by somebody who stands in it."""
    if closed:
        return Refusal("place.already_closed", _("It is closed already."))
    if open_below:
        return Refusal(
            "place.open_below", _("There are open units below it."), _("Close them first, then this one.")
        )
    if own_unit:
        return Refusal(
            "place.own_unit", _("You are working at this unit now."), _("Change unit first, then close it.")
        )
    return None


def in_use_refusal(in_use: InUse, reasons: Mapping[str, str]) -> Refusal | None:
    """A unit that is in use is closed only with a reason for each kind of what is left hanging on it."""
    for kind in in_use.kinds:
        if not reasons.get(kind, "").strip():
            return Refusal(
                "place.in_use",
                _("The unit is in use. Move or end what hangs on it, or write why it is left."),
                field=f"left_{kind}",
            )
    return None


def managers_refusal(in_use: InUse, held: Collection[Held]) -> Refusal | None:
    """The unit where a system manager has her only work is closed by one who is it too: it shuts her out (K-05)."""
    allowed = reach(held, roles=(SYSTEM_MANAGER,))
    if all(allowed.holds(stands_in) for stands_in in in_use.managers):
        return None
    return Refusal(
        "place.system_manager",
        _("A system manager works here and nowhere else, and would be shut out."),
        _("Give her an assignment at another unit first, or let a system manager close this one."),
    )


def in_use_changed() -> Refusal:
    return Refusal(
        "place.in_use_changed",
        _("What hangs on the unit has changed since you opened the page. Nothing was closed."),
        _("Read the numbers again."),
    )


def closed_by_file() -> Refusal:
    return Refusal(
        "place.closed_by_file",
        _("The unit is in use. A file cannot close it."),
        _("Close it on its own page, which shows what hangs on it."),
        field="closed_on",
    )


def external_refusal(*, in_use: bool) -> Refusal | None:
    """Where people work and cases go on is no unit outside the system: nobody would act there any more."""
    if not in_use:
        return None
    return Refusal(
        "place.external_in_use",
        _(
            "The unit is in use: people work there, or ongoing cases wait for it. It cannot be outside the system."
        ),
        _("Close it, which shows what hangs on it, and add one outside the system instead."),
        field="external",
    )


def reopen_refusal(*, closed: bool, parent_closed: bool) -> Refusal | None:
    """Only what is closed can be opened again, from the top downwards."""
    if not closed:
        return Refusal("place.not_closed", _("It is open already."))
    if parent_closed:
        return Refusal("place.parent_closed", _("What it belongs to is closed."), _("Open that first."))
    return None


def common_setting() -> Refusal:
    return Refusal("setting.county_only", _("This setting is the same for every department in the county."))


def changed_by_another() -> Refusal:
    return Refusal(
        "place.changed",
        _("Somebody else has changed this place since you opened it."),
        _("Read what it says now, then make your change again."),
    )


def setting_changed() -> Refusal:
    return Refusal(
        "setting.changed",
        _("Somebody else has changed this since you opened it."),
        _("Read what it says now. Save once more to let yours stand."),
    )


def name_taken() -> Refusal:
    """Two places at the same parent may not have the same name; closed ones keep theirs."""
    return Refusal(
        "place.name_taken",
        _("There is already a place with this name there, maybe a closed one."),
        _("Choose another name, or open the closed one again."),
        field="name",
    )


def file_changed() -> Refusal:
    return Refusal(
        "file.changed",
        _("Something has changed since you read what the file does. Nothing is imported."),
        _("Read it again, then import."),
    )


NEARLY_TAKEN = "place.nearly_taken"


def nearly_taken_refusal(name: str, neighbours: Iterable[str], *, is_another: bool) -> Refusal | None:
    """A name that a reader would take for a neighbour's is asked about: is it the same place, or another one?"""
    alike = [known for known in neighbours if known != name and name_key(known) == name_key(name)]
    if is_another or not alike:
        return None
    return Refusal(
        NEARLY_TAKEN,
        _("Nearly the same name is there already: %(names)s.") % {"names": ", ".join(alike)},
        _("If it is the same, use that one. If it is another, tick the box below."),
        field="name",
    )


def row_twice(line: int) -> Refusal:
    return Refusal(
        "place.row_twice",
        _("The unit stands on line %(line)d too.") % {"line": line},
        field="name",
    )


def moved_by_file() -> Refusal:
    return Refusal(
        "place.moved_by_file",
        _("The unit with this HSA-id stands somewhere else in the tree. A file cannot move it."),
        field="hsa_id",
    )


def other_principal_kind() -> Refusal:
    return Refusal(
        "place.other_principal_kind", _("The principal is of another kind already."), field="principal_kind"
    )


def hsa_id_taken() -> Refusal:
    return Refusal("place.hsa_id_taken", _("Another place has this HSA-id."), field="hsa_id")


def below_closed() -> Refusal:
    return Refusal("place.below_closed", _("What it would belong to is closed."), field="name")


def _fits_below(place: Place, parent_level: Level | None) -> bool:
    if place.level == Level.UNIT and place.external and parent_level == Level.PRINCIPAL:
        return True
    return parent_level in _PARENTS[place.level]


def _email_refusal(address: str) -> Refusal | None:
    if not address:
        return None
    try:
        validate_email(address)
    except ValidationError:
        return Refusal(
            "place.notify_email",
            _("Write the address as name@example.se, or leave it empty."),
            field="notify_email",
        )
    return None
