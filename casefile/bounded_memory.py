"""A cache in the memory of the process that never holds more than so many bytes."""

from django.core.cache.backends.locmem import LocMemCache


class BoundedMemoryCache(LocMemCache):
    """Django's cache in local memory, bounded by the option MAX_BYTES beside MAX_ENTRIES.

    What was asked for longest ago goes first.
    """

    def __init__(self, name, params):
        params = {**params, "OPTIONS": {**params["OPTIONS"]}}
        self._max_bytes = params["OPTIONS"].pop("MAX_BYTES")
        super().__init__(name, params)

    def _set(self, key, value, *args, **kwargs):
        super()._set(key, value, *args, **kwargs)
        size = sum(map(len, self._cache.values()))
        while size > self._max_bytes:
            oldest, removed = self._cache.popitem()
            del self._expire_info[oldest]
            size -= len(removed)
