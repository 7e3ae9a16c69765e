import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from casefile import trigger_operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("jurisdictions", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True)),
                ("title", models.CharField()),
                ("announced_on", models.DateField()),
                ("issuing_office", models.CharField(blank=True)),
                ("signed_by", models.CharField(blank=True)),
                ("legal_basis", models.CharField(blank=True)),
                ("program", models.CharField(blank=True)),
                ("fiscal_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("deadline", models.DateField(blank=True, null=True)),
                (
                    "consequence",
                    models.TextField(blank=True, help_text="What the letters say would follow."),
                ),
                ("summary", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-announced_on", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deadline__isnull", True),
                            ("deadline__gte", models.F("announced_on")),
                            _connector="OR",
                        ),
                        name="letters_round_deadline_not_before_announced_on",
                        violation_error_message="Deadline can't be before the day of the announcement.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demand_items",
                        to="letters.round",
                    ),
                ),
            ],
            options={
                "ordering": ["round", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "number"),
                        name="letters_demanditem_number_once",
                        violation_error_message="This round already has a demand item with that number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="letters_demanditem_number_positive",
                        violation_error_message="Demand items are numbered from 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Official",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True)),
                ("name", models.CharField()),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name", "slug"],
            },
        ),
        migrations.CreateModel(
            name="OfficialHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField()),
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
                        to="letters.official",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Proceeding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("caption", models.CharField()),
                ("court", models.CharField()),
                ("docket_number", models.CharField()),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="URL",
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "jurisdictions",
                    models.ManyToManyField(
                        blank=True, related_name="proceedings", to="jurisdictions.jurisdiction"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_proceeding_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_proceeding_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_proceeding_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_proceeding_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_proceeding_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""), ("url__regex", "^https?://[^\\s]+$"), _connector="OR"
                        ),
                        name="letters_proceeding_url_is_web_address",
                        violation_error_message="URL must begin with http:// or https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProceedingHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("caption", models.CharField()),
                ("court", models.CharField()),
                ("docket_number", models.CharField()),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="URL",
                    ),
                ),
                ("summary", models.TextField(blank=True)),
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
                        to="letters.proceeding",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProceedingJurisdictionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jurisdictions.jurisdiction",
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
                    "proceeding",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.proceeding",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True)),
                (
                    "deadline",
                    models.DateField(
                        blank=True,
                        help_text="The first deadline, as the letter gives it. An extension never overwrites it.",
                        null=True,
                    ),
                ),
                (
                    "deadline_text",
                    models.CharField(blank=True, help_text="The letter's own words."),
                ),
                (
                    "deadline_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Where the letter gives a period instead of a date.",
                        null=True,
                    ),
                ),
                (
                    "deadline_unit",
                    models.CharField(
                        blank=True,
                        choices=[("calendar", "Calendar days"), ("business", "Business days")],
                    ),
                ),
                (
                    "deadline_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dated", "The letter's date"),
                            ("received", "The day it was received"),
                        ],
                    ),
                ),
                ("recipient_agency", models.CharField(blank=True)),
                ("addressee", models.CharField(blank=True)),
                ("signed_by", models.CharField(blank=True)),
                ("reference", models.CharField(blank=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "cleared_on",
                    models.DateField(
                        blank=True,
                        help_text="DOJ said that the jurisdiction complies, or closed it.",
                        null=True,
                    ),
                ),
                (
                    "verified_through",
                    models.DateField(
                        blank=True,
                        help_text="The last day for which staff checked for an answer.",
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="letters.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_letter_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_letter_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_letter_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_letter_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_letter_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.UniqueConstraint(
                        fields=("round", "jurisdiction"),
                        name="letters_letter_once_per_round_and_jurisdiction",
                        violation_error_message="This round already has a letter to that jurisdiction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deadline__isnull", True),
                            ("date__isnull", True),
                            ("deadline__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="letters_letter_deadline_not_before_date",
                        violation_error_message="Deadline can't be before date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on__isnull", True),
                            ("sent_on__isnull", True),
                            ("received_on__gte", models.F("sent_on")),
                            _connector="OR",
                        ),
                        name="letters_letter_received_on_not_before_sent_on",
                        violation_error_message="Received on can't be before sent on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("date__isnull", True),
                            ("withdrawn_on__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="letters_letter_withdrawn_on_not_before_date",
                        violation_error_message="Withdrawn on can't be before date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cleared_on__isnull", True),
                            ("date__isnull", True),
                            ("cleared_on__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="letters_letter_cleared_on_not_before_date",
                        violation_error_message="Cleared on can't be before date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deadline_basis", ""),
                                ("deadline_days__isnull", True),
                                ("deadline_unit", ""),
                            ),
                            models.Q(
                                ("deadline_basis__in", ["dated", "received"]),
                                ("deadline_days__range", (1, 3650)),
                                ("deadline_unit__in", ["calendar", "business"]),
                            ),
                            _connector="OR",
                        ),
                        name="letters_letter_deadline_period_is_whole",
                        violation_error_message="A deadline period needs all three: a number of days from 1 to 3650, a unit (calendar or business) and a basis (dated or received).",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledgment", "Acknowledgment"),
                            ("extension_request", "Extension request"),
                            ("unassessed", "Answer, completeness not assessed"),
                            ("partial", "Partial answer"),
                            ("complete", "Complete answer"),
                            ("refusal", "Refusal"),
                        ]
                    ),
                ),
                ("signed_by", models.CharField(blank=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="letters.letter",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_response_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_response_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_response_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_response_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_response_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "acknowledgment",
                                    "extension_request",
                                    "unassessed",
                                    "partial",
                                    "complete",
                                    "refusal",
                                ],
                            )
                        ),
                        name="letters_response_kind_known",
                        violation_error_message="Kind must be one of acknowledgment, extension_request, unassessed, partial, complete, refusal.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Production",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "extent",
                    models.CharField(
                        choices=[
                            ("produced", "Produced"),
                            ("partial", "Produced in part"),
                            ("withheld", "Withheld"),
                            ("none", "Nothing produced"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="productions",
                        to="letters.demanditem",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="productions",
                        to="letters.response",
                    ),
                ),
            ],
            options={
                "ordering": ["response", "item__number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extent__in", ["produced", "partial", "withheld", "none"])
                        ),
                        name="letters_production_extent_known",
                        violation_error_message="Extent must be one of produced, partial, withheld, none.",
                    ),
                    models.UniqueConstraint(
                        fields=("response", "item"),
                        name="letters_production_item_once",
                        violation_error_message="This response already has that demand item.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "extent",
                    models.CharField(
                        choices=[
                            ("produced", "Produced"),
                            ("partial", "Produced in part"),
                            ("withheld", "Withheld"),
                            ("none", "Nothing produced"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.demanditem",
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
                        to="letters.production",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.response",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResponseHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledgment", "Acknowledgment"),
                            ("extension_request", "Extension request"),
                            ("unassessed", "Answer, completeness not assessed"),
                            ("partial", "Partial answer"),
                            ("complete", "Complete answer"),
                            ("refusal", "Refusal"),
                        ]
                    ),
                ),
                ("signed_by", models.CharField(blank=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.letter",
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
                        to="letters.response",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoundHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("title", models.CharField()),
                ("announced_on", models.DateField()),
                ("issuing_office", models.CharField(blank=True)),
                ("signed_by", models.CharField(blank=True)),
                ("legal_basis", models.CharField(blank=True)),
                ("program", models.CharField(blank=True)),
                ("fiscal_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("deadline", models.DateField(blank=True, null=True)),
                (
                    "consequence",
                    models.TextField(blank=True, help_text="What the letters say would follow."),
                ),
                ("summary", models.TextField(blank=True)),
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
                        to="letters.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("title", models.CharField()),
                ("outcome", models.CharField(blank=True)),
                ("reporter_citation", models.CharField(blank=True)),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="letters.proceeding",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_ruling_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_ruling_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_ruling_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_ruling_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_ruling_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RulingHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("title", models.CharField()),
                ("outcome", models.CharField(blank=True)),
                ("reporter_citation", models.CharField(blank=True)),
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
                        to="letters.ruling",
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.proceeding",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("speaker_title", models.CharField(blank=True)),
                ("organisation", models.CharField(blank=True)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("federal", "Federal"),
                            ("jurisdiction", "Jurisdiction"),
                            ("third_party", "Third party"),
                        ]
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("quotation", "Quotation"), ("paraphrase", "Paraphrase")]
                    ),
                ),
                ("text", models.TextField()),
                (
                    "altered_text",
                    models.TextField(
                        blank=True,
                        help_text="How an altered copy gives these words, where one does.",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("unnamed", "Unnamed official"),
                            ("inferred", "Inferred"),
                            ("disputed", "Disputed"),
                        ]
                    ),
                ),
                ("venue", models.CharField(blank=True)),
                (
                    "in_reply_to_letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="letters.letter",
                    ),
                ),
                (
                    "in_reply_to_round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="letters.round",
                    ),
                ),
                (
                    "jurisdictions",
                    models.ManyToManyField(
                        blank=True, related_name="statements", to="jurisdictions.jurisdiction"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="letters.official",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_statement_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_statement_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_statement_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_statement_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_statement_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side__in", ["federal", "jurisdiction", "third_party"])
                        ),
                        name="letters_statement_side_known",
                        violation_error_message="Side must be one of federal, jurisdiction, third_party.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["quotation", "paraphrase"])),
                        name="letters_statement_kind_known",
                        violation_error_message="Kind must be one of quotation, paraphrase.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attribution__in", ["named", "unnamed", "inferred", "disputed"])
                        ),
                        name="letters_statement_attribution_known",
                        violation_error_message="Attribution must be one of named, unnamed, inferred, disputed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_reply_to_round__isnull", True),
                            ("in_reply_to_letter__isnull", True),
                            _connector="OR",
                        ),
                        name="letters_statement_replies_to_one_thing",
                        violation_error_message="A statement answers a round or a letter, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attribution", "named"), _negated=True),
                            ("speaker__isnull", False),
                            models.Q(("organisation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_statement_named_speaker",
                        violation_error_message="A named statement needs a speaker or an organisation.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("speaker_title", models.CharField(blank=True)),
                ("organisation", models.CharField(blank=True)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("federal", "Federal"),
                            ("jurisdiction", "Jurisdiction"),
                            ("third_party", "Third party"),
                        ]
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("quotation", "Quotation"), ("paraphrase", "Paraphrase")]
                    ),
                ),
                ("text", models.TextField()),
                (
                    "altered_text",
                    models.TextField(
                        blank=True,
                        help_text="How an altered copy gives these words, where one does.",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("named", "Named"),
                            ("unnamed", "Unnamed official"),
                            ("inferred", "Inferred"),
                            ("disputed", "Disputed"),
                        ]
                    ),
                ),
                ("venue", models.CharField(blank=True)),
                (
                    "in_reply_to_letter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.letter",
                    ),
                ),
                (
                    "in_reply_to_round",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.round",
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
                        to="letters.statement",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.official",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatementJurisdictionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jurisdictions.jurisdiction",
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
                    "statement",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.statement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DemandItemHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
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
                        to="letters.demanditem",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnforcementStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("subpoena_threatened", "Subpoena threatened"),
                            ("subpoena_issued", "Subpoena issued"),
                            ("petition_filed", "Court petition filed"),
                            ("funds_action", "Action on funds"),
                            ("closed", "Closed"),
                        ]
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enforcement_steps",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_enforcementstep_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_enforcementstep_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_enforcementstep_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_enforcementstep_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_enforcementstep_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "subpoena_threatened",
                                    "subpoena_issued",
                                    "petition_filed",
                                    "funds_action",
                                    "closed",
                                ],
                            )
                        ),
                        name="letters_enforcementstep_kind_known",
                        violation_error_message="Kind must be one of subpoena_threatened, subpoena_issued, petition_filed, funds_action, closed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("title", models.CharField()),
                ("summary", models.TextField(blank=True)),
                (
                    "jurisdictions",
                    models.ManyToManyField(
                        blank=True, related_name="events", to="jurisdictions.jurisdiction"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "officials",
                    models.ManyToManyField(
                        blank=True, related_name="events", to="letters.official"
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_event_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_event_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_event_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_event_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_event_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("title", models.CharField()),
                ("summary", models.TextField(blank=True)),
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
                        to="letters.event",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventJurisdictionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.event",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jurisdictions.jurisdiction",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("new_deadline", models.DateField()),
                ("note", models.TextField(blank=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_extension_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_extension_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_extension_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_extension_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_extension_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which the clock runs again.",
                        null=True,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="letters_hold_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="letters_hold_date_precision_known",
                        violation_error_message="Date precision must be one of day, month, year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("date__day", 1), ("date_precision", "month")),
                            models.Q(
                                ("date__day", 1), ("date__month", 1), ("date_precision", "year")
                            ),
                            _connector="OR",
                        ),
                        name="letters_hold_date_starts_its_period",
                        violation_error_message="A date known to the month or year must be the first day of that month or year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="letters_hold_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="letters_hold_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("date__isnull", True),
                            ("until__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="letters_hold_until_not_before_date",
                        violation_error_message="Until can't be before date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which the clock runs again.",
                        null=True,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
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
                        to="letters.hold",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExtensionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("new_deadline", models.DateField()),
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
                        to="letters.extension",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnforcementStepHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("subpoena_threatened", "Subpoena threatened"),
                            ("subpoena_issued", "Subpoena issued"),
                            ("petition_filed", "Court petition filed"),
                            ("funds_action", "Action on funds"),
                            ("closed", "Closed"),
                        ]
                    ),
                ),
                ("summary", models.TextField(blank=True)),
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
                        to="letters.enforcementstep",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LetterHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.SlugField(
                        db_index=False,
                        help_text="Stable identifier; it stands in the address.",
                        max_length=200,
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        help_text="Where only the month or year is known, the first day of that period."
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("retracted", "Retracted"),
                        ],
                        default="draft",
                        editable=False,
                    ),
                ),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True)),
                (
                    "deadline",
                    models.DateField(
                        blank=True,
                        help_text="The first deadline, as the letter gives it. An extension never overwrites it.",
                        null=True,
                    ),
                ),
                (
                    "deadline_text",
                    models.CharField(blank=True, help_text="The letter's own words."),
                ),
                (
                    "deadline_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Where the letter gives a period instead of a date.",
                        null=True,
                    ),
                ),
                (
                    "deadline_unit",
                    models.CharField(
                        blank=True,
                        choices=[("calendar", "Calendar days"), ("business", "Business days")],
                    ),
                ),
                (
                    "deadline_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dated", "The letter's date"),
                            ("received", "The day it was received"),
                        ],
                    ),
                ),
                ("recipient_agency", models.CharField(blank=True)),
                ("addressee", models.CharField(blank=True)),
                ("signed_by", models.CharField(blank=True)),
                ("reference", models.CharField(blank=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "cleared_on",
                    models.DateField(
                        blank=True,
                        help_text="DOJ said that the jurisdiction complies, or closed it.",
                        null=True,
                    ),
                ),
                (
                    "verified_through",
                    models.DateField(
                        blank=True,
                        help_text="The last day for which staff checked for an answer.",
                        null=True,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jurisdictions.jurisdiction",
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
                        to="letters.letter",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.round",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventOfficialHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.event",
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
                    "official",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="letters.official",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventJurisdiction",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("letters.event_jurisdictions",),
        ),
        migrations.CreateModel(
            name="EventOfficial",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("letters.event_officials",),
        ),
        migrations.CreateModel(
            name="ProceedingJurisdiction",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("letters.proceeding_jurisdictions",),
        ),
        migrations.CreateModel(
            name="StatementJurisdiction",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("letters.statement_jurisdictions",),
        ),
        trigger_operations.AddTrigger(
            model_name="official",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_officialhistory" ("id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0ae75228bd4b3c150bded6faa9ce34f726f3771d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7a45a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_official",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="official",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_officialhistory" ("id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT new_values."id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="06e48958c2fff4fbed58e3c8dcf7398812bd18ad",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_78804",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_official",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="official",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_officialhistory" ("id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") SELECT old_values."id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b7f4731f9c4ee303e96b3ecff3126fd4647d9c2a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0e9e0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_official",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_roundhistory" ("announced_on", "consequence", "deadline", "fiscal_year", "id", "issuing_office", "legal_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program", "signed_by", "slug", "summary", "title") SELECT new_values."announced_on", new_values."consequence", new_values."deadline", new_values."fiscal_year", new_values."id", new_values."issuing_office", new_values."legal_basis", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."program", new_values."signed_by", new_values."slug", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e098f4f6702b123a8be168a07ec6310ed89a9ff6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f3aaf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_round",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_roundhistory" ("announced_on", "consequence", "deadline", "fiscal_year", "id", "issuing_office", "legal_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program", "signed_by", "slug", "summary", "title") SELECT new_values."announced_on", new_values."consequence", new_values."deadline", new_values."fiscal_year", new_values."id", new_values."issuing_office", new_values."legal_basis", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."program", new_values."signed_by", new_values."slug", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b75d1ca0b61a778ae786f28de8dfc9dbce521138",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3e739",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_round",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_roundhistory" ("announced_on", "consequence", "deadline", "fiscal_year", "id", "issuing_office", "legal_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program", "signed_by", "slug", "summary", "title") SELECT old_values."announced_on", old_values."consequence", old_values."deadline", old_values."fiscal_year", old_values."id", old_values."issuing_office", old_values."legal_basis", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."program", old_values."signed_by", old_values."slug", old_values."summary", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="deb76abbe0103fb7df960fa448f0cb26d80e4ef0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_babd2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_round",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0dc0d7f4874c11081a47030ed0819cebcc154585",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_78974",
                    table="letters_eventhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventjurisdictionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fcd6e255c361d7d22390176e7d814143fd9fe9d9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_03115",
                    table="letters_eventjurisdictionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="holdhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="78cfd98a5788df94027b776007d2859b00ddfb71",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f98d6",
                    table="letters_holdhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="89dd321cfd00e0f06d6dd670710d118a5e20dfb4",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_839ce",
                    table="letters_hold",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="087d313bb21abc9a630be007f213825fbd0b3b43",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_36923",
                    table="letters_hold",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="75605e0e07eda8afbd0e6b8ac18e60b5768cb74b",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_0533f",
                    table="letters_hold",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_holdhistory" ("date", "date_precision", "id", "key", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "until") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."letter_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ce67a90bc5cd769c14f18629af146f276c4c4060",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c49c2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_hold",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_holdhistory" ("date", "date_precision", "id", "key", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "until") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."letter_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ffb113c97c2f000c7bf1be7ec4e183b26dfa3b7b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_71757",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_hold",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="hold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_holdhistory" ("date", "date_precision", "id", "key", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "until") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."key", old_values."letter_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="296d861efc7832a1ca08dcd5a60af72c25f41fe6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8c4a4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_hold",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extensionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4bc6471441ca9cb6effd98d9b9283602bfa44681",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_aae34",
                    table="letters_extensionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="a5a6c5e445d4cbc14534ed9e7da42808c90deef8",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_ac2fc",
                    table="letters_extension",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="d2b6e45d27be12700fd0f406fdaa95961c6675ac",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_2f922",
                    table="letters_extension",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="69d5a916436f0e6f82c591115421bac7c546dae5",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_91894",
                    table="letters_extension",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_extensionhistory" ("date", "date_precision", "id", "key", "letter_id", "new_deadline", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."letter_id", new_values."new_deadline", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6f391ba096701b3f1894811a2d49d8badd9ca9d5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_05ecf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_extension",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_extensionhistory" ("date", "date_precision", "id", "key", "letter_id", "new_deadline", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."letter_id", new_values."new_deadline", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad52e1ed8fabe85f4493a05c5b825b995499c56f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3deb2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_extension",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="extension",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_extensionhistory" ("date", "date_precision", "id", "key", "letter_id", "new_deadline", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."key", old_values."letter_id", old_values."new_deadline", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b73ac79224edcd289f8fdef537e48e7ddad39c8f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3a0f3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_extension",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstephistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fb7297dade91c5c01c57f800929983eadb7faf72",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dbd72",
                    table="letters_enforcementstephistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="e1b3d6897757d4cd3a3ff8b606207bcbe8324011",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_b4c3e",
                    table="letters_enforcementstep",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="76bf3e1b6a8225795bf9daec5bf52abbf6919bcb",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_2d41c",
                    table="letters_enforcementstep",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="eae57d97313f68b9c4db51f16af0082e985da0d1",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_a0de7",
                    table="letters_enforcementstep",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_enforcementstephistory" ("date", "date_precision", "id", "key", "kind", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."kind", new_values."letter_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f4b5435cb70f627596666089df4d0f3657030e66",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_afbaa",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_enforcementstep",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_enforcementstephistory" ("date", "date_precision", "id", "key", "kind", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."kind", new_values."letter_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="928ea9fab8a29365fe28a09d92a4f2fdf8221eb6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e47df",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_enforcementstep",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="enforcementstep",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_enforcementstephistory" ("date", "date_precision", "id", "key", "kind", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."key", old_values."kind", old_values."letter_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4595963dc699fe431a977257469727837de32ff1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_62ab3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_enforcementstep",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventofficialhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9d258b3690048bcb8a2dcff86149b84fea1deecc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ffbcd",
                    table="letters_eventofficialhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="af854963268d72f2299a444cac182117ae0fb663",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_c7369",
                    table="letters_event",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="cba33cbc9fc31dce2a74cdbf54d79a8dc02222c6",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_5aee5",
                    table="letters_event",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="77c9670835f694b9763b247b774e80dde6dd919d",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_e03e1",
                    table="letters_event",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventhistory" ("date", "date_precision", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "title") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="06e5db867cb9fad1ce9199dd0b7314da0276bba9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_360bc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_event",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventhistory" ("date", "date_precision", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "title") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1208d468762bab4aed53e013e5f3412172764225",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b89e2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_event",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventhistory" ("date", "date_precision", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "title") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="253b29f82bccb9fd861b874112ebbe5fbc33b9ec",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6a53e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_event",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="officialhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="380e72b7888ac215de2baa563b76e929cd77e39b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a36ae",
                    table="letters_officialhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceeding",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="0ec9b60644a38fd2b3260cae2aef13a4af574de3",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_99e37",
                    table="letters_proceeding",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceeding",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="64a6346806b59ddee24b63d8041062ef1fe78600",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_00fdc",
                    table="letters_proceeding",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceeding",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="a92e955797938cd815227570941e160f2fc09b80",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_9320f",
                    table="letters_proceeding",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceeding",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_proceedinghistory" ("caption", "court", "date", "date_precision", "docket_number", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "url") SELECT new_values."caption", new_values."court", new_values."date", new_values."date_precision", new_values."docket_number", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="494ce4cbbfcd166d23b0ca502c64e9d0982c85e5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4b597",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_proceeding",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceeding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_proceedinghistory" ("caption", "court", "date", "date_precision", "docket_number", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "url") SELECT new_values."caption", new_values."court", new_values."date", new_values."date_precision", new_values."docket_number", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b47a9fb5b1d60ed00a869c8f7f39005c68244bcb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ddcf7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_proceeding",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceeding",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_proceedinghistory" ("caption", "court", "date", "date_precision", "docket_number", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id", "summary", "url") SELECT old_values."caption", old_values."court", old_values."date", old_values."date_precision", old_values."docket_number", old_values."id", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="db172cfaeaae94ec79f728a88b6961751313e428",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c54e9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_proceeding",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceedinghistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ce11ec22f69f84d083f12267530c8894c15e5607",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_21174",
                    table="letters_proceedinghistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceedingjurisdictionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c8bbc48b62dd1bb1636fdbe1dd02cd0ff40ef006",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6e7f6",
                    table="letters_proceedingjurisdictionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="bc41b3143d6ef2282dca7c9bbc6d694c0739414f",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_a14ae",
                    table="letters_response",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="ecbafeb0f91518ceb98e5b6a1c8817cea103ae2e",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_100d0",
                    table="letters_response",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="e53ea1737ee8e6324b7354a55e1bcd3e8f1a2b66",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_f82b6",
                    table="letters_response",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_responsehistory" ("date", "date_precision", "id", "key", "kind", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "signed_by", "status", "submitted_at", "submitted_by_id", "summary") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."kind", new_values."letter_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."signed_by", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="46ff8d491eaac22dcb077b21962c3df3cb8901c8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_09635",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_response",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_responsehistory" ("date", "date_precision", "id", "key", "kind", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "signed_by", "status", "submitted_at", "submitted_by_id", "summary") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."kind", new_values."letter_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."signed_by", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ea1efbd050b3e96ad932b021f438f2e1d65f6ca4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_48047",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_response",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="response",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_responsehistory" ("date", "date_precision", "id", "key", "kind", "letter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "signed_by", "status", "submitted_at", "submitted_by_id", "summary") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."key", old_values."kind", old_values."letter_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."signed_by", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4b1115a25ade450915106e83f0da53830d441026",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8456e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_response",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="productionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f707cb17296a500c31a3763c5ac715c8024e6dac",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f6bdd",
                    table="letters_productionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="production",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_productionhistory" ("extent", "id", "item_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "response_id") SELECT new_values."extent", new_values."id", new_values."item_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."response_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1197e36374e138834efb2639e26138679a1b269e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d8289",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_production",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="production",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_productionhistory" ("extent", "id", "item_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "response_id") SELECT new_values."extent", new_values."id", new_values."item_id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."response_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9658c2176953896148e2eff77d9645a51f4f5bac",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e195",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_production",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="production",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_productionhistory" ("extent", "id", "item_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "response_id") SELECT old_values."extent", old_values."id", old_values."item_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."response_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="86d32e7ae04523650e4fa31812f2d0ee4e25b3ad",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_77b12",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_production",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="responsehistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6784c512c0e9f54a07920979914ccfe6ef33dcd5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_67f1b",
                    table="letters_responsehistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letterhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3a83eaef063eb3189bf8f07786750e882e4a4876",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2a4bc",
                    table="letters_letterhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="d152a43cc40207442fe1dcf8143156e42b4ce9bb",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_28d7f",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="76c62e50b00efdba6d0c9640c7185d090300c6ef",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_446ac",
                    table="letters_letter",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="967a7af646e87c9da7ebbba3ae9fe0479b2dbcc8",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_199ca",
                    table="letters_letter",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_letterhistory" ("addressee", "cleared_on", "date", "date_precision", "deadline", "deadline_basis", "deadline_days", "deadline_text", "deadline_unit", "id", "jurisdiction_id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "received_on", "recipient_agency", "reference", "round_id", "sent_on", "signed_by", "status", "submitted_at", "submitted_by_id", "verified_through", "withdrawn_on") SELECT new_values."addressee", new_values."cleared_on", new_values."date", new_values."date_precision", new_values."deadline", new_values."deadline_basis", new_values."deadline_days", new_values."deadline_text", new_values."deadline_unit", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."received_on", new_values."recipient_agency", new_values."reference", new_values."round_id", new_values."sent_on", new_values."signed_by", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."verified_through", new_values."withdrawn_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad476d549d2ea945218498f4846b0dbabfc4efcf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a3f25",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_letter",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_letterhistory" ("addressee", "cleared_on", "date", "date_precision", "deadline", "deadline_basis", "deadline_days", "deadline_text", "deadline_unit", "id", "jurisdiction_id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "received_on", "recipient_agency", "reference", "round_id", "sent_on", "signed_by", "status", "submitted_at", "submitted_by_id", "verified_through", "withdrawn_on") SELECT new_values."addressee", new_values."cleared_on", new_values."date", new_values."date_precision", new_values."deadline", new_values."deadline_basis", new_values."deadline_days", new_values."deadline_text", new_values."deadline_unit", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."received_on", new_values."recipient_agency", new_values."reference", new_values."round_id", new_values."sent_on", new_values."signed_by", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."verified_through", new_values."withdrawn_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4a0896d9e584169bf64e228e68fb401e3113a358",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_48e56",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_letter",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_letterhistory" ("addressee", "cleared_on", "date", "date_precision", "deadline", "deadline_basis", "deadline_days", "deadline_text", "deadline_unit", "id", "jurisdiction_id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "received_on", "recipient_agency", "reference", "round_id", "sent_on", "signed_by", "status", "submitted_at", "submitted_by_id", "verified_through", "withdrawn_on") SELECT old_values."addressee", old_values."cleared_on", old_values."date", old_values."date_precision", old_values."deadline", old_values."deadline_basis", old_values."deadline_days", old_values."deadline_text", old_values."deadline_unit", old_values."id", old_values."jurisdiction_id", old_values."key", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."received_on", old_values."recipient_agency", old_values."reference", old_values."round_id", old_values."sent_on", old_values."signed_by", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."verified_through", old_values."withdrawn_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="67c68c1d119eac2ba5a2740eca043dcbea0744f0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1b16b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_letter",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="demanditemhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7040be9125296c89842d893733e5a714ec4f46b5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b3fed",
                    table="letters_demanditemhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="demanditem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_demanditemhistory" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "text") SELECT new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."round_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a79718fb2add9545d14a8a4f60a3e853a43d7d0a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ee411",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_demanditem",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="demanditem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_demanditemhistory" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "text") SELECT new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."round_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1c380eb256f1c6fba755c72fdb477fb6c741853b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c1ea2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_demanditem",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="demanditem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_demanditemhistory" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "text") SELECT old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."round_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="834d3eb1f55e7801e19dc91a37cafb5a0aad64fb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_66065",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_demanditem",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="roundhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0e92b960ceba9977838fc176b30f9c0b679299e0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4f171",
                    table="letters_roundhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="ed2f6794a58243447598d0623400baaf22cb010e",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_345c3",
                    table="letters_ruling",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4a375a68f12dc7d2718fe3140ae7e97181c5ec55",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_fcee8",
                    table="letters_ruling",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="220e3ed1a46ef7e46bdebcde4bb1a1ca300d7674",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_ad38d",
                    table="letters_ruling",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_rulinghistory" ("date", "date_precision", "id", "key", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proceeding_id", "published_at", "published_by_id", "reporter_citation", "status", "submitted_at", "submitted_by_id", "title") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."outcome", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proceeding_id", new_values."published_at", new_values."published_by_id", new_values."reporter_citation", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d3eebcb8c463e605d354c466c6c96f7bea59099b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_56ed6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_ruling",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_rulinghistory" ("date", "date_precision", "id", "key", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proceeding_id", "published_at", "published_by_id", "reporter_citation", "status", "submitted_at", "submitted_by_id", "title") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."outcome", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proceeding_id", new_values."published_at", new_values."published_by_id", new_values."reporter_citation", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0fef7928927c5eb2975db1918950ad7650b0183d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_09417",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_ruling",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_rulinghistory" ("date", "date_precision", "id", "key", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proceeding_id", "published_at", "published_by_id", "reporter_citation", "status", "submitted_at", "submitted_by_id", "title") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."key", old_values."outcome", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proceeding_id", old_values."published_at", old_values."published_by_id", old_values."reporter_citation", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1d284be4ca20463b9a40d13fb89468a088c9be42",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e4cc3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_ruling",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="rulinghistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3ff12ded86b6cc341555eb3ac04bdaf0ad2ffacf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2afee",
                    table="letters_rulinghistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="ea72c6496e7f3e1f427e7e7745bfa69f0579c4b9",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_8ef82",
                    table="letters_statement",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="27b35b9ac9f966d5bff7c3338cac80dd099ff1e8",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_92093",
                    table="letters_statement",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="148a83a91517689db56a05b8a9bb104e605886b5",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_7c96f",
                    table="letters_statement",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_statementhistory" ("altered_text", "attribution", "date", "date_precision", "id", "in_reply_to_letter_id", "in_reply_to_round_id", "key", "kind", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "side", "speaker_id", "speaker_title", "status", "submitted_at", "submitted_by_id", "text", "venue") SELECT new_values."altered_text", new_values."attribution", new_values."date", new_values."date_precision", new_values."id", new_values."in_reply_to_letter_id", new_values."in_reply_to_round_id", new_values."key", new_values."kind", new_values."organisation", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."side", new_values."speaker_id", new_values."speaker_title", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."text", new_values."venue" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="76e896cc85b24f808b17467da359c41b8c7c5d0c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3fc2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_statement",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_statementhistory" ("altered_text", "attribution", "date", "date_precision", "id", "in_reply_to_letter_id", "in_reply_to_round_id", "key", "kind", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "side", "speaker_id", "speaker_title", "status", "submitted_at", "submitted_by_id", "text", "venue") SELECT new_values."altered_text", new_values."attribution", new_values."date", new_values."date_precision", new_values."id", new_values."in_reply_to_letter_id", new_values."in_reply_to_round_id", new_values."key", new_values."kind", new_values."organisation", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."side", new_values."speaker_id", new_values."speaker_title", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."text", new_values."venue" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fced9dde63effe2d22a818a82ba3b06576e2d2e0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5172f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="letters_statement",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_statementhistory" ("altered_text", "attribution", "date", "date_precision", "id", "in_reply_to_letter_id", "in_reply_to_round_id", "key", "kind", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "side", "speaker_id", "speaker_title", "status", "submitted_at", "submitted_by_id", "text", "venue") SELECT old_values."altered_text", old_values."attribution", old_values."date", old_values."date_precision", old_values."id", old_values."in_reply_to_letter_id", old_values."in_reply_to_round_id", old_values."key", old_values."kind", old_values."organisation", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."side", old_values."speaker_id", old_values."speaker_title", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."text", old_values."venue" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0698ec61968c51c21b0de7617ac42105f58800d1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aecca",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_statement",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statementhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="375286c9698bbfff9f6474f40edbae59333e9302",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_16243",
                    table="letters_statementhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statementjurisdictionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="459d7aba52c6c68950b1cee73fae4d13bdfa7f9f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_91c27",
                    table="letters_statementjurisdictionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventjurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventjurisdictionhistory" ("event_id", "id", "jurisdiction_id", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT new_values."event_id", new_values."id", new_values."jurisdiction_id", _pgh_attached_context.value, NOW(), \'insert\' FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2cebf817db77c5c42a80c7ca8cc375ce2a7728ac",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_924e6",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_event_jurisdictions",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventjurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventjurisdictionhistory" ("event_id", "id", "jurisdiction_id", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT old_values."event_id", old_values."id", old_values."jurisdiction_id", _pgh_attached_context.value, NOW(), \'delete\' FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="90028f3dd12a88c39d43242750c632f0aa0290cd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_47d7a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_event_jurisdictions",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventofficial",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventofficialhistory" ("event_id", "id", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT new_values."event_id", new_values."id", new_values."official_id", _pgh_attached_context.value, NOW(), \'insert\' FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5dea866cf1e86c568fb018b2ca7c076a19ac5408",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3abd",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_event_officials",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="eventofficial",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_eventofficialhistory" ("event_id", "id", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT old_values."event_id", old_values."id", old_values."official_id", _pgh_attached_context.value, NOW(), \'delete\' FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d02503c2f80ac70a446b65d2de3a2a169dab997b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_97792",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_event_officials",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceedingjurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_proceedingjurisdictionhistory" ("id", "jurisdiction_id", "pgh_context_id", "pgh_created_at", "pgh_label", "proceeding_id") SELECT new_values."id", new_values."jurisdiction_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."proceeding_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3d81ce26e0d7a7d4a13ec3273bf14b843998f3f8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8a09a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_proceeding_jurisdictions",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="proceedingjurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_proceedingjurisdictionhistory" ("id", "jurisdiction_id", "pgh_context_id", "pgh_created_at", "pgh_label", "proceeding_id") SELECT old_values."id", old_values."jurisdiction_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."proceeding_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="bb8adddefd049d1656dd563cf29ae682f49bcf85",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1bf12",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_proceeding_jurisdictions",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statementjurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_statementjurisdictionhistory" ("id", "jurisdiction_id", "pgh_context_id", "pgh_created_at", "pgh_label", "statement_id") SELECT new_values."id", new_values."jurisdiction_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."statement_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1e4dc1ee876987e401e81d37dd8074dcb2f776db",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_940de",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="letters_statement_jurisdictions",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="statementjurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "letters_statementjurisdictionhistory" ("id", "jurisdiction_id", "pgh_context_id", "pgh_created_at", "pgh_label", "statement_id") SELECT old_values."id", old_values."jurisdiction_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."statement_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d3009df28efe3ce53a3a8039209a77f7d001b9d4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0740f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="letters_statement_jurisdictions",
                    when="AFTER",
                ),
            ),
        ),
    ]
