"""Fixtures that every test may use."""

import pytest


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Files that tests upload go where pytest cleans up."""
    settings.MEDIA_ROOT = tmp_path / "media"
