"""Fixtures that every test may use."""

import os

import pytest
from hypothesis import settings as hypothesis_settings

# On a busy machine an example may take its time. In CI each run tries the same examples, so that
# a change is judged by itself; elsewhere every run looks for new ones.
hypothesis_settings.register_profile(
    "casefile", deadline=None, derandomize="CI" in os.environ, print_blob=True
)
hypothesis_settings.load_profile("casefile")


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Files that tests upload go where pytest cleans up."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def report_root(settings, tmp_path):
    """No test finds a report that another one wrote."""
    settings.REPORT_ROOT = tmp_path / "reports"


@pytest.fixture(autouse=True)
def pages_are_made_afresh(settings):
    """Each request makes its page, as its first reader has it; tests of kept pages keep them."""
    settings.KEEP_PAGES = False
