"""What the users of the made-up county have written, by kind of need."""

from samordna.demo.texts.chronic import CHRONIC
from samordna.demo.texts.disability import DISABILITY, HABILITATION
from samordna.demo.texts.elderly import ELDERLY
from samordna.demo.texts.hospital import HOSPITAL
from samordna.demo.texts.psychiatry import PSYCHIATRY
from samordna.demo.texts.school import SCHOOL_CHILD

__all__ = ["CHRONIC", "DISABILITY", "ELDERLY", "HABILITATION", "HOSPITAL", "PSYCHIATRY", "SCHOOL_CHILD"]
