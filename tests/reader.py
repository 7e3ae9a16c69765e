"""A reader's browser."""

from urllib.parse import urlsplit

from django.test import Client


class Reader(Client):
    """A client that follows, as browsers do, from an address to the one way of writing it."""

    def get(self, path, *args, **kwargs):
        response = super().get(path, *args, **kwargs)
        if (
            response.status_code == 301
            and urlsplit(response.url).path == response.request["PATH_INFO"]
        ):
            headers = kwargs.get("headers")
            return super().get(response.url, headers=headers, secure=kwargs.get("secure", False))
        return response
