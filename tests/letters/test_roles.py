"""In which roles an official spoke, and when."""

import datetime as dt

import pytest

from letters.models.statements import Side
from letters.roles import Role, roles_of
from tests.factories import OfficialFactory, StatementFactory

pytestmark = pytest.mark.django_db


def test_roles_are_those_of_public_statements_the_earliest_first():
    official = OfficialFactory()

    def say(year, title, organisation="", **kwargs):
        StatementFactory(
            speaker=official,
            speaker_title=title,
            organisation=organisation,
            date=dt.date(year, 3, 1),
            **kwargs,
        )

    say(2017, "Attorney General", "US Department of Justice", side="federal")
    say(2018, "Attorney General", "US Department of Justice", side="federal")
    say(2015, "Senator", side="third_party")
    say(2016, "Candidate", status="draft")
    say(2019, "Author")

    roles = roles_of(official, dt.date(2018, 12, 31))

    assert roles == [
        Role("Senator", "", Side.THIRD_PARTY, 2015, 2015, 1),
        Role("Attorney General", "US Department of Justice", Side.FEDERAL, 2017, 2018, 2),
    ]
    assert [(role.name, role.years) for role in roles] == [
        ("Senator", "2015"),
        ("Attorney General, US Department of Justice", "2017–2018"),
    ]
