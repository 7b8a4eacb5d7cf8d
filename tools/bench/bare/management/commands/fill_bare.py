"""`fill_bare 10000`: that many cases for the yardsticks. Prints the key of a logged-in session."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from tools.bench.bare.models import Case, Message

ACTIVE = 50
MESSAGES = 10
BATCH = 5_000
START = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Vi föreslår ett möte i nästa vecka för att planera det fortsatta stödet tillsammans. " * 3


class Command(BaseCommand):
    """Fifty cases are active at one unit, whatever the total; the rest have ended elsewhere."""

    help = "Fills the yardsticks' database and prints the key of a logged-in session."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cases", type=int)

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)
        Case.objects.bulk_create(_cases(options["cases"]), batch_size=BATCH)
        Message.objects.bulk_create(_messages(options["cases"]), batch_size=BATCH)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        self.stdout.write(_session())


def _cases(number: int) -> Iterator[Case]:
    for place in range(number):
        active = place < ACTIVE
        yield Case(
            unit=1 if active else 2 + place // 500,
            active=active,
            number=f"2026-{place:06}",
            person=f"Påhittad Person {place}",
            personal_number=f"reserv-{place}",
            status=("todo", "waiting", "done", "draft")[place % 4],
            step="Kvittera kallelsen från Vårdcentralen Linden",
            who="David Holm, Vårdcentralen Linden",
            due_at=START + timedelta(hours=place % 900),
            changed_at=START + timedelta(minutes=place),
        )


def _messages(cases: int) -> Iterator[Message]:
    first = Case.objects.order_by("pk").values_list("pk", flat=True)[0]
    for place in range(cases * MESSAGES):
        at = START + timedelta(minutes=place % 500_000)
        yield Message(case_id=first + place // MESSAGES, sender="Anna Lindqvist", text=TEXT, sent_at=at)


def _session() -> str:
    user = User.objects.create_user("bare")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
