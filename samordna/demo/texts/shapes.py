"""What a theme of stories consists of: everything that is written in the cases of one kind of need."""

from dataclasses import dataclass

from samordna.sip.follow_up.states import ReportStatus

# Who is responsible, beside the roles of the theme.
SELF, KIN = "self", "kin"


@dataclass(frozen=True, slots=True)
class Activity:
    """`by` is a role of the theme, the individual or the next of kin. `days` until it is to be done; 0: goes on."""

    text: str
    by: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    heading: str
    text: str
    by: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """Texts of one kind of need. `place` in the meeting's text is said by the story."""

    key: str
    age_group: str
    reasons: tuple[str, ...]
    needs: tuple[str, ...]
    others_do: tuple[str, ...]
    goals: tuple[Goal, ...]
    information: tuple[str, ...]
    accepting: tuple[str, ...]
    denying: tuple[str, ...]
    meetings: tuple[str, ...]
    reports: dict[ReportStatus, tuple[str, ...]]
    evaluations: tuple[str, ...]


def told_of(text: str, *, woman: bool) -> str:
    """The text with the words that go with the individual: {han}, {Han}, {maken}, {Maken}."""
    words = {"han": "hon", "maken": "maken"} if woman else {"han": "han", "maken": "hustrun"}
    for word, instead in words.items():
        text = text.replace(f"{{{word}}}", instead)
        text = text.replace(f"{{{word.capitalize()}}}", instead.capitalize())
    return text
