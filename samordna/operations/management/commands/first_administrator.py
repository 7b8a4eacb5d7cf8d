"""`first_administrator`: the address book and one user who makes the others, in an installation that has nobody yet."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from samordna.accounts.commands import create_user
from samordna.accounts.hashers import stored
from samordna.accounts.queries import UserDetails
from samordna.assignments.commands.people import Work, write_assignment
from samordna.assignments.commands.rights import grant_first_roles
from samordna.assignments.passwords import initial_password, new_seed
from samordna.assignments.rules import Period
from samordna.assignments.states import Profession
from samordna.kernel import clock
from samordna.kernel.refusal import Refused
from samordna.kernel.text import clean_line, name_key
from samordna.organisations.commands import import_address_book
from samordna.organisations.queries import UnitCard, find_units


class Command(BaseCommand):
    help = (
        "Reads the address book and makes the first administrator and system manager. All of it or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--address-book", type=Path, help="a CSV file; left out when there are units already"
        )
        parser.add_argument(
            "--unit", required=True, help="name of the unit of the region where the user works"
        )
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)
        parser.add_argument("--title", default="systemförvaltare")

    def handle(self, *_args: Any, **options: Any) -> None:
        password = initial_password(new_seed(), options["username"])
        hashed = stored(password)
        try:
            validate_email(options["email"])
            with transaction.atomic():
                self._make(options, hashed, clock.now())
        except Refused as refused:
            raise CommandError(str(refused.refusal)) from refused
        except (ValidationError, OSError) as error:
            raise CommandError(str(getattr(error, "message", error))) from error
        self.stdout.write(
            f"{options['username'].upper()} can log in. The password, shown this once: {password}"
        )
        self.stdout.write("It must be changed at the first login.")

    def _make(self, options: dict[str, Any], hashed: str, at: datetime) -> None:
        if options["address_book"]:
            _read(options["address_book"].read_bytes(), at)
        unit = _unit(options["unit"])
        details = UserDetails(name=clean_line(options["name"]), email=options["email"])
        if not details.name or not clean_line(options["username"]):
            raise CommandError("Give the user a name and a user name.")
        user = create_user(actor=None, username=options["username"], details=details, hashed=hashed, at=at)
        work = Work(unit.id, Profession.OTHER, options["title"], Period(clock.today(at)))
        write_assignment(actor=None, user_id=user, work=work, at=at)
        grant_first_roles(user_id=user, organisation_id=unit.principal_id, at=at)


def _read(content: bytes, at: datetime) -> None:
    outcome = import_address_book(actor=None, content=content, at=at)
    if outcome.problems:
        raise CommandError("\n".join(f"Line {one.line}: {one.message}" for one in outcome.problems))
    if not outcome.ready:
        alike = (f"Line {one.line}: {one.written} and {', '.join(one.known)}" for one in outcome.questions)
        raise CommandError("Names nearly the same; are they one or two?\n" + "\n".join(alike))


def _unit(name: str) -> UnitCard:
    found = [unit for unit in find_units(name) if name_key(unit.name) == name_key(name)]
    if len(found) != 1:
        raise CommandError(f"{len(found)} open units are called {name!r}: give the whole name of one.")
    return found[0]
