"""Published entries that have the words: the newest of them, the best match first.

A common word is in most of the record, and ranking all that has it takes seconds. So a bounded
number of the newest is ranked. Where the words are expected to be common, the newest entries are
read one after the other until there are enough: that ends soon, and is given up after a while.
Else, and then, entries are looked up year by year, each with an index of its own, newest first.
"""

import json

from django.db import connection

from letters.models.search import NAMES_YEAR, YEARS

MOST = 1000
COMMON = 30_000  # hits that the planner expects; fewer are looked up at once
READ = 40_000  # entries that are read in search of common words

HAVING = "words @@ (websearch_to_tsquery('casefile', %(text)s) {labels}) AND since <= %(day)s"
EXPECTED = "EXPLAIN (FORMAT JSON) SELECT FROM letters_searchdocument WHERE year > 0 AND {having}"

# The parts of a UNION ALL are run one after the other, and no longer than the limit asks for more.
NEWEST = """
WITH hit AS MATERIALIZED (SELECT * FROM ({parts}) found LIMIT %(most)s)
SELECT id, kind FROM hit
ORDER BY ts_rank_cd(words, websearch_to_tsquery('casefile', %(text)s)) DESC, date DESC, id DESC
"""
READING = """
    (SELECT id, kind, date, words FROM (
        SELECT * FROM letters_searchdocument WHERE year > 0 AND date BETWEEN %(first)s AND %(last)s
        ORDER BY date DESC, id DESC LIMIT %(read)s
    ) newest WHERE {having} LIMIT %(most)s)
"""
# The bare column would tempt the planner to walk the index of all dates.
YEAR = """
    (SELECT id, kind, date, words FROM letters_searchdocument
    WHERE year >= {first} AND year <= {last} AND {having} {older}
    ORDER BY date + 0 DESC, id DESC LIMIT %(most)s)
"""
OLDER = """
    AND (date, id) < (
        SELECT date, id FROM letters_searchdocument
        WHERE year > 0 AND date BETWEEN %(first)s AND %(last)s
        ORDER BY date DESC, id DESC OFFSET %(read)s - 1 LIMIT 1
    )
"""


def entries_with(question):
    """Return (document id, kind) of entries that have the words: up to one more than ``MOST``."""
    since, until = question.year or NAMES_YEAR + 1, question.year or question.day.year
    having = HAVING.format(labels="&& %(labels)s::tsquery" if question.labels else "")
    parameters = {
        "text": question.text,
        "labels": " & ".join(question.labels),
        "day": question.day,
        "first": f"{since:04}-01-01",
        "last": min(question.day.isoformat(), f"{until}-12-31"),
        "read": READ,
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
                having=having,
                older=OLDER if are_common else "",
            )
            for first, last in YEARS
            if first <= until and last >= since
        ]
        parts = [READING.format(having=having), *years] if are_common else years
        cursor.execute(NEWEST.format(parts="UNION ALL".join(parts)), parameters)
        return cursor.fetchall()
