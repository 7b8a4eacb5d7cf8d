"""What the existence door remembers: who asked about which number, and what was answered (V-23).

A question is counted once and answered for a while: what is shown again within that time, after an error in the form
or by the next step, is the same question. Called inside the transaction of the question itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from samordna.accounts.models import User
from samordna.cases.models import ExistenceQuestion
from samordna.kernel.actor import Actor
from samordna.kernel.module import Module

COUNTED_FOR = timedelta(hours=1)
# The same as one sitting at a page of a case.
ANSWERED_FOR = timedelta(minutes=30)
_KEPT_FOR = timedelta(days=1)


# Names of a protected person that may be written wrong before the question must be asked, and counted, anew.
MOST_MISSES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that still stands answered: whom the number belongs to, and the active case of that person.

    `shown`: the page that answered it showed the person.
    """

    id: int
    person_id: UUID | None
    case_id: UUID | None
    shown: bool


def hold_asker(actor: Actor) -> None:
    """Let the user's questions follow each other, so that as many pass as the limit says."""
    # Rows that refer to the user can still be written meanwhile. SQLite's transactions begin with the write lock.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=actor.user_id)


def questions_within_the_hour(actor: Actor, at: datetime) -> int:
    """In whatever module: numbers that are tried are counted, whatever they are tried for."""
    return ExistenceQuestion.objects.filter(user_id=actor.user_id, asked_at__gt=at - COUNTED_FOR).count()


def standing_question(actor: Actor, number: str, module: Module, at: datetime) -> Asked | None:
    """The user's last question about this number at this unit in the module, while its answer may still be shown."""
    found = _standing(actor, number, module, at).values_list("pk", "person_id", "case_id", "shown").first()
    return Asked(*found) if found else None


def hold_question(actor: Actor, number: str, module: Module, at: datetime) -> Asked | None:
    """As `standing_question`, held until the transaction ends: what is written against it is counted in turn."""
    rows = _standing(actor, number, module, at).select_for_update()
    row = next(iter(rows[:1]), None)
    return Asked(row.pk, row.person_id, row.case_id, row.shown) if row is not None else None


def _standing(actor: Actor, number: str, module: Module, at: datetime) -> QuerySet[ExistenceQuestion]:
    rows = ExistenceQuestion.objects.filter(
        user_id=actor.user_id,
        unit_id=actor.unit_id,
        module=module,
        number=number,
        asked_at__gt=at - ANSWERED_FOR,
    )
    return rows.filter(misses__lt=MOST_MISSES).order_by("-asked_at", "-pk")


def count_miss(question: Asked) -> bool:
    """A wrong name was written against the question, which is held. Says whether it stands answered no longer."""
    row = ExistenceQuestion.objects.get(pk=question.id)
    row.misses += 1
    row.save(update_fields=["misses"])
    return row.misses >= MOST_MISSES


def note_question(
    *,
    actor: Actor,
    number: str,
    module: Module,
    person_id: UUID | None,
    case_id: UUID | None,
    shown: bool,
    standing: Asked | None,
    at: datetime,
) -> None:
    """Keep what was answered: of a new question, or newly of the one that stands, which is not counted again."""
    if standing is not None:
        ExistenceQuestion.objects.filter(pk=standing.id).update(
            person_id=person_id, case_id=case_id, shown=shown
        )
        return
    ExistenceQuestion.objects.create(
        user_id=actor.user_id,
        unit_id=actor.unit_id,
        module=module,
        number=number,
        person_id=person_id,
        case_id=case_id,
        shown=shown,
        asked_at=at,
    )


def note_shown(question: Asked) -> None:
    """The same question again, and now the person is shown."""
    ExistenceQuestion.objects.filter(pk=question.id).update(shown=True)


def forget_questions(*, at: datetime) -> int:
    """Delete questions that count no longer; the log keeps them. Called by the worker; gives how many."""
    return ExistenceQuestion.objects.filter(asked_at__lt=at - _KEPT_FOR).delete()[0]
