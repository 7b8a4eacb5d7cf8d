"""manage.py write_standing_pages: the error pages that stand without the program, after a change of words."""

from typing import Any

from django.core.management.base import BaseCommand

from samordna.web.standing_pages import write_all


class Command(BaseCommand):
    help = "Writes the error pages that nginx and the application server give (only those that have changed)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for file in write_all():
            self.stdout.write(file.name)
