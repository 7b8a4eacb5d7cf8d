"""One database of one size: `python -m tools.bench.leg`, with its orders as JSON. A process of its own, since Django
settles once which database it stands on."""

import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django

from tests.support.server import environment_for
from tools.bench.databases import ground


def main(orders: Mapping[str, Any]) -> None:
    """Fill it, measure, and write what came of it where the orders say."""
    # Stopped by somebody, it stops its servers first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ground(orders["database"]) as here:
        environment = {**environment_for(here.url, here.folder), "SAMORDNA_BENCH_BARE_URL": here.bare_url}
        os.environ.update(environment)
        django.setup()
        from tools.bench import running  # noqa: PLC0415 - its models can be read only now

        started = time.monotonic()
        filled = running.prepare(orders)
        told = f"{orders['cases']} cases filled in {time.monotonic() - started:.0f} s"
        print(f"{orders['database']}: {told}", file=sys.stderr, flush=True)
        results = (
            running.profiles(filled, orders["profile"])
            if orders["profile"]
            else running.run(filled, here, orders, environment)
        )
        Path(orders["results"]).write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
