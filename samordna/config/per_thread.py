"""What Django keeps for a request (language, connections, the address's prefix) is kept by thread.

Django keeps it so that it also follows a request between the tasks of an async server. Our servers are WSGI: a request
has its thread to itself. Reading a thread's own value costs a twentieth, and a page reads thousands.
"""

import threading
from typing import Any

from django.core.cache import caches
from django.db import connections
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

# Django has no setting for it: these are its own names, and a test tells when one of them is gone.
KEPT: tuple[tuple[Any, str], ...] = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (base, "_prefixes"),
    (base, "_urlconfs"),
    (connections, "_connections"),
    (caches, "_connections"),
)


def keep_per_thread() -> None:
    """To be called once, by the entry of a WSGI server, before the first request."""
    for holder, name in KEPT:
        setattr(holder, name, threading.local())
