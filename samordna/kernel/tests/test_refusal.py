import pytest
from django.http import Http404

from samordna.kernel.actor import Actor
from samordna.kernel.module import Module, Right
from samordna.kernel.refusal import NotVisible, Refusal, Refused, Stale, demand


def test_no_refusal_is_no_hindrance() -> None:
    demand(None)


def test_a_refusal_is_raised_with_its_reason() -> None:
    refusal = Refusal("plan.not_coordinator", "Bara samordningsansvarig kan låsa.", "Be Anna låsa.")
    with pytest.raises(Refused) as raised:
        demand(refusal)
    assert raised.value.refusal is refusal
    assert str(refusal) == "Bara samordningsansvarig kan låsa. Be Anna låsa."
    assert issubclass(Stale, Refused)


def test_invisible_is_not_found() -> None:
    assert issubclass(NotVisible, Http404)


def test_signature_line_and_rights() -> None:
    actor = Actor(
        user_id=1, user_name="Anna Lindqvist", assignment_id=2, unit_id=3, unit_name="Hemtjänsten Norr",
        department_id=4, department_name="VOF", principal_id=5, principal_name="Kommunen", profession="",
        title="enhetschef",
    module_rights=frozenset({(Module.SIP, Right.ANSWER)}), system_roles=frozenset(),
        login_method="password", session_id="s", request_id="r",
    )  # fmt: skip
    assert actor.signature_line == "Anna Lindqvist, enhetschef, Hemtjänsten Norr"
    assert actor.rights(Module.SIP).has_any
    assert not actor.rights(Module.SPU).has_any
