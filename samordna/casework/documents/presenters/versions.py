"""Which versions of a document there are, in one line."""

from datetime import datetime

from django.utils.translation import gettext as _

from samordna.documents.facts import DocumentFacts, VersionFacts
from samordna.documents.states import VersionStatus
from samordna.kernel.text import isolated
from samordna.web import moments


def version_line(document: DocumentFacts, at: datetime) -> str:
    """ "Version 2, öppnad med Redigera i dag av Eva Holm · version 1 signerad 19 nov av Anna Lindqvist"."""
    parts = []
    opened, valid = document.open_version, document.valid_version
    if opened is not None and valid is None and opened.number == 1 and opened.opened_at != document.begun_at:
        said = _("Version %(number)s, begun %(begun)s, taken over %(day)s by %(name)s")
        begun = {
            "begun": moments.on_day(document.begun_at, at=at),
            "day": moments.on_day(opened.opened_at, at=at),
        }
        parts.append(said % {"number": opened.number, "name": isolated(opened.opened_by_name), **begun})
    elif opened is not None and valid is None:
        parts.append(
            _said(
                _("Version %(number)s, begun %(day)s by %(name)s"),
                opened,
                opened.opened_at,
                opened.opened_by_name,
                at,
            )
        )
    elif opened is not None:
        parts.append(
            _said(
                _("Version %(number)s, opened with Edit %(day)s by %(name)s"),
                opened,
                opened.opened_at,
                opened.opened_by_name,
                at,
            )
        )
    if valid is not None and valid.signed_at is not None:
        parts.append(
            _said(
                _("version %(number)s signed %(day)s by %(name)s"),
                valid,
                valid.signed_at,
                valid.signed_by_name,
                at,
            )
        )
    if valid is not None and valid.locked_at is not None:
        parts.append(_said(_("locked %(day)s by %(name)s"), valid, valid.locked_at, valid.locked_by_name, at))
        if valid.unlocked_at is not None and valid.status == VersionStatus.SIGNED:
            parts.append(_("opened again %(day)s") % {"day": moments.on_day(valid.unlocked_at, at=at)})
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


def _said(text: str, version: VersionFacts, moment: datetime, name: str, at: datetime) -> str:
    return text % {"number": version.number, "day": moments.on_day(moment, at=at), "name": isolated(name)}
