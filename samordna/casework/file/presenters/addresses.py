"""Addresses of a case's pages, in the process that the case belongs to."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from samordna.casework.process import Process


def address(process: Process[Any], name: str, *values: object) -> str:
    """The address that every process has by this name, with the values of it in their order."""
    return reverse(f"{process.namespace}:{name}", args=values)


def part_url(process: Process[Any], case_id: UUID, part: str) -> str:
    """The page of a part."""
    return address(process, "part", case_id, process.slugs[part])
