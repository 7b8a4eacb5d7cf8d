"""`fill_demo`: the made-up county, into an empty database and never into one that holds anything else."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samordna.demo import filling, logins
from samordna.kernel import clock


class Command(BaseCommand):
    help = "Fills an empty database with a made-up county. Does nothing where it is already there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--small", action="store_true", help="a few units and one case of each kind, for tests"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not getattr(settings, "IS_EXERCISE", False):
            raise CommandError(
                "These are a county's own settings. The made-up county belongs to the exercise ones."
            )
        there = filling.filled_with()
        if not there:
            self._fill(small=options["small"])
        elif (there == "small") != options["small"]:
            self.stdout.write(f"The {there} county is already there. Another database gives another county.")
        logins.write()

    def _fill(self, *, small: bool) -> None:
        if filling.holds_anything():
            raise CommandError(
                "The database holds places, users or persons that are not the made-up county's. "
                "Nothing was changed; choose an empty database."
            )
        if not small:
            self.stdout.write("Filling the made-up county. The first time takes about a minute.")
            self.stdout.flush()
        filled = filling.fill(now=clock.now(), small=small)
        self.stdout.write(
            f"{filled.units} units, {filled.users} users, {filled.persons} persons, {filled.cases} cases."
        )
