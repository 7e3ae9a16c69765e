"""The WSGI application, for production: it never starts an embedded database."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from casefile.gate import CharsetGate
from casefile.timeouts import bound_requests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casefile.settings")
try:
    application = CharsetGate(get_wsgi_application())
except ImproperlyConfigured as error:
    sys.exit(str(error))
bound_requests()
