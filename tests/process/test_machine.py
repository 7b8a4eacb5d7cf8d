"""A SIP in every order: random acts by random users, and after each one all that must always hold."""

from contextlib import suppress
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from samordna.assignments.models import Assignment
from samordna.audit.models import Entry
from samordna.audit.states import ALWAYS_REVIEWED
from samordna.cases.states import EndReason
from samordna.kernel.refusal import NotVisible, Refused
from samordna.sip.queries import sip_for_rebuild
from samordna.sip.tests import factories as f
from samordna.sip.tests.protections import named_by_the_county
from tests.process.acts import ACTS, WAY
from tests.process.identity_acts import IDENTITY_ACTS, REVIEWED
from tests.process.invariants import Memory, check_all, log_length

PEOPLE = ("anna", "bertil", "olle", "cecilia", "david", "eva", "frida")
# Acts that are several saves in one, as a user makes one after the other.
SEVERAL = {
    "send_initiative",
    "send_summons",
    "send_information",
    "complete_plan",
    "write_evaluation",
    "answer_all",
    "change_number",
    "confirm_join",
    "undo_identity",
}


class SipMachine(RuleBasedStateMachine):
    """Each example begins with a county without cases, in a transaction that is rolled back at its end."""

    def __init__(self, county: f.County) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.county = county
        self.cases: list[UUID] = []
        self.memory = Memory()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(stage=st.integers(0, len(WAY)), seed=st.integers(0, 99))
    def first_case(self, stage: int, seed: int) -> None:
        """A case that has come some way, each step of which is checked below; shrinking begins at its end."""
        self.cases.append(f.new_case(self.county.anna))
        for name in WAY[:stage]:
            # What chance chose may be refused, such as the own unit as a recipient.
            with suppress(Refused, NotVisible), transaction.atomic():
                ACTS[name](f.actor(self.county.anna), self.cases[0], Random(seed), self.county)
        check_all(self.memory)

    @rule(who=st.sampled_from(PEOPLE))
    def new_case(self, who: str) -> None:
        if len(self.cases) < 2:
            self._try(lambda: self.cases.append(f.new_case(self._assignment(who))), several=False)

    @rule(
        name=st.sampled_from(sorted(ACTS)),
        who=st.sampled_from(PEOPLE),
        which=st.integers(0, 1),
        seed=st.integers(0, 99),
    )
    def anybody_does(self, name: str, who: str, which: int, seed: int) -> None:
        case_id = self.cases[which % len(self.cases)]
        self._act(name, self._assignment(who), case_id, Random(seed))

    @rule(
        names=st.lists(
            st.sampled_from(sorted(ACTS)) | st.sampled_from(sorted(IDENTITY_ACTS)), min_size=1, max_size=5
        ),
        which=st.integers(0, 1),
        seed=st.integers(0, 99),
    )
    def the_coordinator_does(self, names: list[str], which: int, seed: int) -> None:
        case_id = self.cases[which % len(self.cases)]
        for name in names:
            self._act(name, self._coordinator(case_id), case_id, Random(seed))

    def _coordinator(self, case_id: UUID) -> Assignment:
        return Assignment.objects.get(pk=sip_for_rebuild(case_id).case.coordinator.assignment_id)

    def _assignment(self, who: str) -> Assignment:
        assignment: Assignment = getattr(self.county, who)
        return assignment

    def _act(self, name: str, who: Assignment, case_id: UUID, chance: Random) -> bool:
        reviewed = Entry.objects.filter(action__in=ALWAYS_REVIEWED).count()
        done = self._try(
            lambda: ACTS[name](f.actor(who), case_id, chance, self.county), several=name in SEVERAL
        )
        more = Entry.objects.filter(action__in=ALWAYS_REVIEWED).count() - reviewed
        assert more == (done and name in REVIEWED)
        return done

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
    county = f.county()
    named_by_the_county(county.bertil)
    run_state_machine_as_test(lambda: SipMachine(county))


@pytest.mark.django_db
@pytest.mark.requirement("V-70", "V-82")
def test_the_usual_way_leads_from_initiative_to_an_ended_case() -> None:
    """What the machine sets out from: no step of the way is refused, and all holds after each."""
    county, memory = f.county(), Memory()
    case_id = f.new_case(county.anna)
    for name in WAY:
        ACTS[name](f.actor(county.anna), case_id, Random(3), county)
        check_all(memory)
    assert sip_for_rebuild(case_id).case.end_reason == EndReason.EVALUATED
