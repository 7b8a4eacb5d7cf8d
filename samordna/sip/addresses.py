"""Addresses of a SIP's pages."""

from uuid import UUID

from samordna.casework.file.presenters import addresses
from samordna.sip.process import SIP
from samordna.sip.states import Part


def part_url(case_id: UUID, part: Part) -> str:
    """The page of a part."""
    return addresses.part_url(SIP, case_id, part)
