"""The guide from its first page to its last: one person's SIP, carried by five units of two principals."""

import pytest

from tests.journeys.guide import ending, implementation, preparation, renewal
from tests.journeys.guide.people import gather

PROVED = (
    "V-01", "V-02", "V-03", "V-05", "V-15", "V-20", "V-21", "V-22", "V-23", "V-24", "V-25", "V-30", "V-31", "V-32",
    "V-33", "V-34", "V-41", "V-42", "V-50", "V-51", "V-52", "V-53", "V-54", "V-55", "V-56", "V-57", "V-60", "V-61",
    "V-62", "V-70", "V-71", "V-72", "V-80", "V-81", "V-90", "K-18", "K-22",
)  # fmt: skip


@pytest.mark.requirement(*PROVED)
def test_a_sip_from_initiative_to_ending(own_place, at_desk):
    """In the guide's order: each step begins where the one before has left the case."""
    case = gather(own_place, at_desk)

    preparation.log_in(case)
    preparation.begin(case)
    preparation.ask_elsewhere(case)
    preparation.change_coordinator(case)
    preparation.send_initiative(case)
    preparation.answer_initiative(case)
    preparation.discuss_a_time(case)
    preparation.summon(case)

    implementation.begin_plan(case)
    implementation.participants(case)
    implementation.goals(case)
    implementation.sign(case)
    implementation.edit_by_others(case)
    implementation.lock(case)
    implementation.print_plan(case)
    implementation.hand_over(case)
    implementation.open_and_lock_again(case)

    renewal.decide_when(case)
    renewal.report_on_all(case)
    renewal.lock_open_and_void(case)
    renewal.begin_new_plan(case)
    renewal.summon_again(case)
    renewal.write_new_plan(case)
    renewal.lock_new_plan(case)
    renewal.read_history(case)

    ending.summon_to_evaluation(case)
    ending.evaluate(case)
    ending.lock_and_end(case)
    ending.begin_anew(case)
    ending.log_out(case)
