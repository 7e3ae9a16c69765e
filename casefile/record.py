"""The kit's files of the record: sources, citations of entries, and addresses that moved."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from casefile.bundle.columns import Column, EntryKind, EntryReference, Reference, TextFile
from casefile.bundle.tables import Table
from casefile.models import Citation, Merge, Source

# A key that was merged away is not given again: see `casefile.merges`.
MERGED_AWAY = """
    SELECT s.line, s.{key}, concat('It was merged into ', survivor.{key}, ' here: write that'
        ' instead, and leave this row out.')
    FROM {{staged}} s
    JOIN casefile_merge m ON m.old_key = s.{key}
    JOIN django_content_type t ON t.id = m.kind_id
    JOIN {table} survivor ON survivor.id = m.survivor_id
    WHERE t.app_label || '_' || t.model = '{table}' ORDER BY line
"""
# And the key of a record is not merged away while it stands.
STILL_THERE = """
    SELECT s.line, s.old_key, 'A record has that key: leave out one of the two.'
    FROM {{staged}} s
    JOIN django_content_type t ON t.id = s.kind_id
    WHERE {stands} ORDER BY line
"""


def merged_away(model, key):
    """Return the check of a table of records that can be merged, for its column of keys."""
    return key, MERGED_AWAY.format(key=key, table=model._meta.db_table)


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
    checks=[merged_away(Source, "key")],
    as_of=lambda rows, selection: rows.filter(pk__in=selection.rows(Citation).values("source")),
)


def redirects_of(kinds):
    """Return the table of addresses that lead to others, given the tables that can be merged."""
    stands = " OR ".join(
        f"t.app_label || '_' || t.model = '{kind.model._meta.db_table}' AND EXISTS"
        f" (SELECT FROM {kind.relation} r WHERE r.{kind.key_column} = s.old_key)"
        for kind in kinds
    )

    def leads_to_what_was_known(rows, selection):
        known = Q()
        for kind in kinds:
            survivors = selection.rows(kind.model).values("pk")
            of_kind = Q(kind=ContentType.objects.get_for_model(kind.model))
            known |= of_kind & Q(survivor_id__in=survivors)
        return rows.filter(known)

    return Table(
        "redirects",
        Merge,
        [
            EntryKind("kind*", kinds, field="kind"),
            Column("old*", "old_key"),
            EntryReference("new*", kinds, kind="kind", of="survivor"),
        ],
        identity=["kind", "old"],
        checks=[("old", STILL_THERE.format(stands=stands))],
        as_of=leads_to_what_was_known,
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
