"""A row of the docket, as readers see it."""

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext

from casefile.citations import Citations
from casefile.dates import describe
from letters.docket.branches import LATER_DATES, OVERDUE_ON, Branch

OF_RECORD = ("{row.title}", "{row.speaker}")


@dataclass
class Row:
    """One dated thing that happened, with its ``cited`` sources once they are attached."""

    branch: Branch
    pk: int
    key: str
    date: dt.date
    date_precision: str
    title: str
    context: str
    code: str
    who: str
    detail: str
    until: dt.date | None
    page_key: str
    about: list[int]
    jurisdictions: list = field(default_factory=list)
    cited: Citations = field(default_factory=Citations)

    def __str__(self):
        return self.heading

    @property
    def model(self):
        return self.branch.model

    @property
    def kind(self):
        return self.branch.kind

    @property
    def label(self):
        return str(self.branch.label)

    @property
    def heading(self):
        return str(self.branch.heading_of(self)).format(row=self)

    @property
    def is_of_record(self):
        """Return whether the heading is a text of the record, and no words of ours."""
        return self.branch.heading in OF_RECORD and bool(self.who or self.title)

    @property
    def meaning(self):
        """Return what the code of the entry's kind or status means."""
        return str(self.branch.codes.get(self.code, ""))

    @property
    def dated(self):
        """Return the date, no more exact than it is known."""
        return describe(self.date, self.date_precision)

    @property
    def speaker(self):
        return self.who or gettext("Unnamed official")

    @property
    def is_quotation(self):
        return self.code.startswith("quotation")

    @property
    def until_text(self):
        return describe(self.until)

    @property
    def sources(self):
        """Return the citations of what this row says, and not those of the entry's other dates."""
        if self.branch.date != "date":
            return self.cited.about(self.branch.date) or self.cited.about("")
        return self.cited.except_about(LATER_DATES[self.model])

    @property
    def anchor(self):
        """Return the id of this row on the pages that show it."""
        anchor = f"docket-{self.branch.name}-{self.key}"
        # A deadline that was moved can pass more than once.
        return f"{anchor}-{self.date}" if self.branch.date == OVERDUE_ON else anchor

    @property
    def place(self):
        """Return where the docket goes on from this row: see ``Docket.page``."""
        return f"{self.date}~{self.branch.name}~{self.key}"

    def get_absolute_url(self):
        """Return the address of the page where the entry stands, and of the spot on it."""
        if self.branch.page == "timeline":
            return f"{reverse('timeline')}?from={self.place}#{self.anchor}"
        address = reverse(self.branch.page, args=[self.page_key])
        return address if self.branch.has_own_page else f"{address}#{self.key}"
