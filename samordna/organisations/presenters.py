"""Settings and the tree in the words of their pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samordna.organisations import settings_catalogue
from samordna.organisations.in_use import ADVICE, KINDS, InUse
from samordna.organisations.queries import Closing, PlaceCard
from samordna.organisations.rules import Reach
from samordna.organisations.setting_forms import KEY_WORDS, PART_WORDS, ROLE_WORDS
from samordna.organisations.settings_catalogue import ENTRIES
from samordna.organisations.settings_shapes import Codes, Deadlines, Lines, Several, Shape, Texts, YesNo
from samordna.organisations.states import PrincipalKind
from samordna.organisations.words import PRINCIPAL_KINDS


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting in the list: what holds, in lines, and who has decided that."""

    label: str | Promise
    sentence: str | Promise
    lines: list[str]
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class InUseRow:
    """One kind of what hangs on a unit."""

    label: str | Promise
    count: int
    advice: str | Promise
    field: str


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One kind of what hung on a unit when it was closed, and why it was left."""

    label: str | Promise
    count: int
    reason: str


def left_rows(closing: Closing | None) -> list[LeftRow]:
    """Why what hung on a closed unit was left as it was (K-13)."""
    if closing is None:
        return []
    return [
        LeftRow(KINDS[kind], closing.numbers.get(kind, 0), reason) for kind, reason in closing.reasons.items()
    ]


def setting_rows(
    county: Mapping[str, Any], department: Mapping[str, Any], department_id: int | None
) -> list[SettingRow]:
    """Every setting that the county, or the department, can decide about."""
    return [
        SettingRow(
            label=entry.label,
            sentence=entry.sentence,
            lines=value_lines(
                entry.shape_for(department_id),
                settings_catalogue.effective(entry, county.get(key), department.get(key)),
            ),
            source=_source(key, county, department),
            url=setting_url(key, department_id),
        )
        for key, entry in ENTRIES.items()
        if not (entry.county_only and department_id)
    ]


def value_lines(shape: Shape, value: Any) -> list[str]:
    """A value as it is read on a page."""
    match shape:
        case YesNo():
            return [_("Yes") if value else _("No")]
        case Several():
            return [str(ROLE_WORDS[key]) for key in ROLE_WORDS if key in value]
        case Lines():
            return list(value)
        case Texts():
            return [f"{KEY_WORDS[key]}: {text}" for key, text in value.items()]
        case Deadlines():
            return [f"{KEY_WORDS[key]}: {deadline_words(value[key])}" for key in shape.keys]
        case Codes():
            return [_code_words(row) for row in value] or [_("No codes")]
        case _:
            return [str(value)]


def deadline_words(deadline: Mapping[str, Any]) -> str:
    """ "1 arbetsdag, senast 16.00"."""
    amount = int(deadline["amount"])
    if deadline["kind"] == "hours":
        return ngettext("%(amount)d hour", "%(amount)d hours", amount) % {"amount": amount}
    hour = str(deadline["hour"]).replace(":", ".")
    if amount == 0:
        return _("the same day, at the latest %(hour)s") % {"hour": hour}
    if deadline["kind"] == "calendar_days":
        days = ngettext("%(amount)d calendar day", "%(amount)d calendar days", amount) % {"amount": amount}
    else:
        days = ngettext("%(amount)d working day", "%(amount)d working days", amount) % {"amount": amount}
    return _("%(days)s, at the latest %(hour)s") % {"days": days, "hour": hour}


def setting_url(key: str, department_id: int | None) -> str:
    """The page that edits a setting of the county or of a department."""
    if department_id is None:
        return reverse("organisations:setting", args=[key])
    return reverse("organisations:department_setting", args=[department_id, key])


def place_crumbs(card: PlaceCard | None, allowed: Reach, last: str = "") -> list[tuple[str, str | None]]:
    """The way to a place from the top of what is kept, and to what is done there."""
    found: list[tuple[str, str | None]] = [(_("Organisation"), reverse("organisations:tree"))]
    if card is not None:
        steps: Sequence[tuple[int, str]] = (*card.above, (card.id, card.place.name))
        kept = [index for index, step in enumerate(steps) if allowed.holds({step[0]})]
        found += [
            (name, reverse("organisations:place", args=[place_id]))
            for place_id, name in steps[min(kept, default=0) :]
        ]
    if last:
        return [*found, (last, None)]
    return [*found[:-1], (found[-1][0], None)]


def in_use_rows(in_use: InUse) -> list[InUseRow]:
    """What hangs on a unit, with how each kind is moved or ended, and the name of the field where it can be left."""
    return [
        InUseRow(KINDS[kind], count, ADVICE[kind], f"left_{kind}") for kind, count in in_use.kinds.items()
    ]


def close_effects(card: PlaceCard) -> list[str]:
    """What closing leads to, said before it is done."""
    return [
        _("%(name)s is no longer offered when recipients are chosen.") % {"name": card.place.name},
        _("Nobody can choose to work there. Its cases stay, and other units that take part still see them."),
        _("What has been sent and signed keeps its name."),
        _("You can open it again later."),
    ]


def _source(key: str, county: Mapping[str, Any], department: Mapping[str, Any]) -> str:
    if key in department:
        return _("Decided by the department")
    return _("Decided by the county") if key in county else _("Built in")


def _code_words(row: Mapping[str, Any]) -> str:
    parts = ", ".join(str(PART_WORDS[part]) for part in row["after"])
    kinds = ", ".join(str(PRINCIPAL_KINDS[PrincipalKind(kind)]) for kind in row["principal_kinds"])
    return f"{row['code']}: {parts} ({kinds})"
