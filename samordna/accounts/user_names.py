"""User names as they are kept, so that one is found however it is typed."""

from samordna.kernel.text import clean_line, plain_dashes


def fold_user_name(typed: str) -> str:
    """In capitals, with the dash of the keyboard; case, kind of dash and what cannot be seen do not matter (V-15)."""
    return plain_dashes(clean_line(typed)).upper()
