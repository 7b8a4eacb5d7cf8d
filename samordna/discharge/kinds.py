"""How each kind of message of a discharge is written."""

from samordna.casework.messages.kinds import DraftKind
from samordna.discharge.admission import presenters as admission
from samordna.discharge.admission.commands import save_admission, send_admission
from samordna.discharge.admission.forms import AdmissionForm
from samordna.discharge.admission.queries import admission_text
from samordna.discharge.messages import ADMISSION, READY
from samordna.discharge.ready import presenters as ready
from samordna.discharge.ready.commands import save_ready, send_ready
from samordna.discharge.ready.forms import ReadyForm
from samordna.discharge.ready.queries import ready_text
from samordna.discharge.states import Part

DRAFTS: dict[str, DraftKind] = {
    Part.ADMISSION: DraftKind(
        message=ADMISSION,
        form=AdmissionForm,
        template="discharge/admission/write.html",
        read=admission_text,
        rows=admission.rows,
        save=save_admission,
        send=send_admission,
        like=admission.like,
        proposed=admission.proposed,
        effects=admission.effects,
        send_words=admission.send_words,
        sent_words=admission.sent_words,
    ),
    Part.READY: DraftKind(
        message=READY,
        form=ReadyForm,
        template="discharge/ready/write.html",
        read=ready_text,
        rows=ready.rows,
        save=save_ready,
        send=send_ready,
        like=ready.like,
        proposed=ready.proposed,
        effects=ready.effects,
        send_words=ready.send_words,
        sent_words=ready.sent_words,
    ),
}
