"""Which edition of a document is read, locked or printed: tables of facts written by hand, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus as S

NOON = datetime(2026, 5, 13, 10, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
BLANK = VersionFacts(
    id=UUID(int=1), number=1, status=S.OPEN, opened_at=NOON, opened_by_id=1, opened_by_name="Anna Lindqvist",
    opened_unit_id=7, opened_unit_name="Hemtjänsten Norr", signed_at=None, signed_by_id=None, signed_by_name="",
    signed_title="", signed_unit_name="", digest="", locked_at=None, locked_by_id=None, locked_by_name="",
    unlocked_at=None, replaced_at=None,
)  # fmt: skip


def versions(*states):
    """Editions numbered from 1, each in this state."""
    return tuple(
        replace(BLANK, id=UUID(int=number), number=number, status=state, **_moments(state))
        for number, state in enumerate(states, start=1)
    )


def _moments(state):
    signed = {} if state in {S.OPEN, S.DROPPED} else {"signed_at": NOON}
    return signed | ({"locked_at": NOON} if state in {S.LOCKED, S.REPLACED} else {})


def document(*editions, voided_at=None):
    return DocumentFacts(
        id=UUID(int=9), kind="PLAN", round_number=1, begun_at=NOON, unit_id=7, unit_name="Hemtjänsten Norr",
        voided_at=voided_at, voided_by_name="", void_reason="", versions=editions, ordinal=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("states", "told"),
    [
        # open, valid, locked, locked last, replaced, ever signed
        ((S.OPEN,), (1, None, None, None, None, False)),
        ((S.DROPPED,), (None, None, None, None, None, False)),
        ((S.SIGNED,), (None, 1, None, None, None, True)),
        ((S.SIGNED, S.OPEN), (2, 1, None, None, None, True)),
        ((S.SUPERSEDED, S.SIGNED), (None, 2, None, None, None, True)),
        ((S.LOCKED,), (None, 1, 1, 1, None, True)),
        ((S.SUPERSEDED, S.LOCKED, S.DROPPED), (None, 2, 2, 2, None, True)),
        ((S.LOCKED, S.SIGNED), (None, 2, None, 1, None, True)),
        ((S.REPLACED, S.REPLACED), (None, None, None, 2, 2, True)),
        ((S.REPLACED, S.DROPPED), (None, None, None, 1, 1, True)),
        ((S.VOIDED,), (None, None, None, None, None, True)),
    ],
)
def test_which_edition_is_which(states, told):
    one = document(*versions(*states))
    found = (one.open_version, one.valid_version, one.locked_version, one.last_locked, one.replaced_version)
    assert (*(version and version.number for version in found), one.ever_signed) == told


def test_the_edition_locked_last_goes_by_the_moment_of_the_lock():
    first, second = versions(S.LOCKED, S.LOCKED)
    assert document(replace(first, locked_at=LATER), second).last_locked.number == 1


def test_an_edition_can_be_locked_since_its_signature_or_since_its_lock_was_opened():
    (signed,) = versions(S.SIGNED)
    assert signed.lockable_since == NOON
    assert replace(signed, unlocked_at=LATER).lockable_since == LATER
    assert BLANK.lockable_since is None


def test_a_document_is_voided_from_the_moment_it_was():
    assert not document().voided
    assert document(voided_at=NOON).voided
