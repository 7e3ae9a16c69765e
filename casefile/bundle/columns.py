"""Columns: how the cells of a file become values of model fields, and values become cells.

In the SQL that columns give, ``r`` is a row as staged from the file. Names in it come from our own
declarations, never from a bundle.
"""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Case, F, Func, OrderBy, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Collate, Concat, NullIf, Replace

from casefile.bundle import cells
from casefile.bundle.files import TEXTS


def quoted(name):
    """Return a name as SQL."""
    return connection.ops.quote_name(name)


class Column:
    """A column that fills one field, which gives its type: text, day, number, choice or list.

    A name that ends in ``*`` is required. ``field`` is the model's name where it differs.
    ``happened`` marks the day of something that happened: to a record as of an earlier day, it is
    not known yet.
    """

    def __init__(self, name, field=None, *, happened=False):
        self.required = name.endswith("*")
        self.name = name.removesuffix("*")
        self.field_name = field or self.name
        self.happened = happened

    def bind(self, table):
        """Take the model's field. Called once, by the table that the column stands in."""
        self.table = table
        self.field = table.model._meta.get_field(self.field_name)

    # Reading

    @property
    def staged_type(self):
        """The type in PostgreSQL of a staged cell."""
        return self.field.db_type(connection)

    @property
    def empty(self):
        """What an empty cell means: the field's default where it has one."""
        default = self.field.get_default()
        return str(default) if isinstance(default, str) else default

    def converter(self, read_text):
        """Return what turns a cell that isn't empty into a staged value, or raises CellError.

        ``read_text`` returns the text of a file of the bundle.
        """
        field = self.field
        if field.choices:
            return cells.one_of([value for value, _ in field.flatchoices])
        if isinstance(field, ArrayField):
            return cells.list_of(lambda item: item)
        if isinstance(field, models.DateField):
            return cells.day
        if isinstance(field, models.DecimalField):
            return cells.decimal(field.max_digits, field.decimal_places)
        if isinstance(field, models.IntegerField):
            return cells.whole_number(
                *connection.ops.integer_field_range(field.get_internal_type())
            )
        if isinstance(field, models.SlugField):
            return cells.slug(field.max_length)
        return cells.text(field.max_length) if field.max_length else None

    def joins(self):
        """Return SQL that joins what the column refers to."""
        return ""

    def values(self):
        """Return {database column: SQL of its new value}."""
        return {self.field.column: f"r.{quoted(self.name)}"}

    def missing(self):
        """Return SQL of what the cell refers to and isn't there, or None for no references."""
        return None

    # Comparing

    def differs(self, old, new):
        """Return SQL: whether a stored row differs from a staged one, given their aliases."""
        return " OR ".join(
            f"{self._comparable(f'{old}.{quoted(name)}')} IS DISTINCT FROM {new}.{quoted(name)}"
            for name in self.values()
        )

    def _comparable(self, sql):
        # Browsers send CRLF from multi-line inputs; a bundle's lines end in LF.
        if isinstance(self.field, models.CharField | TextField):
            return f"replace(replace({sql}, E'\\r\\n', E'\\n'), E'\\r', E'\\n')"
        return sql

    def shown(self, row):
        """Return SQL of the value as people read it, of a stored or staged row's alias."""
        value = f"{row}.{quoted(self.field.column)}"
        if isinstance(self.field, ArrayField):
            return f"array_to_string({value}, '{cells.SEPARATOR}')"
        return f"{value}::text"

    # Writing

    def exported(self, kept):
        """Return the expression of the cell. ``kept`` is the `Selection` of rows."""
        expression = F(self.field_name)
        if isinstance(self.field, ArrayField):
            expression = _joined(_each_escaped(expression))
        elif isinstance(self.field, models.CharField | TextField):
            expression = _with_line_feeds(expression)
        elif self.happened and kept.day:
            expression = Case(When(**{f"{self.field_name}__lte": kept.day}, then=expression))
        return expression

    def order(self, kept):
        """Return the expression by which files are sorted: the same on every server."""
        expression = self.exported(kept)
        if self.sorts_as_text:
            expression = Collate(Cast(expression, TextField()), "C")
        return OrderBy(expression, nulls_first=True)

    @property
    def sorts_as_text(self):
        return isinstance(self.field, models.CharField | TextField)

    @property
    def schema(self):
        """Return the column's Frictionless field descriptor."""
        kind = "string"
        if isinstance(self.field, models.DateField):
            kind = "date"
        elif isinstance(self.field, models.DecimalField):
            kind = "number"
        elif isinstance(self.field, models.IntegerField):
            kind = "integer"
        constraints = {"required": True} if self.required else {}
        if self.field.choices:
            constraints["enum"] = [value for value, _ in self.field.flatchoices]
        return {
            "name": self.name,
            "type": kind,
            "description": self.description,
            "constraints": constraints,
        }

    @property
    def description(self):
        words = [str(self.field.help_text)]
        if isinstance(self.field, ArrayField | models.ManyToManyField):
            words.append('A list, separated by "; ".')
        return " ".join(filter(None, words))

    @property
    def refers_to(self):
        """The table whose key the cells hold, where it is one table and each cell one key."""
        return None


