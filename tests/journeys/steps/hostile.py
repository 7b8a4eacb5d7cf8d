"""A text that tries to run, to break out of attributes and to turn the writing direction."""

MARK = "PROV"
# Right-to-left override and isolate, zero-width joiner and bell: the first two and the last must not survive.
BIDI = "\u202e\u2066"
SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
QUOTES = "\"'`><svg onload=alert(3)>"
TEMPLATE = "{{ 7*7 }}{% now 'Y' %}${7*7}#set x"


def text(place: str) -> str:
    """What somebody types; `place` tells the texts apart."""
    return f"{MARK}-{place} {SCRIPT}{IMAGE} {QUOTES} {TEMPLATE} {BIDI}slut"


def shown(place: str) -> str:
    """How it is read: letter for letter, but for what turns the direction."""
    return f"{MARK}-{place} {SCRIPT}{IMAGE} {QUOTES} {TEMPLATE} slut"
