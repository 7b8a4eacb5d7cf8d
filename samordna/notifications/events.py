"""What a unit can be told of by mail. Which events there are, the rooms above say: this one knows no process."""

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. A code never changes: units choose by it which events they are told of (V-11).

    `sentence` is all that a mail says of it: neither a person nor health, nor a case number (V-12). Units that have
    chosen nothing are told of it if `from_start`.
    """

    code: str
    sentence: str | Promise = field(compare=False)
    from_start: bool = field(default=True, compare=False)
