# Says in plain words what a machine lacks. Runs on any Python, however old, so it uses nothing new.
import sys

MINIMUM = (3, 11)

if sys.version_info[:2] < MINIMUM:
    found = "%d.%d" % sys.version_info[:2]  # noqa: UP031
    sys.exit(
        "Python %s is too old: Samordna needs 3.11 or newer.\n" % found  # noqa: UP031
        + "Install it, and name it if it is not python3: make demo PYTHON=python3.11"
    )
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit(
        "Python's venv module is missing.\n"
        "Install it (Debian and Ubuntu: sudo apt-get install python3-venv), then run the same command again."
    )
