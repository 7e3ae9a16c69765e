"""The pages of a list, at a cost that does not grow with the list."""

from django.core.paginator import Paginator
from django.db import connection
from django.utils.functional import cached_property

from casefile.kept_parts import kept_part

ROWS_PER_PAGE = 50
COUNT_LIMIT = 10_000
COSTLY_LIMIT = 1_000  # where each row that is counted has to be looked up


class BoundedPaginator(Paginator):
    """Show no more than the first 10,000 rows: who needs others narrows the list.

    ``known`` returns how many rows there are, where that is found without them; else no more than
    ``limit`` of them are counted and shown.
    """

    def __init__(self, rows, per_page, *, known=None, limit=None):
        super().__init__(rows, per_page)
        self.known, self.limit = known, limit or COUNT_LIMIT

    @cached_property
    def found(self):
        """Return how many rows there are, or one more than the limit if there are more than it."""
        if self.known is not None:
            return self.known()
        # In their order, though a count needs none: it keeps PostgreSQL from a plan that reads all
        # rows where it expects more of them than there are.
        return self.object_list[: self.limit + 1].count()

    @cached_property
    def count(self):
        """Return how many rows the pages show."""
        return min(self.found, self.limit)

    @property
    def is_cut(self):
        """Return whether there are rows that the pages don't show."""
        return self.found > self.limit


def page_of(rows, request, **bounds):
    """Return the page that the request asks for, fetched: the nearest one, if it is none such.

    The rows are counted once for all pages and orders of the same list.
    """
    paginator = BoundedPaginator(rows, ROWS_PER_PAGE, **bounds)
    paginator.found = kept_part(request, f"found {question(request)}", lambda: paginator.found)
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def question(request, in_order=False):
    """Return which list is asked for, as text: its address but for the page, and for the order."""
    asked = request.GET.copy()
    for name in ("page", "from") if in_order else ("page", "from", "sort"):
        asked.pop(name, None)
    return f"{request.path}?{asked.urlencode()}"


def counts_of(*lists):
    """Return how many rows each queryset has, in one query: 10,001 for more than 10,000."""
    counted, params = [], ()
    for rows in lists:
        sql, more = rows.order_by().values("pk")[: COUNT_LIMIT + 1].query.sql_with_params()
        counted.append(f"(SELECT count(*) FROM ({sql}) rows)")
        params += more
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counted)}", params)
        return list(cursor.fetchone())
