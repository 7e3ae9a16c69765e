"""The kit's files of the record: sources, and citations of entries of any kind."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from casefile.bundle.columns import EntryKind, EntryReference, Reference, TextFile
from casefile.bundle.tables import Table
from casefile.models import Citation, Source

SOURCES = Table(
    "sources",
    Source,
    [
        "key*",
        "kind*",
        "title*",
        "publisher",
        "author",
        "published_on",
        "url",
        "archive_url",
        "retrieved_on",
        TextFile("text_file", field="text", digest="text_sha256"),
        "note",
    ],
    as_of=lambda rows, selection: rows.filter(pk__in=selection.rows(Citation).values("source")),
)


def citations_of(kinds):
    """Return the table of citations, given the tables whose rows are cited."""
    columns = {kind.name: [column.name for column in kind.columns] for kind in kinds}

    def cites_a_column(values):
        if values.get("field") and values["field"] not in columns[values["entry_kind"]]:
            names = ", ".join(columns[values["entry_kind"]])
            yield "field", f"Name a column of {values['entry_kind']}.csv: {names}."

    def cites_what_was_known(rows, selection):
        known = Q()
        for kind in kinds:
            entries = selection.rows(kind.model)
            cites = Q(entry_type=ContentType.objects.get_for_model(kind.model))
            later = Q()
            for column in kind.columns:
                if column.happened:
                    unknown = entries.filter(**{f"{column.field_name}__gt": selection.day})
                    later |= Q(field=column.name, entry_id__in=unknown.values("pk"))
            known |= cites & Q(entry_id__in=entries.values("pk")) & ~later
        return rows.filter(known)

    return Table(
        "citations",
        Citation,
        [
            EntryKind("entry_kind*", kinds),
            EntryReference("entry*", kinds),
            "field",
            Reference("source*", SOURCES),
            "stance",
            "pin",
            "passage",
        ],
        identity=["entry_kind", "entry", "field", "source", "pin"],
        row_rule=cites_a_column,
        as_of=cites_what_was_known,
    )
