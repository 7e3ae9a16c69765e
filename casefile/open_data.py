"""Public data that the pages of other sites may read."""

from functools import wraps


def open_data(view):
    """Let scripts of other sites read a view's answers: they are public, and know no session."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer
