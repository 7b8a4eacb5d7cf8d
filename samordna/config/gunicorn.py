"""Settings of the application server: gunicorn --config python:samordna.config.gunicorn samordna.config.wsgi."""

import os

from samordna.config.environment import Environment
from samordna.config.logging import logging_settings, write_lines

# Its faults are told by the program's settings, which are read next, together with theirs.
_told = Environment()
_level = _told.level()
write_lines(level=_level)
bind = os.environ.get("SAMORDNA_BIND", "127.0.0.1:8000")
# Sync workers: measured with less than half the tail of threads on pages like these.
worker_class = "samordna.config.answering.PageWorker"
workers = _told.number("SAMORDNA_WEB_WORKERS", 2)
# The program is loaded once and shared by the workers' memory; it opens no connection while it loads.
preload_app = True
# Nothing is steered by a socket in a home directory that all instances would share.
control_socket_disable = True
timeout = 60
# As much as nginx lets through, so that whoever cannot read it is the first to be asked.
limit_request_line = 8190
limit_request_field_size = 16380
graceful_timeout = 10
# Its access log would print what was searched for; the program writes its own line per request.
accesslog = None
logconfig_dict = logging_settings(level=_level)
