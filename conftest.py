"""What every test of the project can ask for; the fixtures stand in tests/support."""

from samordna.web.translations import compile_all

pytest_plugins = [
    "tests.support.size",
    "tests.support.left_out",
    "tests.support.database",
    "tests.support.server",
    "tests.support.statements",
    "tests.support.browser",
]

# Pages are asserted in Swedish, and .mo files are not kept in the tree.
compile_all()
