"""Writes to a record as fast as they go, in a process that may be killed at any moment.

Each write is one transaction of several rows, as at the desk: it is whole or it is not there. Once
the database has said that it is committed, it is acknowledged through a pipe.
"""

import itertools
import multiprocessing

import environ

KINDS = ("letter", "response", "correction", "retraction", "withdrawal")
# Its server process imports Django once; each writer is a fork of it.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.soak.writing_setup"])


def start_writer(url, name):
    """Start a writer; return it, and what its acknowledgements are received from."""
    acknowledgements, sender = processes.Pipe(duplex=False)
    writer = processes.Process(target=write, args=(url, name, sender), daemon=True)
    writer.start()
    sender.close()
    return writer, acknowledgements


def write(url, name, acknowledge):
    """Write until the database is lost. Sends (kind, tag) for each transaction once committed."""
    from django.db import Error, connection

    connection.settings_dict.update(
        environ.Env.db_url_config(url) | {"OPTIONS": connection.settings_dict["OPTIONS"]}
    )
    try:
        for number, kind in zip(itertools.count(), itertools.cycle(KINDS)):
            tag = f"{name}-{number}"
            _write(kind, tag, f"{name}-{number - number % len(KINDS)}")
            acknowledge.send((kind, tag))
    except Error:
        connection.close()


def _write(kind, tag, letter_key):
    """Write one thing. ``letter_key`` is of the letter that the first of its kinds has made."""
    from datetime import date

    import pghistory
    from django.db import transaction

    from casefile.entries import Status
    from letters.models import Letter, Response
    from tests.factories import LetterFactory, ResponseFactory

    with transaction.atomic(), pghistory.context(reason=tag):
        if kind == "letter":
            LetterFactory(
                key=tag,
                note=tag,
                jurisdiction__slug=tag,
                round__slug=tag,
                published_by__username=tag,
                cited__source__key=tag,
                cited__source__title=tag,
            )
            return
        letter = Letter.objects.select_for_update().get(key=letter_key)
        if kind == "response":
            ResponseFactory(
                key=tag,
                letter=letter,
                summary=tag,
                published_by__username=tag,
                cited__source__key=tag,
            )
        elif kind == "correction":
            letter.note = letter.addressee = tag
            letter.save()
            letter.responses.update(summary=tag)
        elif kind == "retraction":
            Response.objects.filter(letter=letter).update(status=Status.RETRACTED, signed_by=tag)
            letter.reference = tag
            letter.save()
        else:
            letter.withdrawn_on, letter.signed_by = date(2018, 3, 1), tag
            letter.save()
