"""A SIP in every order: random acts by random users, and after each one all that must always hold."""

from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from samordna.assignments.models import Assignment
from samordna.audit.models import Entry
from samordna.kernel.refusal import NotVisible, Refused
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.tests import factories as f
from tests.process.acts import ACTS, WAY
from tests.process.invariants import Memory, check_all, log_length

PEOPLE = ("anna", "bertil", "olle", "cecilia", "david", "eva", "frida")
# Acts that are several saves in one, as a user makes one after the other.
SEVERAL = {"send_initiative", "send_summons", "send_information", "complete_plan"}


class SipMachine(RuleBasedStateMachine):
    """Each example begins with an empty county in a transaction that is rolled back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.county = f.county()
        self.cases: list[UUID] = []
        self.steps_of: dict[UUID, int] = {}
        self.memory = Memory()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def first_case(self) -> None:
        self.cases.append(f.new_case(self.county.anna))

    @rule(who=st.sampled_from(PEOPLE))
    def new_case(self, who: str) -> None:
        if len(self.cases) < 3:
            self._try(lambda: self.cases.append(f.new_case(self._assignment(who))), several=False)

    @rule(name=st.sampled_from(sorted(ACTS)), who=st.sampled_from(PEOPLE), which=st.integers(0, 2), seed=st.integers(0, 99))
    def any_act(self, name: str, who: str, which: int, seed: int) -> None:
        case_id = self.cases[which % len(self.cases)]
        self._act(name, self._assignment(who), case_id, Random(seed))  # noqa: S311

    @rule(which=st.integers(0, 2), seed=st.integers(0, 99), acts=st.integers(1, 6))
    def go_on(self, which: int, seed: int, acts: int) -> None:
        """The next acts on the usual way, each by the first who may."""
        case_id = self.cases[which % len(self.cases)]
        for _ in range(acts):
            name = WAY[self.steps_of.get(case_id, 0) % len(WAY)]
            chance = Random(seed)  # noqa: S311
            coordinator = sip_for_rebuild(case_id).case.coordinator.assignment_id
            first = Assignment.objects.get(pk=coordinator)
            people = [first, *(self._assignment(who) for who in PEOPLE)]
            done = [self._act(name, who, case_id, chance) for who in (people if name == "answer" else [first])]
            if any(done):
                self.steps_of[case_id] = self.steps_of.get(case_id, 0) + 1

    def _assignment(self, who: str) -> Assignment:
        assignment: Assignment = getattr(self.county, who)
        return assignment

    def _act(self, name: str, who: Assignment, case_id: UUID, chance: Random) -> bool:
        return self._try(
            lambda: ACTS[name](f.actor(who), case_id, chance, self.county), several=name in SEVERAL
        )

    def _try(self, act: object, *, several: bool) -> bool:
        """Try the act. Done: a row in the log for each save. Refused: nothing at all has changed."""
        before = log_length()
        last = Entry.objects.order_by("-id").values_list("pk", flat=True).first()
        try:
            with transaction.atomic():
                act()  # type: ignore[operator]
        except (Refused, NotVisible):
            assert Entry.objects.order_by("-id").values_list("pk", flat=True).first() == last
            return False
        assert log_length() >= before
        assert several or log_length() - before <= 2
        check_all(self.memory)
        return True


@pytest.mark.django_db
@pytest.mark.requirement("V-04", "V-23", "V-54", "V-70", "L-05", "L-06", "V-12", "V-13")
def test_whatever_users_do_in_whatever_order_the_invariants_hold() -> None:
    run_state_machine_as_test(SipMachine)
