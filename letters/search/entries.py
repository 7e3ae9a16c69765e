"""Published entries that have the words: the newest of them, the best match first.

A common word is in most of the record, and ranking all that has it takes seconds. So a bounded
number of the newest is ranked. Where the words are expected to be common, the newest entries are
read one after the other until there are enough: that ends soon, and is given up after a while.
Else, and then, entries are looked up year by year, each with an index of its own, newest first. An
index knows which entries have all the words, and not whether these stand side by side: a bounded
number of those entries is looked at. Where the index knows all that is asked, no year is looked up
once the newer ones have enough.
"""

import json

from django.db import connection

from letters.models.search import NAMES_YEAR, YEARS

MOST = 500
COMMON = 10_000  # hits that the planner expects; fewer are looked up at once
READ = 5_000  # entries that are read in search of common words
CANDIDATES = 5_000  # entries that an index gives, and that are looked at

ASKED = "websearch_to_tsquery('casefile', %(text)s)"
HAVING = "words @@ ({asked} {labels}) AND since <= %(day)s"
# What an index can tell: the words alone, without those that are to be left out.
LOOSE = "words @@ (regexp_replace(querytree({asked}), '<(-|[0-9]+)>', '&', 'g')::tsquery {labels})"
EXPECTED = "EXPLAIN (FORMAT JSON) SELECT FROM letters_searchdocument WHERE year > 0 AND {having}"

# The parts of a UNION ALL are run one after the other, and no longer than the limit asks for more.
NEWEST = """
WITH {named} hit AS MATERIALIZED (
    SELECT id FROM ({parts}) found LIMIT %(most)s
)
SELECT hit.id, kind FROM hit LEFT JOIN letters_searchdocument document ON document.id = hit.id
ORDER BY ts_rank_cd(words, {asked}) DESC NULLS LAST, date DESC, hit.id DESC
"""
NEWEST_OF_KIND = """
    FROM letters_searchdocument
    WHERE since IS NOT NULL AND date BETWEEN %(first)s AND %(last)s {of_kind}
    ORDER BY date DESC, id DESC
"""
READING = """
    (SELECT id FROM (SELECT * {newest} LIMIT %(read)s) newest WHERE {having} LIMIT %(most)s)
"""
LAST_READ = """
    last_read AS MATERIALIZED (SELECT date, id {newest} OFFSET %(read)s - 1 LIMIT 1),
"""
OLDER = "AND (date, id) < (SELECT date, id FROM last_read)"
# Nothing here says that `since` isn't null, so that no planner is tempted by the index of dates.
YEAR = """
    SELECT id, date, since, words FROM letters_searchdocument
    WHERE year >= {first} AND year <= {last} AND date <= %(last)s AND {loose} {older}
        AND coalesce(since, 'infinity') <= %(day)s
"""
# Where an index tells all that is asked, one year is looked up after the other.
OF_YEAR = """
    (SELECT id FROM ({year} LIMIT %(candidates)s) looked_up
    ORDER BY date DESC, id DESC LIMIT %(most)s)
"""
CANDIDATE = """
    candidate AS MATERIALIZED (
        SELECT id, date, {having} AS has FROM ({years}) looked_up LIMIT %(candidates)s
    ),
"""
# A last row without an id says that there are entries which weren't looked at.
LOOKED_AT = [
    "(SELECT id FROM candidate WHERE has ORDER BY date DESC, id DESC LIMIT %(most)s)",
    "(SELECT NULL FROM candidate OFFSET %(candidates)s - 1 LIMIT 1)",
]


def are_words_alone(query, tree):
    """Return whether an index tells all that a query asks, given as text, and its `querytree`.

    Nothing has to stand side by side, and nothing is left out.
    """
    return "<" not in query and query == tree


def entries_with(question, words_alone):
    """Return (document id, kind) of entries that have the words, and whether that is all.

    They are up to one more than ``MOST``. It isn't all where there are ``CANDIDATES`` or more.
    ``words_alone`` is what `are_words_alone` says of the question.
    """
    since, until = question.year or NAMES_YEAR + 1, question.year or question.day.year
    labels = "&& %(labels)s::tsquery" if question.labels else ""
    having = HAVING.format(asked=ASKED, labels=labels)
    loose = LOOSE.format(asked=ASKED, labels=labels)
    parameters = {
        "text": question.text,
        "labels": " & ".join(question.labels),
        "kind": question.kind,
        "day": question.day,
        "first": f"{since:04}-01-01",
        "last": min(question.day.isoformat(), f"{until}-12-31"),
        "read": READ,
        "candidates": CANDIDATES,
        "most": MOST + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(EXPECTED.format(having=having), parameters)
        [[plan]] = cursor.fetchall()
        plan = json.loads(plan) if isinstance(plan, str) else plan
        are_common = plan[0]["Plan"]["Plan Rows"] >= COMMON
        years = [
            YEAR.format(
                first=max(first, since),
                last=min(last, until),
                loose=loose,
                older=OLDER if are_common else "",
            )
            for first, last in YEARS
            if first <= until and last >= since
        ]
        newest = NEWEST_OF_KIND.format(of_kind="AND kind = %(kind)s" if question.kind else "")
        parts = [READING.format(newest=newest, having=having)] if are_common else []
        named = LAST_READ.format(newest=newest) if are_common else ""
        if words_alone:
            parts += [OF_YEAR.format(year=year) for year in years]
        else:
            parts += LOOKED_AT
            named += CANDIDATE.format(
                having=having, years=" UNION ALL ".join(map("({})".format, years))
            )
        query = NEWEST.format(asked=ASKED, named=named, parts=" UNION ALL ".join(parts))
        cursor.execute(query, parameters)
        found = cursor.fetchall()
    are_all = not found or found[-1][0] is not None
    return found if are_all else found[:-1], are_all
