"""What search engines are told: where every page is, and what to leave alone."""

from django.contrib.sitemaps import views
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters.sitemaps import sections

XML = "application/xml; charset=utf-8"


@require_safe
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request):
    return views.index(request, sections(request.day), sitemap_url_name="sitemap", content_type=XML)


@require_safe
def sitemap(request, section):
    return views.sitemap(request, sections(request.day), section, content_type=XML)
