"""Fixtures that every test may use."""

import pytest


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Files that tests upload go where pytest cleans up."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def report_root(settings, tmp_path):
    """No test finds a report that another one wrote."""
    settings.REPORT_ROOT = tmp_path / "reports"
