"""Not even a program with a mistake in it changes what is signed, sent or answered (L-06)."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import IntegrityError, transaction

from samordna.cases.models import Case, Consent
from samordna.documents.models import DocumentVersion
from samordna.messaging.models import Delivery, Message
from samordna.sip.tests import factories as f
from tests.process import acts

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
    "a version": lambda: DocumentVersion.objects.all()._raw_delete("default"),
}


@pytest.fixture
def signed() -> None:
    county = f.county()
    case_id = f.summoned_case(county)
    for act in (acts.begin_plan, acts.complete_plan, acts.sign_plan):
        act(f.actor(county.anna), case_id, Random(1), county)


@pytest.mark.requirement("L-06")
@pytest.mark.parametrize("what", sorted(ATTEMPTS))
def test_the_database_refuses_to_change(signed: None, what: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ATTEMPTS[what]()
