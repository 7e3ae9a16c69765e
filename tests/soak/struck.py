"""What the site does is struck at a random moment: saves, imports and exports at the desk.

Each function does its work for some rounds, in each of which ``strike`` ends something, and
returns the `Outcome`. After each round all is there that was acknowledged, and nothing is half
done.
"""

import csv
import io
import random
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.utils.text import slugify

from tests.soak.outcome import Outcome
from tests.soak.site import until
from tests.soak.staff import NO_ANSWER, Staff
from tests.soak.watch import Watch

SAVED, AWAY = 302, 503
ROWS = 150  # of each table of a bundle that is imported
IMPORT = "/admin/import/"
LOADED = "/admin/"  # where a load that succeeded leads


def saves(fault, site, server, strike, rounds):
    """Save a letter together with its response: both are changed, each with one event, or none."""
    staff = Staff(server, site.session)
    [[letter]] = site.query("SELECT id FROM letters_letter WHERE key = 'the-letter'")
    address = f"/admin/letters/letter/{letter}/change/"

    def save(tag):
        return staff.save(address, note=tag, responses__0__summary=tag, reason=tag)

    outcome = Outcome(fault)
    with ThreadPoolExecutor(1) as desk, _watched(server, outcome, strike) as struck_within:
        longest = _seconds(lambda: save(f"{fault} undisturbed"))
        for tag in _rounds(outcome, rounds):
            said = desk.submit(save, tag)
            struck_within(longest)
            said = said.result()

            assert said.status in (SAVED, AWAY, NO_ANSWER), said
            if said.status == AWAY and b"Nothing" in said.body:
                assert tag in said.body.decode()
            [[note, events]] = site.query(
                "SELECT note, (SELECT count(*) FROM letters_letterhistory WHERE note = %s)"
                " FROM letters_letter WHERE key = 'the-letter'",
                tag,
            )
            [[summary, parts]] = site.query(
                "SELECT summary,"
                " (SELECT count(*) FROM letters_responsehistory WHERE summary = %s)"
                " FROM letters_response",
                tag,
            )
            outcome.acknowledged += said.status == SAVED
            outcome.lost += said.status == SAVED and note != tag
            expected = note == tag
            outcome.half_done += note != summary or events != expected or parts != expected
    return outcome


def imports(fault, site, server, strike, rounds):
    """Import jurisdictions and letters to them: all, each with an event, or none; then again."""
    staff = Staff(server, site.session)
    outcome = Outcome(fault)

    def upload(tag):
        file = ("file", "record.zip", bundle(tag))
        until(lambda: staff.post(IMPORT, {"reason": ""}, file).status == SAVED)
        return until_got(staff, f"{IMPORT}preview/").fields

    with ThreadPoolExecutor(1) as desk, _watched(server, outcome, strike) as struck_within:
        fields = upload(f"{fault} undisturbed")
        longest = _seconds(lambda: staff.post(f"{IMPORT}apply/", fields))
        assert imported(site, f"{fault} undisturbed") == [ROWS] * 4
        for tag in _rounds(outcome, rounds):
            fields = upload(tag)
            said = desk.submit(staff.post, f"{IMPORT}apply/", fields)
            struck_within(longest)
            said = said.result()

            assert said.status in (SAVED, AWAY, NO_ANSWER), said
            counts, is_done = imported(site, tag), said.headers.get("location") == LOADED
            outcome.acknowledged += is_done
            outcome.lost += is_done and counts != [ROWS] * 4
            outcome.half_done += counts not in ([0] * 4, [ROWS] * 4)
            staff.post(f"{IMPORT}apply/", upload(tag))
            assert imported(site, tag) == [ROWS] * 4
    return outcome


def exports(fault, site, server, strike, rounds):
    """Fetch reports and the record: each comes whole or not at all, and then comes whole."""
    outcome = Outcome(fault)
    reader = Staff(server, "")

    def fetch(number):
        day = f"2019-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        name = "letters.csv" if number % 2 else "record.zip"
        return reader.get(f"/reports/{name}?as_of={day}")

    with ThreadPoolExecutor(1) as others, _watched(server, outcome, strike) as struck_within:
        longest = max(_seconds(lambda n=n: fetch(n)) for n in (0, 1))
        for number, _tag in enumerate(_rounds(outcome, rounds), start=2):
            said = others.submit(fetch, number)
            struck_within(longest)
            said = said.result()

            assert said.status in (200, AWAY, NO_ANSWER), said
            again = fetch(number)
            assert again.status == 200, again
            outcome.acknowledged += said.status == 200
            outcome.lost += said.status == 200 and said.body != again.body
            outcome.half_done += not is_whole(again)
    return outcome


def until_got(staff, path):
    """Return the page at an address, asked for until it comes."""
    said = []
    until(lambda: said.append(staff.get(path)) or said[-1].status == 200)
    return said[-1]


def bundle(tag, rows=ROWS):
    """Return a zip of a round with many letters, each to a jurisdiction of its own."""
    slug = slugify(tag)
    tables = {
        "rounds.csv": [
            ("slug", "title", "announced_on"),
            (slug, tag, "2018-01-24"),
        ],
        "jurisdictions.csv": [
            ("slug", "name", "kind", "state"),
            *((f"{slug}-{n}", f"{tag} {n}", "city", "IL") for n in range(rows)),
        ],
        "letters.csv": [
            ("key", "round", "jurisdiction", "date"),
            *((f"{slug}-{n}", slug, f"{slug}-{n}", "2018-01-24") for n in range(rows)),
        ],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            archive.writestr(name, text.getvalue())
    return out.getvalue()


def imported(site, tag):
    """Return how many jurisdictions, letters, and events of each are there of a bundle."""
    like = f"{slugify(tag)}-%"
    return [
        site.query(f"SELECT count(*) FROM {table} WHERE {key} LIKE %s", like)[0][0]
        for table, key in [
            ("jurisdictions_jurisdiction", "slug"),
            ("jurisdictions_jurisdictionhistory", "slug"),
            ("letters_letter", "key"),
            ("letters_letterhistory", "key"),
        ]
    ]


def is_whole(said):
    """Return whether a file is what its kind has to be, to its end."""
    if said.headers["content-type"].startswith("text/csv"):
        return said.body.endswith(b"\n") and said.body.startswith(b"key,")
    with zipfile.ZipFile(io.BytesIO(said.body)) as archive:
        return archive.testzip() is None


def _rounds(outcome, rounds):
    """Count the rounds of an outcome; yield a tag of each."""
    for number in range(rounds):
        outcome.rounds += 1
        yield f"{outcome.fault} {number}"


@contextmanager
def _watched(server, outcome, strike):
    """Give what strikes at a random moment, and waits until readers have pages again."""
    with Watch(server) as watch:

        def struck_within(longest):
            time.sleep(random.uniform(0, longest))
            began = time.monotonic()
            strike()
            outcome.seconds.append(watch.seconds_without_page(began))

        yield struck_within
    watch.assert_orderly()


def _seconds(work):
    began = time.monotonic()
    said = work()
    assert said.status in (200, SAVED), said
    return time.monotonic() - began
