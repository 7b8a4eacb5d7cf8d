"""Reading documents. Who may see a case is settled before, at its door (`cases.queries`)."""

import json
from collections.abc import Mapping
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
_DOCUMENT_COLUMNS = tuple(field.name for field in fields(DocumentFacts) if field.name != "versions")
_VERSION_COLUMNS = tuple(field.name for field in fields(VersionFacts))


def documents_of(case_id: UUID) -> tuple[DocumentFacts, ...]:
    """Every document of the case, oldest first, with its versions but without their content. One statement."""
    found: dict[UUID, tuple[dict[str, Any], list[VersionFacts]]] = {}
    for row in _DOCUMENTS.dicts(case_id=case_id):
        _document, versions = found.setdefault(row["id"], (row, []))
        versions.append(_version(row))
    return tuple(
        DocumentFacts(**{name: row[name] for name in _DOCUMENT_COLUMNS}, versions=tuple(versions))
        for row, versions in found.values()
    )


def _documents(*, case_id: UUID) -> QuerySet[Document, Any]:
    rows: QuerySet[Document, Any] = (
        Document.objects.filter(case_id=case_id)
        .order_by("begun_at", "id", "versions__number")
        .values(*_DOCUMENT_COLUMNS, *(f"versions__{name}" for name in _VERSION_COLUMNS))
    )
    return rows


_DOCUMENTS = Prepared(_documents, case_id=UUID)


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


def _version(row: Mapping[str, Any]) -> VersionFacts:
    columns = {name: row[f"versions__{name}"] for name in _VERSION_COLUMNS}
    return VersionFacts(**columns | {"status": VersionStatus(columns["status"])})
