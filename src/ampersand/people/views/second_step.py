"""The second step at sign-in: authenticator app, passkeys, recovery codes.

allauth does the work; here are its views under our addresses, words and access rules.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from ampersand.people.access import PersonRequest, limited, public, signed_in, tell_refusal
from ampersand.people.access.declaring import has_second_factor
from ampersand.people.actions import changing_second_step

Setup = Callable[..., HttpResponse]


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Adding a passkey that can also sign in by itself: it lives in the device and knows its owner."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context


def _first_of_all(setup: Setup) -> Setup:
    """End every other session once there is a second step: whoever is left has passed it or made it.

    Having made it counts as having shown it, so that the recovery codes can be looked at straight away.
    """

    def guarded(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponse:
        before = has_second_factor(request.user)
        response = setup(request, *args, **kwargs)
        if not before and has_second_factor(request.user):
            end_other_sessions(request, request.user)
            record_authentication(request, request.user, "mfa", reauthenticated=True)
        return response

    return guarded


def _whole(step: Setup) -> Setup:
    """Let a change of the second step, its letter and its entry in the record be one transaction."""

    def changed(request: PersonRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "POST":
            return step(request, *args, **kwargs)
        with changing_second_step(person=request.user):
            return step(request, *args, **kwargs)

    return changed


def _told(what: str, step: Setup) -> Setup:
    """Tell the log of a step that was tried and did not lead on."""

    def watched(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = step(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated:
            tell_refusal(request, what)
        return response

    return watched


# At sign-in.
second_step = public(limited("second step", "30/10m")(_told("wrong second step", base.authenticate)))
passkey = public(limited("sign in by passkey", "30/10m")(_told("wrong passkey", webauthn.login_webauthn)))

# On the account's own pages.
overview = signed_in(base.index)
again = signed_in(limited("second step", "30/10m")(base.reauthenticate))
again_by_passkey = signed_in(limited("second step", "30/10m")(webauthn.reauthenticate_webauthn))
set_up_app = signed_in(_whole(_first_of_all(totp.activate_totp)))
take_app_away = signed_in(_whole(totp.deactivate_totp))
recovery_codes = signed_in(recovery.view_recovery_codes)
new_recovery_codes = signed_in(_whole(recovery.generate_recovery_codes))
download_recovery_codes = signed_in(recovery.download_recovery_codes)
passkeys = signed_in(webauthn.list_webauthn)
add_passkey = signed_in(_whole(_first_of_all(AddPasskey.as_view())))
rename_passkey = signed_in(webauthn.edit_webauthn)
remove_passkey = signed_in(_whole(webauthn.remove_webauthn))


@signed_in
@never_cache
def picture_to_scan(request: PersonRequest) -> HttpResponse:
    """Draw what an authenticator app scans: the secret of the set-up page that is open."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    code = QRCode(image_factory=SvgPathFillImage)  # black on white, on dark pages too
    code.add_data(get_adapter().build_totp_url(request.user, secret))
    drawing = BytesIO()
    code.make_image().save(drawing)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
