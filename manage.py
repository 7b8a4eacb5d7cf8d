#!/usr/bin/env python3
"""Django's command line for Samordna; the demo settings are used unless others are named."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings.demo")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
