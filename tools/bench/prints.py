"""How long the worker takes for a print, beside Typst alone with the same document."""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any, cast
from uuid import uuid4

import typst

from samordna.kernel import clock
from samordna.printouts.commands import render_due, request_printout
from samordna.printouts.coverage import FONTS
from samordna.printouts.models import Printout
from samordna.sip.plan.paper_data import PlanData
from samordna.sip.plan.states import Paper
from samordna.sip.prints import PRINTS
from tools.bench.filling import Filled, print_of

ROUNDS = 10


def measure_prints(filled: Filled) -> dict[str, Any]:
    """Pairs of milliseconds, Typst alone and the worker; each time another text, which Typst has not seen."""
    stored = Printout.objects.get(source_id=print_of(filled.patterns.locked))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    render_due(PRINTS, at=clock.now(), limit=1_000_000)
    pairs = [
        [
            _milliseconds(partial(_by_typst, _another(stored.data, f"{number} utan den"), fonts)),
            _milliseconds(partial(_by_the_worker, _another(stored.data, f"{number} hos arbetaren"))),
        ]
        for number in range(ROUNDS)
    ]
    return {"pairs": pairs, "kilobytes": len(bytes(stored.pdf or b"")) / 1000}


def _another(data: PlanData, words: str) -> PlanData:
    """The same plan with some words more in each passage."""
    goals = [{**goal, "text": f"{goal['text']} {words}"} for goal in data["goals"]]
    return cast("PlanData", {**data, "needs": f"{data['needs']} {words}", "goals": goals})


def _by_the_worker(data: PlanData) -> None:
    at = clock.now()
    request_printout(template=Paper.PLAN, source_id=uuid4(), data=data, at=at)
    render_due(PRINTS, at=at, limit=1)


def _by_typst(data: PlanData, fonts: typst.Fonts) -> None:
    """The same document by the same standards, with nothing around it."""
    kind = PRINTS[Paper.PLAN]
    compiler = typst.Compiler(
        kind.template,
        root=kind.template.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(kind.texts(data), ensure_ascii=False)},
    )
    compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])


def _milliseconds(act: Callable[[], None]) -> float:
    """Of processor time: both are nothing but work, and others on the machine do not count."""
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000
