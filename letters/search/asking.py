"""One search, from the question to a page of hits, within a bounded time."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from casefile.timeouts import was_too_slow
from letters.search.entries import CANDIDATES, MOST, are_words_alone, entries_with
from letters.search.hits import hits_of
from letters.search.kinds import NAMES, PLURALS
from letters.search.names import MOST as MOST_NAMES
from letters.search.names import corrected, names_like, names_with

HITS_PER_PAGE = 20
NAMES_SHOWN = 6


class TookTooLong(Exception):
    """The search was ended because it took longer than a reader's query may."""


@dataclass
class Found:
    """What a search found. ``problem`` says why nothing could be looked for."""

    problem: str = ""
    page: Page | None = None  # of hits, the best first
    names: list = field(default_factory=list)  # hits among names, shown before the entries
    like: bool = False  # the names are only like what was typed
    suggestions: list = field(default_factory=list)
    kind: str = ""  # the plural of the only kind asked for
    counts: list = field(default_factory=list)  # (kind, its plural, hits)
    most: int = MOST  # hits that are ranked
    is_cut: bool = False  # there are more
    looked_at: int | None = None  # entries that have the words, if not all of them were looked at

    @property
    def is_empty(self):
        return not self.names and self.page is not None and self.page.paginator.count == 0


def search(question, page_number):
    """Return what is `Found` for a question; only a page of its hits is made ready to be shown.

    Raises:
        TookTooLong: a query would have run longer than ``SEARCH_TIMEOUT``.
    """
    try:
        with transaction.atomic(savepoint=False):
            return _search(question, page_number)
    except OperationalError as error:
        if was_too_slow(error):
            raise TookTooLong from error
        raise


def _search(question, page_number):
    problem, words_alone = _begin(question.text)
    if problem:
        return Found(problem)
    names = names_with(question) if question.kind in ("", *NAMES) else []
    entries, are_all = [], True
    if question.kind not in NAMES:
        entries, are_all = entries_with(question, words_alone)
    ranked, most = (names, MOST_NAMES) if question.kind in NAMES else (entries, MOST)
    counted = Counter(kind for _pk, kind in [*names[:MOST_NAMES], *entries[:MOST]])
    found = Found(
        kind=PLURALS.get(question.kind, ""),
        counts=[(kind, PLURALS[kind], counted[kind]) for kind in PLURALS if counted[kind]],
        most=most,
        is_cut=len(ranked) > most,
        looked_at=None if are_all else CANDIDATES,
    )
    ids = [pk for pk, _kind in ranked[:most]]
    found.page = Paginator(ids, HITS_PER_PAGE).get_page(page_number)
    shown = [pk for pk, _kind in names[:NAMES_SHOWN]]
    if question.kind or found.page.number > 1:
        shown = []
    if not names and not entries:
        like = names_like(question)
        found.suggestions = corrected(question, like)
        shown = list(dict.fromkeys(document.pk for document in like))[:NAMES_SHOWN]
        found.like = True
    hits = hits_of(question, [*shown, *found.page.object_list])
    found.names, found.page.object_list = hits[: len(shown)], hits[len(shown) :]
    return found


def _begin(text):
    """Bound the time of the queries that follow.

    Return why a text can't be looked for, or "", and what `are_words_alone` says of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            # No page of a search is worth reading a whole table, by one process or several.
            "SELECT numnode(query), query::text, querytree(query),"
            " set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),"
            " set_config('max_parallel_workers_per_gather', '0', true)"
            " FROM websearch_to_tsquery('casefile', %s) query",
            [settings.SEARCH_TIMEOUT, text],
        )
        words, query, tree, *_settings = cursor.fetchone()
    problem = ""
    if not words:
        problem = _(
            "These words are in nearly every text, or are no words. Add one that says more."
        )
    elif tree in ("", "T"):
        problem = _("Say also what to look for, and not only what to leave out.")
    return problem, are_words_alone(query, tree)
