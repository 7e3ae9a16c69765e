"""The site map: English pages have the plain addresses, those of other languages a prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from casefile import late_views

urlpatterns = [
    path("admin/second-factor/", include("casefile.signing_in.urls")),
    path("admin/", include("letters.desk_urls")),
    late_views.include("admin/", "casefile.desk_urls", namespace="admin"),
    *i18n_patterns(path("", include("letters.urls")), prefix_default_language=False),
    path("", include("letters.file_urls")),
]

handler500 = "casefile.away.server_error"
