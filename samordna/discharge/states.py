"""The parts of a discharge from hospital that there are so far, and its phases. Pure words, no Django."""

from enum import StrEnum


class Part(StrEnum):
    """The parts in the order of the process (law 2017:612, chapters 2 and 3)."""

    ADMISSION = "ADMISSION"
    READY = "READY"


class Phase(StrEnum):
    ADMISSION = "ADMISSION"
    DISCHARGE = "DISCHARGE"


PHASES: dict[Phase, tuple[Part, ...]] = {
    Phase.ADMISSION: (Part.ADMISSION,),
    Phase.DISCHARGE: (Part.READY,),
}
