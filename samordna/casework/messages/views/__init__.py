"""Pages of the message parts: initiative, summons to planning and to evaluation, information messages."""

from samordna.casework.messages.views.pages import (
    evaluation_summons_page,
    information_page,
    initiative_page,
    summons_page,
)

__all__ = ["evaluation_summons_page", "information_page", "initiative_page", "summons_page"]
