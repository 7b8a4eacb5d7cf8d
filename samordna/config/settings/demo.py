"""The made-up county on one's own machine: no setting has to be given, nothing is reachable from outside."""

import os
import secrets
from pathlib import Path

from samordna.config.settings.base import *
from samordna.config.settings.base import INSTALLED_APPS, VAR_DIR, told

INSTALLED_APPS = ["samordna.demo", *INSTALLED_APPS]
DEBUG = os.environ.get("SAMORDNA_DEBUG", "") == "1"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
# Read by the base page, which marks every page ÖVNING (exercise).
IS_EXERCISE = True


def secret_key(path: Path) -> str:
    """The key of this machine's demo, made at the first start and kept outside the tree's history."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Several processes may start at once: the first to link its file wins, all read the same.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


SECRET_KEY = secret_key(VAR_DIR / "demo-secret-key")

# Mail is written here and shown on a page instead of being sent.
SENDING_IS_TURNED_ON_BY_HAND = False
EMAIL_BACKEND = "samordna.notifications.folder.FolderBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

told.demand_all()
