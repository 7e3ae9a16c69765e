import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from casefile import trigger_operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=200, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("primary_document", "Primary document"),
                            ("press_release", "Press release"),
                            ("court_filing", "Court filing"),
                            ("news_report", "News report"),
                            ("syndicated_copy", "Syndicated copy"),
                            ("machine_altered_copy", "Machine-altered copy"),
                            ("dataset", "Dataset"),
                        ]
                    ),
                ),
                ("title", models.CharField()),
                ("publisher", models.CharField(blank=True)),
                ("author", models.CharField(blank=True)),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="URL",
                    ),
                ),
                (
                    "archive_url",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="archive URL",
                    ),
                ),
                ("retrieved_on", models.DateField(blank=True, null=True)),
                ("file", models.FileField(blank=True, upload_to="sources/")),
                (
                    "file_sha256",
                    models.CharField(
                        blank=True, editable=False, verbose_name="SHA-256 of the file"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="Private. Quotations and passages are checked against it.",
                    ),
                ),
                (
                    "text_sha256",
                    models.CharField(
                        blank=True, editable=False, verbose_name="SHA-256 of the text"
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "primary_document",
                                    "press_release",
                                    "court_filing",
                                    "news_report",
                                    "syndicated_copy",
                                    "machine_altered_copy",
                                    "dataset",
                                ],
                            )
                        ),
                        name="casefile_source_kind_known",
                        violation_error_message="Kind must be one of primary_document, press_release, court_filing, news_report, syndicated_copy, machine_altered_copy, dataset.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("url", ""), ("url__regex", "^https?://[^\\s]+$"), _connector="OR"
                            ),
                            models.Q(
                                ("archive_url", ""),
                                ("archive_url__regex", "^https?://[^\\s]+$"),
                                _connector="OR",
                            ),
                        ),
                        name="casefile_source_urls_are_web_addresses",
                        violation_error_message="URL and archive URL must begin with http:// or https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("primary_document", "Primary document"),
                            ("press_release", "Press release"),
                            ("court_filing", "Court filing"),
                            ("news_report", "News report"),
                            ("syndicated_copy", "Syndicated copy"),
                            ("machine_altered_copy", "Machine-altered copy"),
                            ("dataset", "Dataset"),
                        ]
                    ),
                ),
                ("title", models.CharField()),
                ("publisher", models.CharField(blank=True)),
                ("author", models.CharField(blank=True)),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="URL",
                    ),
                ),
                (
                    "archive_url",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="archive URL",
                    ),
                ),
                ("retrieved_on", models.DateField(blank=True, null=True)),
                ("file", models.FileField(blank=True, upload_to="sources/")),
                (
                    "file_sha256",
                    models.CharField(
                        blank=True, editable=False, verbose_name="SHA-256 of the file"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="Private. Quotations and passages are checked against it.",
                    ),
                ),
                (
                    "text_sha256",
                    models.CharField(
                        blank=True, editable=False, verbose_name="SHA-256 of the text"
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        related_query_name="history",
                        to="casefile.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_id", models.BigIntegerField()),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="The field that this source is about; empty for the whole entry.",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts")],
                        default="supports",
                    ),
                ),
                ("pin", models.CharField(blank=True, help_text="Page, paragraph or sentence.")),
                (
                    "passage",
                    models.TextField(
                        blank=True, help_text="The supporting passage, word for word."
                    ),
                ),
                (
                    "entry_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="casefile.source",
                    ),
                ),
            ],
            options={
                "ordering": ["source__key", "field", "pin"],
                "indexes": [
                    models.Index(
                        fields=["entry_type", "entry_id"], name="casefile_ci_entry_t_fe5296_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "contradicts"])),
                        name="casefile_citation_stance_known",
                        violation_error_message="Stance must be one of supports, contradicts.",
                    ),
                    models.UniqueConstraint(
                        fields=("entry_type", "entry_id", "field", "source", "pin"),
                        name="casefile_citation_once",
                        violation_error_message="This entry already cites that source with the same field and pin.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CitationHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("entry_id", models.BigIntegerField()),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        help_text="The field that this source is about; empty for the whole entry.",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts")],
                        default="supports",
                    ),
                ),
                ("pin", models.CharField(blank=True, help_text="Page, paragraph or sentence.")),
                (
                    "passage",
                    models.TextField(
                        blank=True, help_text="The supporting passage, word for word."
                    ),
                ),
                (
                    "entry_type",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history",
                        related_query_name="history",
                        to="casefile.citation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="casefile.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        trigger_operations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_sourcehistory" ("archive_url", "author", "file", "file_sha256", "id", "key", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "retrieved_on", "text", "text_sha256", "title", "url") SELECT new_values."archive_url", new_values."author", new_values."file", new_values."file_sha256", new_values."id", new_values."key", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_on", new_values."publisher", new_values."retrieved_on", new_values."text", new_values."text_sha256", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b68fecf365e21faffaea550ed5721886dd07524a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0d983",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="casefile_source",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_sourcehistory" ("archive_url", "author", "file", "file_sha256", "id", "key", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "retrieved_on", "text", "text_sha256", "title", "url") SELECT new_values."archive_url", new_values."author", new_values."file", new_values."file_sha256", new_values."id", new_values."key", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_on", new_values."publisher", new_values."retrieved_on", new_values."text", new_values."text_sha256", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="7146cbbdc4df54d0de84eaaf635a341f651cb680",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_25c4a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="casefile_source",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_sourcehistory" ("archive_url", "author", "file", "file_sha256", "id", "key", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "retrieved_on", "text", "text_sha256", "title", "url") SELECT old_values."archive_url", old_values."author", old_values."file", old_values."file_sha256", old_values."id", old_values."key", old_values."kind", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_on", old_values."publisher", old_values."retrieved_on", old_values."text", old_values."text_sha256", old_values."title", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4c33b5f0671aa4ecbebfc1348022a98d8a3336ac",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb217",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="casefile_source",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="citationhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b8c51dc39d21b3a9cd34e6130309b4cbb79ab521",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3f59e",
                    table="casefile_citationhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="citation",
            trigger=pgtrigger.compiler.Trigger(
                name="cites_an_entry",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_entry(NEW.entry_type_id, NEW.entry_id); RETURN NULL;",
                    hash="4fa1a500a3e8378fc0e006d0b801ef439716947e",
                    operation='INSERT OR UPDATE OF "entry_type_id", "entry_id"',
                    pgid="pgtrigger_cites_an_entry_a3660",
                    table="casefile_citation",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="citation",
            trigger=pgtrigger.compiler.Trigger(
                name="last_citation_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation_of(OLD.entry_type_id, OLD.entry_id); RETURN NULL;",
                    hash="7da18d638563d0d73c392076d27558bc47286a6d",
                    operation='DELETE OR UPDATE OF "entry_type_id", "entry_id"',
                    pgid="pgtrigger_last_citation_stays_96763",
                    table="casefile_citation",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="citation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_citationhistory" ("entry_id", "entry_type_id", "field", "id", "passage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin", "source_id", "stance") SELECT new_values."entry_id", new_values."entry_type_id", new_values."field", new_values."id", new_values."passage", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pin", new_values."source_id", new_values."stance" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0364cf31339b2b2954d3e8983215b9cea8fbd6f5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eda69",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="casefile_citation",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="citation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_citationhistory" ("entry_id", "entry_type_id", "field", "id", "passage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin", "source_id", "stance") SELECT new_values."entry_id", new_values."entry_type_id", new_values."field", new_values."id", new_values."passage", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pin", new_values."source_id", new_values."stance" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0b62b294e1e384f14e39f0936097900a676f5e6e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_43c27",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="casefile_citation",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="citation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casefile_citationhistory" ("entry_id", "entry_type_id", "field", "id", "passage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pin", "source_id", "stance") SELECT old_values."entry_id", old_values."entry_type_id", old_values."field", old_values."id", old_values."passage", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pin", old_values."source_id", old_values."stance" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="5ec729913c57a35b6b8cb09646f17380ff08d25d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_76c15",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="casefile_citation",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="sourcehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2dded12abd3d41742812e6c0a6e4f3e147f42d7a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5b576",
                    table="casefile_sourcehistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
