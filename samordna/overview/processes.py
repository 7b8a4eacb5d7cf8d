"""The processes that the lists show. A list is of one module; what its rows say comes from the module's process."""

from typing import Any

from samordna.casework.process import Process
from samordna.kernel.module import Module
from samordna.sip.process import SIP

PROCESSES: dict[Module, Process[Any]] = {process.module: process for process in (SIP,)}
