"""Every setting of a county or a department: its key, shape, built-in value and a sentence about it.

A department's value wins over the county's, which wins over the built-in one. Built-in texts
follow the language of the page; what an administrator has written is shown as written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from samordna.kernel.workingdays import Deadline
from samordna.organisations.settings_shapes import (
    Codes,
    Deadlines,
    Lines,
    Number,
    ProcedureCode,
    Several,
    Shape,
    Text,
    Texts,
    YesNo,
)
from samordna.organisations.states import PrincipalKind

OTHER_REASON = _("Other reason")

# A department says how soon its units answer (K-08). The steps of a case are everybody's, and the county's.
ANSWER_KEYS = ("initiative", "summons_planning", "summons_evaluation", "information")
DEADLINE_KEYS = (*ANSWER_KEYS, "plan_start", "plan_signed", "plan_locked", "other_step")


def is_other_reason(reason: str) -> bool:
    """Whether it is the built-in *Annan orsak*, in any language: it says nothing until words are added."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if reason.casefold() == str(OTHER_REASON).casefold():
                return True
    return False


# The system roles of `assignments`, which lies above this room; a test compares.
ROLE_KEYS = ("ADMINISTRATOR", "SYSTEM_MANAGER", "SUPERUSER")
ADVICE_KEYS = (PrincipalKind.REGION.value, PrincipalKind.MUNICIPALITY.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """`county_only` settings cannot differ between departments, since they belong to no one of them; of another one
    `department_shape` says what can."""

    key: str
    label: str | Promise
    sentence: str | Promise
    shape: Shape
    default: object
    county_only: bool = False
    department_shape: Shape | None = None

    def shape_for(self, department_id: int | None) -> Shape:
        """What the county (no department) or a department decides of it."""
        return self.shape if department_id is None else self.department_shape or self.shape


@dataclass(frozen=True, slots=True)
class Settings:
    """All values that hold for a department."""

    sbar_enabled: bool
    deadlines: Mapping[str, Deadline]
    procedure_codes: tuple[ProcedureCode, ...]
    routing_advice: Mapping[str, str]
    goal_headings: tuple[str, ...]
    void_reasons: tuple[str, ...]
    ask_password_when_signing: bool
    existence_questions_per_hour: int
    protection_lowered_by: frozenset[str]
    support_chain: str

    def codes_after(self, part: str, principal_kind: str) -> tuple[str, ...]:
        """Codes that a user at such a principal is reminded of after PLAN, FOLLOW_UP or EVALUATION (V-57)."""
        return tuple(
            entry.code
            for entry in self.procedure_codes
            if part in entry.after and principal_kind in entry.principal_kinds
        )

    def advice_for(self, principal_kind: str) -> str:
        """Where an initiative from such a principal is sent (V-30); empty when the county gives no advice."""
        return self.routing_advice.get(principal_kind, "")


def _working_days(amount: int) -> dict[str, object]:
    return {"kind": "working_days", "amount": amount, "hour": "16:00"}


ENTRIES: Mapping[str, Entry] = {
    entry.key: entry
    for entry in (
        Entry(
            "sbar_enabled",
            _("Assessment after SBAR"),
            _("Whether a mapping after SBAR can be made as a part of the preparation."),
            YesNo(),
            default=False,
            county_only=True,
        ),
        Entry(
            "deadlines",
            _("Deadlines"),
            _(
                "How soon messages are answered, planning begins, the plan is signed and locked, and everything else "
                "that somebody waits for is done. Zero working days is the same day."
            ),
            Deadlines(DEADLINE_KEYS),
            default={
                "initiative": _working_days(1),
                "summons_planning": _working_days(1),
                "summons_evaluation": _working_days(1),
                "information": _working_days(1),
                "plan_start": _working_days(5),
                "plan_signed": _working_days(2),
                "plan_locked": _working_days(2),
                "other_step": _working_days(5),
            },
            department_shape=Deadlines(ANSWER_KEYS),
        ),
        Entry(
            "procedure_codes",
            _("Procedure codes"),
            _("Codes that users are reminded to register in their own record after a part."),
            Codes(most=5),
            default=[
                {"code": "AU124", "after": ["PLAN", "FOLLOW_UP", "EVALUATION"], "principal_kinds": ["REGION"]}
            ],
        ),
        Entry(
            "routing_advice",
            _("Whom to send an initiative to"),
            _("Advice that is shown when recipients of an initiative are chosen, after who sends it."),
            Texts(ADVICE_KEYS, limit=2000),
            default={
                "REGION": _(
                    "Send to the operation in the municipality that the individual already has contact with. "
                    "If there is none, or you are not sure: send to the units that the municipality has listed "
                    "for initiatives, or call the municipality's contact centre and ask."
                ),
                "MUNICIPALITY": _(
                    "Send to the specialist care that the individual already has contact with. If there is none, "
                    "or you are not sure: send to the individual's health centre, which has the basic "
                    "responsibility. If the individual does not know which health centre it is: call the region's "
                    "switchboard and ask. Never write a personal identity number in a mail."
                ),
            },
        ),
        Entry(
            "goal_headings",
            _("Headings of goals"),
            _("What a goal in a plan can be about, in the individual's own voice. One on each line."),
            Lines(most=30, limit=120),
            default=[
                _("This is important to me"),
                _("This is what I want help with"),
                _("This is how I want to feel"),
                _("This is how I want to live at home"),
                _("This is how I want my days to be"),
                _("These are the people I want near me"),
            ],
        ),
        Entry(
            "void_reasons",
            _("Reasons for voiding"),
            _("What can be chosen when a part is voided. One on each line."),
            Lines(most=30, limit=120),
            default=[
                _("At the individual's request"),
                _("Wrong date"),
                _("Wrong recipient"),
                _("Wrong person"),
                _("Made by mistake"),
                OTHER_REASON,
            ],
        ),
        Entry(
            "ask_password_when_signing",
            _("Ask for the password when signing"),
            _("Whether somebody who has logged in with a password writes it again to sign."),
            YesNo(),
            default=False,
        ),
        Entry(
            "existence_questions_per_hour",
            _("Questions about ongoing SIPs per hour"),
            _("How many times in an hour a user may learn that a person already has a SIP somewhere else."),
            Number(1, 1000),
            default=30,
            county_only=True,
        ),
        Entry(
            "protection_lowered_by",
            _("Who may lower a protected identity"),
            _("Everybody who takes part may raise it. Lowering it needs a reason and is logged."),
            Several(ROLE_KEYS),
            default=["ADMINISTRATOR", "SYSTEM_MANAGER"],
            county_only=True,
        ),
        Entry(
            "support_chain",
            _("Who helps"),
            _(
                "Whom a user turns to, in order, with telephone and address. Shown in help and on error pages."
            ),
            Text(limit=2000),
            default=_(
                "First your unit's superuser, then the department's administrator, then the IT support."
            ),
        ),
    )
}


def built_in(entry: Entry) -> Any:
    """The built-in value as it would be stored, in the language of the page."""
    return _plain(entry.default)


def effective(entry: Entry, county: object | None, department: object | None) -> Any:
    """The stored form of what holds, out of what the county and the department have written."""
    written = [one for one in (county, department) if one is not None]
    if written and not entry.shape.merges:
        return written[-1]
    value = built_in(entry)
    for one in written:
        value = {**value, **one} if isinstance(one, dict) else one
    return value


def settings_from(county: Mapping[str, object], department: Mapping[str, object]) -> Settings:
    """All values, read."""
    values: dict[str, Any] = {
        key: entry.shape.read(effective(entry, county.get(key), department.get(key)))
        if key in county or key in department
        else _unchanged(key, get_language() or "")
        for key, entry in ENTRIES.items()
    }
    return Settings(**values)


@cache
def _unchanged(key: str, _language: str) -> Any:
    """The built-in value, read. Kept by language: every page reads all settings, and a county changes few."""
    return ENTRIES[key].shape.read(built_in(ENTRIES[key]))


def _plain(value: object) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value
