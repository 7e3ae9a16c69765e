"""The WSGI application, for production: it never starts an embedded database."""

import gc
import os
import sys

# What is loaded at start stays. To look through all of it for garbage again and again, while it
# grows, delays the first answer; and later it needs no looking through.
gc.disable()

from django.conf import settings  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

from casefile.gate import CharsetGate  # noqa: E402
from casefile.timeouts import bound_requests  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casefile.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(str(error))
bound_requests()

# These know the models, which are ready by now.
from casefile import replica  # noqa: E402
from casefile.page_cache import PageCache  # noqa: E402

if settings.KEEP_PAGES:
    application = PageCache(application)
if replica.ALIAS in settings.DATABASES:
    application = replica.ReadingReplica(application)
application = CharsetGate(application)

gc.freeze()
gc.enable()
