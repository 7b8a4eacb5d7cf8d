"""manage.py compile_translations: builds the .mo files, without gettext installed."""

from typing import Any

from django.core.management.base import BaseCommand

from samordna.web.translations import compile_all


class Command(BaseCommand):
    help = "Compiles the translations of every room (only those that have changed)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for source in compile_all():
            self.stdout.write(str(source.with_suffix(".mo")))
