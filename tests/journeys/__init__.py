"""What users do, in Chromium against a running server. `steps` is by page, `guide` by chapter."""

import pytest

pytest.register_assert_rewrite("tests.journeys.steps", "tests.journeys.guide")
