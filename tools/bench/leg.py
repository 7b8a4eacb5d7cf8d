"""One database of one size: `python -m tools.bench.leg`, with its orders as JSON. A process of its own, since Django
settles once which database it stands on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django

from tests.support.server import ROOT, environment_for
from tools.bench.databases import ground


def main(orders: Mapping[str, Any]) -> None:
    """Fill, measure the yardsticks, then the system; write what came out where the orders say."""
    # Stopped by somebody, it stops its servers first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ground(orders["database"]) as here:
        environment = {**environment_for(here.url, here.folder), "SAMORDNA_BENCH_BARE_URL": here.bare_url}
        os.environ.update(environment)
        django.setup()
        from tools.bench import running  # noqa: PLC0415 - its models can be read only now

        started = time.monotonic()
        filled = running.prepare(orders)
        said(f"{orders['database']}: {orders['cases']} cases filled in {time.monotonic() - started:.0f} s")
        if orders["profile"]:
            results = running.profiles(filled, orders["profile"])
        else:
            session = fill_bare(environment, orders["cases"])
            results = running.run(filled, here, orders, environment, session)
        Path(orders["results"]).write_text(json.dumps(results), encoding="utf-8")


def fill_bare(environment: Mapping[str, str], cases: int) -> str:
    """Fill the yardsticks' database; gives the key of a session there."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "fill_bare", str(cases)],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "tools.bench.bare.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The yardsticks could not be filled:\n{done.stderr}")
    return done.stdout.strip()


def said(sentence: str) -> None:
    """Progress; the results go elsewhere."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
