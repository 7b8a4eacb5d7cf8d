"""Writing documents, inside the transaction of an act. Rules belong to the room whose document it is.

Every change of state is a conditional UPDATE that names the states it starts from.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from samordna.documents.models import Document, DocumentVersion
from samordna.documents.states import STANDING, VersionStatus
from samordna.kernel.actor import Actor
from samordna.kernel.changing import Update
from samordna.kernel.constraints import broke
from samordna.kernel.refusal import Refusal, Stale

CHANGED_MEANWHILE = Refusal(
    "document.changed",
    _("The document was changed by someone else since you opened it."),
    _("Read it again."),
)
ALREADY_OPEN = Refusal(
    "document.already_open",
    _("Someone else has just begun to write."),
    _("Go on in the edition that is open."),
)


def begin_document(
    *, case_id: UUID, round_number: int, kind: str, actor: Actor, at: datetime
) -> tuple[UUID, UUID]:
    """A new document with its first open version. Returns (document, version). Raises `Stale` on a second one."""
    try:
        with transaction.atomic():
            document = Document.objects.create(
                case_id=case_id,
                round_number=round_number,
                kind=kind,
                begun_at=at,
                unit_id=actor.unit_id,
                unit_name=actor.unit_name,
            )
    except IntegrityError as error:
        if broke(error, "document_one_of_a_kind_per_round"):
            raise Stale(ALREADY_OPEN) from error
        raise
    return document.pk, open_version(document_id=document.pk, actor=actor, at=at)


def open_version(*, document_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Open the next edition. Raises `Stale` when one is open already: there is one at a time (V-53)."""
    last = DocumentVersion.objects.filter(document_id=document_id).aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            version = DocumentVersion.objects.create(
                document_id=document_id,
                number=last + 1,
                opened_at=at,
                opened_by_id=actor.user_id,
                opened_by_name=actor.user_name,
                opened_unit_id=actor.unit_id,
                opened_unit_name=actor.unit_name,
            )
    except IntegrityError as error:
        if broke(error, "document_one_open_version") or broke(error, "version_number_once"):
            raise Stale(ALREADY_OPEN) from error
        raise
    return version.pk


def take_over_version(*, version_id: UUID, actor: Actor, at: datetime) -> None:
    """A colleague goes on with an open edition instead of the one who opened it (V-53)."""
    _move(
        version_id,
        {VersionStatus.OPEN},
        opened_at=at,
        opened_by_id=actor.user_id,
        opened_by_name=actor.user_name,
        opened_unit_id=actor.unit_id,
        opened_unit_name=actor.unit_name,
    )


def sign_version(
    *, version_id: UUID, number: int, content: Mapping[str, object], actor: Actor, at: datetime
) -> str:
    """Freeze the open edition: store exactly what was signed, its digest, who signed and how they had logged in.

    The edition signed before is superseded; before number 1 there is none. Returns the digest.
    """
    stored = canonical(content)
    digest = hashlib.sha256(stored).hexdigest()
    signed = _sign(
        version_id=version_id,
        at=at,
        user_id=actor.user_id,
        user_name=actor.user_name,
        title=actor.title,
        unit_name=actor.unit_name,
        login_method=actor.login_method,
        content=stored,
        digest=digest,
    )
    if not signed:
        raise Stale(CHANGED_MEANWHILE)
    if number > 1:
        _supersede(version_id=version_id)
    return digest


def _signed(
    *, version_id: UUID, at: datetime, user_id: int, user_name: str, title: str, unit_name: str, login_method: str,
    content: bytes, digest: str,
) -> tuple[QuerySet[DocumentVersion, Any], dict[str, Any]]:  # fmt: skip
    return DocumentVersion.objects.filter(pk=version_id, status=VersionStatus.OPEN), {
        "status": VersionStatus.SIGNED,
        "signed_at": at,
        "signed_by_id": user_id,
        "signed_by_name": user_name,
        "signed_title": title,
        "signed_unit_name": unit_name,
        "signed_login_method": login_method,
        "content": content,
        "digest": digest,
    }


def _superseded(*, version_id: UUID) -> tuple[QuerySet[DocumentVersion, Any], dict[str, Any]]:
    same_document = DocumentVersion.objects.filter(pk=version_id).values("document_id")
    before = DocumentVersion.objects.filter(document_id__in=same_document, status=VersionStatus.SIGNED)
    return before.exclude(pk=version_id), {"status": VersionStatus.SUPERSEDED}


_sign = Update(
    _signed, version_id=UUID, at=datetime, user_id=int, user_name=str, title=str, unit_name=str, login_method=str,
    content=bytes, digest=str,
)  # fmt: skip
_supersede = Update(_superseded, version_id=UUID)


def drop_version(*, version_id: UUID) -> None:
    """Throw an open edition away; the signed one stands."""
    _move(version_id, {VersionStatus.OPEN}, status=VersionStatus.DROPPED)


def lock_version(*, version_id: UUID, actor: Actor, at: datetime) -> None:
    if not _lock(version_id=version_id, at=at, user_id=actor.user_id, user_name=actor.user_name):
        raise Stale(CHANGED_MEANWHILE)


_lock = Update(
    lambda version_id, at, user_id, user_name: (
        DocumentVersion.objects.filter(pk=version_id, status=VersionStatus.SIGNED),
        {
            "status": VersionStatus.LOCKED,
            "locked_at": at,
            "locked_by_id": user_id,
            "locked_by_name": user_name,
        },
    ),
    version_id=UUID,
    at=datetime,
    user_id=int,
    user_name=str,
)


def unlock_version(*, version_id: UUID, at: datetime) -> None:
    """Open a locked version: it is signed again, to be edited or locked (V-56).

    That it was locked, by whom and when, stays: it was printed and handed over as such.
    """
    _move(version_id, {VersionStatus.LOCKED}, status=VersionStatus.SIGNED, unlocked_at=at)


def replace_version(*, version_id: UUID, at: datetime) -> None:
    """A newer plan was locked: this one is history, replaced and not voided (V-70)."""
    _move(version_id, {VersionStatus.LOCKED}, status=VersionStatus.REPLACED, replaced_at=at)


def void_document(*, document_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Void the document with all that stands of it; it stays readable with reason, person and time (L-06)."""
    changed = Document.objects.filter(pk=document_id, voided_at__isnull=True).update(
        voided_at=at, voided_by_id=actor.user_id, voided_by_name=actor.user_name, void_reason=reason
    )
    if not changed:
        raise Stale(CHANGED_MEANWHILE)
    DocumentVersion.objects.filter(document_id=document_id, status__in=STANDING).update(
        status=VersionStatus.VOIDED
    )


def canonical(content: Mapping[str, object]) -> bytes:
    """The bytes that are signed: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _move(version_id: UUID, from_states: set[VersionStatus], **values: object) -> None:
    changed = DocumentVersion.objects.filter(pk=version_id, status__in=from_states).update(**values)
    if not changed:
        raise Stale(CHANGED_MEANWHILE)
