"""The worker's life: rounds while there is work, a pause when there is none, longer pauses while something fails."""

import signal
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import FrameType

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections

from samordna.kernel import clock
from samordna.notifications.queries import sending
from samordna.notifications.states import Sending
from samordna.operations.commands import EACH_DAY, EACH_ROUND, Job, perform

IDLE_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
A_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


class Worker:
    """Runs until it is asked to stop; then it ends after the job it is in, having left nothing half done.

    A worker that is killed instead leaves what it was doing to another when the lease is out.
    """

    def __init__(
        self, *, each_round: Mapping[str, Job] = EACH_ROUND, each_day: Mapping[str, Job] = EACH_DAY
    ) -> None:
        self.each_round = each_round
        self.each_day = each_day
        self.stopping = threading.Event()
        self.failures = 0
        self.tidied_at: datetime | None = None
        self.sending: Sending | None = None

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping.set()

    def run(self) -> None:
        """Rounds until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        log.info("worker.started")
        while not self.stopping.is_set():
            close_old_connections()
            self.tell_of_sending()
            seconds = self.pause_after(self.round(clock.now()))
            # An event's wait ends at once when a signal sets it.
            self.stopping.wait(seconds)
        log.info("worker.stopped")

    def tell_of_sending(self) -> None:
        """A line when it is first known whether this machine sends, and each time that changes."""
        try:
            now_so = sending()
        except DatabaseError:
            return
        if now_so != self.sending:
            told = log.info if now_so == Sending.ON else log.warning
            told("worker.sending", sending=now_so.value)
        self.sending = now_so

    def run_once(self) -> None:
        """Rounds until nothing is due, and the daily tidying."""
        self.tell_of_sending()
        while self.round(clock.now()) and not self.failures:
            pass

    def round(self, at: datetime) -> int:
        """Every job once, the daily ones when a day has gone. Gives how much was done."""
        tidying = self.tidied_at is None or at - self.tidied_at >= A_DAY
        jobs = {**self.each_round, **self.each_day} if tidying else self.each_round
        done: list[int | None] = []
        for count in perform(jobs, at):
            done.append(count)
            if self.stopping.is_set():
                break
        self.failures = self.failures + 1 if None in done else 0
        if tidying and len(done) == len(jobs) and not self.failures:
            self.tidied_at = at
        return sum(count or 0 for count in done)

    def pause_after(self, count: int) -> float:
        """None after work, a second after none; after failures 1, 2, 4 … seconds, at most a minute."""
        if self.failures:
            return min(float(2 ** (self.failures - 1)), LONGEST_WAIT_SECONDS)
        return 0.0 if count else IDLE_SECONDS
