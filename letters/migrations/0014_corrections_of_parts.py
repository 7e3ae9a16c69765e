"""Corrections of all that readers see of an entry, and of what it rests on.

What an entry is linked to, what a response produced and what is cited count as its own, and the
items of a demand as their round's. A jurisdiction, official, source or round is corrected once
something published rests on it. What comes in with a publication is none: readers see it first then.
"""

from importlib import import_module

from django.db import migrations

visibility = import_module("letters.migrations.0004_record_revision")

WITHOUT_REVIEW = [
    "casefile_source",
    "jurisdictions_jurisdiction",
    "letters_official",
    "letters_round",
]
# What of a source is private: its text and its file.
PRIVATE = "'{text,text_sha256,file,file_sha256}'::text[]"


def public_by_table(tables, function, condition=lambda table: ""):
    """Return SQL of a function: whether readers can see the record of a content type and id."""
    return (
        f"""
CREATE OR REPLACE FUNCTION {function}(entry_type integer, entry bigint)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE (SELECT app_label || '_' || model FROM django_content_type WHERE id = entry_type)
"""
        + "".join(
            f"""
        WHEN '{table}' THEN EXISTS (SELECT FROM {table} r
            WHERE r.id = entry AND ({visibility.VISIBLE[table]}){condition(table)})"""
            for table in tables
        )
        + """
    END;
END $$;
"""
    )


def not_published_just_now(table):
    """Return the condition that an entry wasn't published by this very transaction, by a load."""
    if table == "jurisdictions_award":
        return ""
    return " AND r.published_at IS DISTINCT FROM now()"


THIS_TYPE = "(SELECT id FROM django_content_type WHERE app_label || '_' || model = '{table}')"

# One statement's rows `changed`, of a table whose rows are parts of entries: what is noted of each.
# {row} is n for what came, o for what went; `was` and `changed` are joined where it changed.
PART = """
CREATE OR REPLACE FUNCTION {table}_correction_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Planned each time: a plan kept from a statement of one row takes hours for a load's rows.
    EXECUTE $sql$
        SELECT casefile_note_correction({type}, {entry}, false,
            jsonb_build_object({name}, jsonb_build_array({before}, {after})))
        FROM {rows} WHERE {public}({type}, {entry}){condition}
    $sql$ USING {entry_type};
    RETURN NULL;
END $$;
"""
PART_TRIGGER = """
CREATE TRIGGER correction_{event} AFTER {event} ON {table}
    REFERENCING {transitions} FOR EACH STATEMENT EXECUTE FUNCTION {table}_correction_{event}();
"""
EVENTS = {
    "insert": ("changed n", "NEW TABLE AS changed"),
    "delete": ("was o", "OLD TABLE AS was"),
    "update": ("was o JOIN changed n USING (id)", "OLD TABLE AS was NEW TABLE AS changed"),
}


def part(table, owner, entry, name, value, *, events=EVENTS, public="casefile_was_public"):
    """Return SQL that notes what comes to, changes in and goes from a table of parts of an owner.

    ``entry``, ``name`` and ``value`` are SQL of a row ``{row}``: the owner's id, the name that the
    part has among the changes, and its content.
    """
    sql = ""
    for event in events:
        rows, transitions = EVENTS[event]
        row = "o" if event == "delete" else "n"
        before, after = value.format(row="o"), value.format(row="n")
        sql += PART.format(
            table=table,
            event=event,
            entry_type=THIS_TYPE.format(table=owner),
            type="$1",
            entry=entry.format(row=row),
            name=name.format(row=row),
            before="NULL" if event == "insert" else before,
            after="NULL" if event == "delete" else after,
            rows=rows,
            public=public,
            condition=f" AND {before} <> {after}" if event == "update" else "",
        ) + PART_TRIGGER.format(table=table, event=event, transitions=transitions)
    return sql


