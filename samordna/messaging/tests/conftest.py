from datetime import UTC, datetime, timedelta

import pytest

from samordna.messaging import commands
from samordna.messaging.commands import Recipient
from samordna.messaging.queries import MESSAGES, messages_from
from samordna.sip.tests import factories as f

AT = datetime(2026, 5, 13, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=3)
DUE = AT + timedelta(days=2)


class Post:
    """A message from home care in a case of its own, and what is read of it."""

    def __init__(self):
        self.county = f.county()
        self.anna, self.bertil = f.actor(self.county.anna), f.actor(self.county.bertil)
        self.david = f.actor(self.county.david)
        self.case_id = f.new_case(self.county.anna)
        self.id = commands.begin_draft(
            case_id=self.case_id, round_number=1, kind="INITIATIVE", actor=self.anna, at=AT
        )

    @property
    def all(self):
        return messages_from(MESSAGES.rows(case_id=self.case_id))

    @property
    def message(self):
        (message,) = (one for one in self.all if one.id == self.id)
        return message

    def to(self, unit, *, must=True, external=False):
        return Recipient(unit.pk, unit.name, external, must, DUE, "CONSENT")

    def send(self, *recipients, at=AT):
        commands.send_draft(
            message_id=self.id,
            recipients=recipients or [self.to(self.county.health_centre), self.to(self.county.social)],
            actor=self.bertil,
            at=at,
        )

    def delivery(self, unit=None):
        return self.message.delivery_to((unit or self.county.health_centre).pk)


@pytest.fixture
def post(db):
    return Post()
