"""What can't be understood is answered with a sentence, in the form that the asker reads."""

from django.http import JsonResponse
from django.shortcuts import render

API = "/api/"


def problem_response(request, problem, status=400):
    """Return the answer that tells a problem: JSON for who asks the API, a page for all others."""
    if request.path.startswith(API):
        return JsonResponse({"problem": problem}, status=status)
    return render(request, "400.html", {"problem": problem}, status=status)
