"""The lists. Each shows the cases of one process, whose words it says, at addresses of its own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samordna.casework.process import Process, Words
from samordna.discharge.process import DISCHARGE
from samordna.kernel.module import Module
from samordna.sip.process import SIP


@dataclass(frozen=True)
class Overview:
    """A process, what its list is called, and the names of three addresses: the list, its refresh, its search."""

    process: Process[Any]
    heading: Words
    shown: str
    changes: str
    search: str


OVERVIEWS: dict[Module, Overview] = {
    Module.SPU: Overview(
        DISCHARGE,
        _("SPU overview"),
        "overview:discharge",
        "overview:discharge_changes",
        "overview:discharge_search",
    ),
    Module.SIP: Overview(SIP, _("SIP overview"), "overview:sip", "overview:changes", "overview:search"),
}
PROCESSES: dict[Module, Process[Any]] = {module: one.process for module, one in OVERVIEWS.items()}
