"""One way of writing what a reader asks: the same question has the same address."""

from urllib.parse import urlencode


def canonical_query(asked):
    """Return the query string of a QueryDict in its one form: sorted, without blank values.

    A name that is asked twice stays twice: what that means is for the page to say.
    """
    pairs = [(name, value) for name, values in asked.lists() for value in values if value]
    return urlencode(sorted(pairs))
