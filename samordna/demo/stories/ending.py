"""Acts of follow-up, new plan and evaluation, and those on the case itself."""

from collections.abc import Sequence

from samordna.cases.states import EndReason
from samordna.casework.case.commands import case as case_commands
from samordna.casework.documents.commands.writing import fingerprint
from samordna.casework.file.commands.reading import read_case
from samordna.demo.stories.planning import open_version, standing
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import any_need
from samordna.people import queries as persons
from samordna.sip.evaluation import commands as evaluation
from samordna.sip.evaluation.queries import evaluation_of
from samordna.sip.follow_up import commands as follow_up
from samordna.sip.follow_up.content import follow_up_content
from samordna.sip.follow_up.queries import reports_of
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.process import SIP
from samordna.sip.rounds.commands import start_new_plan
from samordna.sip.states import Part

ALL_STATUSES = (
    ReportStatus.DONE,
    ReportStatus.ONGOING,
    ReportStatus.NOT_CARRIED_OUT,
    ReportStatus.NOT_STARTED,
)


def set_follow_up(story: Story, *, ahead: int) -> None:
    story.told_facts = follow_up.schedule_follow_up(
        actor=story.coordinating, case_id=story.case_id, due_on=story.ahead(ahead), at=story.at
    )


def activate_follow_up(story: Story, by: str = LEAD) -> None:
    story.told_facts = follow_up.activate_follow_up(actor=story.actor(by), case_id=story.case_id, at=story.at)


def report(story: Story, by: str = LEAD, statuses: Sequence[ReportStatus] = ALL_STATUSES) -> None:
    """*Följ upp aktivitet*, one status after the other until statuses or activities are out."""
    reports = [line for line in reports_of(open_version(story, Part.FOLLOW_UP).id) if not line.closed]
    for line, status in zip(reports, statuses, strict=False):
        story.told_facts = follow_up.report_activity(
            actor=story.actor(by),
            case_id=story.case_id,
            lineage=line.activity_lineage,
            version=line.written.version,
            status=status,
            note=story.words(story.theme.reports[status]),
            at=story.at,
        )


def lock_follow_up(story: Story) -> None:
    edition = open_version(story, Part.FOLLOW_UP)
    person = persons.person_card(story.individual.known_id, at=story.at)
    content = follow_up_content(story.facts, edition, person, reports_of(edition.id))
    story.told_facts = follow_up.lock_follow_up(
        actor=story.coordinating, case_id=story.case_id, seen=fingerprint(content), at=story.at
    )


def open_follow_up(story: Story) -> None:
    story.told_facts = follow_up.open_follow_up(actor=story.coordinating, case_id=story.case_id, at=story.at)


def void_follow_up(story: Story) -> None:
    story.told_facts = follow_up.void_follow_up(
        actor=story.coordinating, case_id=story.case_id, reason=any_need.VOID_MISTAKE, at=story.at
    )


def new_plan(story: Story) -> None:
    """*Ny plan*."""
    story.told_facts = start_new_plan(actor=story.actor(), case_id=story.case_id, at=story.at)


def begin_evaluation(story: Story, by: str = LEAD) -> None:
    story.told_facts = evaluation.begin_evaluation(actor=story.actor(by), case_id=story.case_id, at=story.at)


def write_evaluation(story: Story, by: str = LEAD) -> None:
    said = evaluation_of(open_version(story, Part.EVALUATION).id)
    story.told_facts = evaluation.save_evaluation(
        actor=story.actor(by),
        case_id=story.case_id,
        version=said.written.version,
        met_on=said.met_on,
        text=story.words(story.theme.evaluations),
        at=story.at,
    )


def sign_evaluation(story: Story, by: str = LEAD) -> None:
    seen = fingerprint(evaluation.said(story.facts, open_version(story, Part.EVALUATION), story.at))
    story.told_facts = evaluation.sign_evaluation(
        actor=story.actor(by), case_id=story.case_id, seen=seen, at=story.at
    )


def lock_evaluation(story: Story) -> None:
    """*Lås*, which ends the case."""
    version = standing(story, Part.EVALUATION).valid_version
    if version is None:
        raise RuntimeError("The evaluation is not signed.")
    story.told_facts = evaluation.lock_evaluation(
        actor=story.coordinating, case_id=story.case_id, version_id=version.id, at=story.at
    )


def void_evaluation(story: Story) -> None:
    story.told_facts = evaluation.void_evaluation(
        actor=story.coordinating, case_id=story.case_id, reason=any_need.VOID_INITIATIVE, at=story.at
    )


def change_coordinator(story: Story, role: str) -> None:
    """*Byt* samordningsansvarig."""
    to = story.actor(role)
    story.told_facts = case_commands.change_coordinator(
        process=SIP,
        actor=story.coordinating,
        case_id=story.case_id,
        assignment_id=to.assignment_id,
        at=story.at,
    )
    story.coordinator = role


def leave_unhandled(story: Story, role: str = LEAD) -> None:
    """Nobody at the unit watches the case any more; its superuser sees that."""
    story.told_facts = case_commands.name_handler(
        process=SIP, actor=story.actor(role), case_id=story.case_id, assignment_id=None, at=story.at
    )


def remove_unit(story: Story, role: str) -> None:
    story.told_facts = case_commands.remove_unit(
        process=SIP, actor=story.coordinating, case_id=story.case_id, unit_id=story.unit_id(role), at=story.at
    )
    del story.units[role]


def withdraw_consent(story: Story) -> None:
    story.told_facts = case_commands.withdraw_consent(
        process=SIP, actor=story.coordinating, case_id=story.case_id, at=story.at
    )


def end_case(story: Story, reason: EndReason) -> None:
    """*Avsluta ärendet* before its time, or void it when it was made for the wrong person (V-83)."""
    comment = any_need.END_OTHER if reason == EndReason.OTHER else ""
    story.told_facts = case_commands.end_case(
        process=SIP,
        actor=story.coordinating,
        case_id=story.case_id,
        reason=reason,
        comment=comment,
        at=story.at,
    )


def read(story: Story, role: str) -> None:
    """Somebody opens the case, so that what comes after is marked as new to that one."""
    read_case(process=SIP, actor=story.actor(role), case_id=story.case_id, part=Part.PLAN, at=story.at)
