"""What a writer needs, imported before it is forked."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casefile.settings")
django.setup()

import tests.factories  # noqa: E402, F401
