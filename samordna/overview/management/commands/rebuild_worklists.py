"""`rebuild_worklists`: computes what the worklists read anew, as after an upgrade; `--check` only compares."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from samordna.casework.process import Process
from samordna.kernel import clock
from samordna.overview import commands, queries
from samordna.overview.processes import PROCESSES


class Command(BaseCommand):
    """Takes up where an interrupted run stopped: each case is done in a transaction of its own and then marked."""

    help = "Rebuilds the rows of the worklists for all cases that an earlier version computed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare stored rows with computed ones; change nothing"
        )
        parser.add_argument("--all", action="store_true", help="also cases that this version has computed")
        parser.add_argument("--batch", type=int, default=500, help="how many ids are read at a time (500)")

    def handle(self, *_args: Any, **options: Any) -> None:
        for module, count in queries.left_alone().items():
            self.stdout.write(
                f"{count} cases of {module} are left alone: no process here computes their rows"
            )
        if options["check"]:
            self._check(options["batch"])
        else:
            self._rebuild(options["batch"], everything=options["all"])

    def _rebuild(self, batch: int, *, everything: bool) -> None:
        done = 0
        for process, case_id in _cases(batch, everything=everything):
            commands.rebuild_case(process=process, case_id=case_id, at=clock.now())
            done += 1
            if done % batch == 0:
                self.stdout.write(f"{done} cases rebuilt, the last one {case_id}")
        self.stdout.write(f"{done} cases rebuilt, nothing left to do")

    def _check(self, batch: int) -> None:
        checked = different = 0
        for process, case_id in _cases(batch, everything=True):
            checked += 1
            for difference in queries.differences(process, case_id, clock.now()):
                different += 1
                self.stdout.write(str(difference))
        if different:
            raise CommandError(f"{different} differences in {checked} cases")
        self.stdout.write(f"{checked} cases checked, stored equals computed")


def _cases(batch: int, *, everything: bool) -> Iterator[tuple[Process[Any], UUID]]:
    for module, process in PROCESSES.items():
        for case_id in queries.cases_to_rebuild(module, batch=batch, everything=everything):
            yield process, case_id
