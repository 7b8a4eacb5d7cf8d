"""How far cases have come, to the plan: one function for each state that a unit can find its cases in."""

from samordna.demo.stories import calling, ending, passages, planning, preparing, surveying
from samordna.demo.stories.calling import INFORMATION, SUMMONS
from samordna.demo.stories.preparing import INITIATIVE
from samordna.demo.stories.story import LEAD, Story
from samordna.demo.texts import any_need

# --- Preparation ---


def new_case(story: Story) -> None:
    story.then(0, preparing.begin)


def initiative_draft(story: Story) -> None:
    story.then(0, preparing.begin).then(0, preparing.draft_initiative)


def initiative_partly_answered(story: Story) -> None:
    passages.sent(story)
    story.then(0, preparing.accept, story.others[0]).then(0, preparing.look, story.others[1])


def denied(story: Story) -> None:
    """The first denies and names another unit; the others have accepted."""
    passages.sent(story)
    for role in story.others[1:]:
        story.then(0, preparing.accept, role)
    story.then(0, preparing.deny, story.others[0], naming=_instead(story))


def denied_in_words(story: Story) -> None:
    passages.sent(story)
    story.then(
        1, preparing.deny, story.others[-1], naming="En privat mottagning i Norrköping, namnet vet vi inte"
    )


def sent_on(story: Story) -> None:
    denied(story)
    story.then(0, preparing.send_on, story.others[0], to=_instead(story))


def set_aside(story: Story) -> None:
    denied(story)
    story.then(1, preparing.go_on_without, story.others[0])


def initiative_taken_back(story: Story) -> None:
    passages.sent(story)
    story.then(0, preparing.take_back, INITIATIVE)


def initiative_voided(story: Story) -> None:
    passages.sent(story)
    story.then(0, preparing.accept, story.others[0])
    story.then(1, preparing.void, INITIATIVE, any_need.VOID_INITIATIVE)


def sbar_draft(story: Story) -> None:
    passages.accepted(story)
    story.then(0, surveying.write_sbar, story.others[0])


def sbar_signed(story: Story) -> None:
    sbar_draft(story)
    story.then(0, surveying.sign_sbar, story.others[0])


def summons_draft(story: Story) -> None:
    passages.accepted(story)
    story.then(1, calling.draft_summons)


def summons_sent(story: Story) -> None:
    """One has acknowledged; the rest, and whoever is outside, have not."""
    passages.accepted(story)
    story.then(1, calling.summon)
    for role in story.outside:
        story.then(0, calling.tell_outside, role, answered=False)
    story.then(0, calling.acknowledge, story.others[-1])


def outside_untold(story: Story) -> None:
    passages.accepted(story)
    story.then(1, calling.summon)
    for role in story.others:
        story.then(0, calling.acknowledge, role)


def summons_acknowledged(story: Story) -> None:
    passages.accepted(story)
    passages.summoned(story, ahead=9)


def summons_voided(story: Story) -> None:
    summons_acknowledged(story)
    story.then(0, preparing.void, SUMMONS, any_need.VOID_MEETING)


def summons_taken_back(story: Story) -> None:
    passages.accepted(story)
    if "social" in story.others:
        passages.coordinated_by(story, "social")
    story.then(1, calling.summon).then(0, preparing.take_back, SUMMONS)


def asked_around(story: Story) -> None:
    """An information message that not all have acknowledged."""
    passages.accepted(story)
    told = story.others[0]
    story.then(1, calling.inform, story.others[-1], to=[LEAD, told])
    story.then(0, calling.acknowledge, told, INFORMATION)


def message_voided(story: Story) -> None:
    passages.accepted(story)
    story.then(1, calling.inform, to=[story.others[0]])
    story.then(0, preparing.void, INFORMATION, any_need.VOID_MISTAKE)


def unit_added(story: Story) -> None:
    """Another unit is called to the meeting too."""
    summons_acknowledged(story)
    story.then(
        0, calling.add_unit, "added", "linden" if "linden" not in story.units.values() else "hemsjukvard"
    )


def informed_only(story: Story) -> None:
    summons_acknowledged(story)
    story.then(0, calling.inform_one_more, _instead(story))


# --- Plan ---


def meeting_held(story: Story) -> None:
    """The meeting has been; the plan is to be written."""
    passages.accepted(story)
    passages.summoned(story)
    passages.met(story)
    story.then(0, ending.read, LEAD)


def plan_draft(story: Story) -> None:
    meeting_held(story)
    story.writer = story.others[0] if story.rng.random() < 0.5 else story.writer
    passages.written(story, goals=2)


def plan_with_gaps(story: Story) -> None:
    passages.signed(story, gaps=True)


def plan_edited(story: Story) -> None:
    """Signed, read by the coordinator, and opened again by another unit."""
    passages.signed(story)
    story.then(0, ending.read, LEAD).then(1, planning.edit_plan, story.others[0])
    story.then(0, planning.write_goals, story.others[0], count=1)


def plan_signed_again(story: Story) -> None:
    plan_edited(story)
    story.then(0, planning.sign_plan, story.others[0])


def plan_handed_over(story: Story) -> None:
    passages.handed_over(story, ahead=0)


def plan_unlocked(story: Story) -> None:
    passages.locked(story)
    story.then(2, planning.unlock_plan)


def plan_voided(story: Story) -> None:
    passages.handed_over(story)
    story.then(3, planning.void_plan)


def _instead(story: Story) -> str:
    """The unit that is named in a denial: one that does not play yet."""
    wanted = ("bjorken", "soder", "bistand", "hemsjukvard")
    playing = set(story.units.values())
    return next(unit for unit in wanted if unit not in playing and unit in story.place.unit_ids)
