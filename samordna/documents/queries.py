"""Reading documents. Who may see a case is settled before, at its door (`cases.queries`)."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.models import Document, DocumentVersion
from samordna.documents.states import VersionStatus
from samordna.kernel.prepared import Prepared
from samordna.kernel.refusal import NotVisible

# The facts are named after the columns they are read from.
_DOCUMENT_COLUMNS = tuple(f.name for f in fields(DocumentFacts) if f.name not in {"versions", "ordinal"})
# Who has a version open acts now, and is called what she is called now; what is signed keeps the names of its day.
_NAMES_NOW = {"opened_by_name": "opened_by__name", "opened_unit_name": "opened_unit__name"}
_VERSION_COLUMNS = tuple(field.name for field in fields(VersionFacts))


def documents_from(rows: Iterable[Sequence[Any]]) -> tuple[DocumentFacts, ...]:
    """Every document of a case, oldest first, with its versions, from the rows of `DOCUMENTS`."""
    found: dict[UUID, tuple[Sequence[Any], list[VersionFacts]]] = {}
    for row in rows:
        _document, versions = found.setdefault(row[0], (row, []))
        versions.append(_version(row[len(_DOCUMENT_COLUMNS) :]))
    kinds: Counter[str] = Counter()
    documents = []
    for row, versions in found.values():
        columns = dict(zip(_DOCUMENT_COLUMNS, row, strict=False))
        kinds[columns["kind"]] += 1
        documents.append(DocumentFacts(**columns, versions=tuple(versions), ordinal=kinds[columns["kind"]]))
    return tuple(documents)


def _documents(*, case_id: UUID) -> QuerySet[Document, Any]:
    return (
        Document.objects.filter(case_id=case_id)
        .order_by("begun_at", "id", "versions__number")
        .values_list(
            *_DOCUMENT_COLUMNS, *(f"versions__{name}" for name in (*_VERSION_COLUMNS, *_NAMES_NOW.values()))
        )
    )


DOCUMENTS = Prepared(_documents, case_id=UUID)


def signed_content(version_id: UUID) -> dict[str, Any]:
    """What was signed, read from the bytes that were signed. NotVisible for a version never signed."""
    found = _CONTENTS.rows(version_id=version_id)
    if not found:
        raise NotVisible
    content: dict[str, Any] = json.loads(bytes(found[0][0]))
    return content


_CONTENTS = Prepared(
    lambda version_id: DocumentVersion.objects.filter(pk=version_id, content__isnull=False).values_list(
        "content"
    ),
    version_id=UUID,
)


def _version(row: Sequence[Any]) -> VersionFacts:
    columns = dict(zip(_VERSION_COLUMNS, row, strict=False))
    if columns["status"] == VersionStatus.OPEN:
        columns |= dict(zip(_NAMES_NOW, row[len(_VERSION_COLUMNS) :], strict=True))
    return VersionFacts(**columns | {"status": VersionStatus(columns["status"])})
