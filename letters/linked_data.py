"""What pages are about, in the words of schema.org: JSON-LD for search engines and archives.

It says no more than the page does, and takes no side: a speaker is named only where the record
names them without doubt, and a date is no more exact than it is known. A thing has one ``@id`` for
all languages, its English address; ``url`` is that of the page.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, override

from casefile.dates import DatePrecision
from casefile.models import SourceKind
from letters.license import LICENSE
from letters.models.statements import Attribution, StatementKind

JUSTICE = {
    "@type": "GovernmentOrganization",
    "name": "United States Department of Justice",
    "url": "https://www.justice.gov/",
}
PUBLISHER = {"@type": "Organization", "name": "Casefile", "url": f"{settings.SITE_URL}/"}
KINDS_OF_WORK = {
    SourceKind.NEWS_REPORT: "NewsArticle",
    SourceKind.SYNDICATED_COPY: "NewsArticle",
    SourceKind.DATASET: "Dataset",
}
WHOLE_RECORD = gettext_lazy(
    "The public record of the letters in which the US Department of Justice demanded proof of"
    " compliance with 8 U.S.C. 1373 from states, counties and cities, of what was answered, and of"
    " the grants at stake. Every entry names its sources."
)


def of_record():
    """Describe the whole record, for the front page."""
    record = f"{settings.SITE_URL}{reverse('record_zip')}"
    return _dataset("Casefile", str(WHOLE_RECORD), "home") | {
        "distribution": [_download("application/zip", record)]
    }


def of_report(report):
    csv = f"{settings.SITE_URL}{reverse('report_csv', args=[report.name])}"
    json = f"{settings.SITE_URL}{reverse(f'api:{report.name}')}"
    return _dataset(
        f"Casefile: {gettext(report.title)}",
        f"{gettext(report.description)} {WHOLE_RECORD}",
        "report_detail",
        report.name,
    ) | {
        "distribution": [_download("text/csv", csv), _download("application/json", json)],
        "variableMeasured": [
            _without_empty(
                {
                    "@type": "PropertyValue",
                    "name": column.name,
                    "description": gettext(column.description),
                    "unitText": column.unit and gettext(column.unit),
                }
            )
            for column in report.columns
        ],
    }


def of_jurisdiction(jurisdiction):
    return _thing("AdministrativeArea", jurisdiction.name, jurisdiction) | _without_empty(
        {
            "alternateName": jurisdiction.aliases,
            "identifier": jurisdiction.geoid
            and {
                "@type": "PropertyValue",
                "propertyID": "Census GEOID",
                "value": jurisdiction.geoid,
            },
            "sameAs": jurisdiction.website,
            "containedInPlace": jurisdiction.kind != "state"
            and {"@type": "State", "name": jurisdiction.get_state_display()},
        }
    )


def of_round(round):
    return _thing("Collection", round.title, round) | _without_empty(
        {
            "description": round.summary,
            "creator": JUSTICE,
            "dateCreated": round.announced_on.isoformat(),
        }
    )


def of_letter(letter, day):
    """Describe a letter as of a day: a date that is yet to come is not known."""
    sent = letter.sent_on and letter.sent_on <= day and letter.sent_on.isoformat()
    received = letter.received_on and letter.received_on <= day and letter.received_on.isoformat()
    return _thing("Message", _letter_to(letter.jurisdiction), letter) | _without_empty(
        {
            "sender": JUSTICE,
            "recipient": {"@type": "GovernmentOrganization", "name": letter.jurisdiction.name},
            "dateCreated": _date(letter),
            "dateSent": sent,
            "dateReceived": received,
            "about": {"@type": "AdministrativeArea", "@id": _address(letter.jurisdiction)},
            "isPartOf": {"@type": "Collection", "@id": _address(letter.round)},
        }
    )


def of_statement(statement):
    is_quotation = statement.kind == StatementKind.QUOTATION
    named = statement.attribution == Attribution.NAMED
    return _thing(
        "Quotation" if is_quotation else "Claim", str(statement), statement
    ) | _without_empty(
        {
            "text": statement.text,
            "dateCreated": _date(statement),
            "creator": _speaker(statement) if named else None,
        }
    )


def of_official(official):
    return _thing("Person", official.name, official)


def of_proceeding(proceeding, jurisdictions):
    return _thing("CreativeWork", proceeding.caption, proceeding) | _without_empty(
        {
            "identifier": proceeding.docket_number,
            "description": proceeding.summary,
            "dateCreated": _date(proceeding),
            "locationCreated": {"@type": "Courthouse", "name": proceeding.court},
            "sameAs": proceeding.url,
            "about": [
                {"@type": "AdministrativeArea", "@id": _address(one), "name": one.name}
                for one in jurisdictions
            ],
        }
    )


def of_source(source):
    return _thing(
        KINDS_OF_WORK.get(source.kind, "CreativeWork"), source.title, source
    ) | _without_empty(
        {
            "author": source.author and {"@type": "Person", "name": source.author},
            "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
            "datePublished": source.published_on and source.published_on.isoformat(),
            "sameAs": [address for address in (source.url, source.archive_url) if address],
        }
    )


def _letter_to(jurisdiction):
    return gettext("Letter to %(jurisdiction)s") % {"jurisdiction": jurisdiction.name}


def _thing(kind, name, record):
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": _address(record),
        "name": name,
        "url": f"{settings.SITE_URL}{record.get_absolute_url()}",
    }


def _dataset(name, description, page, *args):
    with override(settings.LANGUAGE_CODE):
        identity = reverse(page, args=args)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{settings.SITE_URL}{identity}",
        "name": name,
        "description": description,
        "url": f"{settings.SITE_URL}{reverse(page, args=args)}",
        "license": LICENSE["path"],
        "creator": PUBLISHER,
        "isAccessibleForFree": True,
    }


def _download(media_type, address):
    return {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": address}


def _speaker(statement):
    if statement.speaker:
        return {
            "@type": "Person",
            "@id": _address(statement.speaker),
            "name": statement.speaker.name,
        }
    return {"@type": "Organization", "name": statement.organisation}


def _date(entry):
    """Return an entry's date in ISO 8601, no more exact than it is known: ``2017-12``."""
    digits = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
    return entry.date.isoformat()[: digits[entry.date_precision]]


@override(settings.LANGUAGE_CODE)
def _address(record):
    return f"{settings.SITE_URL}{record.get_absolute_url()}"


def _without_empty(properties):
    return {name: value for name, value in properties.items() if value}