def links(entry, relation, other):
    return part(
        f"letters_{entry}_{relation}",
        f"letters_{entry}",
        f"{{row}}.{entry}_id",
        f"'{relation} ' || {{row}}.{other}_id",
        f"to_jsonb({{row}}.{other}_id)",
        events=["insert", "delete"],
    )


LINKS = [
    ("event", "jurisdictions", "jurisdiction"),
    ("event", "officials", "official"),
    ("proceeding", "jurisdictions", "jurisdiction"),
    ("statement", "jurisdictions", "jurisdiction"),
]
PARTS = {
    **{f"letters_{link[0]}_{link[1]}": links(*link) for link in LINKS},
    "letters_production": part(
        "letters_production",
        "letters_response",
        "{row}.response_id",
        "'production ' || {row}.id",
        "jsonb_build_object('item_id', {row}.item_id, 'extent', {row}.extent, 'note', {row}.note)",
    ),
    "letters_demanditem": part(
        "letters_demanditem",
        "letters_round",
        "{row}.round_id",
        "'demanditem ' || {row}.id",
        "jsonb_build_object('number', {row}.number, 'text', {row}.text)",
        public="casefile_is_public",
    ),
}


def citations(public, with_insert):
    """Return SQL that notes citations; of what nobody cited before, the first ones are none."""
    value = "casefile_cited(to_jsonb({row}))"
    sql = ""
    for event in ["update", "delete", *(["insert"] if with_insert else [])]:
        row = "o" if event == "delete" else "n"
        before, after = value.format(row="o"), value.format(row="n")
        condition = {
            "update": f" AND {before} <> {after}",
            "delete": "",
            "insert": " AND EXISTS (SELECT FROM casefile_citation c"
            " WHERE c.entry_type_id = n.entry_type_id AND c.entry_id = n.entry_id"
            " AND c.id NOT IN (SELECT id FROM changed))",
        }[event]
        sql += PART.format(
            table="casefile_citation",
            event=event,
            entry_type="NULL",
            type=f"{row}.entry_type_id",
            entry=f"{row}.entry_id",
            name=f"'citation ' || {row}.id",
            before="NULL" if event == "insert" else before,
            after="NULL" if event == "delete" else after,
            rows=EVENTS[event][0],
            public=public,
            condition=condition,
        )
    return sql


RECORD = """
CREATE FUNCTION {table}_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE $sql$
        SELECT casefile_note_correction($1, n.id, false, difference)
        FROM was o JOIN changed n USING (id),
            LATERAL (SELECT casefile_changed(to_jsonb(o), to_jsonb(n)) - {private}) d(difference)
        WHERE difference <> '{{}}' AND casefile_is_public($1, n.id)
    $sql$ USING {this_type};
    RETURN NULL;
END $$;
CREATE TRIGGER correction AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_correction();
"""

FORWARD = (
    public_by_table([*visibility.CITED, *WITHOUT_REVIEW], "casefile_is_public")
    + public_by_table(visibility.CITED, "casefile_was_public", not_published_just_now)
    + "".join(PARTS.values())
    + citations("casefile_was_public", with_insert=True)
    + PART_TRIGGER.format(
        table="casefile_citation", event="insert", transitions=EVENTS["insert"][1]
    )
    + "".join(
        RECORD.format(table=table, private=PRIVATE, this_type=THIS_TYPE.format(table=table))
        for table in WITHOUT_REVIEW
    )
)

BACKWARD = (
    "".join(f"DROP FUNCTION {table}_correction() CASCADE;" for table in WITHOUT_REVIEW)
    + "DROP FUNCTION casefile_citation_correction_insert() CASCADE;"
    + citations("casefile_is_public", with_insert=False)
    + "".join(
        f"DROP FUNCTION IF EXISTS {table}_correction_{event}() CASCADE;"
        for table in PARTS
        for event in EVENTS
    )
    + "DROP FUNCTION casefile_was_public(integer, bigint);"
    + public_by_table(visibility.CITED, "casefile_is_public")
)


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0012_corrections_are_signed"),
        ("jurisdictions", "0007_merges"),
        ("letters", "0013_overdue_on"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
