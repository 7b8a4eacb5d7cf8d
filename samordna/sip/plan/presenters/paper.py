"""A plan's data as the texts that the template sets. The template itself decides nothing."""

from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from samordna.kernel.clock import local, shown_time
from samordna.printouts.drawing import Tree, all_printable
from samordna.sip.plan.paper_data import (
    ActivityData,
    GoalData,
    MarkData,
    ParticipantData,
    PersonData,
    PlanData,
)
from samordna.sip.plan.print import paper_day

TEMPLATE = Path(__file__).parents[1] / "typst" / "plan.typ"


def plan_texts(data: PlanData) -> Tree:
    """Everything that stands on the paper, in the plan's language, in characters that can be drawn."""
    with translation.override(data.get("language", "sv")):
        return all_printable({"labels": _labels(), "plan": _plan(data)})


def _plan(data: PlanData) -> dict[str, Tree]:
    return {
        "language": data.get("language", "sv"),
        "practice": data["practice"],
        "title": f"{_('Coordinated individual plan')} {data['case_number']}",
        "case_number": data["case_number"],
        "mark": _mark(data["mark"]),
        "mark_word": _mark_word(data["mark"]),
        "version_line": _("Version %(version)s, locked %(day)s")
        % {"version": data["version"], "day": _moment_day(data["locked_at"])},
        "day": paper_day(data["plan_day"]),
        "locked": _("Locked %(time)s by %(name)s")
        % {"time": _moment(data["locked_at"]), "name": data["locked_by"]},
        "person": _person(data["person"]),
        "coordinator": {
            "name": data["coordinator"]["name"],
            "place": _joined(data["coordinator"]["title"], data["coordinator"]["unit"]),
            "phone": data["coordinator"]["phone"],
        },
        "agreed": _agreed(data),
        "goals": [_goal(goal) for goal in data["goals"]],
        "followup": _followup(data),
        "consent": data["consent"],
        "participants": [_participant(participant) for participant in data["participants"]],
        "signatures": [
            _("%(name)s, %(time)s") % {"name": given["signed_by"], "time": _moment(given["signed_at"])}
            for given in data["signatures"]
        ],
        "signers": _signers(data),
    }


def _person(person: PersonData) -> dict[str, Tree]:
    # Whatever the caller gave: a protected person's address and telephone are never set.
    hidden = person["protected"]
    address = "" if hidden else "\n".join(person.get("address", []))
    return {
        "name": person["name"],
        "number": person["number"],
        "protected": _("Protected personal data") if hidden else "",
        "address": address,
        "phone": "" if hidden else person.get("phone", ""),
    }


def _agreed(data: PlanData) -> list[Tree]:
    """What the law says that a plan must hold."""
    parts = [
        (_("What is needed"), data["needs"]),
        (_("Who answers for what"), data["responsibilities"]),
        (_("What others do"), data["others"]),
        (_("Who has the overall responsibility"), data["overall_principal"]),
    ]
    return [{"heading": heading, "text": text or _("Nothing")} for heading, text in parts]


def _goal(goal: GoalData) -> dict[str, Tree]:
    return {
        "heading": goal["heading"],
        "text": goal["text"],
        "responsible": goal["responsible"],
        "activities": [_activity(activity) for activity in goal["activities"]],
    }


def _activity(activity: ActivityData) -> dict[str, Tree]:
    done_by = activity["done_by"]
    return {
        "text": activity["text"],
        "responsible": activity["responsible"],
        "done_by": paper_day(done_by, weekday=False) if done_by else _("During the whole SIP"),
    }


def _participant(participant: ParticipantData) -> list[Tree]:
    attended = _("Yes") if participant["attended"] else _("No")
    return [participant["name"], participant["role"], participant["unit"], attended]


def _signers(data: PlanData) -> list[Tree]:
    """The individual first, then everybody who is to sign."""
    others: list[Tree] = [
        {"name": one["name"], "role": _joined(one["role"], one["unit"])}
        for one in data["participants"]
        if one["signs"]
    ]
    return [{"name": data["person"]["name"], "role": _("The one whom the plan is about")}, *others]


def _followup(data: PlanData) -> Tree:
    following = data["next_followup"]
    if following is None:
        return ""
    time = _("at %(time)s") % {"time": following["time"]} if following["time"] else ""
    return _joined(" ".join(part for part in (paper_day(following["day"]), time) if part), following["place"])


def _mark(mark: MarkData | None) -> str:
    if mark is None:
        return ""
    day = _moment_day(mark["at"]) if mark["at"] else ""
    by = _(" by %(name)s") % {"name": mark["by"]} if mark["by"] else ""
    sentences = {
        "replaced": _("This plan was replaced on %(day)s. A newer plan is valid."),
        "voided": _("This plan was voided on %(day)s%(by)s and is not valid."),
        "ended": _("The work with this plan was ended on %(day)s%(by)s."),
        "other_number": _(
            "This plan was signed with another personal identity number than the case has now. "
            "Sign it anew before it is handed over."
        ),
    }
    reason = _("Reason: %(reason)s") % {"reason": mark["reason"]} if mark["reason"] else ""
    return " ".join(part for part in (sentences[mark["kind"]] % {"day": day, "by": by}, reason) if part)


def _mark_word(mark: MarkData | None) -> str:
    if mark is None:
        return ""
    return {
        "replaced": _("REPLACED"),
        "voided": _("VOIDED"),
        "ended": _("ENDED"),
        "other_number": _("OTHER NUMBER"),
    }[mark["kind"]]


def _labels() -> dict[str, Tree]:
    return {
        "plan": _("Coordinated individual plan"),
        "intro": _("This is your plan. It says what we have agreed on and who does what."),
        "practice": _("EXERCISE"),
        "practice_note": _("This is an exercise. The person and the plan are made up."),
        "number": _("Personal identity number"),
        "address": _("Address"),
        "phone": _("Telephone"),
        "day": _("Date of the plan"),
        "call": _("Do you wonder about something? Call the one who coordinates your plan"),
        "next": _("Next follow-up"),
        "not_set": _("Not decided"),
        "goals": _("Goals and activities"),
        "nothing": _("Nothing"),
        "responsible": _("Responsible"),
        "activity": _("Activity"),
        "done_by": _("To be done by"),
        "participants": _("Participants"),
        "name": _("Name"),
        "role": _("Role"),
        "unit": _("Unit"),
        "attended": _("Took part"),
        "consent": _("Consent"),
        "signed": _("Signed in Samordna"),
        "signatures": _("Signatures"),
        "date": _("Date"),
        "page": _("Page"),
        "of": _("of"),
    }


def _moment(iso: str) -> str:
    time = shown_time(datetime.fromisoformat(iso))
    return _("%(day)s at %(time)s") % {"day": _moment_day(iso), "time": time}


def _moment_day(iso: str) -> str:
    return paper_day(local(datetime.fromisoformat(iso)).date().isoformat(), weekday=False)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
