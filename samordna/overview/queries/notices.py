"""Of what units can be told by mail: of what happens in every case, and in those of the processes that are in use."""

from samordna.assignments.models import AppointedRight, ModuleRight
from samordna.casework.events import COMMON
from samordna.notifications.events import Event
from samordna.overview.processes import PROCESSES


def events() -> list[Event]:
    """Of a process that nobody may use yet nothing is told, so nothing is offered."""
    held = {
        module
        for model in (ModuleRight, AppointedRight)
        for module in model.objects.values_list("module", flat=True).distinct()
    }
    of_processes = (process.events for module, process in PROCESSES.items() if module in held)
    return [*(event for own in of_processes for event in own), *COMMON]
