from datetime import UTC, datetime

from samordna.kernel.actor import Actor
from samordna.kernel.module import Module, Right

# Half past eleven in the evening in Sweden.
AT = datetime(2026, 5, 13, 21, 30, tzinfo=UTC)


def actor() -> Actor:
    return Actor(
        user_id=1, user_name="Anna Lindqvist", assignment_id=11, unit_id=3, unit_name="Hemtjänsten Norr",
        department_id=4, department_name="Vård- och omsorgsförvaltningen", principal_id=5,
        principal_name="Katrineholms kommun", profession="enhetschef", title="enhetschef",
        module_rights=frozenset({(Module.SIP, Right.ANSWER)}),
        system_roles=frozenset(), login_method="password", session_id="session",
        request_id="request",
    )  # fmt: skip
