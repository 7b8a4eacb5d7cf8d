"""Fills the yardsticks' database: `python -m tools.bench.bare.filling 10000`. Prints the key of a logged-in session."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import django

ACTIVE = 50
BATCH = 5_000
START = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "Vi föreslår ett möte i nästa vecka för att planera det fortsatta stödet tillsammans. " * 3


def fill(number: int) -> str:
    """That many cases, fifty of them active at one unit, ten messages in each of those that are opened."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from tools.bench.bare.models import Case, Message  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)

    def cases() -> Iterator[Case]:
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

    def messages() -> Iterator[Message]:
        first = Case.objects.order_by("pk").values_list("pk", flat=True)[0]
        for place in range(number * 10):
            at = START + timedelta(minutes=place)
            yield Message(case_id=first + place // 10, sender="Anna Lindqvist", text=TEXT, sent_at=at)

    Case.objects.bulk_create(cases(), batch_size=BATCH)
    Message.objects.bulk_create(messages(), batch_size=BATCH)
    user = User.objects.create_user("bare")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.bench.bare.settings")
    django.setup()
    print(fill(int(sys.argv[1])))
