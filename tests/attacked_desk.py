"""The desk for attacks on all its pages: something of each kind on record, and who may do all."""

import logging

from django.contrib import admin
from django.db import connection, transaction

from casefile import merging
from casefile.merges import Merge
from tests.addresses import make_record
from tests.desk import DeskClient
from tests.factories import (
    CorrectionFactory,
    DesignationFactory,
    JurisdictionFactory,
    OfficialFactory,
    SourceFactory,
    UserFactory,
)
from tests.hostile import Attack, entry_points

POINTS = [point for point in entry_points() if point.route.startswith("/admin/")]
PAGES = admin.site._registry
MODELS = {(model._meta.app_label, model._meta.model_name): model for model in PAGES}


def kind_of(point):
    """Return what a page is: the last word of its name, such as changelist."""
    return point.name.rpartition("_")[2].rpartition(":")[2]


def model_of(point):
    """Return the model whose page a point is, or None."""
    return MODELS.get(tuple(point.route.split("/")[2:4]))


class AttackedDesk:
    """What the test cases of attacks on the desk have in common."""

    client_class = DeskClient

    @classmethod
    def setUpTestData(cls):
        make_record()
        DesignationFactory()
        CorrectionFactory()
        cls.user = UserFactory(is_superuser=True, is_staff=True)
        for factory in (JurisdictionFactory, OfficialFactory, SourceFactory):
            kept = factory._meta.model.objects.order_by("pk").first()
            merging.merge(kept, factory(), cls.user, "Twice")
            factory()
        cls.firsts = {
            model: model._default_manager.order_by("pk").values_list("pk", flat=True).first()
            for model in PAGES
        }

    def setUp(self):
        self.client.force_login(self.user)
        # An error of the database undoes its own request, and is none of the next one.
        self.attack = Attack(self.client, within=transaction.atomic, seconds=3)
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def plain(self, point):
        """Return the address of a page of something that is on record."""
        model = model_of(point)
        if point.name == "admin:view_on_site":
            return point.path(content_type_id="1", object_id="1")
        if model is None:
            return point.path(**dict.fromkeys(point.slots, "1"))
        pk = self.firsts[model]
        merge = Merge.objects.of(model).first()
        slots = dict.fromkeys(point.slots, str(pk)) | {"merge_pk": str(merge.pk if merge else 1)}
        if "key" in point.slots:
            slots["key"] = getattr(model.objects.get(pk=pk), PAGES[model].address_field)
        return point.path(**slots)


def what_is_written(*tables):
    """Return of tables, or of all, how many rows they have and which was written last.

    What looking around leaves isn't counted.
    """
    left_out = ("_session", "axes_", "signinevent", "otp_")
    tables = tables or [
        name
        for name in connection.introspection.table_names()
        if not any(part in name for part in left_out)
    ]
    counts = " UNION ALL ".join(
        f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM {name}" for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return {name: found for name, *found in cursor}
