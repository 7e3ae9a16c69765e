"""The addresses of the API, for `letters/file_urls.py`."""

from letters.api import api

urlpatterns, _app_name, _namespace = api.urls
