"""Signing in, and a person's own pages. allauth's own addresses are closed but for those named here."""

from django.urls import include, path

from ampersand.people.views import account, operator, second_step, sign_in, site

ours = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.enter_code, name="enter_code"),
    path("sign-in/new-code/", sign_in.send_new_code, name="send_new_code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("signed-out/", sign_in.signed_out, name="signed_out"),
    path("account/", account.account, name="account"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/<int:pk>/end/", account.end_session, name="end_session"),
    path("account/sessions/end-others/", account.end_others, name="end_others"),
    path("account/history/", account.history, name="history"),
    path("account/data/", account.my_data, name="my_data"),
    path("operator/letters/", operator.undelivered, name="dead_letters"),
    path("operator/letters/<int:pk>/again/", operator.send_letter_again, name="send_letter_again"),
    path(
        "operator/letters/all/<slug:which>/", operator.send_all_letters_again, name="send_all_letters_again"
    ),
    path("account/second-step/app/picture.svg", second_step.picture_to_scan, name="picture_to_scan"),
]

# Names that allauth looks its pages up by.
for_allauth = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/closed/", sign_in.closed, name="account_inactive"),
    path("sign-in/second-step/", second_step.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", second_step.passkey, name="mfa_login_webauthn"),
    path("account/second-step/", second_step.overview, name="mfa_index"),
    path("account/second-step/again/", second_step.again, name="mfa_reauthenticate"),
    path(
        "account/second-step/again/passkey/", second_step.again_by_passkey, name="mfa_reauthenticate_webauthn"
    ),
    path("account/second-step/app/", second_step.set_up_app, name="mfa_activate_totp"),
    path("account/second-step/app/remove/", second_step.take_app_away, name="mfa_deactivate_totp"),
    path("account/second-step/recovery-codes/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-step/recovery-codes/new/",
        second_step.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-step/recovery-codes.txt",
        second_step.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/second-step/passkeys/", second_step.passkeys, name="mfa_list_webauthn"),
    path("account/second-step/passkeys/add/", second_step.add_passkey, name="mfa_add_webauthn"),
    path("account/second-step/passkeys/<int:pk>/", second_step.rename_passkey, name="mfa_edit_webauthn"),
    path(
        "account/second-step/passkeys/<int:pk>/remove/",
        second_step.remove_passkey,
        name="mfa_remove_webauthn",
    ),
]

# Names that the foot of every page looks for.
about_the_site = [
    path("privacy/", site.privacy, name="privacy"),
    path("accessibility/", site.accessibility, name="accessibility"),
]

urlpatterns = [path("", include((ours, "people"))), *for_allauth, *about_the_site]
