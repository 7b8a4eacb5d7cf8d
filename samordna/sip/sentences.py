"""The words of each step of a SIP, with the labels of the seeds, by the code that the steps give."""

from django.utils.translation import gettext_lazy as _

from samordna.casework.process import FROM_UNIT, WAITS_FOR, Wording

_ENDS_CASE = _("This ends the case")
_GONE = _("The former one is voided or taken back")
_INITIATIVE_GONE = _("The former initiative is voided or taken back")

SENTENCES: dict[str, Wording] = {
    # A message to be answered
    "answer_initiative": Wording(_("Answer the initiative"), FROM_UNIT),
    "answer_summons": Wording(_("Acknowledge the summons to planning"), FROM_UNIT),
    "answer_evaluation_summons": Wording(_("Acknowledge the summons to evaluation"), FROM_UNIT),
    "answer_information": Wording(_("Acknowledge the information message"), FROM_UNIT),
    # A message that waits for its answers
    "await_initiative": Wording(_("%(count)d of %(total)d have answered the initiative"), WAITS_FOR),
    "await_summons": Wording(_("%(count)d of %(total)d have acknowledged the summons"), WAITS_FOR),
    "await_evaluation_summons": Wording(
        _("%(count)d of %(total)d have acknowledged the summons to evaluation"), WAITS_FOR
    ),
    "await_information": Wording(
        _("%(count)d of %(total)d have acknowledged the information message"), WAITS_FOR
    ),
    "call_too": Wording(_("Summon %(unit)s too"), _("The unit accepted after the summons was sent")),
    "find_recipient": Wording(_("Send the initiative to another unit"), _("Nobody has accepted it")),
    "send_initiative": Wording(_("Send the initiative")),
    "send_summons": Wording(_("Summon to planning")),
    "initiative_anew": Wording(_("Make a new initiative"), _INITIATIVE_GONE),
    "summons_anew": Wording(_("Summon to planning anew"), _GONE),
    # A document to be written and signed
    "write_plan": Wording(
        _("Write the plan"), "", _("Planning meeting %(when)s"), _("The plan is written then")
    ),
    "write_evaluation": Wording(
        _("Write the evaluation"), "", _("Evaluation meeting %(when)s"), _("The evaluation is written then")
    ),
    "sign_sbar": Wording(_("Finish and sign the survey by SBAR")),
    "sign_plan": Wording(_("Finish and sign the plan")),
    "sign_evaluation": Wording(_("Finish and sign the evaluation")),
    "await_sign_plan": Wording(_("%(who)s is to sign the plan"), "%(unit)s"),
    "await_sign_evaluation": Wording(_("%(who)s is to sign the evaluation"), "%(unit)s"),
    # A document to be locked
    "complete_plan": Wording(_("Complete the plan"), _("Something is missing before it can be locked")),
    "lock_plan": Wording(_("Read and lock the plan")),
    "lock_follow_up": Wording(_("Read and lock the follow-up"), FROM_UNIT),
    "lock_evaluation": Wording(_("Read and lock the evaluation"), _ENDS_CASE),
    "await_complete_plan": Wording(_("%(who)s is to complete the plan")),
    "await_lock_plan": Wording(_("%(who)s is to lock the plan")),
    "await_lock_follow_up": Wording(_("%(who)s is to lock the follow-up")),
    "lock_after_follow_up": Wording(_("The follow-up is locked first, then the new plan")),
    "await_lock_evaluation": Wording(_("%(who)s is to lock the evaluation"), _ENDS_CASE),
    "print_plan": Wording(_("Print the plan and hand it to the individual")),
    # Following up
    "set_follow_up": Wording(_("Decide when the plan is to be followed up")),
    "follow_up": Wording(_("Follow up the plan")),
    "report_follow_up": Wording(_("Report how the activities go")),
    "await_follow_up": Wording(_("%(unit)s follows up the plan")),
    "decide_next": Wording(_("Decide what comes next"), _("Another follow-up, a new plan or an evaluation")),
    "await_set_follow_up": Wording(_("%(who)s is to decide when the plan is to be followed up")),
    "await_decide_next": Wording(_("%(who)s is to decide what comes next")),
    # What the coordinator does next, told to the others
    "await_send_summons": Wording(_("%(who)s is to summon to planning")),
    "await_write_plan": Wording(
        _("%(who)s is to write the plan"), "", _("Planning meeting %(when)s"), _("The plan is written then")
    ),
    "await_write_evaluation": Wording(
        _("%(who)s is to write the evaluation"),
        "",
        _("Evaluation meeting %(when)s"),
        _("The evaluation is written then"),
    ),
    "await_print_plan": Wording(_("%(who)s is to print the plan and hand it over")),
    "await_begin_follow_up": Wording(_("%(who)s is to follow up the plan")),
    "await_new_initiative": Wording(_("%(who)s is to send a new initiative")),
    "await_recipient": Wording(_("%(who)s is to decide which unit should have the initiative instead")),
    "await_one_more_summons": Wording(_("%(who)s is to summon one more unit")),
}
