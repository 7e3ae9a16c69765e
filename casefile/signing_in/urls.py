"""The addresses of second factors, under that of the desk."""

from casefile.late_views import paths_of

path = paths_of("casefile.signing_in")

urlpatterns = [
    path("", "views.second_factor", name="second_factor"),
    path("new/", "views.second_factor_add", name="second_factor_add"),
    path("yours/", "views.second_factors", name="second_factors"),
    path("remove/", "views.second_factor_remove", name="second_factor_remove"),
    path("password/", "views.own_password", name="own_password"),
    path("sessions/end/", "views.sessions_end", name="sessions_end"),
    path("recovery-codes/", "views.recovery_codes_new", name="recovery_codes_new"),
    path("passkey/new/begin/", "passkeys.begin_registration", name="passkey_add_begin"),
    path("passkey/new/", "passkeys.complete_registration", name="passkey_add"),
    path("passkey/use/begin/", "passkeys.begin_authentication", name="passkey_use_begin"),
    path("passkey/use/", "passkeys.complete_authentication", name="passkey_use"),
]