def _with_line_feeds(expression):
    text = Cast(expression, TextField())
    text = Replace(text, Value("\r\n"), Value("\n"), output_field=TextField())
    text = Replace(text, Value("\r"), Value("\n"), output_field=TextField())
    return NullIf(text, Value(""), output_field=TextField())


def _each_escaped(array):
    """Escape backslashes and semicolons, so that ``; `` stands between items alone."""
    return Func(
        array,
        template="ARRAY(SELECT replace(replace(item, '\\', '\\\\'), ';', '\\;')"
        " FROM unnest(%(expressions)s) WITH ORDINALITY AS items(item, place) ORDER BY place)",
        output_field=ArrayField(TextField()),
    )


def _joined(array):
    text = Func(array, Value(cells.SEPARATOR), function="array_to_string", output_field=TextField())
    return NullIf(text, Value(""), output_field=TextField())


class Reference(Column):
    """A column that names a row of another table, or with ``"self"`` of its own, by its key."""

    staged_type = "text"
    sorts_as_text = True
    empty = None

    def __init__(self, name, target, **options):
        super().__init__(name, **options)
        self.target = target

    def bind(self, table):
        super().bind(table)
        if self.target == "self":
            self.target = table

    @property
    def alias(self):
        return quoted(f"to {self.name}")

    def converter(self, read_text):
        return self.target.key.converter(read_text)

    def joins(self):
        return (
            f" LEFT JOIN {self.target.relation} {self.alias}"
            f" ON {self.alias}.{self.target.key_column} = r.{quoted(self.name)}"
        )

    def values(self):
        return {self.field.column: f"{self.alias}.id"}

    def missing(self):
        return f"CASE WHEN {self.alias}.id IS NULL THEN r.{quoted(self.name)} END"

    def in_bundle(self, has_row):
        """Return SQL: whether key ``k`` of staged row ``r`` stands in the bundle all the same."""
        return has_row(self.target, "k")

    def targets(self):
        return [self.target]

    def shown(self, row):
        return self.target.key_of(f"{row}.{quoted(self.field.column)}")

    def exported(self, kept):
        key = f"{self.field_name}__{self.target.key.field_name}"
        if self.field.null and kept.day:
            return Case(
                When(Q(**{f"{self.field_name}__in": kept.rows(self.target.model)}), then=F(key))
            )
        return F(key)

    @property
    def schema(self):
        return super().schema | {"type": self.target.key.schema["type"]}

    @property
    def refers_to(self):
        return self.target


