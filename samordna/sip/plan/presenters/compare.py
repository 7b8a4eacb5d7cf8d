"""Two versions of a plan beside each other: what was added and what was struck, in words and not by colour alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.kernel import clock
from samordna.sip.plan.presenters.sheet import ATTENDANCE_LABELS, participant_sheet

SAME, ADDED, STRUCK = "same", "added", "struck"
_TOKENS = re.compile(r"\s+|[^\s]+")
_MOST_TOKENS = 4000

_LAW_LABELS: dict[str, str | Promise] = {
    "needs": gettext_lazy("What is needed"),
    "others_do": gettext_lazy("What others do"),
}


@dataclass(frozen=True)
class Piece:
    """A run of a text: the same in both, added, or struck."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One passage that differs. `by` wrote the newer one."""

    label: str
    pieces: tuple[Piece, ...]
    by: str


@dataclass(frozen=True)
class Section:
    heading: str
    changes: tuple[Change, ...]


def compare(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Section]:
    """Sections with something changed, in the order of the plan. Empty when both say the same."""
    sections = [
        Section(_("Participants"), tuple(_participants(older, newer))),
        *_goals(older["goals"], newer["goals"]),
        Section(_("What the plan must hold"), tuple(_law(older, newer))),
    ]
    return [section for section in sections if section.changes]


def compare_evaluations(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Section]:
    """As `compare`, of two signed evaluations."""
    by = newer["written"]["by"]
    said = _change(_("Day of the meeting"), _day(older["met_on"]), _day(newer["met_on"]), by)
    said += _change(_("Evaluation"), older["text"], newer["text"], by)
    sections = [
        Section(_("Participants"), tuple(_participants(older, newer))),
        Section(_("Evaluation"), tuple(said)),
    ]
    return [section for section in sections if section.changes]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The newer text with what was added and struck marked, word by word."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        return tuple(piece for piece in (Piece(STRUCK, before), Piece(ADDED, after)) if piece.text)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(new[c:d])))
            continue
        found += [p for p in (Piece(STRUCK, "".join(old[a:b])), Piece(ADDED, "".join(new[c:d]))) if p.text]
    return tuple(found)


def _change(label: str, before: str, after: str, by: str = "") -> list[Change]:
    return [] if before == after else [Change(str(label), pieces(before, after), by)]


def _law(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    by = newer["law_written"]["by"]
    found = _change(_("Day of the meeting"), _day(older["met_on"]), _day(newer["met_on"]), by)
    for name, label in _LAW_LABELS.items():
        found += _change(str(label), older[name], newer[name], by)
    found += _change(
        _("Principal with the overall responsibility"),
        _name(older["principal"]),
        _name(newer["principal"]),
        by,
    )
    found += _change(_("Coordinator"), older["coordinator"]["name"], newer["coordinator"]["name"], by)
    return found


def _participants(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    before, after = _by_lineage(older["participants"]), _by_lineage(newer["participants"])
    found: list[Change] = []
    for lineage in {**before, **after}:
        was, now = before.get(lineage), after.get(lineage)
        line = now or was or {}
        by = now["written"]["by"] if now else ""
        found += _change(participant_sheet(line).title, _attendance(was), _attendance(now), by)
    return found


def _goals(older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]) -> list[Section]:
    before, after = _by_lineage(older), _by_lineage(newer)
    sections = []
    for number, lineage in enumerate({**after, **before}, 1):
        was, now = before.get(lineage), after.get(lineage)
        heading = _("Goal %(number)s") % {"number": number} if now else _("Goal that was removed")
        sections.append(Section(heading, tuple(_goal(was, now))))
    return sections


def _goal(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> list[Change]:
    by = now["written"]["by"] if now else ""
    found = _change(_("Heading"), _text(was, "heading"), _text(now, "heading"), by)
    found += _change(_("Goal"), _text(was, "text"), _text(now, "text"), by)
    found += _change(_("Responsible"), _responsible(was), _responsible(now), by)
    before, after = (
        _by_lineage(was["activities"] if was else ()),
        _by_lineage(now["activities"] if now else ()),
    )
    for lineage in {**after, **before}:
        found += _activity(before.get(lineage), after.get(lineage))
    return found


def _activity(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> list[Change]:
    by = now["written"]["by"] if now else ""
    found = _change(_("Activity"), _text(was, "text"), _text(now, "text"), by)
    found += _change(_("Responsible for the activity"), _responsible(was), _responsible(now), by)
    days = [_day(row["done_on"]) if row else "" for row in (was, now)]
    return found + _change(_("Done by date"), days[0], days[1], by)


def _by_lineage(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {row["lineage"]: row for row in rows}


def _text(row: Mapping[str, Any] | None, name: str) -> str:
    return str(row[name]) if row else ""


def _responsible(row: Mapping[str, Any] | None) -> str:
    return str(row["responsible"]["name"]) if row else ""


def _name(row: Mapping[str, Any] | None) -> str:
    return str(row["name"]) if row else ""


def _attendance(line: Mapping[str, Any] | None) -> str:
    if line is None:
        return ""
    word = str(ATTENDANCE_LABELS[line["attendance"]])
    return ", ".join(part for part in (word, line["name"], line["role"], line["contact"]) if part)


def _day(text: str | None) -> str:
    return clock.shown_date(date.fromisoformat(text)) if text else ""
