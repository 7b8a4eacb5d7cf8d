"""Django looks for models here; each part has its own."""

from samordna.discharge.admission.models import AdmissionContent
from samordna.discharge.ready.models import ReadyContent

__all__ = ["AdmissionContent", "ReadyContent"]
