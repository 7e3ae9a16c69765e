"""TLS to the database, for connections that aren't Django's."""

from django.db import connection


def tls_options():
    """Return what ``DATABASE_URL`` says of TLS, such as ``{"sslmode": "verify-full"}``."""
    options = connection.settings_dict["OPTIONS"]
    return {name: value for name, value in options.items() if name.startswith("ssl")}
