"""User names as they are kept, so that one is found however it is typed."""

from samordna.kernel.text import clean_line, plain_dashes

# Often an e-mail address.
LONGEST_USER_NAME = 120


def fold_user_name(typed: str) -> str:
    """In capitals, with the dash of the keyboard; case, kind of dash and what cannot be seen do not matter (V-15).

    What is folded once is folded: forms and commands may both do it.
    """
    return clean_line(clean_line(plain_dashes(typed)).upper())
