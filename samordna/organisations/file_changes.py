"""What a file would do, shown before anything is written: new rows, cells that change, and what is asked first."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from samordna.kernel.csv_file import Problem
from samordna.kernel.text import clean_line

# How a question about something nearly the same is answered: a new one, or the one of this name.
A_NEW_ONE, THE_SAME = "new", "same:"
ANSWER = "answer-"
_ANSWERS = re.compile(rf"{ANSWER}[0-9a-f]{{16}}")
# The names of an operation and of a unit with what stands between, and the word before them.
_LONGEST_ANSWER = 400


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: what is known now and what it is to be."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one line of the file does. `added`: it makes something new, and `cells` are all that is told of it."""

    line: int
    name: str
    cells: tuple[CellChange, ...]
    added: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A name in the file that is nearly that of something that is there: is it the same, or a new one?"""

    line: int
    key: str
    written: str
    known: tuple[str, ...]
    where: str = ""
    answer: str = ""

    @property
    def the_same(self) -> str:
        """The name of the one that is meant, or nothing."""
        return self.answer.removeprefix(THE_SAME) if self.answer.startswith(THE_SAME) else ""

    @property
    def field(self) -> str:
        """The name of the form's field that answers it."""
        return f"{ANSWER}{self.key}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """A value and a name for each of those known."""
        return [(f"{THE_SAME}{name}", name) for name in self.known]


@dataclass(slots=True)
class FileOutcome:
    """What a file does, or did. With problems or open questions nothing is done at all."""

    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def added(self) -> int:
        return sum(change.added for change in self.changes)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.added

    @property
    def ready(self) -> bool:
        """Whether all of it can be done."""
        return not (self.problems or self.open_questions)

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if not question.answer]

    def ask(self, question: Question) -> None:
        """Note the question, once."""
        if all(known.key != question.key for known in self.questions):
            self.questions.append(question)

    @property
    def seen(self) -> str:
        """The same for as long as the file would do the same."""
        return hashlib.sha256(repr((self.changes, self.warnings, self.unchanged)).encode()).hexdigest()[:32]


def cells_that_change(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[CellChange, ...]:
    """The cells that are another after than before, in the order of the file."""
    return tuple(
        CellChange(column, before.get(column, ""), value)
        for column, value in after.items()
        if before.get(column, "") != value
    )


def asked(line: int, written: str, known: Iterable[str], where: str, answers: Mapping[str, str]) -> Question:
    """The question whether what is written is one of those known, with its answer if there is one that fits."""
    key = hashlib.sha256(f"{where}\0{written}".encode()).hexdigest()[:16]
    question = Question(line, key, written, tuple(known), where, answers.get(key, ""))
    fits = question.answer == A_NEW_ONE or question.the_same in question.known
    return question if fits else replace(question, answer="")


def answers_given(posted: Mapping[str, object]) -> dict[str, str]:
    """The answers among the fields of a form that was posted, without what answers no question."""
    return {
        name.removeprefix(ANSWER): clean_line(str(value)[:_LONGEST_ANSWER])
        for name, value in posted.items()
        if _ANSWERS.fullmatch(name) and str(value).startswith((A_NEW_ONE, THE_SAME))
    }
