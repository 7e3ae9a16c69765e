"""The WSGI application, for production: it never starts an embedded database."""

import os

from django.core.wsgi import get_wsgi_application

from casefile.gate import CharsetGate
from casefile.timeouts import bound_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casefile.settings")
application = CharsetGate(get_wsgi_application())
bound_requests()
