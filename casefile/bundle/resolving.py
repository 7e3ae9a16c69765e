"""Resolving: staged cells become rows of the model, each set beside its stored row, if any."""

from django.db import connection

from casefile.bundle.columns import quoted
from casefile.entries import Status

PUBLISHED = f"'{Status.PUBLISHED}'"


def resolve(staged, publisher, submitter):
    """Make the ``ready`` table of a file's good rows, with every column of the model and

    - ``line``, and ``missing <column>``: a reference that leads nowhere;
    - ``id``, allotted where the row is new, and ``added``, ``changed``: neither means left;
    - ``stored_status``, for entries;
    - an array of identifiers for each column of links.

    A column that the file lacks keeps the stored value, or takes the field's default. ``publisher``
    is the user who publishes what the file gives as published; without one it waits in review.
    ``submitter`` is the user who is said to submit what comes into review, if anybody.
    """
    table = staged.table
    resolved, selected, parameters = [], [], []
    for column in staged.columns:
        resolved += [f"{sql} AS {quoted(name)}" for name, sql in column.values().items()]
        if column.missing():
            resolved.append(f"{column.missing()} AS {quoted(f'missing {column.name}')}")
            selected.append(f"n.{quoted(f'missing {column.name}')}")
        if column in table.links:
            resolved.append(f"{column.linked()} AS {quoted(column.name)}")
            selected.append(f"n.{quoted(column.name)}")

    given = {name for column in staged.columns for name in column.values()}
    if table.is_entry:
        target = _target_status(publisher) if staged.has("status") else "t.status"
        signers = {Status.PUBLISHED: publisher, Status.IN_REVIEW: submitter}
        selected.append("t.status AS stored_status")
    for field in fields_of(table.model):
        name = quoted(field.column)
        stored = f"t.{name}"
        if field.column == "status" and field.column in given:
            selected.append(f"{target} AS {name}")
        elif field.column in given:
            selected.append(f"n.{name}")
        elif table.is_entry and staged.has("status") and signers.get(SIGNATURE.get(field.name)):
            status = SIGNATURE[field.name]
            value = "%s" if field.is_relation else "now()"
            selected.append(
                f"CASE WHEN {target} = '{status}' AND t.status IS DISTINCT FROM '{status}'"
                f" THEN {value} ELSE {stored} END AS {name}"
            )
            if field.is_relation:
                parameters.append(signers[status].pk)
        else:
            selected.append(f"CASE WHEN t.id IS NULL THEN %s ELSE {stored} END AS {name}")
            parameters.append(_default(field))
    changed = [
        f"t.status IS DISTINCT FROM {target}"
        if table.is_entry and column.name == "status"
        else column.differs("t", "n")
        for column in staged.columns
        if column not in table.identity
    ] or ["false"]
    matches, identifying = [], []
    for column in table.identity:
        for name in column.values():
            if name in given:
                matches.append(f"t.{quoted(name)} = n.{quoted(name)}")
            else:  # an optional part of the identity, which the file lacks
                matches.append(f"t.{quoted(name)} = %s")
                identifying.append(column.empty)
    sequence = f"pg_get_serial_sequence('{table.model._meta.db_table}', 'id')"
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {staged.raw}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {staged.ready} ON COMMIT DROP AS"
            f" SELECT n.line, coalesce(t.id, nextval({sequence})) AS id, t.id IS NULL AS added,"
            f" t.id IS NOT NULL AND ({' OR '.join(changed)}) AS changed, {', '.join(selected)}"
            f" FROM (SELECT r.line, {', '.join(resolved)} FROM {staged.raw} r"
            f"{''.join(column.joins() for column in staged.columns)} WHERE NOT r.bad) n"
            f" LEFT JOIN {table.relation} t ON {' AND '.join(matches)}",
            parameters + identifying,
        )
        staged.is_resolved = True
        for column in staged.columns:
            if column.refers_to is table:
                _refer_within(cursor, staged, column)
        cursor.execute(f"ANALYZE {staged.ready}")


# The fields that say who brought an entry to a status, and when.
SIGNATURE = {
    "published_by": Status.PUBLISHED,
    "published_at": Status.PUBLISHED,
    "submitted_by": Status.IN_REVIEW,
    "submitted_at": Status.IN_REVIEW,
}


def _target_status(publisher):
    """Return SQL of the status that a row shall get."""
    if publisher:
        return "n.status"
    # Loading alone publishes nothing, and takes nothing back that is published.
    return (
        f"CASE WHEN n.status = {PUBLISHED} AND (t.status IS NULL OR t.status"
        f" NOT IN ({PUBLISHED}, '{Status.RETRACTED}')) THEN '{Status.IN_REVIEW}' ELSE n.status END"
    )


def fields_of(model):
    """Return the fields that a row is written with; the database fills in the others."""
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.has_db_default())
    ]


def _default(field):
    default = field.get_default()
    return str(default) if isinstance(default, str) else default


def _refer_within(cursor, staged, column):
    """Resolve what refers to rows of the same file, which the database doesn't hold yet."""
    name, missing = quoted(column.field.column), quoted(f"missing {column.name}")
    cursor.execute(
        f"UPDATE {staged.ready} s SET {name} = other.id, {missing} = NULL, changed = NOT s.added"
        f" FROM {staged.ready} other"
        f" WHERE other.{staged.table.key_column} = s.{missing} AND other.added"
    )
