import django.contrib.postgres.fields
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
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=200, unique=True)),
                ("name", models.CharField()),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("county", "County"),
                            ("city", "City"),
                            ("consolidated", "Consolidated city-county"),
                            ("town", "Town"),
                            ("other", "Other"),
                        ]
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("AL", "Alabama"),
                            ("AK", "Alaska"),
                            ("AS", "American Samoa"),
                            ("AZ", "Arizona"),
                            ("AR", "Arkansas"),
                            ("CA", "California"),
                            ("CO", "Colorado"),
                            ("CT", "Connecticut"),
                            ("DE", "Delaware"),
                            ("DC", "District of Columbia"),
                            ("FL", "Florida"),
                            ("GA", "Georgia"),
                            ("GU", "Guam"),
                            ("HI", "Hawaii"),
                            ("ID", "Idaho"),
                            ("IL", "Illinois"),
                            ("IN", "Indiana"),
                            ("IA", "Iowa"),
                            ("KS", "Kansas"),
                            ("KY", "Kentucky"),
                            ("LA", "Louisiana"),
                            ("ME", "Maine"),
                            ("MD", "Maryland"),
                            ("MA", "Massachusetts"),
                            ("MI", "Michigan"),
                            ("MN", "Minnesota"),
                            ("MS", "Mississippi"),
                            ("MO", "Missouri"),
                            ("MT", "Montana"),
                            ("NE", "Nebraska"),
                            ("NV", "Nevada"),
                            ("NH", "New Hampshire"),
                            ("NJ", "New Jersey"),
                            ("NM", "New Mexico"),
                            ("NY", "New York"),
                            ("NC", "North Carolina"),
                            ("ND", "North Dakota"),
                            ("MP", "Northern Mariana Islands"),
                            ("OH", "Ohio"),
                            ("OK", "Oklahoma"),
                            ("OR", "Oregon"),
                            ("PA", "Pennsylvania"),
                            ("PR", "Puerto Rico"),
                            ("RI", "Rhode Island"),
                            ("SC", "South Carolina"),
                            ("SD", "South Dakota"),
                            ("TN", "Tennessee"),
                            ("TX", "Texas"),
                            ("UT", "Utah"),
                            ("VT", "Vermont"),
                            ("VI", "Virgin Islands"),
                            ("VA", "Virginia"),
                            ("WA", "Washington"),
                            ("WV", "West Virginia"),
                            ("WI", "Wisconsin"),
                            ("WY", "Wyoming"),
                        ]
                    ),
                ),
                (
                    "geoid",
                    models.CharField(
                        blank=True,
                        help_text="Census GEOID: 2 digits for a state, 5 for a county, 7 for a place.",
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\d{2}|\\d{5}|\\d{7})$", "A GEOID has 2, 5 or 7 digits."
                            )
                        ],
                        verbose_name="GEOID",
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["state", "county", "city", "consolidated", "town", "other"],
                            )
                        ),
                        name="jurisdictions_jurisdiction_kind_known",
                        violation_error_message="Kind must be one of state, county, city, consolidated, town, other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "AL",
                                    "AK",
                                    "AS",
                                    "AZ",
                                    "AR",
                                    "CA",
                                    "CO",
                                    "CT",
                                    "DE",
                                    "DC",
                                    "FL",
                                    "GA",
                                    "GU",
                                    "HI",
                                    "ID",
                                    "IL",
                                    "IN",
                                    "IA",
                                    "KS",
                                    "KY",
                                    "LA",
                                    "ME",
                                    "MD",
                                    "MA",
                                    "MI",
                                    "MN",
                                    "MS",
                                    "MO",
                                    "MT",
                                    "NE",
                                    "NV",
                                    "NH",
                                    "NJ",
                                    "NM",
                                    "NY",
                                    "NC",
                                    "ND",
                                    "MP",
                                    "OH",
                                    "OK",
                                    "OR",
                                    "PA",
                                    "PR",
                                    "RI",
                                    "SC",
                                    "SD",
                                    "TN",
                                    "TX",
                                    "UT",
                                    "VT",
                                    "VI",
                                    "VA",
                                    "WA",
                                    "WV",
                                    "WI",
                                    "WY",
                                ],
                            )
                        ),
                        name="jurisdictions_jurisdiction_state_is_usps_code",
                        violation_error_message="State must be a two-letter USPS code, such as CA.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("geoid", ""),
                            ("geoid__regex", "^(\\d{2}|\\d{5}|\\d{7})$"),
                            _connector="OR",
                        ),
                        name="jurisdictions_jurisdiction_geoid_digits",
                        violation_error_message="GEOID must have 2, 5 or 7 digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("geoid", ""),
                            (
                                "state",
                                models.Case(
                                    models.When(geoid__startswith="01", then=models.Value("AL")),
                                    models.When(geoid__startswith="02", then=models.Value("AK")),
                                    models.When(geoid__startswith="60", then=models.Value("AS")),
                                    models.When(geoid__startswith="04", then=models.Value("AZ")),
                                    models.When(geoid__startswith="05", then=models.Value("AR")),
                                    models.When(geoid__startswith="06", then=models.Value("CA")),
                                    models.When(geoid__startswith="08", then=models.Value("CO")),
                                    models.When(geoid__startswith="09", then=models.Value("CT")),
                                    models.When(geoid__startswith="10", then=models.Value("DE")),
                                    models.When(geoid__startswith="11", then=models.Value("DC")),
                                    models.When(geoid__startswith="12", then=models.Value("FL")),
                                    models.When(geoid__startswith="13", then=models.Value("GA")),
                                    models.When(geoid__startswith="66", then=models.Value("GU")),
                                    models.When(geoid__startswith="15", then=models.Value("HI")),
                                    models.When(geoid__startswith="16", then=models.Value("ID")),
                                    models.When(geoid__startswith="17", then=models.Value("IL")),
                                    models.When(geoid__startswith="18", then=models.Value("IN")),
                                    models.When(geoid__startswith="19", then=models.Value("IA")),
                                    models.When(geoid__startswith="20", then=models.Value("KS")),
                                    models.When(geoid__startswith="21", then=models.Value("KY")),
                                    models.When(geoid__startswith="22", then=models.Value("LA")),
                                    models.When(geoid__startswith="23", then=models.Value("ME")),
                                    models.When(geoid__startswith="24", then=models.Value("MD")),
                                    models.When(geoid__startswith="25", then=models.Value("MA")),
                                    models.When(geoid__startswith="26", then=models.Value("MI")),
                                    models.When(geoid__startswith="27", then=models.Value("MN")),
                                    models.When(geoid__startswith="28", then=models.Value("MS")),
                                    models.When(geoid__startswith="29", then=models.Value("MO")),
                                    models.When(geoid__startswith="30", then=models.Value("MT")),
                                    models.When(geoid__startswith="31", then=models.Value("NE")),
                                    models.When(geoid__startswith="32", then=models.Value("NV")),
                                    models.When(geoid__startswith="33", then=models.Value("NH")),
                                    models.When(geoid__startswith="34", then=models.Value("NJ")),
                                    models.When(geoid__startswith="35", then=models.Value("NM")),
                                    models.When(geoid__startswith="36", then=models.Value("NY")),
                                    models.When(geoid__startswith="37", then=models.Value("NC")),
                                    models.When(geoid__startswith="38", then=models.Value("ND")),
                                    models.When(geoid__startswith="69", then=models.Value("MP")),
                                    models.When(geoid__startswith="39", then=models.Value("OH")),
                                    models.When(geoid__startswith="40", then=models.Value("OK")),
                                    models.When(geoid__startswith="41", then=models.Value("OR")),
                                    models.When(geoid__startswith="42", then=models.Value("PA")),
                                    models.When(geoid__startswith="72", then=models.Value("PR")),
                                    models.When(geoid__startswith="44", then=models.Value("RI")),
                                    models.When(geoid__startswith="45", then=models.Value("SC")),
                                    models.When(geoid__startswith="46", then=models.Value("SD")),
                                    models.When(geoid__startswith="47", then=models.Value("TN")),
                                    models.When(geoid__startswith="48", then=models.Value("TX")),
                                    models.When(geoid__startswith="49", then=models.Value("UT")),
                                    models.When(geoid__startswith="50", then=models.Value("VT")),
                                    models.When(geoid__startswith="78", then=models.Value("VI")),
                                    models.When(geoid__startswith="51", then=models.Value("VA")),
                                    models.When(geoid__startswith="53", then=models.Value("WA")),
                                    models.When(geoid__startswith="54", then=models.Value("WV")),
                                    models.When(geoid__startswith="55", then=models.Value("WI")),
                                    models.When(geoid__startswith="56", then=models.Value("WY")),
                                    default=models.Value(""),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="jurisdictions_jurisdiction_geoid_in_state",
                        violation_error_message="GEOID must begin with the FIPS code of its state.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("website", ""),
                            ("website__regex", "^https?://[^\\s]+$"),
                            _connector="OR",
                        ),
                        name="jurisdictions_jurisdiction_website_is_web_address",
                        violation_error_message="Website must begin with http:// or https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=200, unique=True)),
                ("program", models.CharField(default="Byrne JAG")),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="US dollars.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "amount_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("awarded", "Awarded"),
                            ("allocated", "Allocated"),
                            ("reported", "Reported"),
                            ("approximate", "Approximate"),
                        ],
                    ),
                ),
                ("award_number", models.CharField(blank=True)),
                ("note", models.TextField(blank=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "ordering": ["-fiscal_year", "key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                        ),
                        name="jurisdictions_award_amount_not_negative",
                        violation_error_message="Amount can't be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("amount_basis", "")),
                            (
                                "amount_basis__in",
                                ["awarded", "allocated", "reported", "approximate"],
                            ),
                            _connector="OR",
                        ),
                        name="jurisdictions_award_amount_has_basis",
                        violation_error_message="Amount basis must say what the amount is: awarded, allocated, reported, approximate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fiscal_year__range", (2005, 2100))),
                        name="jurisdictions_award_fiscal_year_plausible",
                        violation_error_message="Fiscal year must be between 2005, when Byrne JAG began, and 2100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardEvent",
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
                    "axis",
                    models.CharField(
                        choices=[("award", "Award"), ("money", "Money"), ("dispute", "Dispute")]
                    ),
                ),
                (
                    "award_status",
                    models.CharField(
                        choices=[
                            ("allocated", "Allocated"),
                            ("applied", "Applied for"),
                            ("awarded", "Awarded"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("closed", "Closed"),
                            ("available", "Available"),
                            ("on_hold", "On hold"),
                            ("drawn_down", "Drawn down"),
                            ("deobligated", "Deobligated"),
                            ("returned", "Returned"),
                            ("conditions_in_force", "Conditions in force"),
                            ("conditions_enjoined", "Conditions enjoined"),
                            ("conditions_not_enforced", "Conditions not enforced"),
                            ("cleared", "Cleared"),
                            ("clawback_sought", "Clawback sought"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="jurisdictions.award",
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
                        name="jurisdictions_awardevent_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="jurisdictions_awardevent_date_precision_known",
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
                        name="jurisdictions_awardevent_date_starts_its_period",
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
                        name="jurisdictions_awardevent_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="jurisdictions_awardevent_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "award_status__in",
                                    [
                                        "allocated",
                                        "applied",
                                        "awarded",
                                        "accepted",
                                        "declined",
                                        "closed",
                                    ],
                                ),
                                ("axis", "award"),
                            ),
                            models.Q(
                                (
                                    "award_status__in",
                                    [
                                        "available",
                                        "on_hold",
                                        "drawn_down",
                                        "deobligated",
                                        "returned",
                                    ],
                                ),
                                ("axis", "money"),
                            ),
                            models.Q(
                                (
                                    "award_status__in",
                                    [
                                        "conditions_in_force",
                                        "conditions_enjoined",
                                        "conditions_not_enforced",
                                        "cleared",
                                        "clawback_sought",
                                    ],
                                ),
                                ("axis", "dispute"),
                            ),
                            _connector="OR",
                        ),
                        name="jurisdictions_awardevent_status_on_its_axis",
                        violation_error_message="Award status must be one of its axis: award: allocated, applied, awarded, accepted, declined, closed; money: available, on_hold, drawn_down, deobligated, returned; dispute: conditions_in_force, conditions_enjoined, conditions_not_enforced, cleared, clawback_sought.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardEventHistory",
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
                    "axis",
                    models.CharField(
                        choices=[("award", "Award"), ("money", "Money"), ("dispute", "Dispute")]
                    ),
                ),
                (
                    "award_status",
                    models.CharField(
                        choices=[
                            ("allocated", "Allocated"),
                            ("applied", "Applied for"),
                            ("awarded", "Awarded"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("closed", "Closed"),
                            ("available", "Available"),
                            ("on_hold", "On hold"),
                            ("drawn_down", "Drawn down"),
                            ("deobligated", "Deobligated"),
                            ("returned", "Returned"),
                            ("conditions_in_force", "Conditions in force"),
                            ("conditions_enjoined", "Conditions enjoined"),
                            ("conditions_not_enforced", "Conditions not enforced"),
                            ("cleared", "Cleared"),
                            ("clawback_sought", "Clawback sought"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "award",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jurisdictions.award",
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
                        to="jurisdictions.awardevent",
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
            name="Designation",
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
                ("list_name", models.CharField(verbose_name="list")),
                ("removed_on", models.DateField(blank=True, null=True)),
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
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="jurisdictions.jurisdiction",
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
                        name="jurisdictions_designation_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="jurisdictions_designation_date_precision_known",
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
                        name="jurisdictions_designation_date_starts_its_period",
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
                        name="jurisdictions_designation_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="jurisdictions_designation_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on__isnull", True),
                            ("date__isnull", True),
                            ("removed_on__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="jurisdictions_designation_removed_on_not_before_date",
                        violation_error_message="Removed on can't be before date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignationHistory",
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
                ("list_name", models.CharField(verbose_name="list")),
                ("removed_on", models.DateField(blank=True, null=True)),
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
                        to="jurisdictions.designation",
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
                    "jurisdiction",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AwardHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=200)),
                ("program", models.CharField(default="Byrne JAG")),
                ("fiscal_year", models.PositiveSmallIntegerField()),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="US dollars.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "amount_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("awarded", "Awarded"),
                            ("allocated", "Allocated"),
                            ("reported", "Reported"),
                            ("approximate", "Approximate"),
                        ],
                    ),
                ),
                ("award_number", models.CharField(blank=True)),
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
                        to="jurisdictions.award",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JurisdictionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField()),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("county", "County"),
                            ("city", "City"),
                            ("consolidated", "Consolidated city-county"),
                            ("town", "Town"),
                            ("other", "Other"),
                        ]
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("AL", "Alabama"),
                            ("AK", "Alaska"),
                            ("AS", "American Samoa"),
                            ("AZ", "Arizona"),
                            ("AR", "Arkansas"),
                            ("CA", "California"),
                            ("CO", "Colorado"),
                            ("CT", "Connecticut"),
                            ("DE", "Delaware"),
                            ("DC", "District of Columbia"),
                            ("FL", "Florida"),
                            ("GA", "Georgia"),
                            ("GU", "Guam"),
                            ("HI", "Hawaii"),
                            ("ID", "Idaho"),
                            ("IL", "Illinois"),
                            ("IN", "Indiana"),
                            ("IA", "Iowa"),
                            ("KS", "Kansas"),
                            ("KY", "Kentucky"),
                            ("LA", "Louisiana"),
                            ("ME", "Maine"),
                            ("MD", "Maryland"),
                            ("MA", "Massachusetts"),
                            ("MI", "Michigan"),
                            ("MN", "Minnesota"),
                            ("MS", "Mississippi"),
                            ("MO", "Missouri"),
                            ("MT", "Montana"),
                            ("NE", "Nebraska"),
                            ("NV", "Nevada"),
                            ("NH", "New Hampshire"),
                            ("NJ", "New Jersey"),
                            ("NM", "New Mexico"),
                            ("NY", "New York"),
                            ("NC", "North Carolina"),
                            ("ND", "North Dakota"),
                            ("MP", "Northern Mariana Islands"),
                            ("OH", "Ohio"),
                            ("OK", "Oklahoma"),
                            ("OR", "Oregon"),
                            ("PA", "Pennsylvania"),
                            ("PR", "Puerto Rico"),
                            ("RI", "Rhode Island"),
                            ("SC", "South Carolina"),
                            ("SD", "South Dakota"),
                            ("TN", "Tennessee"),
                            ("TX", "Texas"),
                            ("UT", "Utah"),
                            ("VT", "Vermont"),
                            ("VI", "Virgin Islands"),
                            ("VA", "Virginia"),
                            ("WA", "Washington"),
                            ("WV", "West Virginia"),
                            ("WI", "Wisconsin"),
                            ("WY", "Wyoming"),
                        ]
                    ),
                ),
                (
                    "geoid",
                    models.CharField(
                        blank=True,
                        help_text="Census GEOID: 2 digits for a state, 5 for a county, 7 for a place.",
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\d{2}|\\d{5}|\\d{7})$", "A GEOID has 2, 5 or 7 digits."
                            )
                        ],
                        verbose_name="GEOID",
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                        to="jurisdictions.jurisdiction",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Policy",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("constitution", "Constitution"),
                            ("statute", "Statute"),
                            ("ordinance", "Ordinance"),
                            ("resolution", "Resolution"),
                            ("executive_order", "Executive order"),
                            ("agency_policy", "Agency policy"),
                        ]
                    ),
                ),
                ("legal_citation", models.CharField(blank=True)),
                ("repealed_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policies",
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
            ],
            options={
                "verbose_name_plural": "policies",
                "ordering": ["-date", "key"],
                "abstract": False,
                "default_permissions": ["add", "change", "delete", "view", "publish"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "in_review", "published", "retracted"])
                        ),
                        name="jurisdictions_policy_status_known",
                        violation_error_message="Status must be one of draft, in_review, published, retracted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="jurisdictions_policy_date_precision_known",
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
                        name="jurisdictions_policy_date_starts_its_period",
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
                        name="jurisdictions_policy_publication_is_signed",
                        violation_error_message="A published entry must say who published it and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("published_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="jurisdictions_policy_publisher_is_not_submitter",
                        violation_error_message="Who submitted an entry can't publish it: a second person has to.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "constitution",
                                    "statute",
                                    "ordinance",
                                    "resolution",
                                    "executive_order",
                                    "agency_policy",
                                ],
                            )
                        ),
                        name="jurisdictions_policy_kind_known",
                        violation_error_message="Kind must be one of constitution, statute, ordinance, resolution, executive_order, agency_policy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repealed_on__isnull", True),
                            ("date__isnull", True),
                            ("repealed_on__gte", models.F("date")),
                            _connector="OR",
                        ),
                        name="jurisdictions_policy_repealed_on_not_before_date",
                        violation_error_message="Repealed on can't be before date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyHistory",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("constitution", "Constitution"),
                            ("statute", "Statute"),
                            ("ordinance", "Ordinance"),
                            ("resolution", "Resolution"),
                            ("executive_order", "Executive order"),
                            ("agency_policy", "Agency policy"),
                        ]
                    ),
                ),
                ("legal_citation", models.CharField(blank=True)),
                ("repealed_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True)),
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
                        to="jurisdictions.policy",
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
        trigger_operations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="2d10d792b0917622ce266f55932d03ea01e97b80",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_d6297",
                    table="jurisdictions_awardevent",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="15781a0dffe3eb501b17b02b4095e58a7b06c6a6",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_9cd62",
                    table="jurisdictions_awardevent",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="334723e2f7b596e503219a29d54365e481a5110d",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_97e81",
                    table="jurisdictions_awardevent",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_awardeventhistory" ("award_id", "award_status", "axis", "date", "date_precision", "id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id") SELECT new_values."award_id", new_values."award_status", new_values."axis", new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2aa29d44d07ba82ffcf9c1cc0dc90aa036e6d736",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_08c04",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="jurisdictions_awardevent",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_awardeventhistory" ("award_id", "award_status", "axis", "date", "date_precision", "id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id") SELECT new_values."award_id", new_values."award_status", new_values."axis", new_values."date", new_values."date_precision", new_values."id", new_values."key", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="aabdd2c4ffe177277a1ee991891da1273b5da739",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_da47a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="jurisdictions_awardevent",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardevent",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_awardeventhistory" ("award_id", "award_status", "axis", "date", "date_precision", "id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "status", "submitted_at", "submitted_by_id") SELECT old_values."award_id", old_values."award_status", old_values."axis", old_values."date", old_values."date_precision", old_values."id", old_values."key", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a07a56023804fbad72f92073415043fe1db74c81",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6f414",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="jurisdictions_awardevent",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardeventhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="27de33f9d3a8d60721b8213f87404f9ab363cb3c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7d22b",
                    table="jurisdictions_awardeventhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="parent_contains_child",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM jurisdictions_require_containment(NEW.id); RETURN NULL;",
                    hash="ea86f11a3eae817a56112dc60ca22116605518dc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_parent_contains_child_9af05",
                    table="jurisdictions_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_jurisdictionhistory" ("aliases", "geoid", "id", "kind", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "state", "website") SELECT new_values."aliases", new_values."geoid", new_values."id", new_values."kind", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."state", new_values."website" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cadcd32cf2de25d46071728456f5d168259f890b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9a281",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="jurisdictions_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_jurisdictionhistory" ("aliases", "geoid", "id", "kind", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "state", "website") SELECT new_values."aliases", new_values."geoid", new_values."id", new_values."kind", new_values."name", new_values."note", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."state", new_values."website" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8b3cbe9b68ffd25dcf7e7567e821f1d2111b2b11",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8129d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="jurisdictions_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="jurisdiction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_jurisdictionhistory" ("aliases", "geoid", "id", "kind", "name", "note", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "state", "website") SELECT old_values."aliases", old_values."geoid", old_values."id", old_values."kind", old_values."name", old_values."note", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."state", old_values."website" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6508a9070d4369b9a5051acb4f5d816b085a5dc7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_66ac1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="jurisdictions_jurisdiction",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designationhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0123aa0eb49d54085c711d588af30457a0890fa5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c7bb7",
                    table="jurisdictions_designationhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="9f67c5224731ddae699f4085d0a65ab9c69e0150",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_69363",
                    table="jurisdictions_designation",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="69fef1558d5f3ffb18162f45d4989aae3a5976b1",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_2aa3b",
                    table="jurisdictions_designation",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="6ecc395f11e6c80324889ae597b4c0bd77bb37b6",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_0ecfe",
                    table="jurisdictions_designation",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_designationhistory" ("date", "date_precision", "id", "jurisdiction_id", "key", "list_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "removed_on", "status", "submitted_at", "submitted_by_id", "summary") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."list_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."removed_on", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee957ca27138789756b3d8cd4ee6ee8c3744875d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e7d92",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="jurisdictions_designation",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_designationhistory" ("date", "date_precision", "id", "jurisdiction_id", "key", "list_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "removed_on", "status", "submitted_at", "submitted_by_id", "summary") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."list_name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."removed_on", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bb44b8cdb277167bbe540febbbc6debbf8458fc5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3de90",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="jurisdictions_designation",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="designation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_designationhistory" ("date", "date_precision", "id", "jurisdiction_id", "key", "list_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "removed_on", "status", "submitted_at", "submitted_by_id", "summary") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."jurisdiction_id", old_values."key", old_values."list_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."removed_on", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7a20d710db8b66807b4f360f4c1bd0bac82e945d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7d2d5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="jurisdictions_designation",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="awardhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dac95c40bf375038487e3059347798aae87b3b17",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f8c93",
                    table="jurisdictions_awardhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_awardhistory" ("amount", "amount_basis", "award_number", "fiscal_year", "id", "jurisdiction_id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program") SELECT new_values."amount", new_values."amount_basis", new_values."award_number", new_values."fiscal_year", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."program" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="13e9b39a3f7ed8e221af232faef2901c41aeb760",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a875f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="jurisdictions_award",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_awardhistory" ("amount", "amount_basis", "award_number", "fiscal_year", "id", "jurisdiction_id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program") SELECT new_values."amount", new_values."amount_basis", new_values."award_number", new_values."fiscal_year", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."program" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="166ab2a8b6c34c95cc043f44495fd1266dda1d61",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4f462",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="jurisdictions_award",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="award",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_awardhistory" ("amount", "amount_basis", "award_number", "fiscal_year", "id", "jurisdiction_id", "key", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program") SELECT old_values."amount", old_values."amount_basis", old_values."award_number", old_values."fiscal_year", old_values."id", old_values."jurisdiction_id", old_values."key", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."program" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ae5f093b8ec1ece6b65c2906c008840a55638df8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6e882",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="jurisdictions_award",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="jurisdictionhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f67197c95d5a05b2066e4fae3ec8503ee2fc98d1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_86eb8",
                    table="jurisdictions_jurisdictionhistory",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="review_steps",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:in_review,in_review:draft,in_review:published,published:retracted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="7a5f02f23ec4bd09fe3755ba1659fa7c1af32a6e",
                    operation="UPDATE",
                    pgid="pgtrigger_review_steps_c7093",
                    table="jurisdictions_policy",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" IN ('published', 'retracted'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="0e5fd59969e2c7e0b64d877a438b83f3d181a8df",
                    operation="DELETE",
                    pgid="pgtrigger_published_is_never_deleted_5ea61",
                    table="jurisdictions_policy",
                    when="BEFORE",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="published_is_cited",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published')",
                    constraint="CONSTRAINT",
                    func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key); RETURN NULL;",
                    hash="f001730127dcd5598a5cfa4c9697a8eb63f55465",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_published_is_cited_7fcba",
                    table="jurisdictions_policy",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_policyhistory" ("date", "date_precision", "id", "jurisdiction_id", "key", "kind", "legal_citation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "repealed_on", "status", "submitted_at", "submitted_by_id", "summary", "title") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."kind", new_values."legal_citation", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."repealed_on", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b44b0c1367ce7356a4b2ff9164a695af87ee3ada",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_09040",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="jurisdictions_policy",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_policyhistory" ("date", "date_precision", "id", "jurisdiction_id", "key", "kind", "legal_citation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "repealed_on", "status", "submitted_at", "submitted_by_id", "summary", "title") SELECT new_values."date", new_values."date_precision", new_values."id", new_values."jurisdiction_id", new_values."key", new_values."kind", new_values."legal_citation", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."repealed_on", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."summary", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="009790c9245939ac49bf175edf334d957266c8f2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_902e5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="jurisdictions_policy",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "jurisdictions_policyhistory" ("date", "date_precision", "id", "jurisdiction_id", "key", "kind", "legal_citation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "repealed_on", "status", "submitted_at", "submitted_by_id", "summary", "title") SELECT old_values."date", old_values."date_precision", old_values."id", old_values."jurisdiction_id", old_values."key", old_values."kind", old_values."legal_citation", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."repealed_on", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."summary", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b87022e642b279ce50f606ed8c3adc13890c6a01",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_abd61",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="jurisdictions_policy",
                    when="AFTER",
                ),
            ),
        ),
        trigger_operations.AddTrigger(
            model_name="policyhistory",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e33c56679215201239772e9a30acb170121526dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ec87d",
                    table="jurisdictions_policyhistory",
                    when="BEFORE",
                ),
            ),
        ),
    ]
