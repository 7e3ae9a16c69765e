"""Intake: what can be found in a source's text, so that staff need not type it again.

Pure functions from a text to spans of it. They find and propose; a person decides. Nothing here
reads or writes the record.
"""
