"""Search: published entries, and the names in the record, by the words in them.

What can be found is kept by triggers (``letters/sql/search.sql``) and compared by ``check_search``.
``form`` says what a reader may ask, ``entries`` and ``names`` find, ``hits`` shows what was found,
and ``asking`` puts them together within a bounded time.
"""
