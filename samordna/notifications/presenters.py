"""What a notification says: what kind of thing waits, at which unit, and to log in. Nothing else, ever.

Neither a person, nor health, nor a case number: mail is read on telephones and forwarded (V-12).
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from samordna.notifications.events import Event


def words(event: Event, unit_name: str) -> tuple[str, str]:
    """Subject and body, in the installation's language: the inbox is the unit's, not the sender's."""
    with translation.override(settings.LANGUAGE_CODE):
        sentence = str(event.sentence)
        unit = _("Unit: %(unit)s") % {"unit": unit_name} if unit_name else ""
        login = _("Log in to Samordna to read.")
        no_answer = _("This message cannot be answered.")
        body = "\n\n".join(part for part in (f"{sentence}.", unit, login, no_answer) if part)
        return f"Samordna: {sentence[0].lower()}{sentence[1:]}", f"{body}\n"
