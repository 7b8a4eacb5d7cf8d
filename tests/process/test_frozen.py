"""Not even a program with a mistake in it changes what is signed, sent or answered (L-06)."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import IntegrityError, transaction

from samordna.cases.models import Case, Consent
from samordna.documents.models import DocumentVersion
from samordna.messaging.models import Delivery, Message
from samordna.people.models import ProtectionChange
from samordna.sip.tests import factories as f
from samordna.sip.tests import protections
from tests.process import acts
from tests.process.test_altering import triggers
from tests.support.stages import built_once

pytestmark = pytest.mark.django_db

ATTEMPTS: dict[str, Callable[[], object]] = {
    "the signed content": lambda: DocumentVersion.objects.update(content=b"{}"),
    "the one who signed": lambda: DocumentVersion.objects.update(signed_by_name="Annan"),
    "when it was sent": lambda: Message.objects.filter(sent_at__isnull=False).update(sent_by_name="Annan"),
    "an answer": lambda: Delivery.objects.exclude(answer="").update(comment="Ändrad"),
    "a due time": lambda: Delivery.objects.update(due_at=None),
    "a case": lambda: Case.objects.all()._raw_delete("default"),
    "a message": lambda: Message.objects.all()._raw_delete("default"),
    "a consent": lambda: Consent.objects.all()._raw_delete("default"),
    "a lowering": lambda: ProtectionChange.objects.all()._raw_delete("default"),
    "a version": lambda: DocumentVersion.objects.all()._raw_delete("default"),
}


@pytest.fixture
def signed() -> None:
    _sign()


@built_once
def _sign() -> None:
    county = f.county()
    case_id = f.summoned_case(county)
    for act in (acts.begin_plan, acts.complete_plan, acts.sign_plan):
        act(f.actor(county.anna), case_id, Random(1), county)
    protections.protect(case_id, county.anna)
    protections.lower(case_id, protections.named_by_the_county(county.bertil))


@pytest.mark.requirement("L-06")
@pytest.mark.parametrize("what", sorted(ATTEMPTS))
def test_the_database_refuses_to_change(signed: None, what: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ATTEMPTS[what]()


# What stands by itself in the database. A migration that alters one of these tables on SQLite builds it anew, and the
# triggers are gone unless the migration adds them again.
TRIGGERS = [
    "audit_entry_no_delete",
    "audit_entry_no_update",
    "audit_entryperson_no_delete",
    "audit_entryperson_no_update",
    "audit_seal_no_delete",
    "audit_seal_no_update",
    "cases_case_no_delete",
    "cases_consent_no_delete",
    "cases_coordinatorterm_no_delete",
    "cases_joinrequest_no_delete",
    "cases_namedreader_no_delete",
    "cases_participation_no_delete",
    "cases_personcorrection_no_delete",
    "cases_round_no_delete",
    "cases_unithandler_no_delete",
    "documents_document_frozen_voided",
    "documents_document_no_delete",
    "documents_documentversion_frozen_signed",
    "documents_documentversion_no_delete",
    "messaging_delivery_frozen_answer",
    "messaging_delivery_frozen_due",
    "messaging_delivery_no_delete",
    "messaging_message_frozen_sent",
    "messaging_message_frozen_voided",
    "messaging_message_no_delete",
    "people_identitychange_no_delete",
    "people_namechange_no_delete",
    "people_protectionchange_no_delete",
    "printouts_printout_no_delete",
    "printouts_printout_no_update",
]


@pytest.mark.requirement("L-06")
def test_no_migration_has_lost_what_makes_a_table_stand() -> None:
    names = [name for name, _statement in triggers()]
    assert [name for name in names if not name.endswith("_no_truncate")] == TRIGGERS
