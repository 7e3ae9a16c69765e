"""Static files are found when a reader asks for one, and not before."""

from contextlib import closing

import pytest
from django.http import HttpResponse

from casefile.static_files import StaticFilesMiddleware

pytestmark = pytest.mark.django_db  # whoever closes a response closes connections


@pytest.fixture
def static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    return tmp_path


@pytest.fixture
def site():
    return StaticFilesMiddleware(lambda request: HttpResponse(f"the site's {request.path}"))


def test_folder_is_gone_through_when_a_file_is_asked_for(rf, site, static_root):
    assert site(rf.get("/letters/")).content == b"the site's /letters/"
    (static_root / "late.css").write_text("p { color: red }")

    with closing(site(rf.get("/static/late.css"))) as response:
        assert response.getvalue() == b"p { color: red }"
        assert response["Content-Type"] == 'text/css; charset="utf-8"'


def test_file_that_is_not_there_is_left_to_the_site(rf, site, static_root):
    assert site(rf.get("/static/nothing.css")).content == b"the site's /static/nothing.css"
