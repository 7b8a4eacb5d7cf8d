"""*Uppföljning av plan* as it is read and filled in: one line per activity, grouped by goal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from samordna.casework.documents.presenters.authors import NOBODY, Author, Reader, author_of
from samordna.casework.documents.presenters.since_read import SinceRead
from samordna.documents.facts import DocumentFacts
from samordna.kernel import clock
from samordna.kernel.actor import Actor
from samordna.kernel.refusal import Refusal
from samordna.kernel.text import isolated
from samordna.sip.facts import SipFacts
from samordna.sip.follow_up import rules
from samordna.sip.follow_up.facts import EarlierReportFacts
from samordna.sip.follow_up.forms import ReportForm, TypedReport
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.requirements import begin_refusal
from samordna.sip.rounds.rules import new_plan_refusal
from samordna.sip.states import Beginning, Part
from samordna.web import moments

STATUS_WORDS: dict[str, str | Promise] = {
    ReportStatus.NOT_STARTED: pgettext_lazy("activity", "Not begun"),
    ReportStatus.ONGOING: pgettext_lazy("activity", "Going on"),
    ReportStatus.DONE: pgettext_lazy("activity", "Done"),
    ReportStatus.NOT_CARRIED_OUT: pgettext_lazy("activity", "Not carried out"),
}
NOT_REPORTED = pgettext_lazy("activity", "Not reported")
_SYMBOLS: dict[str, str] = {
    ReportStatus.NOT_STARTED: "NOT_STARTED",
    ReportStatus.ONGOING: "WAITING",
    ReportStatus.DONE: "DONE",
    ReportStatus.NOT_CARRIED_OUT: "DENIED",
}


@dataclass(frozen=True)
class Entry:
    """The form of one activity. `undecided`: somebody else has reported since; what is to stand must be chosen.

    Without a form the activity has been closed meanwhile, and what one had `typed` is only shown.
    """

    form: ReportForm | None
    typed: TypedReport | None = None
    undecided: bool = False

    @property
    def typed_word(self) -> str | Promise:
        return STATUS_WORDS.get(self.typed.status, NOT_REPORTED) if self.typed else ""


@dataclass(frozen=True)
class EarlierLine:
    """What was reported before: who said what, and when."""

    word: str | Promise
    note: str
    at: datetime
    by: str
    unit: str


@dataclass(frozen=True)
class History:
    """What is known of each activity beside what is signed: what was said before, and which *Klar* may be taken back.

    `correct` has the version of each of those by its activity.
    """

    earlier: tuple[EarlierReportFacts, ...] = ()
    correct: Mapping[str, int] = field(default_factory=dict)

    def lines(self, activity: str) -> tuple[EarlierLine, ...]:
        said = [one for one in self.earlier if str(one.activity_lineage) == activity]
        return tuple(
            EarlierLine(STATUS_WORDS[one.status], one.note, one.at, one.by, one.unit) for one in said
        )


@dataclass(frozen=True)
class ReportLine:
    """One activity. `correct_version`: the version of a *Klar* that may be taken back."""

    lineage: str
    text: str
    responsible: str
    done_on: date | None
    status: str
    word: str | Promise
    symbol: str
    note: str
    author: Author | None
    entry: Entry | None
    earlier: tuple[EarlierLine, ...] = ()
    correct_version: int | None = None

    def changed_for(self, reader: Reader) -> bool:
        """Whether somebody else has reported on it since the reader last read, or taken back what was reported."""
        if self.author is not None:
            return self.author.is_new
        return reader.read_at is not None and any(one.at > reader.read_at for one in self.earlier)


@dataclass(frozen=True)
class GoalReports:
    number: int
    text: str
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True)
class FollowUpActs:
    """None means that it may be done, a refusal says why not."""

    activate: Refusal | None
    lock: Refusal | None
    open: Refusal | None
    void: Refusal | None
    schedule: Refusal | None
    new_plan: Refusal | None


def follow_up_acts(facts: SipFacts, actor: Actor, at: datetime) -> FollowUpActs:
    """Every rule of the follow-up, asked as the commands ask it."""
    return FollowUpActs(
        activate=rules.activate_refusal(facts, actor),
        lock=rules.lock_follow_up_refusal(facts, actor),
        open=rules.open_follow_up_refusal(facts, actor),
        void=rules.void_follow_up_refusal(facts, actor),
        schedule=rules.schedule_refusal(facts, actor, None, clock.today(at)),
        new_plan=new_plan_refusal(facts, actor),
    )


def goal_reports(
    content: Mapping[str, Any], reader: Reader = NOBODY, entries: Mapping[str, Entry] | None = None,
    history: History | None = None, *, over: bool = False,
) -> list[GoalReports]:  # fmt: skip
    """From canonical content; `entries` are the forms by activity, where one may report.

    In a case that is `over` an activity does not go on.
    """
    held, known = entries or {}, history or History()
    goals = groupby(content["reports"], key=lambda report: report["goal"])
    return [
        GoalReports(
            number,
            text,
            tuple(
                _line(report, reader, held.get(report["activity"]), known, over=over) for report in reports
            ),
        )
        for number, (text, reports) in enumerate(goals, 1)
    ]


def plan_goals(
    plan: Mapping[str, Any], reports: Sequence[Mapping[str, Any]], *, over: bool
) -> list[GoalReports]:
    """The goals of a plan's canonical content, each activity with what was reported on it last."""
    reported = {report["activity"]: report for report in reports}
    lines = [_unreported(goal, activity) for goal in plan["goals"] for activity in goal["activities"]]
    return goal_reports({"reports": [reported.get(line["activity"], line) for line in lines]}, over=over)


