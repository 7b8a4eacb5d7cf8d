"""What a discharge shows on the pages that casework makes."""

from samordna.casework.messages.views.pages import message_part
from samordna.casework.pages import Pages
from samordna.discharge.facts import DischargeFacts
from samordna.discharge.kinds import DRAFTS
from samordna.discharge.process import DISCHARGE
from samordna.discharge.states import Part

DISCHARGE_PAGES: Pages[DischargeFacts] = Pages(
    process=DISCHARGE,
    parts={part: message_part(part) for part in Part},
    drafts=DRAFTS,
)
