"""The ASGI application, for production: it never starts an embedded database."""

import os

from django.core.asgi import get_asgi_application

from casefile.timeouts import bound_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casefile.settings")
application = get_asgi_application()
bound_requests()
