"""The pages of a report, asked by its name."""

import csv
import io

from django.urls import reverse


def csv_of(client, name="letters", **query):
    return client.get(reverse("report_csv", args=[name]), query)


def about(client, name="letters", **query):
    return client.get(reverse("report_about", args=[name]), query)


def page_of(client, name="letters", **query):
    return client.get(reverse("report_detail", args=[name]), query)


def keys(response):
    """Return the first column of a CSV."""
    assert response.status_code == 200, response.content
    text = response.getvalue().decode("utf-8-sig")
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
