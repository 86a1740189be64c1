"""allauth's views where ours differ, and the pages it does not have."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView as AllauthActivateTOTPView
from django.contrib import messages
from django.db import IntegrityError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.accounts import change_phone as change_phone_of
from members.models import User
from umkm_portal.accounts.forms import ChangePhoneForm
from umkm_portal.lib.errors import ActionRefused


class LoginView(account.LoginView):  # type: ignore[misc]
    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("__all__", "too_many_login_attempts"):
            response.status_code = 429
        return response


class SignupView(account.SignupView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except IntegrityError:
            form.add_error("contact", get_adapter().validation_error("phone_taken"))
            return self.form_invalid(form)  # type: ignore[no-any-return]


class ActivateTOTPView(AllauthActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        """Who has just shown a code need not show another one in this session."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


login = LoginView.as_view()
signup = SignupView.as_view()
activate_totp = ActivateTOTPView.as_view()


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """How I sign in, and what can be changed about it."""
    has_totp = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.TOTP
    ).exists()
    return render(request, "account/security.html", {"has_totp": has_totp})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
def change_phone(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101  sign-in is asked for by middleware
    form = ChangePhoneForm(request.POST or None, user=request.user, phone=request.user.phone)
    if request.method == "POST" and form.is_valid():
        try:
            change_phone_of(request.user, form.cleaned_data["phone"], by=request.user, via="web")
        except ActionRefused as refusal:
            form.add_error("phone", str(refusal))
        else:
            get_adapter().send_notification_mail("phone_changed", request.user)
            messages.success(request, _("Nomor HP tersimpan. Pakai nomor ini saat masuk."))
            return redirect("account_security")
    return render(request, "account/phone_change.html", {"form": form})


@require_safe
def verify_phone(request: HttpRequest) -> HttpResponse:
    """allauth names this page; numbers are not verified by SMS, so there is nothing to do."""
    return redirect("account_change_phone")
