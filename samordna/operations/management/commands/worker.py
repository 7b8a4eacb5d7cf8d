"""`worker`: sends notifications, makes prints, seals the log, and tidies up once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samordna.operations.worker import Worker


class Command(BaseCommand):
    help = "Works in the background until it is stopped. Several may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        worker = Worker()
        if not options["once"]:
            worker.run()
            return
        worker.run_once()
        if worker.failures:
            raise CommandError("A job failed; the log says which.")
