"""How far cases have come, from the first follow-up to the end, and what can befall them on the way."""

from collections.abc import Callable

from samordna.cases.states import EndReason
from samordna.demo.stories import calling, ending, passages, planning, plots, preparing
from samordna.demo.stories.calling import EVALUATION_SUMMONS
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import any_need
from samordna.sip.follow_up.states import ReportStatus

# --- Follow-up and new plan ---


def follow_up_soon(story: Story) -> None:
    passages.handed_over(story, ahead=14)


def follow_up_begun_elsewhere(story: Story) -> None:
    passages.handed_over(story)
    story.then(passages.FOLLOW_UP_AHEAD - 10, ending.activate_follow_up, story.others[0])
    story.then(0, ending.report, story.others[0], (ReportStatus.ONGOING,))


def follow_up_voided(story: Story) -> None:
    passages.followed_up(story)
    story.then(2, ending.void_follow_up)


def follow_up_reopened(story: Story) -> None:
    passages.followed_up(story)
    story.then(5, ending.open_follow_up).then(
        0, ending.report, LEAD, (ReportStatus.DONE, ReportStatus.ONGOING)
    )


def next_follow_up(story: Story) -> None:
    """Followed up once; the next one is due later."""
    passages.followed_up(story)
    story.then(0, ending.set_follow_up, ahead=45)


def new_plan_summoned(story: Story) -> None:
    passages.new_round(story)
    story.then(1, calling.summon)


def new_plan_draft(story: Story) -> None:
    passages.new_round_met(story)
    passages.written(story, goals=1)


def new_plan_locked(story: Story) -> None:
    new_plan_draft(story)
    story.then(0, planning.sign_plan, story.writer).then(1, planning.lock_plan).then(0, planning.print_plan)


# --- Ending ---


def evaluation_summoned(story: Story) -> None:
    passages.handed_over(story)
    story.then(passages.FOLLOW_UP_AHEAD - 20, calling.summon, EVALUATION_SUMMONS, ahead=7)


def evaluation_summons_voided(story: Story) -> None:
    evaluation_summoned(story)
    story.then(1, preparing.void, EVALUATION_SUMMONS, any_need.VOID_MEETING)


def evaluation_acknowledged(story: Story) -> None:
    passages.handed_over(story)
    story.then(passages.FOLLOW_UP_AHEAD - 20, ending.read, LEAD)
    passages.summoned(story, EVALUATION_SUMMONS, ahead=9)


def evaluation_draft(story: Story) -> None:
    passages.evaluation_met(story)
    passages.evaluation_written(story)


def ended(story: Story) -> None:
    passages.evaluated(story)
    story.then(1, ending.lock_evaluation)


def ended_without_meeting(story: Story) -> None:
    passages.followed_up(story)
    passages.evaluation_written(story)
    story.then(0, ending.sign_evaluation, story.writer).then(0, ending.lock_evaluation)


def evaluation_voided(story: Story) -> None:
    ended(story)
    story.then(1, ending.void_evaluation)


def _ended_early(reason: EndReason) -> Callable[[Story], None]:
    def build(story: Story) -> None:
        plots.summons_acknowledged(story)
        story.then(1, ending.end_case, reason)

    return build


wished = _ended_early(EndReason.INDIVIDUALS_WISH)
died = _ended_early(EndReason.DIED)
moved = _ended_early(EndReason.MOVED)
ended_otherwise = _ended_early(EndReason.OTHER)


def wrong_person(story: Story) -> None:
    passages.sent(story)
    story.then(0, ending.end_case, EndReason.WRONG_PERSON)


def consent_withdrawn(story: Story) -> None:
    passages.accepted(story)
    story.then(2, ending.withdraw_consent).then(0, ending.end_case, EndReason.CONSENT_WITHDRAWN)


def unit_removed(story: Story) -> None:
    passages.handed_over(story)
    story.then(5, ending.remove_unit, story.others[-1])


def unhandled(story: Story) -> None:
    passages.handed_over(story)
    story.then(4, ending.leave_unhandled, LEAD)
    for role in story.others:
        story.then(0, ending.leave_unhandled, role)


def coordinator_left(story: Story) -> None:
    """The coordinator has ended the employment; somebody else must be named."""
    story.played_by = {LEAD: "Rolf Hasselmo"}
    passages.handed_over(story)
