"""A SIP as one frozen snapshot: the case with what is sent and written in it, and what only a SIP has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from samordna.casework.file.facts import CaseWork, StepSettings
from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.kernel.workingdays import Deadline
from samordna.sip.states import Part

_WHOLE_CASE: frozenset[str] = frozenset({Part.INITIATIVE, Part.INFORMATION, Part.SBAR})
# They belong to the present round; the other parts to the plan that holds.
_OF_THE_NEXT_PLAN: frozenset[str] = frozenset({Part.SUMMONS, Part.PLAN})


@dataclass(frozen=True, kw_only=True)
class ProcessSettings(StepSettings):
    """What the county has decided about the process."""

    sbar_enabled: bool
    plan_start: Deadline
    plan_signed: Deadline
    plan_locked: Deadline


@dataclass(frozen=True)
class Progress:
    """How many activities of the open follow-up are reported on, of how many."""

    reported: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.reported


NOTHING_REPORTED = Progress(0, 0)


@dataclass(frozen=True, kw_only=True)
class SipFacts(CaseWork):
    """`gaps` counts by edition what a signed plan lacks."""

    settings: ProcessSettings
    follow_up_due_on: date | None
    plan_printed: bool
    follow_up_progress: Progress = NOTHING_REPORTED
    gaps: Mapping[UUID, int] = field(default_factory=dict)

    def round_of(self, kind: str) -> int | None:
        """Initiative, information and SBAR: of the whole case. The rest: of its round, or of the plan that holds."""
        if kind in _WHOLE_CASE:
            return None
        return self.round_number if kind in _OF_THE_NEXT_PLAN else self.followed_round

    def standing_version(self, kind: str) -> VersionFacts | None:
        """Of a case that is over the plan is told of that held then."""
        over = kind == Part.PLAN and not self.case.active and self.valid_plan is not None
        return self.holding_version if over else super().standing_version(kind)

    def settled(self, kind: str) -> bool:
        """The plan that held when the case ended was locked, whatever was being written in it or beside it."""
        return kind == Part.PLAN and self.valid_plan is not None

    @property
    def result(self) -> str:
        return Part.PLAN if self.valid_plan is not None else ""

    @property
    def plan_gaps(self) -> int:
        """How much is missing in the plan that is signed, before it can be locked."""
        plan = self.standing(Part.PLAN)
        valid = plan.valid_version if plan is not None else None
        return self.gaps.get(valid.id, 0) if valid is not None else 0

    def met(self, summons: Part, at: datetime) -> bool:
        """Whether the time has passed in which somebody can be told of the meeting: it has begun, or its plan or
        evaluation is signed."""
        meeting = self.meeting_of(summons)
        document = self.standing(Part.PLAN if summons == Part.SUMMONS else Part.EVALUATION)
        signed = document is not None and document.ever_signed
        return signed or (meeting is not None and meeting.starts_at <= at)

    @property
    def renewing(self) -> bool:
        """Whether a new plan is being made while an earlier one holds (V-70)."""
        return self.followed_round != self.round_number

    @property
    def followed_round(self) -> int:
        """The round that is followed up and evaluated: that of the plan that holds, until another is locked."""
        holding = self.valid_plan
        return self.round_number if holding is None else holding.round_number

    @property
    def holds_sbar(self) -> bool:
        """Whether there is a signed SBAR to read, also where the county no longer uses it (L-06)."""
        document = self.standing(Part.SBAR)
        return document is not None and document.valid_version is not None

    @property
    def valid_plan(self) -> DocumentFacts | None:
        """The plan the individual has: the locked one, of an earlier round until the new one is locked (V-70).

        In a case that is over it is the one that was locked last, also when it was opened and not locked again.
        """
        plans = [d for d in self.documents if d.kind == Part.PLAN and self._held(d) is not None]
        return plans[-1] if plans else None

    @property
    def holding_version(self) -> VersionFacts | None:
        """What the plan that holds says, or held when the case ended."""
        return self._held(self.valid_plan) if self.valid_plan is not None else None

    def _held(self, plan: DocumentFacts) -> VersionFacts | None:
        if self.case.active or plan.voided or plan.replaced_version is not None:
            return plan.locked_version
        return plan.last_locked
