"""A cache in the memory of the process that never holds more than so many bytes."""

from collections import OrderedDict

from django.core.cache.backends import locmem


class BoundedMemoryCache(locmem.LocMemCache):
    """Django's cache in local memory, bounded by the option MAX_BYTES beside MAX_ENTRIES.

    What was asked for longest ago goes first.
    """

    def __init__(self, name, params):
        params = {**params, "OPTIONS": {**params["OPTIONS"]}}
        self._max_bytes = params["OPTIONS"].pop("MAX_BYTES")
        locmem._caches.setdefault(name, WeighedDict())  # the instances of all threads share it
        super().__init__(name, params)

    def validate_key(self, key):
        """Take any key: to look at each of its characters costs more than to find it."""

    def _set(self, key, value, *args, **kwargs):
        super()._set(key, value, *args, **kwargs)
        while self._cache.size > self._max_bytes:
            oldest, _ = self._cache.popitem()
            del self._expire_info[oldest]


class WeighedDict(OrderedDict):
    """An ordered dict of bytes that knows the ``size`` of all of them together."""

    size = 0

    def __setitem__(self, key, value):
        self.size += len(value) - len(self.get(key, b""))
        super().__setitem__(key, value)

    def __delitem__(self, key):
        size = len(self[key])
        super().__delitem__(key)
        self.size -= size

    def popitem(self, last=True):
        key = next(reversed(self) if last else iter(self))
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        super().clear()
        self.size = 0
