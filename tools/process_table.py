"""Writes docs/process.md from the program's own table of what each part requires: `python -m tools.process_table`.

With `--check` it changes nothing and ends with 1 when the document is not what the table says.
"""

import os
import sys
from pathlib import Path

import django
from django.utils.translation import override

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "process.md"

HEAD = """\
# What each part requires before it can begin

Written by `python -m tools.process_table` from `REQUIRES` in `samordna/sip/states.py`, the one table that the pages,
the commands and the tests read. Do not edit it by hand; a test compares it with the table.

Anything that is not ready is refused with the sentence at the right, the first one that is not met. Besides, whoever
acts needs the right to ([rights.md](rights.md)), and the case must be going on.

| To begin | Requires | Said when it is missing |
|---|---|---|
"""

TAIL = """
A new round (*Ny plan*) begins again at the summons: its summons, plan and follow-up are its own, while the locked plan
of the round before stays the valid one, and is followed up and evaluated, until the new one is locked. The lock waits
for an open follow-up of the plan that it replaces. The initiative, the information messages and the SBAR belong to the
whole case. One new plan is made at a time, and nobody calls to or writes one while the plan that holds is evaluated;
a plan that is being evaluated is not voided before its evaluation. While nothing in the new round has been locked the
coordinator can cancel it (*Avbryt den nya planen*): what was sent and signed in it is voided with the reason, and all
is as before *Ny plan* ([adr/0024](adr/0024-a-new-plan-can-be-cancelled.md)).

## Gaps

A plan is complete (`PLAN_COMPLETE`) when what was signed says: whether each participant attended; what is needed; what
others do; which principal has the overall responsibility; who coordinates from the meeting on, confirmed; at least one
goal; for each goal who is responsible and at least one activity; for each activity who is responsible. The law wants
four of these: what is needed, who is responsible for what, what others do, and the principal. The rest is the guide's.
`gaps` in `samordna/sip/plan/rules.py` lists what is missing.
"""


def document() -> str:
    """The whole document as it should stand."""
    rows = "".join(f"| {name} | {required} | {missing} |\n" for name, required, missing in lines())
    return HEAD + rows + TAIL


def lines() -> list[tuple[str, str, str]]:
    """A line for each thing that can begin: its name, the codes of what it requires, and the sentences."""
    # The program is read only when Django is set up.
    from samordna.sip import requirements as process  # noqa: PLC0415
    from samordna.sip.states import REQUIRES, Beginning  # noqa: PLC0415

    names = {
        Beginning.INITIATIVE: "*Initiativ*",
        Beginning.SBAR: "*Kartläggning enligt SBAR*",
        Beginning.INFORMATION: "*Informationsmeddelande*",
        Beginning.SUMMONS: "*Kallelse till planering*",
        Beginning.PLAN: "*Mål- och aktivitetsplan*",
        Beginning.PLAN_LOCK: "*Lås* the plan",
        Beginning.FOLLOW_UP: "*Uppföljning av plan*",
        Beginning.NEW_PLAN: "*Ny plan*",
        Beginning.EVALUATION_SUMMONS: "*Kallelse till utvärdering*",
        Beginning.EVALUATION: "*Utvärdering av plan*",
        Beginning.ENDING: "Ending by evaluation",
    }
    with override("en"):
        return [
            (
                names[beginning],
                "<br>".join(f"`{requirement}`" for requirement in required) or "nothing",
                "<br>".join(str(process._MISSING[requirement]) for requirement in required),
            )
            for beginning, required in REQUIRES.items()
        ]


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings.test")
    django.setup()
    wanted = document()
    if "--check" not in arguments:
        DOCUMENT.write_text(wanted, encoding="utf-8")
        return 0
    if DOCUMENT.exists() and DOCUMENT.read_text(encoding="utf-8") == wanted:
        return 0
    print("docs/process.md is not what the program says. Run: python -m tools.process_table")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
