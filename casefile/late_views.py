"""Addresses whose views are imported when somebody first asks for one: the site starts sooner.

Names and routes are known at once, so that addresses are written without the views. `manage.py
check` imports all of them.
"""

import threading

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

# Two threads that import parts of one package from two ends would wait for each other: Python ends
# that with an error.
IMPORTING = threading.RLock()


def late_import(path):
    """Import what a dotted path names, one thread at a time."""
    with IMPORTING:
        return import_string(path)


class LatePattern(URLPattern):
    """A pattern that knows its view by its dotted path."""

    def __init__(self, pattern, view, name):
        # Django keeps the callback beside the name, to find addresses by; here only names do.
        super().__init__(pattern, view, name=name)
        self.lookup_str = view

    @cached_property
    def view(self):
        return late_import(self.lookup_str)

    def resolve(self, path):
        match = super().resolve(path)
        if match:
            match.func = self.view
        return match

    def check(self):
        self.callback = self.view
        return super().check()


class LateResolver(URLResolver):
    """The addresses of a module that is named, in a namespace of their own."""

    def _populate(self):
        """Collect no names: Django looks them up in ``url_patterns`` once one is asked for."""


def path(route, view, name):
    """Return the address of a view, given as its dotted path."""
    return LatePattern(RoutePattern(route, name=name, is_endpoint=True), view, name)


def paths_of(package):
    """Return a `path` whose views are given by their dotted paths in a package."""
    return lambda route, view, name: path(route, f"{package}.{view}", name)


def include(route, urlconf, namespace):
    """Return the addresses of a module, given by its name."""
    return LateResolver(RoutePattern(route), urlconf, app_name=namespace, namespace=namespace)
