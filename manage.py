#!/usr/bin/env python3
"""Django's command line for Samordna; the demo settings are used unless others are named."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from samordna.config.environment import Environment
from samordna.config.logging import write_lines

# What runs as a service writes lines for a machine; whoever types a command is told in words.
SERVICES = {"worker"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings.demo")
    try:
        if SERVICES.intersection(sys.argv[1:2]):
            # A fault of it is told by the settings, with the others.
            write_lines(level=Environment().level())
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as faults:
        if SERVICES.intersection(sys.argv[1:2]):
            raise
        sys.exit(str(faults))


if __name__ == "__main__":
    main()
