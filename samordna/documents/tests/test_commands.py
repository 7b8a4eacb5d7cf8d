"""Writing documents: one open edition at a time, each change from the states that it may follow."""

import hashlib
from uuid import uuid4

import pytest

from samordna.documents import commands
from samordna.documents.models import Document, DocumentVersion
from samordna.documents.queries import signed_content
from samordna.documents.states import VersionStatus
from samordna.documents.tests.conftest import AT, CONTENT, LATER
from samordna.kernel.refusal import NotVisible, Stale
from samordna.sip.tests import factories as f


def test_a_document_is_begun_by_somebody_at_a_unit_with_an_open_edition(papers):
    document = papers.document
    assert (document.kind, document.round_number, document.begun_at) == ("PLAN", 1, AT)
    assert (document.unit_id, document.unit_name) == (papers.county.home_care.pk, "Hemtjänsten Norr")
    (version,) = document.versions
    assert (version.id, version.number, version.status) == (papers.version_id, 1, VersionStatus.OPEN)
    row = DocumentVersion.objects.get()
    assert (row.opened_at, row.opened_by_id, row.opened_by_name) == (
        AT,
        papers.anna.user_id,
        "Anna Lindqvist",
    )
    assert (row.opened_unit_id, row.opened_unit_name) == (papers.county.home_care.pk, "Hemtjänsten Norr")


def test_there_is_one_document_of_a_kind_a_round(papers):
    with pytest.raises(Stale) as refused:
        papers.begin("PLAN")
    assert refused.value.refusal.code == "document.already_open"
    papers.begin("PLAN", round_number=2)
    papers.begin("EVALUATION")
    assert len(papers.all) == 3


def test_there_is_one_open_edition_at_a_time(papers):
    with pytest.raises(Stale) as refused:
        commands.open_version(document_id=papers.id, actor=papers.bertil, at=LATER)
    assert refused.value.refusal.code == "document.already_open"
    papers.sign()
    other, other_version = papers.begin("EVALUATION")
    second = commands.open_version(document_id=papers.id, actor=papers.bertil, at=LATER)
    assert [(one.id, one.number) for one in papers.document.versions] == [(papers.version_id, 1), (second, 2)]
    assert papers.status(second) == VersionStatus.OPEN
    papers.id = other
    assert [(one.id, one.number) for one in papers.document.versions] == [(other_version, 1)]


def test_a_colleague_takes_an_open_edition_over(papers):
    _other, other_version = papers.begin("EVALUATION")
    david = f.actor(papers.county.david)
    commands.take_over_version(version_id=papers.version_id, actor=david, at=LATER)
    row = DocumentVersion.objects.get(pk=papers.version_id)
    assert (row.status, row.opened_at, row.opened_by_id, row.opened_by_name) == (
        VersionStatus.OPEN,
        LATER,
        david.user_id,
        "David Holm",
    )
    assert (row.opened_unit_id, row.opened_unit_name) == (
        papers.county.health_centre.pk,
        "Vårdcentralen Linden",
    )
    assert DocumentVersion.objects.get(pk=other_version).opened_by_id == papers.anna.user_id


def test_what_is_signed_is_kept_byte_by_byte_with_its_digest_and_signer(papers):
    digest = papers.sign()
    stored = '{"beslut":["B","A"],"mål":"Jag vill bo hemma"}'.encode()
    row = DocumentVersion.objects.get(pk=papers.version_id)
    assert bytes(row.content) == stored == commands.canonical(CONTENT)
    assert digest == row.digest == hashlib.sha256(stored).hexdigest()
    assert (row.status, row.signed_at, row.signed_by_id) == (
        VersionStatus.SIGNED,
        LATER,
        papers.bertil.user_id,
    )
    assert (row.signed_by_name, row.signed_title, row.signed_unit_name, row.signed_login_method) == (
        "Bertil Ek",
        "planerare",
        "Hemtjänsten Norr",
        "password",
    )
    assert signed_content(papers.version_id) == CONTENT


def test_what_was_never_signed_has_no_content(papers):
    for version_id in (papers.version_id, uuid4()):
        with pytest.raises(NotVisible):
            signed_content(version_id)


def test_the_edition_signed_before_is_superseded_in_its_own_document(papers):
    _other, other_version = papers.begin("EVALUATION")
    papers.sign(other_version)
    papers.sign()
    second = commands.open_version(document_id=papers.id, actor=papers.anna, at=LATER)
    assert papers.status() == VersionStatus.SIGNED
    papers.sign(second)
    assert (papers.status(), papers.status(second)) == (VersionStatus.SUPERSEDED, VersionStatus.SIGNED)
    assert DocumentVersion.objects.get(pk=other_version).status == VersionStatus.SIGNED


def test_what_was_thrown_away_or_locked_before_a_signature_stays_so(papers):
    papers.sign()
    papers.lock()
    dropped = commands.open_version(document_id=papers.id, actor=papers.anna, at=LATER)
    commands.drop_version(version_id=dropped)
    papers.sign(commands.open_version(document_id=papers.id, actor=papers.anna, at=LATER))
    assert [version.status for version in papers.document.versions] == [
        VersionStatus.LOCKED,
        VersionStatus.DROPPED,
        VersionStatus.SIGNED,
    ]


