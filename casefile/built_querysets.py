"""Querysets that are built once for a day, and not for each page: that takes longer than to read
the rows of a page.
"""

import threading
from functools import lru_cache, wraps


def built_once(most):
    """Let a function that returns a queryset build it once for the same values, ``most`` of them.

    What follows from the queryset is the caller's own. Each thread has querysets of its own, as
    Django notes in a queryset which tables it has joined while it writes SQL.
    """

    def decorate(build):
        own = threading.local()

        @wraps(build)
        def built(*values):
            if not hasattr(own, "build"):
                own.build = lru_cache(most)(build)
            return own.build(*values).all()

        return built

    return decorate