class Links(Reference):
    """A column that lists rows of another table: exactly the links that the row has."""

    staged_type = "text[]"

    @property
    def through(self):
        return self.field.remote_field.through._meta.db_table

    @property
    def ends(self):
        """The columns of the linking table: this row, and what it is linked with."""
        return quoted(self.field.m2m_column_name()), quoted(self.field.m2m_reverse_name())

    def converter(self, read_text):
        return cells.set_of(super().converter(read_text))

    def joins(self):
        return ""

    def values(self):
        return {}

    def linked(self):
        """Return SQL of the staged row's links: the identifiers of their targets, in order."""
        target = self.target
        return (
            f"ARRAY(SELECT id FROM {target.relation} WHERE {target.key_column}"
            f" = ANY(r.{quoted(self.name)}) ORDER BY id)"
        )

    def stored(self, row):
        source, end = self.ends
        return (
            f"ARRAY(SELECT {end} FROM {quoted(self.through)} WHERE {source} = {row}.id ORDER BY 1)"
        )

    def missing(self):
        target = self.target
        return (
            f"(SELECT string_agg(k, '; ') FROM unnest(r.{quoted(self.name)}) k WHERE NOT EXISTS"
            f" (SELECT FROM {target.relation} WHERE {target.key_column} = k))"
        )

    def differs(self, old, new):
        return f"{self.stored(old)} <> {new}.{quoted(self.name)}"

    def shown(self, row):
        ids = f"{row}.{quoted(self.name)}" if row == "s" else self.stored(row)
        key, target = self.target.key_column, self.target.relation
        return (
            f"(SELECT string_agg({key}, '; ' ORDER BY {key}) FROM {target} WHERE id = ANY({ids}))"
        )

    def exported(self, kept):
        through = self.field.remote_field.through
        key = f"{self.field.m2m_reverse_field_name()}__{self.target.key.field_name}"
        links = through.objects.filter(**{self.field.m2m_field_name(): OuterRef("pk")})
        return _joined(ArraySubquery(links.order_by(key).values(key)))

    @property
    def refers_to(self):
        return None


class EitherReference(Reference):
    """A column that names a row of one table or another; each has a field of its own."""

    def __init__(self, name, either, **options):
        """``either`` gives the two fields and their tables, in the order of preference."""
        self.either = either
        super().__init__(name, next(iter(either.values())), field=next(iter(either)), **options)

    def bind(self, table):
        super().bind(table)
        self.fields = {
            table.model._meta.get_field(name): target for name, target in self.either.items()
        }

    def alias_of(self, field):
        return quoted(f"to {field.name}")

    def joins(self):
        return "".join(
            f" LEFT JOIN {target.relation} {self.alias_of(field)}"
            f" ON {self.alias_of(field)}.{target.key_column} = r.{quoted(self.name)}"
            for field, target in self.fields.items()
        )

    def values(self):
        return {field.column: f"{self.alias_of(field)}.id" for field in self.fields}

    def missing(self):
        none = " AND ".join(f"{self.alias_of(field)}.id IS NULL" for field in self.fields)
        return f"CASE WHEN {none} THEN r.{quoted(self.name)} END"

    def in_bundle(self, has_row):
        return " OR ".join(has_row(target, "k") for target in self.fields.values())

    def targets(self):
        return list(self.fields.values())

    def shown(self, row):
        keys = (
            target.key_of(f"{row}.{quoted(field.column)}") for field, target in self.fields.items()
        )
        return f"coalesce({', '.join(keys)})"

    def exported(self, kept):
        whens = []
        for field, target in self.fields.items():
            condition = {f"{field.name}__isnull": False}
            if kept.day:
                condition = {f"{field.name}__in": kept.rows(target.model)}
            key = F(f"{field.name}__{target.key.field_name}")
            whens.append(When(**condition, then=Cast(key, TextField())))
        return Case(*whens)

    @property
    def refers_to(self):
        return None


class TextFile(Column):
    """A column that names a file under ``texts/``; the field holds its whole text.

    ``digest`` is the field for the SHA-256 of the text in UTF-8.
    """

    staged_type = "text"
    empty = ""

    def __init__(self, name, *, field, digest):
        super().__init__(name, field)
        self.digest = digest

    def converter(self, read_text):
        return read_text

    def values(self):
        text = f"r.{quoted(self.name)}"
        return {
            self.field.column: text,
            self.digest: f"CASE {text} WHEN '' THEN ''"
            f" ELSE encode(sha256(convert_to({text}, 'UTF8')), 'hex') END",
        }

    def _comparable(self, sql):
        return sql  # a source's text is kept to the byte

    def shown(self, row):
        text = f"{row}.{quoted(self.field.column)}"
        return f"CASE {text} WHEN '' THEN '' ELSE concat(length({text}), ' characters') END"

    def exported(self, kept):
        if not kept.with_texts:
            return Value(None, output_field=TextField())
        key = self.table.key.field_name
        path = Concat(Value(TEXTS), F(key), Value(".txt"), output_field=TextField())
        return Case(When(~Q(**{self.field_name: ""}), then=path))

    @property
    def description(self):
        return "The file under texts/ that holds the source's text."


