"""On every page of a case: that another case may be the same person's, or in which case this one goes on (L-01)."""

from django.utils.translation import gettext as _

from samordna.casework.file.facts import CaseWork
from samordna.casework.file.presenters.addresses import address
from samordna.kernel.actor import Actor
from samordna.kernel.text import isolated


def join_notice(facts: CaseWork, actor: Actor) -> dict[str, str] | None:
    """The coordinator's unit is told by its next step, as long as its answer is awaited."""
    join, case = facts.join, facts.case
    if case.continued_in:
        return {
            "text": _("The case goes on in %(case)s.") % {"case": facts.process.called(case.continued_in)}
        }
    if join is None or not case.active:
        return None
    answered = bool(join.confirmed_by(case.id))
    if not answered and case.coordinator.unit_id == actor.unit_id:
        return None
    link = {"href": address(facts.process, "join", case.id), "link": _("Look at both")}
    if answered:
        return {
            "text": _("Another %(process)s may be the same person's. It waits for the other coordinator.")
            % {"process": facts.process.name},
            **link,
        }
    waits = _("Another %(process)s may be the same person's. It waits for %(name)s.") % {
        "process": facts.process.name,
        "name": isolated(case.coordinator.name),
    }
    return {"text": waits, **link}