def test_an_edition_that_is_thrown_away_leaves_the_signed_one(papers):
    papers.sign()
    second = commands.open_version(document_id=papers.id, actor=papers.anna, at=LATER)
    commands.drop_version(version_id=second)
    assert (papers.status(), papers.status(second)) == (VersionStatus.SIGNED, VersionStatus.DROPPED)
    third = commands.open_version(document_id=papers.id, actor=papers.anna, at=LATER)
    assert papers.document.open_version.id == third
    assert papers.document.open_version.number == 3


def test_a_lock_is_somebodys_and_stays_when_it_is_opened(papers):
    papers.sign(at=AT)
    papers.lock(at=LATER)
    row = DocumentVersion.objects.get(pk=papers.version_id)
    assert (row.status, row.locked_at, row.locked_by_id, row.locked_by_name) == (
        VersionStatus.LOCKED,
        LATER,
        papers.anna.user_id,
        "Anna Lindqvist",
    )
    commands.unlock_version(version_id=papers.version_id, at=LATER)
    row.refresh_from_db()
    assert (row.status, row.unlocked_at, row.locked_at) == (VersionStatus.SIGNED, LATER, LATER)


def test_a_locked_edition_is_replaced(papers):
    papers.sign()
    papers.lock()
    commands.replace_version(version_id=papers.version_id, at=LATER)
    row = DocumentVersion.objects.get(pk=papers.version_id)
    assert (row.status, row.replaced_at) == (VersionStatus.REPLACED, LATER)


ACTS = {
    "sign": lambda papers: papers.sign(),
    "take over": lambda papers: commands.take_over_version(
        version_id=papers.version_id, actor=papers.bertil, at=LATER
    ),
    "drop": lambda papers: commands.drop_version(version_id=papers.version_id),
    "lock": lambda papers: papers.lock(),
    "unlock": lambda papers: commands.unlock_version(version_id=papers.version_id, at=LATER),
    "replace": lambda papers: commands.replace_version(version_id=papers.version_id, at=LATER),
}
BEFORE = {
    "open": [],
    "signed": ["sign"],
    "locked": ["sign", "lock"],
    "unlocked": ["sign", "lock", "unlock"],
    "replaced": ["sign", "lock", "replace"],
    "dropped": ["drop"],
}
FOLLOWS = {
    "open": {"sign", "take over", "drop"},
    "signed": {"lock"},
    "locked": {"unlock", "replace"},
    "unlocked": {"lock"},
    "replaced": set(),
    "dropped": set(),
}


@pytest.mark.parametrize("state", BEFORE)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_starts_from_its_own_states_only(papers, state, act):
    for earlier in BEFORE[state]:
        ACTS[earlier](papers)
    before = DocumentVersion.objects.values().get()
    if act in FOLLOWS[state]:
        ACTS[act](papers)
        assert DocumentVersion.objects.values().get() != before
        return
    with pytest.raises(Stale) as refused:
        ACTS[act](papers)
    assert refused.value.refusal.code == "document.changed"
    assert DocumentVersion.objects.values().get() == before


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("open", VersionStatus.VOIDED),
        ("signed", VersionStatus.VOIDED),
        ("locked", VersionStatus.VOIDED),
        ("replaced", VersionStatus.REPLACED),
        ("dropped", VersionStatus.DROPPED),
    ],
)
def test_a_document_is_voided_once_with_what_stands_of_it(papers, state, then):
    other, other_version = papers.begin("EVALUATION")
    for earlier in BEFORE[state]:
        ACTS[earlier](papers)
    commands.void_document(document_id=papers.id, reason="Fel person", actor=papers.anna, at=LATER)
    with pytest.raises(Stale) as refused:
        commands.void_document(document_id=papers.id, reason="Igen", actor=papers.bertil, at=LATER)
    assert refused.value.refusal.code == "document.changed"
    document = papers.document
    assert document.voided
    assert (document.voided_at, document.voided_by_name, document.void_reason) == (
        LATER,
        "Anna Lindqvist",
        "Fel person",
    )
    assert Document.objects.get(pk=papers.id).voided_by_id == papers.anna.user_id
    assert papers.status() == then
    assert DocumentVersion.objects.get(pk=other_version).status == VersionStatus.OPEN
    assert not Document.objects.get(pk=other).voided_at


def test_after_voiding_another_one_of_the_kind_may_be_begun(papers):
    commands.void_document(document_id=papers.id, reason="Fel", actor=papers.anna, at=LATER)
    papers.begin("PLAN", at=LATER)
    assert [document.voided for document in papers.all] == [True, False]


def test_reading_a_case_gives_its_own_documents_with_the_names_of_the_day(papers):
    other_case = f.new_case(papers.county.david)
    commands.begin_document(
        case_id=other_case, round_number=1, kind="PLAN", actor=f.actor(papers.county.david), at=AT
    )
    papers.begin("EVALUATION", at=LATER)
    papers.begin("PLAN", round_number=2, at=LATER.replace(hour=20))
    assert [(one.kind, one.ordinal) for one in papers.all] == [("PLAN", 1), ("EVALUATION", 1), ("PLAN", 2)]
    user, unit = papers.county.anna.user, papers.county.home_care
    user.name, unit.name = "Anna Berg", "Hemtjänsten Nord"
    user.save()
    unit.save()
    (version,) = papers.document.versions
    assert (version.opened_by_name, version.opened_unit_name) == ("Anna Berg", "Hemtjänsten Nord")
    papers.sign()
    (version,) = papers.document.versions
    assert (version.opened_by_name, version.opened_unit_name) == ("Anna Lindqvist", "Hemtjänsten Norr")
