"""Checks of staged rows, all rows at once. Each problem still names its row.

Constraints are not written down again here: their conditions come from the database's catalogue,
and what would be right from the model.
"""

from django.db import connection, models

from casefile.bundle.columns import quoted
from casefile.bundle.resolving import fields_of
from casefile.entries import Status
from casefile.models import Stance

ALIKE = 0.3  # trigram similarity from which a key is worth naming


def report(staged, problems, sql, parameters=(), *, column=""):
    """Report the rows that SQL yields as (line, value, what would be right), and reject them."""
    file = staged.table.file
    room = problems.room(file)
    with connection.cursor() as cursor:
        # What would be right may cost a search, so it is asked of those rows alone that are told.
        cursor.execute(f"SELECT * FROM ({sql}) faults LIMIT {room + 1}", parameters)
        found = cursor.fetchall()
    for line, value, advice in found[:room]:
        problems.add(file, advice, row=line, column=column, value=value)
    if found:
        count = staged.reject(sql, parameters)
        problems.count(file, count - len(found[:room]))


def check_identity(staged, problems):
    """Report rows whose key, or other identity, an earlier row of the file has already."""
    table = staged.table
    if not all(staged.has(column.name) or not column.required for column in table.identity):
        return
    columns = [column for column in table.identity if staged.has(column.name)]
    names = ", ".join(quoted(column.name) for column in columns)
    value = ", ".join(f"nullif({quoted(column.name)}::text, '')" for column in columns)
    report(
        staged,
        problems,
        f"SELECT line, value, format('Row %%s has the same: keep one of them, or correct the key.',"
        f" first) FROM (SELECT line, concat_ws(' / ', {value}) AS value, min(line) OVER again AS"
        f" first, count(*) OVER again AS times FROM {staged.raw} WHERE"
        f" num_nulls({names}) = 0 WINDOW again AS (PARTITION BY {names})) rows"
        " WHERE times > 1 AND line > first ORDER BY line",
        column=", ".join(column.name for column in columns),
    )


def check_references(staged, problems, has_row):
    """Report references that lead nowhere.

    Rows that refer to a faulty row of the bundle are left out without a word: the fault is told
    where it is. ``has_row`` is `loading.Loading.has_row`.
    """
    for column in staged.columns:
        if not column.missing():
            continue
        missing = f"s.{quoted(f'missing {column.name}')}"
        report(
            staged,
            problems,
            f"SELECT r.line, k, concat('There is no such row in {_files(column)} or in the"
            f" database.', {_nearest(column)}) FROM {staged.ready} s JOIN {staged.raw} r"
            f" USING (line), unnest(string_to_array({missing}, '; ')) k"
            f" WHERE {missing} IS NOT NULL AND NOT ({column.in_bundle(has_row)}) ORDER BY line",
            column=column.name,
        )
        staged.reject(f"SELECT line FROM {staged.ready} s WHERE {missing} IS NOT NULL")


def _files(column):
    targets = column.targets()
    return " or ".join(target.file for target in targets) if len(targets) < 3 else "that file"


def _nearest(column):
    """Return SQL that tells the key that is most like ``k``: a query per problem, so bounded."""
    keys = " UNION ALL ".join(
        f"SELECT {target.key_column}::text AS key FROM {target.relation}"
        for target in column.targets()
    )
    return (
        f"(SELECT concat(' The nearest is ', key, '.') FROM ({keys}) keys"
        f" WHERE similarity(key, k) > {ALIKE} ORDER BY similarity(key, k) DESC, key LIMIT 1)"
    )


