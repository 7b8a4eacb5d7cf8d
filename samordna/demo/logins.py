"""How to log in to the made-up county: printed by `make demo`, kept in a file for the next start."""

from django.conf import settings

from samordna.accounts.models import User
from samordna.cases.models import Case
from samordna.cases.states import CaseStatus
from samordna.demo.county import STAFF
from samordna.demo.county.shapes import Worker
from samordna.demo.county.users import username_of
from samordna.demo.passwords import PASSWORD
from samordna.kernel.identifiers import Kind, parse
from samordna.people.models import PersonIdentifier

_TEXT = """\
Log in as one of these. The password of all is the same and works only here:

{users}

  password: {password}

Persons to make a new case for (Nytt ärende):

  {free}  has no SIP
  {busy}  has an ongoing SIP
  20020202-2380  is not known yet

Every person is made up. `make reset` forgets the county; the next start makes a new one.
"""


def text() -> str:
    """User names, who they are and why one would like to be them; the password they share; numbers to try."""
    there = set(User.objects.values_list("username", flat=True))
    shown = [worker for worker in STAFF if worker.shown and username_of(worker.name) in there]
    active = Case.objects.filter(status=CaseStatus.ACTIVE)
    numbers = PersonIdentifier.objects.filter(kind=Kind.PERSONAL, replaced_at=None).order_by("value")
    free = numbers.exclude(person__in=Case.objects.values("person")).values_list("value", flat=True).first()
    busy = numbers.filter(person__in=active.values("person")).values_list("value", flat=True).first()
    return _TEXT.format(
        users="\n".join(map(_line, shown)),
        password=PASSWORD,
        free=parse(free).shown if free else "",
        busy=parse(busy).shown if busy else "",
    )


def write() -> None:
    """To the folder of all that the demo writes."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    (settings.VAR_DIR / "logins.txt").write_text(text(), encoding="utf-8")


def _line(worker: Worker) -> str:
    return f"  {username_of(worker.name):<7} {worker.name}, {worker.work[0].title}: {worker.shown}"
