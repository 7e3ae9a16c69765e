"""The staff's desk: the kit for the admin pages of all records, and the pages of sources."""

from django.contrib import admin

from casefile.admin.accounts import AccountAdmin, SignInEventAdmin
from casefile.admin.citations import CitationAdmin, CitationInline
from casefile.admin.corrections import CorrectionAdmin
from casefile.admin.entries import EntryAdmin, EntryInline
from casefile.admin.merging import MergesRecords
from casefile.admin.records import RecordAdmin, RecordInline
from casefile.admin.sources import SourceAdmin

__all__ = [
    "AccountAdmin",
    "CitationAdmin",
    "CitationInline",
    "CorrectionAdmin",
    "EntryAdmin",
    "EntryInline",
    "MergesRecords",
    "RecordAdmin",
    "RecordInline",
    "SignInEventAdmin",
    "SourceAdmin",
]

admin.site.site_title = "Casefile"
admin.site.site_header = "Casefile: the desk"
admin.site.index_title = "The record"
