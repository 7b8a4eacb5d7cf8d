"""The tables of what was measured, as Markdown that also reads well in a terminal."""

from collections.abc import Iterable, Sequence
from typing import Any

from tools.bench.verdicts import times_yardstick, verdicts

YARDSTICKS = {
    "empty": "An empty page",
    "list": "Session, user, 50 rows by an index",
    "case": "One row with ten messages",
    "insert": "One insert",
}
SHORT = {"empty": "empty page", "list": "50 rows", "case": "ten messages", "insert": "one insert"}
COLUMNS = ("p50", "p95", "p99", "per second", "application", "database", "others")


def report(legs: Sequence[dict[str, Any]]) -> str:
    """All legs, then every aim."""
    return "\n\n".join([*(leg_tables(leg) for leg in legs), aims_table(legs)]) + "\n"


def leg_tables(leg: dict[str, Any]) -> str:
    """One database of one size."""
    title = f"### {leg['version']}, {leg['cases']:,} cases ({leg['database_megabytes']:,.0f} MB)"
    memory = (
        f"Memory of the two workers (PSS): {leg['megabytes']:.0f} MB, "
        f"of the yardsticks' {leg['bare_megabytes']:.0f} MB. "
        f"A plan as PDF of {leg['prints']['kilobytes']:.0f} kB: {_prints(leg['prints'])}"
    )
    return "\n\n".join([title, _measured(leg), memory])


def _prints(prints: dict[str, Any]) -> str:
    return (
        f"{prints['worker_p50']:.1f} ms by the worker (p95 {prints['worker_p95']:.1f}), "
        f"{prints['typst_p50']:.1f} ms by Typst alone (p95 {prints['typst_p95']:.1f})."
    )


def _measured(leg: dict[str, Any]) -> str:
    rows = [
        (YARDSTICKS[name], "", one["clients"], *_figures(one), "")
        for name, figures in leg["yardsticks"].items()
        for one in figures
    ]
    rows += [
        (
            operation["label"],
            operation["statements"],
            one["clients"],
            *_figures(one),
            _times(leg, operation, one),
        )
        for operation in leg["operations"].values()
        for one in operation["figures"]
    ]
    return table(("what", "statements", "clients", *COLUMNS, "beside the yardstick"), rows)


def _figures(one: dict[str, Any]) -> tuple[str, ...]:
    if not one["requests"]:
        return ("–",) * len(COLUMNS)
    numbers = (one["p50"], one["p95"], one["p99"], one["per_second"], one["application"], one["database"])
    return (*(_shown(number) for number in numbers), f"{one['others']:.1f}")


def _times(leg: dict[str, Any], operation: dict[str, Any], one: dict[str, Any]) -> str:
    if not one["requests"]:
        return "–"
    return f"{times_yardstick(leg, operation, one):.1f} × {SHORT[operation['aim']['yardstick']]}"


def aims_table(legs: Sequence[dict[str, Any]]) -> str:
    """Each aim, what was measured, and whether it was reached."""
    rows = [
        (f"{leg['kind']}, {leg['cases']:,}", verdict.subject, verdict.measured, verdict.aim, verdict.word)
        for leg, verdict in verdicts(legs)
    ]
    return "### Aims\n\n" + table(("where", "what", "measured", "aim", ""), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Markdown with its columns lined up."""
    texts = [[str(value) for value in row] for row in rows]
    widths = [max(len(row[place]) for row in [list(head), *texts]) for place in range(len(head))]
    lines = [[*head], ["-" * width for width in widths], *texts]
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in lines)


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [value.ljust(width) for value, width in zip(line, widths, strict=True)]


def _shown(number: float) -> str:
    if not number:
        return "–"
    return f"{number:.2f}" if number < 10 else f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
