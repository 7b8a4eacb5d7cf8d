"""What the worker does in each round, and once a day. Several workers may do it at once."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

import structlog
from django.db import Error as DatabaseError
from django.db import connections

from samordna.accounts import commands as accounts
from samordna.assignments import commands as assignments
from samordna.audit import commands as audit
from samordna.cases import asking
from samordna.casework.consent.commands import lapse_outgrown_consents
from samordna.drafts import commands as drafts
from samordna.notifications import commands as notifications
from samordna.organisations import commands as organisations
from samordna.overview import commands as overview
from samordna.printouts import commands as printouts
from samordna.sip.prints import PRINTS
from samordna.sip.process import SIP
from samordna.web import receipts

# So few at a time that a worker asked to stop is soon done with what it has begun.
MAILS_A_ROUND = 10
PRINTS_A_ROUND = 3
CASES_A_ROUND = 20
# Far longer than a page stays open: an old form that is sent again still finds its receipt.
RECEIPTS_KEPT = timedelta(days=7)

Job = Callable[[datetime], int]

log = structlog.get_logger(__name__)


def deliver(at: datetime) -> int:
    done = notifications.deliver_due(at=at, limit=MAILS_A_ROUND)
    return done.sent + done.later + done.failed


def render(at: datetime) -> int:
    done = printouts.render_due(PRINTS, at=at, limit=PRINTS_A_ROUND)
    return done.ready + done.failed


def renew(at: datetime) -> int:
    return overview.renew_names(at=at) or overview.renew_worklists(at=at, limit=CASES_A_ROUND)


def seal(at: datetime) -> int:
    return audit.seal(at=at)


def forget_drafts(at: datetime) -> int:
    return drafts.purge_unsaved(at=at)


def forget_receipts(at: datetime) -> int:
    return receipts.forget_receipts(before=at - RECEIPTS_KEPT)


def forget_files(at: datetime) -> int:
    """Files that were chosen and not imported."""
    return organisations.forget_files(at=at)


def forget_first_passwords(at: datetime) -> int:
    return assignments.forget_first_passwords(at=at)


def forget_questions(at: datetime) -> int:
    return asking.forget_questions(at=at)


def forget_sessions(at: datetime) -> int:
    """Sessions whose time is out can no longer be used; their rows would stay for ever."""
    return accounts.purge_sessions(at=at)


def lapse_consents(at: datetime) -> int:
    """Guardians' consents for those who have come of age, and children's own that nobody judged."""
    return lapse_outgrown_consents(process=SIP, at=at)


EACH_ROUND: Mapping[str, Job] = {
    "deliver": deliver,
    "render": render,
    "renew": renew,
    "seal": seal,
    "forget_files": forget_files,
    "forget_first_passwords": forget_first_passwords,
}
EACH_DAY: Mapping[str, Job] = {
    "lapse_consents": lapse_consents,
    "forget_drafts": forget_drafts,
    "forget_receipts": forget_receipts,
    "forget_questions": forget_questions,
    "forget_sessions": forget_sessions,
}


def perform(jobs: Mapping[str, Job], at: datetime) -> Iterator[int | None]:
    """Do the jobs one by one; gives for each how much it did, or None when it failed.

    A failing job stops no other. It is logged by its kind only, since a database's error quotes what stands in
    the row; a connection that broke is thrown away, so that the next job gets a new one.
    """
    for name, job in jobs.items():
        try:
            done = job(at)
        except Exception as error:  # whatever it is, the other jobs go on
            # As a tuple: the log then names the places it passed and leaves out what it says.
            log.exception("worker.job_failed", job=name, exc_info=sys.exc_info())  # noqa: G202
            if isinstance(error, DatabaseError):
                connections.close_all()
            yield None
        else:
            if done:
                log.info("worker.job_done", job=name, count=done)
            yield done
