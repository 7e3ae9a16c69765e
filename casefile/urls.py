"""The site map."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/second-factor/", include("casefile.signing_in.urls")),
    path("admin/", include("letters.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("letters.urls")),
]
