"""What can be asked of statements."""

from django.db.models import Exists, OuterRef

from casefile.entries import EntryQuerySet
from casefile.models import Citation, SourceKind, Stance
from casefile.quotation_checks import FOUND


class StatementQuerySet(EntryQuerySet):
    def verified(self):
        """Keep the quotations whose words were found in a source that supports them.

        A machine-altered copy verifies nothing: the quotation stands until a better source is
        cited.
        """
        return self.with_verified().filter(is_verified=True)

    def with_verified(self):
        """Add ``is_verified``."""
        found = Citation.objects.filter(
            entry_type__app_label=self.model._meta.app_label,
            entry_type__model=self.model._meta.model_name,
            entry_id=OuterRef("pk"),
            stance=Stance.SUPPORTS,
            quotation_check__in=FOUND,
        ).exclude(source__kind=SourceKind.MACHINE_ALTERED_COPY)
        return self.annotate(is_verified=Exists(found))
