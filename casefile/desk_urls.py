"""The pages of the desk for each kind of record: whoever first asks for one has all registered."""

from django.contrib import admin

from casefile.desk import register_pages

register_pages()
urlpatterns, _app_name, _namespace = admin.site.urls
