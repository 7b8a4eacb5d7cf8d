"""Log lines of the server: one JSON object each, and never anything about a person.

Addresses carry random ids only, so the path may stand in a line. What could still slip in is masked: any run of
digits shaped like a personal number, and the text of an exception (a database error quotes the values of the row).
"""

import logging
import logging.config
import re
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)")


def mask(value: object) -> object:
    return NUMBER.sub("[number]", value) if isinstance(value, str) else value


def without_numbers(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: mask(value) for key, value in event.items()}


def places(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found


def exception_without_text(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Names the kind of the exception and the places it passed, not its text.

    What is wrong with the settings is said in the program's own words, which no user has written.
    """
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and info[0] is not None:
        event["exception"] = info[0].__name__
        if issubclass(info[0], ImproperlyConfigured):
            event["faults"] = str(info[1]).splitlines()
        else:
            event["places"] = places(info[2])
    return event


def logging_settings(*, level: str) -> dict[str, Any]:
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        exception_without_text,
        without_numbers,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, structlog.stdlib.PositionalArgumentsFormatter()],
                "processors": last,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would print lines beside ours.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # The application server's too, but for a line per request: the address holds what was searched for.
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": False},
            # Its lines quote user names and addresses.
            "axes": {"level": "ERROR"},
        },
    }


def write_lines(*, level: str) -> None:
    """Make every line of this process one of ours: Python's own warnings too, and the fault that ends it.

    For the processes of the installation, before Django has read its settings: these may be the fault.
    """
    logging.config.dictConfig(logging_settings(level=level))
    logging.captureWarnings(True)
    sys.excepthook = _told_of_the_end


def _told_of_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("samordna").critical("process.ended", exc_info=(kind, error, trace))
