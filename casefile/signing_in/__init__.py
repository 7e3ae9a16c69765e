"""Signing in to the desk: a password, throttled; then a second factor; and what is kept of it."""
