"""What users do, in Chromium against a running server. `steps` holds what they do with a page, `guide` the guide's chapters."""

import pytest

pytest.register_assert_rewrite("tests.journeys.steps", "tests.journeys.guide")
