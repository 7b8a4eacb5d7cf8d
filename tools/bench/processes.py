"""What processes cost, as the kernel counts it: processor time and memory."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time: by the application, by its database, by everything on the machine."""

    application: float
    database: float
    machine: float

    def since(self, earlier: "Spent") -> "Spent":
        return Spent(
            self.application - earlier.application,
            self.database - earlier.database,
            self.machine - earlier.machine,
        )


def children(pid: int) -> list[int]:
    """The processes that this one has started and that still run."""
    found = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in _read(listed).split()]
    return found


def family_seconds(pid: int | None) -> float:
    """Processor time of a process, its children, and those children that have ended. Nothing for None."""
    if pid is None:
        return 0.0
    return _seconds(pid, ended_too=True) + sum(_seconds(child, ended_too=False) for child in children(pid))


def machine_seconds() -> float:
    """Processor time that the whole machine has been busy."""
    values = [int(value) for value in _read(Path("/proc/stat")).splitlines()[0].split()[1:8]]
    user, nice, system, _idle, _waiting, hard, soft = values
    return (user + nice + system + hard + soft) / _TICKS


def family_megabytes(pid: int) -> float:
    """Proportional memory (PSS) of a process and its children: what is shared is counted once."""
    return sum(_pss(member) for member in (pid, *children(pid))) / 1024


def _seconds(pid: int, *, ended_too: bool) -> float:
    text = _read(Path(f"/proc/{pid}/stat"))
    # The name of the program stands in parentheses and may hold anything.
    values = text.rpartition(")")[2].split()
    if not values:
        return 0.0
    return sum(int(value) for value in values[11 : 15 if ended_too else 13]) / _TICKS


def _pss(pid: int) -> int:
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
