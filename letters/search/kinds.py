"""What can be found: kinds of entries, and kinds of names."""

from django.utils.translation import gettext_lazy as _

from letters.docket.branches import BRANCHES, KINDS

# What one name of each kind, and several, are called.
NAMES = {
    "jurisdictions": (_("Jurisdiction"), _("Jurisdictions")),
    "officials": (_("Official"), _("Officials")),
    "rounds": (_("Round"), _("Rounds")),
    "sources": (_("Source"), _("Sources")),
}

ENTRIES = {**KINDS, "awards": _("Awards")}
PLURALS = {**{kind: plural for kind, (_one, plural) in NAMES.items()}, **ENTRIES}

# The branch of the docket that knows where an entry of a kind stands, and what one is called.
BRANCH_OF = {branch.kind: branch for branch in BRANCHES if branch.date == "date"}
SINGULARS = {
    **{kind: one for kind, (one, _plural) in NAMES.items()},
    **{kind: branch.label for kind, branch in BRANCH_OF.items()},
    "award_events": _("Award event"),
    "awards": _("Award"),
}
