"""Measures everything on one filled database."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from samordna.web.translations import compile_all
from tools.bench.databases import Ground
from tools.bench.filling import Filled, fill
from tools.bench.measuring import WARM_UP, Figures, measure
from tools.bench.operations import Operation, operations
from tools.bench.prints import measure_prints
from tools.bench.profiling import profile
from tools.bench.serving import Served, serving
from tools.bench.statements import statements
from tools.bench.visitors import visitor

# Cases to act on, per client and second; where they run out, the measuring of that act ends earlier.
ACTS_PER_SECOND = 90
FEWEST_ACTS = 200
# More than this of a core used by others, and it is measured once more; the calmer one counts.
DISTURBED = 0.2
# Users read cases of their own, so that nobody waits for another's reading to be noted.
PAGES_EACH = 3
BODY = b"text=" + b"Vi+ses+p%C3%A5+torsdag.+" * 4


def prepare(orders: Mapping[str, Any]) -> Filled:
    """The system's database, migrated and filled, and its static files."""
    compile_all()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    acts = 60 + int(ACTS_PER_SECOND * (orders["seconds"] + WARM_UP) * len(orders["clients"]))
    filled = fill(orders["cases"], min(acts, max(FEWEST_ACTS, orders["cases"] // 6)))
    connections.close_all()
    return filled


def profiles(filled: Filled, names: Sequence[str]) -> dict[str, Any]:
    wanted = [one for one in operations(filled) if one.name in names or "all" in names]
    return {"profiles": {one.name: profile(one) for one in wanted}}


def run(
    filled: Filled, here: Ground, orders: Mapping[str, Any], environment: Mapping[str, str], session: str
) -> dict[str, Any]:
    """Yardsticks, system, prints; one server at a time."""
    results: dict[str, Any] = {"kind": here.kind, "version": here.version, "cases": orders["cases"]}
    bare = {**environment, "DJANGO_SETTINGS_MODULE": "tools.bench.bare.settings"}
    with serving("tools.bench.bare.wsgi", bare, here.folder, here.database_pid) as served:
        results["yardsticks"] = _yardsticks(served, orders, session)
        results["bare_megabytes"] = served.megabytes()
    listed = operations(filled)
    counted = {one.name: len(statements(one)) for one in listed}
    connections.close_all()
    with serving("samordna.config.wsgi", environment, here.folder, here.database_pid) as served:
        results["operations"] = {
            one.name: {
                "label": one.label,
                "aim": asdict(one.aim),
                "statements": counted[one.name],
                "figures": [figures.stored() for figures in _operation(served, one, orders)],
            }
            for one in listed
        }
        results["megabytes"] = served.megabytes()
        results["locked"] = served.log.read_text(errors="replace").count("database is locked")
    results["prints"] = asdict(measure_prints(filled))
    results["database_megabytes"] = _database_megabytes(here)
    connections.close_all()
    return results


def _yardsticks(served: Served, orders: Mapping[str, Any], session: str) -> dict[str, list[dict[str, Any]]]:
    cookie = f"Host: 127.0.0.1\r\nCookie: sessionid={session}\r\nConnection: close\r\n".encode()
    posted = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s" % (
        len(BODY),
        BODY,
    )
    requests = {
        "empty": (b"GET / HTTP/1.1\r\n" + cookie + b"\r\n", "200"),
        "list": (b"GET /cases/ HTTP/1.1\r\n" + cookie + b"\r\n", "200"),
        "case": (b"GET /cases/7/ HTTP/1.1\r\n" + cookie + b"\r\n", "200"),
        "insert": (b"POST /cases/7/send/ HTTP/1.1\r\n" + cookie + posted, "302"),
    }
    return {
        name: [
            _calmest(served, [[request]] * clients, orders, expected).stored()
            for clients in orders["clients"]
        ]
        for name, (request, expected) in requests.items()
    }


def _operation(served: Served, operation: Operation, orders: Mapping[str, Any]) -> list[Figures]:
    return [_with_clients(served, operation, orders, clients) for clients in orders["clients"]]


def _with_clients(served: Served, operation: Operation, orders: Mapping[str, Any], clients: int) -> Figures:
    users = [visitor(operation.who) for _number in range(clients)]
    wanted = ACTS_PER_SECOND * (orders["seconds"] + WARM_UP)
    each = PAGES_EACH if operation.is_page else int(wanted / clients) + 1
    # Dealt out in turn, so that all have work for as long when there are too few.
    asked = operation.take(each * clients)
    hands = [asked[number::clients] for number in range(clients)]
    requests = [[user.encoded(one) for one in hand] for user, hand in zip(users, hands, strict=True)]
    connections.close_all()
    if operation.is_page:
        return _calmest(served, requests, orders, operation.expected)
    figures = measure(
        served, requests, seconds=orders["seconds"], repeated=False, expected=operation.expected
    )
    operation.give_back([one for hand, sent in zip(hands, figures.sent, strict=True) for one in hand[sent:]])
    return figures


def _calmest(
    served: Served, requests: Sequence[Sequence[bytes]], orders: Mapping[str, Any], expected: str
) -> Figures:
    first = measure(served, requests, seconds=orders["seconds"], repeated=True, expected=expected)
    if first.others <= DISTURBED:
        return first
    again = measure(served, requests, seconds=orders["seconds"], repeated=True, expected=expected)
    return min(first, again, key=lambda figures: figures.others)


def _database_megabytes(here: Ground) -> float:
    if here.kind == "sqlite":
        return sum(path.stat().st_size for path in here.folder.glob("samordna.sqlite3*")) / 1e6
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1e6
