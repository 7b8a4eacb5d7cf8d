"""Stretches of a story that many have in common, from the new case to the end, with believable days between."""

from samordna.demo.stories import calling, ending, planning, preparing
from samordna.demo.stories.calling import EVALUATION_SUMMONS, SUMMONS
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import PSYCHIATRY
from samordna.sip.follow_up.states import ReportStatus
from samordna.sip.states import Part

FOLLOW_UP_AHEAD = 40


def sent(story: Story) -> None:
    story.then(0, preparing.begin).then(0, preparing.send_initiative)


def accepted(story: Story) -> None:
    """Sent and accepted by everybody; in some a message goes round, or social services take over as coordinator."""
    sent(story)
    for role in story.others:
        story.then(story.rng.choice([0, 0, 1]), preparing.accept, role)
    if story.rng.random() < 0.25:
        asked, others = story.others[0], story.others[1:]
        story.then(0, calling.inform, to=[asked], knowing=others)
        story.then(0, calling.acknowledge, asked, calling.INFORMATION)
    if story.theme is PSYCHIATRY and "social" in story.others and story.rng.random() < 0.6:
        story.then(0, ending.change_coordinator, "social")
        story.writer = "social"


def summoned(story: Story, name: str = SUMMONS, *, ahead: int = 5) -> None:
    """Summoned, told outside, acknowledged by everybody. The meeting is `ahead` working days after."""
    story.then(1, calling.summon, name, ahead=ahead)
    story.meeting = story.cursor + ahead
    for role in story.outside:
        story.then(0, calling.tell_outside, role, name, answered=True)
    for role in story.others:
        story.then(story.rng.choice([0, 0, 1]), calling.acknowledge, role, name)


def met(story: Story) -> None:
    """The day after the meeting, or the next."""
    story.cursor = max(story.cursor, story.meeting + story.rng.choice([0, 1]))


def written(story: Story, *, goals: int = 0, gaps: bool = False) -> None:
    """The plan is written but not signed."""
    by = story.writer
    absent = story.others[-1] if story.rng.random() < 0.2 and len(story.others) > 2 else ""
    story.then(1, planning.begin_plan, by).then(0, planning.state_who_came, by, absent=absent)
    story.then(0, planning.write_law, by, gaps=gaps)
    story.then(0, planning.write_goals, by, count=goals or story.rng.choice([1, 2, 2, 3]))


def signed(story: Story, *, gaps: bool = False) -> None:
    accepted(story)
    summoned(story)
    met(story)
    written(story, gaps=gaps)
    story.then(0, planning.sign_plan, story.writer)


def locked(story: Story) -> None:
    signed(story)
    story.then(story.rng.choice([0, 1]), planning.lock_plan)


def handed_over(story: Story, *, ahead: int = FOLLOW_UP_AHEAD) -> None:
    """Locked, printed, handed over, and the next follow-up is due `ahead` working days later."""
    locked(story)
    story.then(0, planning.print_plan).then(story.rng.choice([0, 1]), planning.hand_over)
    if ahead:
        story.then(0, ending.set_follow_up, ahead=ahead)


def being_followed_up(story: Story, statuses: tuple[ReportStatus, ...] = ending.ALL_STATUSES) -> None:
    handed_over(story)
    story.then(FOLLOW_UP_AHEAD - 5, ending.activate_follow_up, story.writer)
    story.then(0, ending.report, story.writer, statuses)


def followed_up(story: Story) -> None:
    being_followed_up(story)
    story.then(1, ending.lock_follow_up)


def new_round(story: Story) -> None:
    """*Ny plan* on a locked plan."""
    handed_over(story)
    story.then(FOLLOW_UP_AHEAD - 15, ending.new_plan)


def new_round_met(story: Story) -> None:
    new_round(story)
    summoned(story)
    met(story)


def evaluation_met(story: Story) -> None:
    handed_over(story)
    story.then(FOLLOW_UP_AHEAD - 20, _nothing)
    summoned(story, EVALUATION_SUMMONS)
    met(story)


def evaluation_written(story: Story) -> None:
    by = story.writer
    story.then(1, ending.begin_evaluation, by)
    story.then(0, planning.state_who_came, by, Part.EVALUATION).then(0, ending.write_evaluation, by)


def evaluated(story: Story) -> None:
    evaluation_met(story)
    evaluation_written(story)
    story.then(0, ending.sign_evaluation, story.writer)


def coordinated_by(story: Story, role: str) -> None:
    """The role takes over as coordinator and writes from now on."""
    if story.writer == LEAD and role in story.others:
        story.then(0, ending.change_coordinator, role)
        story.writer = role


def _nothing(_story: Story) -> None:
    """Time goes by."""
