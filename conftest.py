"""What every test of the project can ask for; the fixtures stand in tests/support."""

from django.utils.translation.reloader import translation_file_changed

from samordna.web.translations import compile_all

pytest_plugins = [
    "tests.support.size",
    "tests.support.stages",
    "tests.support.left_out",
    "tests.support.posting",
    "tests.support.budget",
    "tests.support.pages",
    "tests.support.database",
    "tests.support.server",
    "tests.support.statements",
    "tests.support.browser",
]

# Pages are asserted in Swedish, and .mo files are not kept in the tree. What Django has read of old ones it forgets.
for source in compile_all():
    translation_file_changed(None, source.with_suffix(".mo"))
