"""Every code that is stored fits its column: SQLite takes a longer one, PostgreSQL refuses it at a user's click."""

import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import models

from samordna.accounts.states import LoginMethod
from samordna.audit.states import Action, Result
from samordna.casework.events import COMMON
from samordna.kernel import identifiers
from samordna.messaging.states import Basis
from samordna.notifications.states import Channel
from samordna.organisations.settings_catalogue import ENTRIES
from samordna.people.states import IdentityKind
from samordna.printouts import states as printouts
from samordna.sip.events import EVENTS as OF_SIP
from samordna.sip.plan.states import Paper
from samordna.sip.process import SIP
from samordna.sip.states import Part
from tests.architecture.tree import ROOT, text_of

pytestmark = pytest.mark.once("sqlite")

OURS = [model for model in apps.get_models() if model.__module__.startswith("samordna.")]
COLUMNS = {
    f"{model._meta.label}.{column.name}": column
    for model in OURS
    for column in model._meta.local_concrete_fields
    if isinstance(column, models.CharField) and column.max_length <= 100
}
REFUSAL = re.compile(r'Refusal\(\s*"([\w.]+)"')


def _refusals() -> set[str]:
    files = [path for path in (ROOT / "samordna").rglob("*.py") if "tests" not in path.parts]
    return {code for path in files for code in REFUSAL.findall(text_of(path))}


# Columns with a code that Django knows no choices of, for a room above has the codes.
EVENTS = {event.code for event in (*OF_SIP, *COMMON)}
CODES: dict[str, Iterable[str]] = {
    "accounts.LoginSession.method": LoginMethod,
    "audit.Entry.action": Action,
    "audit.Entry.login_method": LoginMethod,
    "audit.Entry.reason": _refusals(),
    "audit.Entry.result": Result,
    "cases.CaseReading.part": Part,
    "cases.JoinRequest.kind": IdentityKind,
    "documents.Document.kind": SIP.documents,
    "documents.DocumentVersion.signed_login_method": LoginMethod,
    "messaging.Delivery.shared_why": Basis,
    "messaging.Message.kind": Part,
    "notifications.EventChoice.event": EVENTS,
    "notifications.OutboxItem.channel": Channel,
    "notifications.OutboxItem.event": EVENTS,
    "organisations.Setting.key": ENTRIES,
    "people.PersonIdentifier.kind": identifiers.Kind,
    "printouts.Printout.status": printouts.Status,
    "printouts.Printout.template": Paper,
}
# What somebody typed, or the program made: its length is seen to where it comes in.
NO_CODES = {
    "accounts.LoginSession.browser",
    "accounts.LoginSession.session_key",
    "accounts.Session.replaced_by",
    "accounts.Session.session_key",
    "accounts.User.hsa_id",
    "accounts.User.phone",
    "assignments.Assignment.title",
    "assignments.FirstPasswords.seed",
    "audit.Entry.object_id",
    "audit.Entry.object_kind",
    "audit.Entry.request_id",
    "audit.Entry.session_id",
    "audit.Seal.digest",
    "audit.Seal.previous_digest",
    "cases.Case.number",
    "cases.ExistenceQuestion.number",
    "cases.JoinRequest.agreed_to",
    "cases.JoinRequest.number",
    "cases.JoinRequest.other_agreed_to",
    "cases.Participation.known_number",
    "cases.UnitCase.case_number",
    "cases.UnitCase.known_number",
    "documents.DocumentVersion.digest",
    "documents.DocumentVersion.signed_title",
    "messaging.Message.sent_by_title",
    "notifications.OutboxItem.last_error",
    "organisations.IncomingFile.kind",
    "organisations.Organisation.hsa_id",
    "organisations.Organisation.municipality",
    "organisations.Organisation.phone",
    "people.IdentityChange.from_value",
    "people.IdentityChange.to_value",
    "people.Person.interpreter_language",
    "people.Person.municipality",
    "people.Person.phone",
    "people.PersonIdentifier.value",
    "people.RelatedPerson.relation_text",
    "printouts.Printout.pdf_digest",
}


@pytest.mark.parametrize("name", sorted(name for name in COLUMNS if name not in NO_CODES))
def test_every_code_fits_its_column(name: str) -> None:
    column = COLUMNS[name]
    codes = [code for code, _words in column.flatchoices] or list(CODES.get(name, ()))
    assert codes, f"say in CODES which codes {name} holds, or in NO_CODES that it holds none"
    assert [code for code in codes if len(code) > column.max_length] == []