def _unreported(goal: Mapping[str, Any], activity: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "activity": activity["lineage"],
        "goal": goal["text"],
        "text": activity["text"],
        "responsible": activity["responsible"]["name"],
        "done_on": activity["done_on"],
        "status": "",
        "note": "",
        "written": None,
    }


def _line(
    report: Mapping[str, Any], reader: Reader, entry: Entry | None, known: History, *, over: bool
) -> ReportLine:
    status = report["status"]
    symbol = _SYMBOLS.get(status, "NOT_YET")
    return ReportLine(
        lineage=report["activity"],
        text=report["text"],
        responsible=report["responsible"],
        done_on=date.fromisoformat(report["done_on"]) if report["done_on"] else None,
        status=status,
        word=STATUS_WORDS.get(status, NOT_REPORTED),
        symbol="UNFINISHED" if over and symbol == "WAITING" else symbol,
        note=report["note"],
        author=_author(report["written"], reader),
        entry=entry,
        earlier=known.lines(report["activity"]),
        correct_version=known.correct.get(report["activity"]),
    )


def _author(written: Mapping[str, Any] | None, reader: Reader) -> Author | None:
    return author_of(written, reader) if written is not None else None


def follow_up_line(document: DocumentFacts, at: datetime) -> str:
    """ "Aktiverad 19 nov av Hemtjänsten Norr · låst 21 nov av Anna Lindqvist"."""
    said = [_("Activated %(day)s by %(name)s") % _when(document.begun_at, document.unit_name, at)]
    opened, locked = document.open_version, document.locked_version
    if opened is not None and opened.number > 1:
        said.append(
            _("opened again %(day)s by %(name)s") % _when(opened.opened_at, opened.opened_by_name, at)
        )
    if locked is not None and locked.locked_at is not None:
        said.append(_("locked %(day)s by %(name)s") % _when(locked.locked_at, locked.locked_by_name, at))
    return " · ".join(said)


def _when(moment: datetime, name: str, at: datetime) -> dict[str, str]:
    return {"day": moments.on_day(moment, at=at), "name": isolated(name)}


def reported_since(reader: Reader, goals: Sequence[GoalReports]) -> SinceRead:
    """How many activities others have reported on since the reader last read: told before she locks."""
    count = sum(line.changed_for(reader) for goal in goals for line in goal.lines)
    said = ngettext(
        "%(count)s activity is reported on since you read. It is marked below.",
        "%(count)s activities are reported on since you read. They are marked below.",
        count,
    ) % {"count": count}
    return SinceRead(first=reader.read_at is None, changed=count > 0, told=said if count else "")


def follow_up_effects(facts: SipFacts, at: datetime) -> list[str]:
    """Of voiding a follow-up: what is still due, and what its lock had made possible."""
    said = [_("What is reported can still be read by its date, marked as voided, with your reason.")]
    if facts.follow_up_due_on is not None:
        day = {"day": clock.shown_date(facts.follow_up_due_on, at=at)}
        said.append(_("The next follow-up is due %(day)s as before.") % day)
    follow_up = facts.standing(Part.FOLLOW_UP)
    locked = follow_up is not None and follow_up.locked_version is not None
    if locked and facts.sent(Part.EVALUATION_SUMMONS) is None and facts.standing(Part.EVALUATION) is None:
        said.append(_("The plan can no longer be evaluated without a summons to evaluation."))
    again = begin_refusal(facts, Beginning.FOLLOW_UP) is None
    said.append(
        _("A new follow-up can be activated.")
        if again
        else _("A new follow-up can be activated when the plan is locked.")
    )
    return [*said, _("The units that take part are told.")]