class EntryReference(Reference):
    """Two columns, such as ``entry_kind`` and ``entry``: a row of any of several files.

    This is the second of them; the first is a plain list of choices, `EntryKind`. ``kind`` is its
    name, ``of`` the generic foreign key that both fill.
    """

    def __init__(self, name, kinds, *, kind="entry_kind", of="entry"):
        super().__init__(name, kinds[0])
        self.kinds, self.kind, self.generic = kinds, kind, of

    def bind(self, table):
        self.table = table
        generic = table.model._meta.get_field(self.generic)
        self.type_field = table.model._meta.get_field(generic.ct_field)
        self.field = table.model._meta.get_field(generic.fk_field)

    def joins(self):
        entries = " UNION ALL ".join(
            f"SELECT '{kind.name}' AS kind, id, {kind.key_column} AS key FROM {kind.relation}"
            for kind in self.kinds
        )
        return (
            f" LEFT JOIN ({entries}) {self.alias}"
            f" ON {self.alias}.kind = r.{quoted(self.kind)}"
            f" AND {self.alias}.key = r.{quoted(self.name)}"
        )

    def values(self):
        return {self.field.column: f"{self.alias}.id"}

    def in_bundle(self, has_row):
        return " OR ".join(
            f"r.{quoted(self.kind)} = '{kind.name}' AND {has_row(kind, 'k')}" for kind in self.kinds
        )

    def targets(self):
        return self.kinds

    def shown(self, row):
        cases = " ".join(
            f"WHEN {_type_of(kind)} THEN {kind.key_of(f'{row}.{quoted(self.field.column)}')}"
            for kind in self.kinds
        )
        return f"CASE {row}.{quoted(self.type_field.column)} {cases} END"

    def exported(self, kept):
        return Case(
            *(
                When(
                    **{self.type_field.name: _type_of(kind)},
                    then=Subquery(
                        kind.model.objects.filter(pk=OuterRef(self.field.name)).values(
                            kind.key.field_name
                        )
                    ),
                )
                for kind in self.kinds
            ),
            output_field=TextField(),
        )

    @property
    def schema(self):
        return {
            "name": self.name,
            "type": "string",
            "description": "The key of a row of that file.",
            "constraints": {"required": True},
        }

    @property
    def refers_to(self):
        return None


class EntryKind(Column):
    """The column that says of which file a row is, without .csv. ``field`` is its content type."""

    staged_type = "text"
    sorts_as_text = True
    empty = None

    def __init__(self, name, kinds, *, field="entry_type"):
        super().__init__(name, field)
        self.kinds = kinds

    def converter(self, read_text):
        return cells.one_of([kind.name for kind in self.kinds])

    def values(self):
        cases = " ".join(f"WHEN '{kind.name}' THEN {_type_of(kind)}" for kind in self.kinds)
        return {self.field.column: f"CASE r.{quoted(self.name)} {cases} END"}

    def shown(self, row):
        cases = " ".join(f"WHEN {_type_of(kind)} THEN '{kind.name}'" for kind in self.kinds)
        return f"CASE {row}.{quoted(self.field.column)} {cases} END"

    def exported(self, kept):
        return Case(
            *(
                When(**{self.field_name: _type_of(kind)}, then=Value(kind.name))
                for kind in self.kinds
            ),
            output_field=TextField(),
        )

    @property
    def schema(self):
        return {
            "name": self.name,
            "type": "string",
            "description": "The file of the row that is meant, without .csv.",
            "constraints": {"required": True, "enum": [kind.name for kind in self.kinds]},
        }


def _type_of(table):
    return ContentType.objects.get_for_model(table.model).pk
