from datetime import UTC, datetime, timedelta

import pytest

from samordna.documents import commands
from samordna.documents.models import DocumentVersion
from samordna.documents.queries import DOCUMENTS, documents_from
from samordna.sip.tests import factories as f

AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=3)
CONTENT = {"mål": "Jag vill bo hemma", "beslut": ["B", "A"]}


class Papers:
    """A document that home care has begun in a case of its own, and what is read of it."""

    def __init__(self):
        self.county = f.county()
        self.anna, self.bertil = f.actor(self.county.anna), f.actor(self.county.bertil)
        self.case_id = f.new_case(self.county.anna)
        self.id, self.version_id = self.begin("PLAN")

    def begin(self, kind, round_number=1, at=AT):
        return commands.begin_document(
            case_id=self.case_id, round_number=round_number, kind=kind, actor=self.anna, at=at
        )

    @property
    def all(self):
        return documents_from(DOCUMENTS.rows(case_id=self.case_id))

    @property
    def document(self):
        (document,) = (one for one in self.all if one.id == self.id)
        return document

    def status(self, version_id=None):
        wanted = version_id or self.version_id
        (version,) = (one for one in self.document.versions if one.id == wanted)
        return version.status

    def sign(self, version_id=None, content=CONTENT, at=LATER):
        signed = version_id or self.version_id
        number = DocumentVersion.objects.get(pk=signed).number
        return commands.sign_version(
            version_id=signed, number=number, content=content, actor=self.bertil, at=at
        )

    def lock(self, at=LATER):
        commands.lock_version(version_id=self.version_id, actor=self.anna, at=at)


@pytest.fixture
def papers(db):
    return Papers()
