"""Names of every kind, wherever a name stands: shown whole, sorted, found, and never misread."""

import csv
import io
import re

import feedparser
import pytest
import vobject
from django.utils.html import escape
from django.utils.text import slugify

from casefile import keys
from jurisdictions.models import Policy
from tests.factories import LetterFactory, RoundFactory

pytestmark = pytest.mark.django_db

# Names, and what a reader without these letters on the keyboard types for some.
NAMES = {
    "Doña Ana County": "dona ana",
    "Cañon City": "canon city",
    "Española": "espanola",
    "San José": "san jose",
    "Peñasco": "penasco",
    "Añasco": "anasco",
    "Mayagüez": "mayaguez",
    "Coös County": "coos",
    "Lindström": "lindstrom",
    "Łódź Township": "",
    "Utqiaġvik": "utqiagvik",
    "Hālawa": "halawa",
    "Kapaʻa": "",
    "Hawaiʻi County": "",
    "O'Fallon": "o'fallon",
    "O’Brien County": "o’brien",
    "Coeur d'Alene": "coeur d'alene",
    "Prince George's County": "prince george's",
    "St. John the Baptist": "st. john the baptist",
    "Winston-Salem": "winston-salem",
    "Sault Ste. Marie": "sault ste. marie",
    "Lac qui Parle": "lac qui parle",
    "DeKalb": "dekalb",
    "McAllen": "mcallen",
    "Truth or Consequences": "consequences",
    "Eighty Eight": "eighty eight",
    "1373 County": "1373",
    "A": "",
    "Ünïcödé Wörd": "unicode word",
    "Z\u0061\u0301rate": "zarate",  # combining
    "ﬁrst Ligature": "",
    "ＦＵＬＬ Width": "",
    "北京市": "",
    "Москва": "москва",
    "Αθήνα": "",
    "שלום עיר": "",
    "مدينة القدس": "",
    "🏛️ Hall 👩‍⚖️": "hall",
    'Ampersand & <Angle> "Quote"': "ampersand",
    "L" + "o" * 293 + "ng City": "",
}


@pytest.fixture
def letters():
    round = RoundFactory(slug="the-round", title="Document demand")
    return {
        name: LetterFactory(round=round, key=f"letter-{number}", jurisdiction__name=name)
        for number, name in enumerate(NAMES)
    }


def shown(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def names_in(page):
    return re.findall(r"<bdi>(.*?), IL</bdi></a>", page)


def test_there_are_forty_names():
    assert len(NAMES) == 40
    assert max(map(len, NAMES)) >= 300


def test_names_stand_whole_and_apart_in_lists(client, letters):
    wanted = {escape(name) for name in NAMES}

    of_letters = [
        name for page in (1, 2) for name in names_in(shown(client, "/letters/", page=page))
    ]
    of_jurisdictions = names_in(shown(client, "/jurisdictions/"))

    assert set(of_letters) == wanted
    assert set(of_jurisdictions) == wanted
    spoken = [
        name for name in of_jurisdictions if slugify(name)[:3] in ("don", "can", "esp", "san")
    ]
    assert spoken == ["Cañon City", "Doña Ana County", "Española", "San José"]


def test_names_stand_whole_in_files_and_feeds(client, letters):
    rows = list(csv.DictReader(io.StringIO(shown(client, "/reports/letters.csv", raw=1))))
    data = client.get("/api/letters").json()
    feed = feedparser.parse(client.get("/feed.atom").content)
    calendar = vobject.readOne(shown(client, "/deadlines.ics", as_of="2018-01-25"))

    assert {row["jurisdiction_name"] for row in rows} == set(NAMES)
    assert {row["jurisdiction_name"] for row in data["rows"]} == set(NAMES)
    assert not feed.bozo
    told = "\n".join(entry.title for entry in feed.entries)
    assert all(escape(name) in told or name in told for name in NAMES)
    summaries = [event.summary.value for event in calendar.vevent_list]
    assert {
        summary.removeprefix("Deadline for ").removesuffix(": Document demand")
        for summary in summaries
    } == set(NAMES)


def test_names_are_found_as_they_are_typed_without_accents(client, letters):
    lost = {
        typed
        for name, typed in NAMES.items()
        if typed and escape(name) not in re.sub("</?mark>", "", shown(client, "/search/", q=typed))
    }

    assert lost == set()


def test_key_of_any_name_is_plain_letters_and_no_name_of_a_file_is_more():
    proposed = {name: keys.propose(Policy, name) for name in NAMES}

    assert all(re.fullmatch("[-a-z0-9_]{1,200}", key) for key in proposed.values())
    assert proposed["Doña Ana County"] == "dona-ana-county"
    assert proposed["שלום עיר"] == "policy"
