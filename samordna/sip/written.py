"""What is written in the messages of a SIP, as plain values: what a draft holds and a sent message says."""

from samordna.sip.information.text import InformationText
from samordna.sip.initiative.text import InitiativeText
from samordna.sip.summons.text import SummonsText

Text = InitiativeText | SummonsText | InformationText
