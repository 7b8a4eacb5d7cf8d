"""What is written in an information message, as a plain value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InformationText:
    text: str = ""
