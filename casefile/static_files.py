"""Static files: their folder is gone through when a reader asks for the first of them."""

from django.conf import settings
from django.utils.functional import cached_property
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware:
    """Answer for static files with WhiteNoise, and leave all else to the site.

    WhiteNoise looks at every file when it is made: the site's first answer would wait for it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    @cached_property
    def files(self):
        return WhiteNoiseMiddleware(self.get_response)

    def __call__(self, request):
        is_static = request.path_info.startswith(settings.STATIC_URL)
        return self.files(request) if is_static else self.get_response(request)
