"""What the quotation check can find, in words: its outcomes. `casefile.quotations` is the check."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuotationCheck(TextChoices):
    """What the check found, in readers' words. An empty value means: nothing to check."""

    EXACT = "exact", _("Word for word")
    TYPOGRAPHIC = "typographic", _("Word for word, typography aside")
    ELIDED = "elided", _("Word for word, with omissions")
    ALTERED = "altered", _("Differs from the source")
    ABSENT = "absent", _("Not found in the source")
    UNCHECKED = "unchecked", _("Not checked")

    @property
    def explanation(self) -> str:
        return str(_EXPLANATIONS[self])


_EXPLANATIONS = {
    QuotationCheck.EXACT: _("The stored text of the source has these words, sign for sign."),
    QuotationCheck.TYPOGRAPHIC: _(
        "The stored text of the source has these words; only spaces,"
        " dashes, quotation marks or the like differ."
    ),
    QuotationCheck.ELIDED: _(
        "The stored text of the source has the words around each ellipsis, in"
        " this order and close together; what stood between them is left out."
    ),
    QuotationCheck.ALTERED: _(
        "The stored text of the source has a passage close to this, but not"
        " these words in this order."
    ),
    QuotationCheck.ABSENT: _("The stored text of the source has no passage close to this."),
    QuotationCheck.UNCHECKED: _(
        "The text of the source is not stored here, so these words were not compared with it."
    ),
}

#: The checks that say: these words stand in the source.
FOUND = (QuotationCheck.EXACT, QuotationCheck.TYPOGRAPHIC, QuotationCheck.ELIDED)
