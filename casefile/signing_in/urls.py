"""The addresses of second factors, under that of the desk."""

from django.urls import path

from casefile.signing_in import passkeys, views

urlpatterns = [
    path("", views.second_factor, name="second_factor"),
    path("new/", views.second_factor_add, name="second_factor_add"),
    path("yours/", views.second_factors, name="second_factors"),
    path("remove/", views.second_factor_remove, name="second_factor_remove"),
    path("password/", views.own_password, name="own_password"),
    path("sessions/end/", views.sessions_end, name="sessions_end"),
    path("recovery-codes/", views.recovery_codes_new, name="recovery_codes_new"),
    path("passkey/new/begin/", passkeys.BeginRegistration.as_view(), name="passkey_add_begin"),
    path("passkey/new/", passkeys.CompleteRegistration.as_view(), name="passkey_add"),
    path("passkey/use/begin/", passkeys.BeginAuthentication.as_view(), name="passkey_use_begin"),
    path("passkey/use/", passkeys.CompleteAuthentication.as_view(), name="passkey_use"),
]
