"""The pages of a list, at a cost that does not grow with the list."""

from django.core.paginator import Paginator
from django.db import connection

from casefile.kept_parts import kept_part

ROWS_PER_PAGE = 50
COUNT_LIMIT = 10_000


class BoundedPaginator(Paginator):
    """Show no more than the first 10,000 rows: who needs others narrows the list.

    ``found`` is how many there are, or 10,001 if there are more than 10,000.
    """

    def __init__(self, rows, found):
        super().__init__(rows, ROWS_PER_PAGE)
        self.found = found

    @property
    def count(self):
        """Return how many rows the pages show."""
        return min(self.found, COUNT_LIMIT)

    @property
    def is_cut(self):
        """Return whether there are rows that the pages don't show."""
        return self.found > COUNT_LIMIT


def bounded_count(rows):
    """Return how many rows there are, or 10,001 if there are more than 10,000."""
    # In their order, though a count needs none: it keeps PostgreSQL from a plan that reads all
    # rows where it expects more of them than there are.
    return rows[: COUNT_LIMIT + 1].count()


def page_of(rows, request):
    """Return the page that the request asks for, fetched: the nearest one, if it is none such.

    The rows are counted once for all pages and orders of the same list.
    """
    found = kept_part(request, f"found {question(request)}", lambda: bounded_count(rows))
    page = BoundedPaginator(rows, found).get_page(request.GET.get("page"))
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