def check_constraints(staged, problems):
    """Report rows that break a check constraint of the table, in the model's own words."""
    table = staged.table
    sentences = {
        constraint.name: str(constraint.get_violation_error_message())
        for constraint in table.model._meta.constraints
    }
    known = {field.column for field in fields_of(table.model)}
    constraints = [
        (name, condition.replace("%", "%%"), columns)
        for name, condition, columns in _check_constraints(table)
        if known.issuperset(columns)  # else it is about what the database fills in
    ]
    if not _any_broken(staged, [condition for _, condition, _ in constraints]):
        return
    for name, condition, columns in constraints:
        concerned = [
            column for column in staged.columns if set(column.values()).intersection(columns)
        ]
        value = ", ".join(f"coalesce({column.shown('s')}, '')" for column in concerned)
        report(
            staged,
            problems,
            f"SELECT line, concat_ws(', ', {value or 'NULL'}), %s FROM {staged.ready} s"
            f" WHERE (added OR changed) AND NOT ({condition}) ORDER BY line",
            [sentences.get(name, f"This must hold: {condition}.")],
            column=", ".join(column.name for column in concerned),
        )


def _any_broken(staged, conditions):
    """Return whether any row breaks any condition: one scan, which mostly answers no."""
    broken = " OR ".join(["false", *(f"NOT ({condition})" for condition in conditions)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {staged.ready} WHERE (added OR changed) AND ({broken}))",
            (),
        )
        return cursor.fetchone()[0]


def _check_constraints(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_expr(conbin, conrelid), array(SELECT attname::text"
            " FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY(conkey))"
            " FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c' ORDER BY conname",
            [table.relation],
        )
        return cursor.fetchall()


def check_uniqueness(staged, problems):
    """Report rows that share what must be unique, with one another or with a stored row."""
    table = staged.table
    identity = {name for column in table.identity for name in column.values()}
    for constraint in table.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint):
            continue
        names = [table.model._meta.get_field(field).column for field in constraint.fields]
        if set(names) == identity:
            continue
        concerned = [column for column in staged.columns if set(column.values()) & set(names)]
        value = f"concat_ws(' / ', {', '.join(column.shown('s') for column in concerned)})"
        columns = ", ".join(column.name for column in concerned)
        same = " AND ".join(f"t.{quoted(name)} = s.{quoted(name)}" for name in names)
        report(
            staged,
            problems,
            f"SELECT line, {value}, concat(%s, ' Row ', first, ' is the same.') FROM"
            f" (SELECT *, min(line) OVER again AS first FROM {staged.ready}"
            f" WINDOW again AS (PARTITION BY {', '.join(map(quoted, names))})) s"
            " WHERE line > first ORDER BY line",
            [str(constraint.get_violation_error_message())],
            column=columns,
        )
        report(
            staged,
            problems,
            f"SELECT s.line, {value}, concat(%s, ' It is stored as ', {table.label('t')}, '.')"
            f" FROM {staged.ready} s JOIN {table.relation} t ON {same} AND t.id <> s.id"
            f" WHERE NOT EXISTS (SELECT FROM {staged.ready} moved WHERE moved.id = t.id)"
            " ORDER BY line",
            [str(constraint.get_violation_error_message())],
            column=columns,
        )


def check_own_rules(staged, problems):
    """Report what breaks the table's own checks."""
    for column, sql in staged.table.checks:
        if staged.has(column):
            report(staged, problems, sql.format(staged=staged.ready), column=column)


def check_citations(staged, citations, problems):
    """Report published entries that no citation supports, once all citations are loaded.

    ``citations`` is the staged file of citations, if the bundle has one: an entry whose citation
    is faulty is not blamed for it.
    """
    faulty = "false"
    if citations:
        faulty = (
            f"EXISTS (SELECT FROM {citations.raw} c WHERE c.bad"
            f" AND c.entry_kind = '{staged.table.name}' AND c.entry = s.key)"
        )
    report(
        staged,
        problems,
        f"SELECT line, s.key, 'A published entry needs a citation that supports it: add one to"
        f" citations.csv, or give the entry another status.' FROM {staged.ready} s"
        f" WHERE status = '{Status.PUBLISHED}' AND NOT EXISTS (SELECT FROM casefile_citation c"
        f" JOIN django_content_type kind ON kind.id = c.entry_type_id"
        f" WHERE kind.app_label = %s AND kind.model = %s AND c.entry_id = s.id"
        f" AND c.stance = '{Stance.SUPPORTS}') AND NOT {faulty} ORDER BY line",
        [staged.table.model._meta.app_label, staged.table.model._meta.model_name],
        column="status",
    )
