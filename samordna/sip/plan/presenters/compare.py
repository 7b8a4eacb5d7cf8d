"""Two versions of a plan, or of an evaluation, beside each other: the passages that differ."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.casework.documents.presenters.compare import Change, Section, change
from samordna.kernel import clock
from samordna.sip.plan.presenters.sheet import ATTENDANCE_LABELS, participant_sheet

_LAW_LABELS: dict[str, str | Promise] = {
    "needs": gettext_lazy("What is needed"),
    "others_do": gettext_lazy("What others do"),
}


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
    said = change(_("Day of the meeting"), _day(older["met_on"]), _day(newer["met_on"]), by)
    said += change(_("Evaluation"), older["text"], newer["text"], by)
    sections = [
        Section(_("Participants"), tuple(_participants(older, newer))),
        Section(_("Evaluation"), tuple(said)),
    ]
    return [section for section in sections if section.changes]


def _law(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    by = newer["law_written"]["by"]
    found = change(_("Day of the meeting"), _day(older["met_on"]), _day(newer["met_on"]), by)
    for name, label in _LAW_LABELS.items():
        found += change(str(label), older[name], newer[name], by)
    found += change(
        _("Principal with the overall responsibility"),
        _name(older["principal"]),
        _name(newer["principal"]),
        by,
    )
    found += change(_("Coordinator"), older["coordinator"]["name"], newer["coordinator"]["name"], by)
    return found


def _participants(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Change]:
    before, after = _by_lineage(older["participants"]), _by_lineage(newer["participants"])
    found: list[Change] = []
    for lineage in {**before, **after}:
        was, now = before.get(lineage), after.get(lineage)
        line = now or was or {}
        by = now["written"]["by"] if now else ""
        found += change(participant_sheet(line).title, _attendance(was), _attendance(now), by)
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
    found = change(_("Heading"), _text(was, "heading"), _text(now, "heading"), by)
    found += change(_("Goal"), _text(was, "text"), _text(now, "text"), by)
    found += change(_("Responsible"), _responsible(was), _responsible(now), by)
    before, after = (
        _by_lineage(was["activities"] if was else ()),
        _by_lineage(now["activities"] if now else ()),
    )
    for lineage in {**after, **before}:
        found += _activity(before.get(lineage), after.get(lineage))
    return found


def _activity(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> list[Change]:
    by = now["written"]["by"] if now else ""
    found = change(_("Activity"), _text(was, "text"), _text(now, "text"), by)
    found += change(_("Responsible for the activity"), _responsible(was), _responsible(now), by)
    days = [_day(row["done_on"]) if row else "" for row in (was, now)]
    return found + change(_("Done by date"), days[0], days[1], by)


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
