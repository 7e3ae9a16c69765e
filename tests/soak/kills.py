"""Writers, backends and postmasters killed at random while letters are written: nothing is lost."""

import os
import random
import signal
import time

import psycopg

from tests.soak.outcome import Outcome
from tests.soak.site import until
from tests.soak.strikes import kill_backend, kill_postmaster
from tests.soak.watch import Watch
from tests.soak.writing import KINDS, start_writer

WRITERS = 2
LONGEST = 0.25  # seconds until the kill, in which some transactions are committed
# What is killed, and how often of a hundred times.
TARGETS = {"writer": 60, "backend": 25, "postmaster": 15}
# Where each kind of write has left its tag. Later kinds write over no tag of an earlier one, but
# for the correction, which does so to the letter's and the response's.
ACKNOWLEDGED = {
    "letter": "SELECT key FROM letters_letter",
    "response": "SELECT key FROM letters_response",
    "correction": "SELECT addressee FROM letters_letter",
    "retraction": "SELECT reference FROM letters_letter",
    "withdrawal": "SELECT signed_by FROM letters_letter",
}
# Each finds what is there without what its transaction wrote beside it, or triggers did.
HALF_DONE = {
    "letter without its citation": """
        SELECT l.key FROM letters_letter l WHERE NOT EXISTS (
            SELECT FROM casefile_citation c JOIN casefile_source s ON s.id = c.source_id
            WHERE c.entry_id = l.id AND s.key = l.key
        )""",
    "letter without its intervals": """
        SELECT key FROM letters_letter l
        WHERE NOT EXISTS (SELECT FROM letters_stateinterval i WHERE i.letter_id = l.id)""",
    "letter whose newest event differs": """
        SELECT l.key FROM letters_letter l WHERE NOT EXISTS (
            SELECT FROM (
                SELECT * FROM letters_letterhistory h WHERE h.pgh_obj_id = l.id
                ORDER BY pgh_id DESC LIMIT 1
            ) h
            WHERE (h.key, h.note, h.addressee, h.reference, h.signed_by, h.status)
                = (l.key, l.note, l.addressee, l.reference, l.signed_by, l.status)
        )""",
    "response whose newest event differs": """
        SELECT r.key FROM letters_response r WHERE NOT EXISTS (
            SELECT FROM (
                SELECT * FROM letters_responsehistory h WHERE h.pgh_obj_id = r.id
                ORDER BY pgh_id DESC LIMIT 1
            ) h
            WHERE (h.key, h.summary, h.signed_by, h.status)
                = (r.key, r.summary, r.signed_by, r.status)
        )""",
    "event of a row that is not there": """
        SELECT key FROM letters_letterhistory h
        WHERE NOT EXISTS (SELECT FROM letters_letter l WHERE l.id = h.pgh_obj_id)""",
    "correction of the letter alone": """
        SELECT l.key FROM letters_letter l JOIN letters_response r ON r.letter_id = l.id
        WHERE l.addressee <> '' AND r.summary <> l.addressee""",
    "retraction of the response alone": """
        SELECT l.key FROM letters_letter l JOIN letters_response r ON r.letter_id = l.id
        WHERE r.status = 'retracted' AND r.signed_by <> l.reference""",
    "withdrawal without its state": """
        SELECT key FROM letters_letter l WHERE withdrawn_on IS NOT NULL AND NOT EXISTS (
            SELECT FROM letters_stateinterval i
            WHERE i.letter_id = l.id AND published AND state = 'withdrawn'
        )""",
}


def random_kills(site, server, rounds):
    """Kill for some rounds, and return the `Outcome` of each kind of kill."""
    outcomes = {target: Outcome(f"random kill -9: {target}") for target in TARGETS}
    with Watch(server) as watch:
        for number in range(rounds):
            [target] = random.choices(list(TARGETS), TARGETS.values())
            outcome = outcomes[target]
            outcome.rounds += 1
            _round(site, server, watch, outcome, target, f"kill-{random.randrange(10**9)}-{number}")
    watch.assert_orderly()
    return [outcome for outcome in outcomes.values() if outcome.rounds]


def _round(site, server, watch, outcome, target, tag):
    writers = [start_writer(site.url, f"{tag}-{n}") for n in range(WRITERS)]
    # The first acknowledgement, so that writing has begun.
    written = [writers[0][1].recv()]
    time.sleep(random.uniform(0, LONGEST))
    began = time.monotonic()
    if target == "writer":
        os.kill(writers[0][0].pid, signal.SIGKILL)
    elif target == "backend":
        kill_backend(site, server)
    else:
        kill_postmaster(site, server)
    outcome.seconds.append(watch.seconds_without_page(began))
    for writer, _ in writers:
        writer.kill()
        writer.join()
    for _, acknowledgements in writers:
        written += _received(acknowledgements)
    until(lambda: _answers(site) and _is_quiet(site))

    outcome.acknowledged += len(written)
    for kind in KINDS:
        wanted = {tag for of_kind, tag in written if of_kind == kind}
        outcome.lost += len(wanted - _with_tag(site, ACKNOWLEDGED[kind], tag))
    outcome.half_done += sum(len(_with_tag(site, query, tag)) for query in HALF_DONE.values())


def _with_tag(site, query, tag):
    """Return what a query finds of the writes of one round."""
    found = site.query(f"SELECT tag FROM ({query}) AS found (tag) WHERE tag LIKE %s", f"{tag}-%")
    return {value for (value,) in found}


def _received(acknowledgements):
    """Return what a dead writer has sent, but for what it was in the middle of sending."""
    received = []
    try:
        while acknowledgements.poll():
            received.append(acknowledgements.recv())
    except (EOFError, OSError):
        pass
    acknowledgements.close()
    return received


def _answers(site):
    try:
        return site.query("SELECT true")
    except psycopg.OperationalError:
        return False


def _is_quiet(site):
    """Return whether no transaction of a dead writer is still on its way."""
    [[working]] = site.query(
        "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle'"
        " AND application_name = 'casefile'"
    )
    return working == 0
